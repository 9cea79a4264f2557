"""What a city goes on to record for years after a quarter was signed: revisions of many kinds, most of them back-dated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from funds.book import LOCAL, Change
from funds.drafts import Draft
from funds.drafts.edits import EditDraft
from funds.drafts.holdings import ConversionDraft, HoldingTransferDraft
from funds.drafts.periods import ReminderDraft
from funds.drafts.proposals import ChangedValue
from funds.drafts.signing import AttachmentDraft, DrawnLine, SampleDraft
from funds.kinds import (
    AttachmentSubject,
    Basis,
    CommitmentChange,
    DocumentKind,
    EntryKind,
    FeeKind,
    Nature,
    Role,
)
from funds.models import Entry, Fund, FundFact, Mark, Party
from funds.recording import (
    record_attachments,
    record_conversions,
    record_edit,
    record_holding_transfers,
    record_reminders,
    record_samples,
)
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import (
    balance,
    commitment,
    contribution,
    distribution,
    exit_,
    fee,
    index_level,
    investment,
    local_investment,
    mark,
    membership,
    nature,
    nav,
    notice,
    ownership,
    park_figure,
    park_industry,
    person,
    policy,
    record,
    reported_figure,
    rows_of,
    tag,
    term,
    wan,
)
from tests.dashboard.quarter_city import FUND, QUARTER, QuarterCity
from tests.funds.recording.files import PDF
from tests.funds.recording.period_city import late
from tests.funds.recording.proposal_city import approve, propose, refuse

# Of the sample's own funds one that nobody has locked: its lines reach back into the signed quarter.
OPEN, BUYER, FIRM, OTHER = "F06", "F03", "Q002", "Q003"
# Days of the signed quarter from which revisions are dated, and the one after all that is paid for.
BACK, SOLD = date(2026, 12, 1), date(2026, 12, 31)
Act = Callable[["Later"], None]


@dataclass(frozen=True)
class Later:
    """The `number`-th of the revisions; day and amounts differ from one to the next."""

    city: QuarterCity
    number: int

    @property
    def lap(self) -> int:
        """How often every kind was recorded before."""
        return self.number // len(ACTS)

    @property
    def day(self) -> date:
        """A day of the signed quarter."""
        return BACK + timedelta(days=self.number % 30)

    @property
    def on(self) -> str:
        """The same as text."""
        return self.day.isoformat()

    @property
    def amount(self) -> str:
        """Some yuan, in 万元."""
        return f"0.{self.number + 1:04d}"

    def record(self, *drafts: Draft) -> None:
        """By the verbs of an import."""
        record(self.city.book, *drafts)

    def change(self, verb: Callable[[Change], object], action: str = "record") -> int:
        """By one verb; the version."""
        with self.city.book.change(LOCAL, f"日后第 {self.number} 次", action=action) as change:
            verb(change)
        return change.revision_id

    def fund_id(self) -> int:
        """The open fund's id."""
        (body,) = rows_of(self.city.book, Party, code=OPEN)
        return int(rows_of(self.city.book, Fund, party_id=body["id"])[0]["id"])


def sell_to_a_fund(later: Later) -> None:
    draft = HoldingTransferDraft(
        fund=OPEN,
        buyer=BUYER,
        company=FIRM,
        transferred_on=SOLD,
        amount_fen=wan(later.amount),
        cost_out_fen=wan("0.0001"),
    )
    later.change(lambda change: record_holding_transfers(change, [draft]))


def convert(later: Later) -> None:
    """Money for a convertible, and what it became."""
    later.record(investment(OPEN, OTHER, later.amount, later.on, instrument="可转债"))
    draft = ConversionDraft(
        fund=OPEN,
        company=OTHER,
        converted_on=later.day,
        instrument="股权",
        earlier="可转债",
    )
    later.change(lambda change: record_conversions(change, [draft]))


def correct_mark(later: Later) -> None:
    row = rows_of(later.city.book, Mark)[later.number]
    value = {"fair_value_fen": row["fair_value_fen"] + 100}
    later.change(lambda change: correct_rows(change, [Correction(Mark, row["id"], value)]), "correct")


def correct_entry(later: Later) -> None:
    later.record(fee(OPEN, later.amount, later.on, kind=FeeKind.OTHER_INCOME))
    row = rows_of(later.city.book, Entry, fund_id=later.fund_id(), kind=EntryKind.OTHER_INCOME)[-1]
    value = {"amount_fen": row["amount_fen"] + 100}
    later.change(lambda change: correct_rows(change, [Correction(Entry, row["id"], value)]), "correct")


def undo(later: Later) -> None:
    """A fee, and the fee taken back."""
    later.record(fee(OPEN, later.amount, later.on))
    version = later.city.version
    with later.city.book.change(LOCAL, "撤销", action="reverse", reverses_id=version) as change:
        reverse_revision(change, version)


