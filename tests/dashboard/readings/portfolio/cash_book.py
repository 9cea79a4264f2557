"""A city whose fund called for money three times, and what came of it."""

from funds.book import Book
from funds.drafts import Draft
from funds.kinds import DistributionKind
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import Scope, fund_scope
from tests.builders import (
    contribution,
    day,
    distribution,
    exit_,
    invested_city,
    local_investment,
    notice,
    term,
)

AS_OF = day("2026-01-15")


def cash_city() -> list[Draft]:
    """The invested city, where F1 called N1 (all in, late), N2 (half in, overdue) and N3 (not due yet)."""
    return [
        *invested_city(),
        notice("F1", "LP2", 200, "N1", "2021-01-01", due="2021-02-01"),
        contribution("F1", "LP2", 200, "2021-02-11", notice_no="N1"),
        notice("F1", "M", 600, "N2", "2025-06-01", due="2025-07-01"),
        notice("F1", "LP2", 300, "N2", "2025-06-01", due="2025-07-01"),
        contribution("F1", "M", 400, "2025-06-20"),
        contribution("F1", "LP2", 300, "2025-06-25", notice_no="N2"),
        notice("F1", "M", 100, "N3", "2026-01-10", due="2026-02-10"),
        distribution("F1", "M", 150, "2024-03-01", is_recallable=True),
        distribution("F1", "LP2", 50, "2024-03-01", kind=DistributionKind.GAIN, is_in_kind=True),
        exit_("F1", "C1", 300, "2023-06-30", transferred_ppm=250_000),
        term("F1", "返投倍数", value_e6=1_500_000, unit="倍", clause="第8条"),
        local_investment("F1", "C1", 500, "2024-06-30", basis="认定书1号"),
    ]


def cash_slice(book: Book, scope: Scope | None = None, on: str | None = None) -> LedgerSlice:
    """F1 (or another scope) on the day."""
    return slice_ledger(book, "local", scope or fund_scope("F1"), day(on) if on else AS_OF)
