"""Pairs for the rules of what people do by screen: an act that keeps the rule, one that breaks it, and the field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from funds.book import Book, Change
from funds.drafts import Draft
from funds.drafts.holdings import ConversionDraft, HoldingTransferDraft
from funds.drafts.periods import LateDraft
from funds.drafts.proposals import CorrectionDraft, ProposalDraft
from funds.drafts.signing import AttachmentDraft, DrawnLine, FindingDraft, PaperDraft, SampleDraft
from funds.kinds import (
    AttachmentSubject,
    AuditStep,
    Basis,
    DocumentKind,
    EntryKind,
    ExitKind,
    PaperRole,
    PeriodEvent,
    ProposalOutcome,
    Role,
)
from funds.models import (
    AuditFinding,
    BookRow,
    DealFact,
    Entry,
    Exit,
    Fund,
    FundNav,
    Mark,
    Party,
    PartyFact,
    Period,
    Person,
    Proposal,
    ProposalEnd,
    Replaceable,
    Seal,
    Signature,
    table_of,
)
from funds.recording import (
    approve_proposals,
    check_whole,
    prepare_papers,
    record_attachments,
    record_control_totals,
    record_conversions,
    record_filings,
    record_findings,
    record_holding_transfers,
    record_policies,
    record_proposals,
    record_reminders,
    record_samples,
    retire_person,
    sign_papers,
    withdraw_proposals,
)
from funds.recording.corrections import Correction, correct_rows
from funds.recording.second_person import STEM
from tests.builders import (
    contribution,
    day,
    exit_,
    fee,
    membership,
    nav,
    party,
    person,
    policy,
    record,
    record_in,
    rows_of,
    tag,
    wan,
)
from tests.funds.recording.files import DOCX, PAGE, PDF, TYPES, archive
from tests.funds.recording.period_city import (
    QUARTER,
    close,
    control_total,
    file,
    filing,
    late,
    locking,
    reminder,
)
from tests.funds.recording.proposal_city import correction, id_of, propose

Act = Callable[[Change], object]
ANALYST, SIGNATORY, SECOND, OFFICIAL, MANAGER = "analyst", "signatory", "second", "official", "manager"
LATE, IN_LATE = "2022-Q4", "2022-11-20"
# What lies ready in the city of the acts, by id.
TAGS, FORGED, LOCK, SIGNED, WAITING, DRAWN = 1, 2, 3, 1, 2, 1


@dataclass(frozen=True)
class Pair:
    """One person's two acts; `cells` are the places of the problems of the broken one."""

    by: str
    kept: Act
    broken: Act
    cells: Sequence[str]
    kept_by: str = ""


def prepare_ground(book: Book) -> None:
    """Let things happen to the closing city: corrections, locks, proposals, papers and a sample."""
    report, lost = nav("F1", 3_000, "2023-12-31"), exit_("F1", "C2", 0, "2024-06-30", kind=ExitKind.WRITE_OFF)
    record(book, report, lost, policy("document.most_megabytes", "2020-01-01", value_e6=1_000_000))
    with book.change("local", "更正") as change:
        told = id_in(change, FundNav, valued_on=day("2023-12-31"))
        paid = id_in(change, DealFact, paid_on=day("2021-06-30"))
        right = Correction(FundNav, told, {"valued_on": day("2023-12-30")})
        correct_rows(change, [right, Correction(DealFact, paid, {"instrument": "可转债"})])
    close(book, "F1", LATE)
    close(book, "M", LATE)
    file(book, filing())
    propose(book, OFFICIAL, "tag", tag("C1", "IC"))
    _forge_proposal(book)
    propose(book, ANALYST, "lock", locking())
    with book.change(ANALYST, "经办") as change:
        prepare_papers(change, [paper(change)])
    with book.change(SIGNATORY, "签批") as change:
        sign_papers(change, [SIGNED])
    with book.change(ANALYST, "经办") as change:
        prepare_papers(change, [paper(change, fund="F1")])
        record_samples(change, [sample(change)])


