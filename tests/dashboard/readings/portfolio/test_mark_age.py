"""A mark is stale when it is older than policy allows, counted in quarters and days back from the day."""

import pytest

from dashboard.readings.portfolio.mark_age import months_before, oldest_fresh_day
from funds.drafts import Draft
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.builders import day, fund, policy
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases

LIMIT = (policy("nav.stale_quarters", value_e6=1_000_000), policy("nav.stale_days", value_e6=45_000_000))


@pytest.mark.parametrize(
    ("text", "months", "expected"),
    [("2026-08-16", 3, "2026-05-16"), ("2026-05-31", 3, "2026-02-28"), ("2024-05-31", 3, "2024-02-29"),
     ("2026-01-31", 1, "2025-12-31"), ("2026-03-31", 15, "2024-12-31"), ("2026-03-31", 0, "2026-03-31")],
)  # fmt: skip
def test_months_before_a_day_end_with_the_month(text: str, months: int, expected: str) -> None:
    assert months_before(day(text), months).isoformat() == expected


def test_policy_says_how_old_a_mark_may_be(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, fund("F"), *LIMIT) as book:
        slice_ = slice_ledger(book, "local", CITY, day("2026-09-30"))
    assert oldest_fresh_day(slice_) == day("2026-05-16")


@pytest.mark.parametrize("given", [LIMIT[:1], LIMIT[1:], ()])
def test_without_both_parts_of_the_policy_nothing_is_stale(
    sqlite: SqliteDatabases, given: tuple[Draft, ...]
) -> None:
    with book_of(sqlite, fund("F"), *given) as book:
        slice_ = slice_ledger(book, "local", CITY, day("2026-09-30"))
    assert oldest_fresh_day(slice_) is None
