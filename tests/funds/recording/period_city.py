"""A city whose fund F1 is ready to have 2025-Q4 locked, and short ways to lock, open and enter a quarter."""

from funds.book import Book
from funds.drafts import Draft
from funds.drafts.periods import (
    ControlTotalDraft,
    FilingDraft,
    LateDraft,
    LockDraft,
    ReminderDraft,
    UnlockDraft,
)
from funds.drafts.proposals import write_drafts
from funds.kinds import PeriodEvent
from funds.models import Period
from funds.queries.codes import known_funds
from funds.recording import record_filings
from tests.builders import balance, mark, nav, wan
from tests.funds.recording.proposal_city import approve, id_of, propose, proposing_city

QUARTER, END = "2025-Q4", "2025-12-31"
NEXT, BEFORE = "2026-01-10", "2025-09-30"


def closing_city() -> list[Draft]:
    """The proposing city with marks, balance and report of F1 at the end of 2025, all of them approved."""
    return [
        *proposing_city(),
        mark("F1", "C1", 1_100, END),
        mark("F1", "C2", 500, END),
        balance("F1", 1_500, END),
        nav("F1", 3_100, END),
    ]


def filing(fund: str = "F1", quarter: str = QUARTER, note: str | None = None) -> FilingDraft:
    return FilingDraft(fund=fund, quarter=quarter, note=note)


def control_total(
    called: int, distributed: int = 0, quarter: str = QUARTER, child: str = "F1"
) -> ControlTotalDraft:
    return ControlTotalDraft(
        fund="M", child=child, quarter=quarter, called_fen=wan(called), distributed_fen=wan(distributed)
    )


def reminder(fund: str = "F1", quarter: str = QUARTER) -> ReminderDraft:
    return ReminderDraft(fund=fund, quarter=quarter, note="请尽快报送")


def locking(fund: str = "F1", quarter: str = QUARTER) -> LockDraft:
    return LockDraft(fund=fund, quarter=quarter, reason="季度已核对")


def unlocking(fund: str = "F1", quarter: str = QUARTER) -> UnlockDraft:
    return UnlockDraft(fund=fund, quarter=quarter, reason="估值报告重出")


def late(*drafts: Draft, fund: str = "F1", quarter: str = QUARTER, noun: str = "") -> LateDraft:
    """Drafts of one class that come late."""
    kind = noun or type(drafts[0]).__name__.removesuffix("Draft")
    payload = write_drafts(drafts)
    return LateDraft(fund=fund, quarter=quarter, noun=kind, payload=payload, reason="凭证迟到")


def file(book: Book, *drafts: FilingDraft, person: str = "manager") -> None:
    """File quarters."""
    with book.change(person, "报送") as change:
        record_filings(change, drafts)


def lock(book: Book, fund: str = "F1", quarter: str = QUARTER) -> int:
    """File and lock a quarter by the rules; returns the version."""
    file(book, filing(fund, quarter), person="local")
    return approve(book, "signatory", propose(book, "analyst", "lock", locking(fund, quarter)))


def close(book: Book, fund: str = "F1", *quarters: str, event: PeriodEvent = PeriodEvent.LOCK) -> int:
    """Lock quarters of a fund whatever its checks say; returns the version."""
    rows = [
        {
            "fund_id": fund_id_of(book, fund),
            "quarter": quarter,
            "event": event,
            "proposer_id": id_of(book, "analyst"),
            "reason": "季度已核对",
            "origin": None,
        }
        for quarter in quarters or (QUARTER,)
    ]
    with book.change("signatory", "锁定") as change:
        change.add(Period, rows)
    return change.revision_id


def fund_id_of(book: Book, code: str) -> int:
    """A fund's id by its code."""
    with book.look() as look:
        return known_funds(look.connection, look.version, [code])[code].id