def _forge_proposal(book: Book) -> None:
    """A proposal by the official in a signatory's name, slipped in past the verb."""
    (row,) = rows_of(book, Proposal)
    kept = {name: value for name, value in row.items() if name not in ("id", "revision_id")}
    with book.change(OFFICIAL, "冒名") as change:
        change.add(Proposal, [{**kept, "proposer_id": id_of(book, SECOND)}])


def id_in(change: Change, model: type[BookRow], **equal: object) -> int:
    """The first row of a table with some values."""
    table = table_of(model)
    query = select(table.c.id).where(*(table.c[name] == value for name, value in equal.items()))
    return int(change.connection.execute(query.order_by(table.c.id)).scalars().first() or 0)


def fund_in(change: Change, code: str) -> int:
    return id_in(change, Fund, party_id=id_in(change, Party, code=code))


def doing(verb: Callable[..., object], *given: object) -> Act:
    """A verb with what it is given."""
    return lambda change: verb(change, *given)


def recording(*given: Draft) -> Act:
    """As an import does."""
    return lambda change: record_in(change, *given)


def correcting(model: type[Replaceable], values: dict[str, object], **equal: object) -> Act:
    return lambda change: correct_rows(change, [Correction(model, id_in(change, model, **equal), values)])


def proposing(kind: str, *drafts: Draft, reason: str = "依据年报") -> Act:
    return lambda change: record_proposals(change, [ProposalDraft(kind=kind, drafts=drafts, reason=reason)])


def slipping(model: type[BookRow], row: Callable[[Change], dict[str, object]]) -> Act:
    """A row written past its verb, and the whole judged."""

    def act(change: Change) -> None:
        change.add(model, [{**row(change), "origin": None}])
        check_whole(change)

    return act


def ending(proposal: int, outcome: ProposalOutcome, *, named: str, proposer: str) -> Act:
    return slipping(
        ProposalEnd,
        lambda change: {
            "proposal_id": proposal,
            "outcome": outcome,
            "reason": None,
            "proposer_id": id_in(change, Person, login=proposer),
            "ended_by_id": id_in(change, Person, login=named),
        },
    )


def marking(evidence: object) -> Act:
    def act(change: Change) -> object:
        draft: CorrectionDraft = correction("mark", id_in(change, Mark), evidence=evidence)
        return proposing("correction", draft)(change)

    return act


def retiring(*logins: str, last: str = "local", meanwhile: Sequence[Draft] = ()) -> Act:
    """People leave, posts are filled, and one more leaves; whoever may let others in is counted each time."""

    def act(change: Change) -> None:
        for login in logins:
            retire_person(change, login)
        record_in(change, *meanwhile)
        change.findings = None
        retire_person(change, last)

    return act


def attaching(content: bytes = PDF, name: str = "凭证.pdf", at: str = "F1") -> Act:
    """A voucher of F1."""

    def act(change: Change) -> object:
        kept: dict[str, Any] = {"kind": DocumentKind.VOUCHER, "title": "付款凭证", "fund": "F1"}
        subject: dict[str, Any] = {"subject": AttachmentSubject.FUND, "subject_id": fund_in(change, at)}
        return record_attachments(
            change, [AttachmentDraft(**kept, **subject, file_name=name, content=content)]
        )

    return act


def paper(change: Change, **more: Any) -> PaperDraft:
    """A paper of the newest sealed version."""
    query = select(Seal.revision_id, Seal.hash).order_by(Seal.revision_id.desc()).limit(1)
    head = change.connection.execute(query).one()
    made = {"rendered_at": "2026-01-15T08:00:00.000000Z", "json": b"{}", "xlsx": b"PK", "pdf": b"%PDF"}
    given = {"quarter": QUARTER, "version": head.revision_id, "hash": head.hash, **made, **more}
    return PaperDraft(**given)


def preparing(**more: Any) -> Act:
    return lambda change: prepare_papers(change, [paper(change, **more)])


