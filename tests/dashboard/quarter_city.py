"""The made-up city with the people of a quarter, and the acts of that quarter as its pages carry them out."""

import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.auth.passwords import add_person_secret
from dashboard.cli.opening import record_packs
from dashboard.pages.context import PageContext
from dashboard.pages.quarter_end.nav_card import WHOLE_FUND
from dashboard.pages.quarter_end.quarter_acts import approve_picked, bring_marks, report_nav
from dashboard.pages.quarter_end.quarter_desk import PATH as END_PATH
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk
from dashboard.pages.quarter_end.quarter_desk import open_desk as open_quarter_end
from dashboard.pages.quarter_end.review_form import list_waiting
from dashboard.pages.quarters.quarters_acts import ALL_OF_THEM, carry_out, file_total, propose_late
from dashboard.pages.quarters.quarters_desk import PATH as QUARTERS_PATH
from dashboard.pages.quarters.quarters_desk import QuartersDesk
from dashboard.pages.quarters.quarters_desk import open_desk as open_quarters
from dashboard.pages.signing.freezing import freeze_paper
from dashboard.sample import recording
from dashboard.sample.recording import plan_batches, record_city
from dashboard.sample.sizes import CORE
from funds.book import LOCAL, Book, found_book
from funds.drafts import BalanceDraft, DealPackage
from funds.kinds import BalanceItem, BookKind, Role, ScopeKind
from funds.queries.proposals import read_proposals
from funds.queries.signed_papers import PaperOnFile, read_papers
from funds.recording import (
    approve_proposals,
    prepare_papers,
    record_call_notices,
    record_contributions,
    record_deal,
    sign_papers,
)
from migrations import upgrade
from tests.builders import (
    company,
    contribution,
    investment,
    membership,
    notice,
    person,
    project_stage,
    record,
    round_,
    round_investor,
    tag,
)
from tests.dashboard.pages.quarter_end.quarter_visits import tick, typed
from tests.dashboard.pages.visiting import visit_page
from tests.dashboard.serving import PASSWORD, Clock

QUARTER, END, DUE = "2026-Q4", date(2026, 12, 31), "2026-11-20"
FUND, MOTHER, FIRM = "F10", "F01", "QX1"
BEGAN = datetime(2026, 10, 8, 4, tzinfo=UTC)
CLOSING = datetime(2027, 1, 20, 4, tzinfo=UTC)
CITY, ONE = ScopeKind.CITY, ScopeKind.FUND
PEOPLE: dict[str, tuple[tuple[Role, ScopeKind, str | None], ...]] = {
    "manager": ((Role.FUND_MANAGER, ONE, FUND),),
    "mother": ((Role.FUND_MANAGER, ONE, MOTHER),),
    "reviewer": ((Role.FUND_REVIEWER, ONE, FUND),),
    "analyst": ((Role.COMMISSION_ANALYST, CITY, None),),
    "signatory": ((Role.COMMISSION_SIGNATORY, CITY, None),),
    "auditor": ((Role.AUDITOR, CITY, None),),
}
# What each investor of the fund is called for, in 万元.
CALLED = {"F01": 400, "J07": 200, "J15": 100, "Q005": 200}
WHY = "经营持平，本季无新融资"


def build_quarter_city(url: str) -> None:
    """The city as it was known in October, and its people (for `databases.copy_of`)."""
    with Book(url, clock=lambda: BEGAN) as book, pytest.MonkeyPatch.context() as patch:
        upgrade(book.engine)
        found_book(book, BookKind.DEMO, "示例市")
        record_packs(book)
        patch.setattr(
            recording, "LONGEST_SHEET", 0
        )  # straight to the verbs, which is quicker than by workbook
        with tempfile.TemporaryDirectory() as folder:
            record_city(book, LOCAL, CORE, plan_batches(CORE), Path(folder), lambda *_told: None)
        held = [membership(login, *one) for login, posts in PEOPLE.items() for one in posts]
        record(book, *(person(login) for login in PEOPLE), *held)
        for login in PEOPLE:
            add_person_secret(book, login, PASSWORD)


def new_deal() -> DealPackage:
    """The fund leads the first round of a firm that nobody has known."""
    return DealPackage(
        companies=(company(FIRM, "示例减速器公司", park="P04"),),
        tags=(tag(FIRM, "EQP", on="2026-11-02"),),
        rounds=(round_("RX1", FIRM, 1_500, "2026-11-02"),),
        investors=(round_investor("RX1", FUND, 800), round_investor("RX1", "J27", 700)),
        investment=investment(FUND, FIRM, 800, "2026-11-05", round="RX1"),
        stages=(project_stage(FUND, FIRM, on="2026-10-20"),),
    )