def edit(later: Later) -> None:
    row = rows_of(later.city.book, FundFact, fund_id=later.fund_id())[-1]
    draft = EditDraft(
        table="fund_fact",
        row_id=row["id"],
        seen_version=later.city.version,
        values=(ChangedValue("filing_no", f"SX{later.number}"),),
    )
    later.change(lambda change: record_edit(change, draft))


def propose_in_vain(later: Later) -> None:
    book = later.city.book
    refuse(book, "signatory", propose(book, "manager", "tag", tag("Q011", "IC", on=later.on)))


def hand_in(later: Later) -> None:
    draft = AttachmentDraft(
        subject=AttachmentSubject.FUND,
        subject_id=later.fund_id(),
        kind=DocumentKind.OTHER,
        title="凭证",
        file_name=f"{later.number}.pdf",
        content=PDF + f"%{later.number}".encode(),
        fund=OPEN,
    )
    later.change(lambda change: record_attachments(change, [draft]))


def draw(later: Later) -> None:
    row = rows_of(later.city.book, Entry, fund_id=later.fund_id(), kind=EntryKind.PAID_IN)[0]
    amount = row["amount_fen"]
    line = DrawnLine(
        fund_id=row["fund_id"], table="entry", row_id=row["id"], amount_fen=amount, is_certain=True
    )
    draft = SampleDraft(
        quarter=QUARTER,
        basis=Basis.PAID_IN,
        version=later.city.version,
        seed=str(later.number),
        method="pps",
        wanted=1,
        lines=1,
        total_fen=amount,
        items=(line,),
    )
    later.change(lambda change: record_samples(change, [draft]))


def remind(later: Later) -> None:
    draft = ReminderDraft(fund=OPEN, quarter=QUARTER, note=f"第 {later.number} 次")
    later.change(lambda change: record_reminders(change, [draft]))


def come_late(later: Later) -> None:
    """Into the very quarter that was locked and signed."""
    book = later.city.book
    draft = late(fee(FUND, later.amount, later.on), fund=FUND, quarter=QUARTER)
    approve(book, "signatory", propose(book, "manager", "late", draft))


def admit(later: Later) -> None:
    login = f"new{later.number}"
    later.record(person(login), membership(login, Role.AUDITOR))


# In the order of the first lap.
ACTS: tuple[Act, ...] = (
    lambda later: later.record(fee(OPEN, later.amount, later.on)),
    lambda later: later.record(contribution("F12", "J01", later.amount, later.on)),
    correct_mark,
    lambda later: later.record(
        commitment("F12", "J11", later.amount, later.on, kind=CommitmentChange.INCREASE)
    ),
    come_late,
    lambda later: later.record(notice("F12", "J01", later.amount, f"L{later.number}", later.on)),
    lambda later: later.record(nature("J26", list(Nature)[later.lap % 2], later.on)),
    lambda later: later.record(distribution(OPEN, "J23", later.amount, later.on)),
    undo,
    lambda later: later.record(investment(OPEN, FIRM, later.amount, later.on)),
    lambda later: later.record(exit_(OPEN, FIRM, later.amount, SOLD.isoformat(), cost_out_fen=wan("0.0001"))),
    lambda later: later.record(mark(OPEN, OTHER, 5_000 + later.number, later.on)),
    sell_to_a_fund,
    lambda later: later.record(nav(OPEN, 90_000 + later.number, later.on)),
    lambda later: later.record(balance(OPEN, later.amount, later.on)),
    correct_entry,
    lambda later: later.record(ownership("J61", "Q010", 1 + later.lap % 9, later.on)),
    lambda later: later.record(tag("Q010", ("AI", "EQP")[later.lap % 2], on=later.on)),
    edit,
    lambda later: later.record(term(OPEN, value_e6=later.number, on=later.on)),
    convert,
    lambda later: later.record(policy("S02", later.on, value_e6=later.number)),
    lambda later: later.record(park_industry("P02", "NEV", 2 + later.lap % 7, later.on)),
    propose_in_vain,
    lambda later: later.record(park_figure("P02", "S02", str(1950 + later.lap), later.lap + 1)),
    hand_in,
    lambda later: later.record(local_investment(OPEN, FIRM, later.amount, later.on)),
    lambda later: later.record(index_level(on=later.on, code=f"IX{later.number}", level=later.number + 1)),
    draw,
    lambda later: later.record(reported_figure(f"某地 {later.number}", on=later.on)),
    remind,
    admit,
)


def record_later(city: QuarterCity, revisions: int) -> None:
    """At least so many revisions, every kind in turn."""
    until, number = city.version + revisions, 0
    while city.version < until:
        ACTS[number % len(ACTS)](Later(city, number))
        number += 1