def sample(change: Change, **more: Any) -> SampleDraft:
    """A sample with the first money that was paid into F1."""
    one = id_in(change, Entry, fund_id=fund_in(change, "F1"), kind=EntryKind.PAID_IN)
    amount = change.connection.execute(select(Entry.amount_fen).where(Entry.id == one)).scalar_one()
    line = DrawnLine(
        fund_id=fund_in(change, "F1"), table="entry", row_id=one, amount_fen=amount, is_certain=True
    )
    drawn = {"version": change.version - 1, "seed": "七月", "method": "m", "wanted": 2, "lines": 9}
    given = {"quarter": QUARTER, "basis": Basis.PAID_IN, "total_fen": 90, "items": (line,), **drawn, **more}
    return SampleDraft(**given)


def drawing(**more: Any) -> Act:
    return lambda change: record_samples(change, [sample(change, **more)])


def drawing_another_amount(change: Change) -> object:
    drawn = sample(change)
    return record_samples(change, [replace(drawn, items=(replace(drawn.items[0], amount_fen=1),))])


def doubting(words: str) -> Act:
    step = FindingDraft(item_id=DRAWN, step=AuditStep.DOUBTED, words=words)
    return lambda change: record_findings(change, [step])


def selling(**more: Any) -> Act:
    kept = {"fund": "F1", "buyer": "M", "company": "C1", "transferred_ppm": 500_000, **more}
    draft = HoldingTransferDraft(amount_fen=wan(700), transferred_on=day("2023-06-30"), **kept)
    return lambda change: record_holding_transfers(change, [draft])


def converting(**more: Any) -> Act:
    kept = {"fund": "F1", "company": "C1", "instrument": "股权", "earlier": "可转债", **more}
    return lambda change: record_conversions(
        change, [ConversionDraft(converted_on=day("2023-03-31"), **kept)]
    )


def setting_policy(*, two_people: bool) -> Act:
    def act(change: Change) -> object:
        if two_people:
            record_policies(change, [policy(f"{STEM}.policy", "2020-01-01", value_e6=2_000_000)])
        return record_policies(change, [policy("S02")])

    return act


