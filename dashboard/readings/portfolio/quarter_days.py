"""Quarters by their last day and by their code: 2025-Q4 ends on 31 December 2025."""

from datetime import date

from dashboard.readings.returns.earlier_ledgers import end_of_quarter, last_quarter_end
from funds.queries.filed_figures import end_of_period


def quarter_number(day: date) -> int:
    """Quarters counted on, so that two of them can be taken from each other."""
    return 4 * day.year + (day.month - 1) // 3


def code_of_quarter(day: date) -> str:
    """`2025-Q4` for any day in it."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def end_of(quarter: str) -> date:
    """The last day of `2025-Q4`."""
    return end_of_period(quarter)


def opening_of(end: date) -> date:
    """The last day of the quarter before the one that a day lies in."""
    return last_quarter_end(end)


def newest_end(day: date) -> date:
    """The last quarter's end on or before a day."""
    return day if end_of_quarter(day) == day else last_quarter_end(day)