@dataclass
class QuarterCity:
    """A book with that city, and the clock that it goes by."""

    book: Book
    clock: Clock

    @property
    def version(self) -> int:
        """How far the book is."""
        return self.book.head().version

    def page(self, login: str, path: str, search: str = "") -> PageContext:
        """A page at the quarter's end, as somebody asks for it."""
        return visit_page(self.book, path, f"as_of={END}&quarter={QUARTER}&{search}", login)

    def end_of(self, login: str) -> QuarterDesk:
        """The page of the fund's quarter end."""
        return open_quarter_end(self.page(login, END_PATH, f"fund={FUND}"))

    def quarters(self, login: str, search: str = "") -> QuartersDesk:
        """The page of filing and locking."""
        return open_quarters(self.page(login, QUARTERS_PATH, search))

    def press(self, login: str, act: str, fund: str = ALL_OF_THEM, reason: str = "") -> None:
        """Press a button of that page."""
        carry_out(self.quarters(login), act, fund, reason)

    def log_the_quarter(self) -> None:
        """A deal in a new firm and round, and a call that everybody pays."""
        with self.book.change("manager", "A轮领投") as change:
            record_deal(change, new_deal())
        notices = [
            notice(FUND, who, amount, f"X-{who}", "2026-11-05", due=DUE) for who, amount in CALLED.items()
        ]
        paid = [contribution(FUND, who, amount, DUE, notice_no=f"X-{who}") for who, amount in CALLED.items()]
        with self.book.change("manager", "缴款通知") as change:
            record_call_notices(change, notices)
        with self.book.change("manager", "到账") as change:
            record_contributions(change, paid)

    def mark_the_holdings(self) -> None:
        """The new holding at a new value, the others held; what the manager brings another person approves."""
        held = self.end_of("manager").by_company
        lines = [tick(code) for code, one in held.items() if one.last is not None]
        bring_marks(self.end_of("manager"), [*lines, typed(FIRM, "960")], WHY)
        self.approve_values()

    def report_the_value(self) -> None:
        """File the balance that the ledger says and report the value that the page derives, then the quarter."""
        roll = self.end_of("manager").roll
        item = BalanceItem.BANK_DEPOSIT
        deposit = BalanceDraft(fund=FUND, filed_on=END, item=item, amount_fen=roll.cash)
        record(self.book, deposit, person="manager")
        value = f"{roll.derived // 100}.{roll.derived % 100:02d}元"
        report_nav(self.end_of("manager"), value, "manager_report", WHOLE_FUND)
        self.approve_values()
        self.press("manager", "file", FUND)

    def approve_values(self) -> None:
        """The reviewer approves all that waits."""
        desk = self.end_of("reviewer")
        approve_picked(desk, [one.key for one in list_waiting(desk)], "已核对")

    def count_with_the_mother(self) -> None:
        """The mother says what she paid into the fund."""
        texts = {"child": FUND, "called": str(CALLED[MOTHER]), "distributed": ""}
        file_total(self.quarters("mother", f"fund={MOTHER}"), texts)

    def lock(self) -> None:
        """One proposes to lock all that is ready, another locks it."""
        self.press("analyst", "lock")
        self.press("signatory", "approve")

    def enter_late(self, amount: str, reason: str) -> int:
        """A payment for the locked quarter, with a reason and by two people; the version that let it in."""
        texts = {
            "kind": "contribution",
            "other": "J15",
            "day": "2026-12-20",
            "amount": amount,
            "reason": reason,
        }
        propose_late(self.quarters("manager", f"fund={FUND}"), texts)
        with self.book.look() as look:
            (waiting,) = (
                one
                for one in read_proposals(look.connection, look.version, only_open=True)
                if one.kind == "late"
            )
        with self.book.change("signatory", "补录", action="approve") as change:
            approve_proposals(change, [waiting.id], "凭证齐全")
        return self.version

    def sign(self, reason: str = "") -> PaperOnFile:
        """One prepares and freezes the paper of the quarter, another signs it."""
        context = visit_page(self.book, "/signing", f"quarter={QUARTER}", "analyst")
        draft = freeze_paper(context, QUARTER, reason)
        with self.book.change("analyst", "经办", action="prepare") as change:
            prepare_papers(change, [draft])
        newest = self.papers()[0]
        with self.book.change("signatory", "签批", action="sign") as change:
            sign_papers(change, [newest.id])
        return self.papers()[0]

    def papers(self) -> list[PaperOnFile]:
        """The papers of the quarter, the newest first."""
        with self.book.look() as look:
            return read_papers(look.connection, look.version, quarter=QUARTER)