def locked_file() -> bytes:
    """A document whose list of members says that it is encrypted."""
    content = bytearray(DOCX)
    content[DOCX.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def locking_alone(change: Change) -> dict[str, object]:
    return {
        "fund_id": fund_in(change, "F1"),
        "quarter": QUARTER,
        "event": PeriodEvent.LOCK,
        "proposer_id": change.person_id,
        "reason": "独自",
    }


def signing_as(login: str) -> Act:
    return slipping(
        Signature,
        lambda change: {
            "paper_id": WAITING,
            "role": PaperRole.SIGNED,
            "person_id": id_in(change, Person, login=login),
            "prepared_by_id": id_in(change, Person, login=ANALYST),
        },
    )


def finding_as(login: str) -> Act:
    return slipping(
        AuditFinding,
        lambda change: {
            "item_id": DRAWN,
            "step": AuditStep.PASSED,
            "words": None,
            "person_id": id_in(change, Person, login=login),
        },
    )


WITHDRAWING = doing(withdraw_proposals, [TAGS])
APPROVING = doing(approve_proposals, [TAGS], "")
LOCKING = doing(approve_proposals, [LOCK], "")
SIGNING = doing(sign_papers, [WAITING])
COMING_LATE = proposing("late", late(fee("F1", 1, IN_LATE), quarter=LATE))
TWO_POSTS = [person("s"), membership("s", Role.SYSTEM_ADMIN)]
THREE_POSTS = [*TWO_POSTS, person("t"), membership("t", Role.SECURITY_ADMIN)]
LONG_TAGS = [tag("C2", "IC", basis="据" * 2_000)] * 12
TAGGING = proposing("tag", tag("C2", "IC"))
IN_FILE, IN_NAME = ["form:content"], ["form:file_name"]
# Kept by several rules and tried once for all of them.
VOUCHER, LETTER = attaching(), attaching(DOCX, "决议.docx")
DRAWING, PREPARING, CONVERTING = drawing(), preparing(reason="补录"), converting()
RENAMING = correcting(PartyFact, {"name": "甲"}, name="市财政局")


ACTS: dict[str, Pair] = {
    "twin.changed": Pair(
        "local", recording(party("LP1", "市财政局")), recording(party("LP1", "别名")), ["party!name:2"]
    ),
    "twin.corrected": Pair(
        "local",
        recording(nav("F1", 3_000, "2023-12-30")),
        recording(nav("F1", 3_000, "2023-12-31")),
        ["nav!fund:2"],
    ),
    "twin.alike": Pair(
        "local",
        recording(contribution("F1", "LP2", 1, business_no="SJ-9")),
        recording(contribution("F1", "LP2", 1)),
        ["contribution!amount_fen:2"],
    ),
    "tag.proposed": Pair(
        OFFICIAL,
        recording(tag("C2", "IC")),
        recording(tag("C2", "IC")),
        ["companytag!company:2"],
        kept_by=ANALYST,
    ),
    "policy.proposed": Pair(
        SIGNATORY, setting_policy(two_people=False), setting_policy(two_people=True), ["form:code"]
    ),
    "ledger.wrong_sign": Pair(
        "local",
        correcting(Entry, {"amount_fen": -wan(999)}, kind=EntryKind.INVESTMENT),
        correcting(Entry, {"amount_fen": wan(999)}, kind=EntryKind.INVESTMENT),
        ["form:amount_fen"],
    ),
    "people.nobody_left": Pair("local", retiring(SECOND), retiring(SECOND, SIGNATORY), ["form:login"]),
    "posts.nobody_left": Pair(
        "local",
        retiring(SECOND, SIGNATORY, meanwhile=THREE_POSTS),
        retiring(SECOND, SIGNATORY, meanwhile=TWO_POSTS),
        ["form:login"],
    ),
    "correction.not_visible": Pair(
        "local",
        RENAMING,
        correcting(PartyFact, {"name": "甲"}, name="没有的机构"),
        ["party_fact#0"],
    ),
    "correction.fixed_column": Pair(
        "local",
        RENAMING,
        correcting(PartyFact, {"party_id": 2}, name="市财政局"),
        ["form:party_id"],
    ),
    "correction.no_change": Pair(
        "local",
        RENAMING,
        correcting(PartyFact, {"name": "市财政局"}, name="市财政局"),
        ["form:row"],
    ),
    "correction.no_entry": Pair(
        "local",
        correcting(Exit, {"exited_on": day("2024-07-01")}),
        correcting(Exit, {"amount_fen": 5, "kind": ExitKind.LIQUIDATION}),
        ["form:amount_fen"],
    ),
    "correction.bad_value": Pair(MANAGER, marking("新报告"), marking(3), ["form:evidence"]),
    "proposal.own_approval": Pair(
        OFFICIAL,
        WITHDRAWING,
        ending(FORGED, ProposalOutcome.APPROVED, named=OFFICIAL, proposer=SECOND),
        ["form:reason"],
    ),
    "proposal.other_hand": Pair(
        SIGNATORY,
        APPROVING,
        ending(TAGS, ProposalOutcome.WITHDRAWN, named=OFFICIAL, proposer=OFFICIAL),
        ["form:reason"],
    ),
    "proposal.too_long": Pair(OFFICIAL, TAGGING, proposing("tag", *LONG_TAGS), ["form:reason"]),
    "proposal.nothing_new": Pair(OFFICIAL, TAGGING, proposing("tag"), ["form:kind"]),
    "proposal.no_reason": Pair(
        OFFICIAL, TAGGING, proposing("tag", tag("C2", "IC"), reason=""), ["form:reason"]
    ),
    "period.one_person": Pair(SIGNATORY, LOCKING, slipping(Period, locking_alone), ["form:reason"]),
    "period.not_ended": Pair(
        MANAGER,
        doing(record_filings, [filing(note="补正")]),
        doing(record_filings, [filing(quarter="2026-Q1")]),
        ["form:quarter"],
    ),
    "period.checks_open": Pair(
        SIGNATORY, LOCKING, proposing("lock", locking(quarter="2025-Q3")), ["form:quarter"]
    ),
    "reminder.filed": Pair(
        ANALYST,
        doing(record_reminders, [reminder(quarter="2025-Q3")]),
        doing(record_reminders, [reminder()]),
        ["form:quarter"],
    ),
    "control_total.not_mother": Pair(
        "local",
        doing(record_control_totals, [control_total(5)]),
        doing(record_control_totals, [control_total(5, child="M")]),
        ["form:child"],
    ),
    "late.noun": Pair(
        MANAGER,
        COMING_LATE,
        proposing("late", LateDraft(fund="F1", quarter=LATE, noun="Fee", payload="{", reason="x")),
        ["form:payload"],
    ),
    "late.other_fund": Pair(
        MANAGER,
        COMING_LATE,
        proposing("late", late(fee("M", 1, IN_LATE), quarter=LATE)),
        ["form:fund"],
    ),
    "late.not_needed": Pair(
        MANAGER,
        COMING_LATE,
        proposing("late", late(fee("F1", 1, "2025-08-01"), quarter=LATE)),
        ["form:quarter"],
    ),
    "holding_transfer.to_self": Pair("local", selling(), selling(buyer="F1"), ["form:buyer"]),
    "conversion.nothing_paid": Pair("local", CONVERTING, converting(earlier="优先股"), ["form:earlier"]),
    "conversion.same_instrument": Pair(
        "local", CONVERTING, converting(instrument="可转债"), ["form:instrument"]
    ),
    # files, papers and samples
    "document.empty": Pair(MANAGER, VOUCHER, attaching(b""), IN_FILE),
    "document.too_large": Pair(MANAGER, VOUCHER, attaching(PDF + bytes(2**20)), IN_FILE),
    "document.not_taken": Pair(MANAGER, VOUCHER, attaching(name="a.exe"), IN_NAME),
    "document.mismatch": Pair(MANAGER, VOUCHER, attaching(PAGE), IN_FILE),
    "document.active": Pair(
        MANAGER, VOUCHER, attaching(PDF.replace(b"<<>>endobj", b"<</S/Launch>>endobj")), IN_FILE
    ),
    "document.damaged": Pair(MANAGER, VOUCHER, attaching(PDF[:-7]), IN_FILE),
    "document.locked": Pair(MANAGER, LETTER, attaching(locked_file(), "决议.docx"), IN_FILE),
    "document.bad_name": Pair(MANAGER, VOUCHER, attaching(name="../a.pdf"), IN_NAME),
    "document.bomb": Pair(
        MANAGER,
        LETTER,
        attaching(archive(TYPES, **{"word/document.xml": bytes(8 * 2**20)}), "决议.docx"),
        IN_FILE,
    ),
    "attachment.other_scope": Pair(MANAGER, VOUCHER, attaching(at="M"), ["form:subject_id"]),
    "paper.quarter_open": Pair(ANALYST, PREPARING, preparing(quarter="2026-Q4"), ["form:quarter"]),
    "paper.unknown_head": Pair(ANALYST, PREPARING, preparing(reason="补录", hash="0" * 64), ["form:version"]),
    "paper.no_reason": Pair(ANALYST, PREPARING, preparing(), ["form:reason"]),
    "paper.other_hand": Pair(SIGNATORY, SIGNING, signing_as(SECOND), ["form:quarter"]),
    "audit.no_seed": Pair(ANALYST, DRAWING, drawing(seed=" "), ["form:seed"]),
    "audit.wanted": Pair(ANALYST, DRAWING, drawing(wanted=0), ["form:wanted"]),
    "audit.nothing_drawn": Pair(ANALYST, DRAWING, drawing(items=()), ["form:quarter"]),
    "audit.line_differs": Pair(ANALYST, DRAWING, drawing_another_amount, ["form:items"]),
    "audit.no_words": Pair(ANALYST, doubting("请说明"), doubting(" "), ["form:words"]),
    "audit.other_hand": Pair(ANALYST, finding_as(ANALYST), finding_as(SIGNATORY), ["form:words"]),
}
