"""The ends of months and quarters between two days."""

from calendar import monthrange
from datetime import date


def month_ends(first: date, last: date) -> list[date]:
    """The last day of every month that ends from one day to another."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ends = [end_of_month(month // 12, month % 12 + 1) for month in months]
    return [day for day in ends if first <= day <= last]


def quarter_ends(first: date, last: date) -> list[date]:
    """The last day of every quarter that ends from one day to another."""
    return [day for day in month_ends(first, last) if day.month % 3 == 0]


def end_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def quarter_of(day: date) -> str:
    """The quarter of a day, as `2025-Q4`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
