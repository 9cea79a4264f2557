"""When a mark is too old to stand for today: what policy allows after the quarter it was made for."""

from calendar import monthrange
from datetime import date, timedelta

from funds.queries.ledger_slice import LedgerSlice

QUARTERS, DAYS = "nav.stale_quarters", "nav.stale_days"
WHOLE_E6 = 1_000_000


def oldest_fresh_day(slice_: LedgerSlice) -> date | None:
    """Marks and reports before this day are stale; None where policy sets no limit."""
    quarters, days = _limit(slice_, QUARTERS), _limit(slice_, DAYS)
    if quarters is None or days is None:
        return None
    return months_before(slice_.as_of - timedelta(days=days), 3 * quarters)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month where it has none such."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _limit(slice_: LedgerSlice, code: str) -> int | None:
    policy = slice_.facts.policies.get(code)
    return None if policy is None or policy.value_e6 is None else policy.value_e6 // WHOLE_E6
