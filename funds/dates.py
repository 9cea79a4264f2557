"""Dates, quarters and periods as people write them: read exactly or refused, never guessed."""

import re
from datetime import date, datetime, timedelta

from funds.faults import ValueFault, shorten
from funds.numerals import fold_width

EARLIEST_YEAR = 1949
LATEST_YEAR = 2100

_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日?)")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
# Exports write midnight or the minute behind the day; the day is what counts.
_TIME = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
_YEAR_LAST = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}")
_YEAR_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月)")
_QUARTER = re.compile(r"([0-9]{4})(?:-?[Qq]([1-4])|年第?([1-4一二三四])季度?)")
_YEAR = re.compile(r"([0-9]{4})年?")
_NUMBERS = {"一": "1", "二": "2", "三": "3", "四": "4"}


class DateFault(ValueFault):
    """A text that is no date, or could be two."""


def parse_date(value: object) -> date:
    """A true date, or one of 2023-06-30, 2023/6/30, 2023.6.30, 2023年6月30日, 20230630."""
    if isinstance(value, datetime):
        return _in_range(value.date(), value)
    if isinstance(value, date):
        return _in_range(value, value)
    if not isinstance(value, str):
        raise DateFault("date.number", text=shorten(value))
    folded = _TIME.sub("", fold_width(value))
    found = _DAY.fullmatch(folded)
    compact = _COMPACT.fullmatch(folded)
    if found:
        return _make_date(value, found[1], found[3] or found[5], found[4] or found[6])
    if compact:
        return _make_date(value, compact[1], compact[2], compact[3])
    raise DateFault(_why_no_date(folded), text=shorten(value))


def parse_quarter(value: object) -> str:
    """`2025-Q4` from 2025-Q4, 2025Q4, 2025年4季度, 2025年第四季度."""
    found = _QUARTER.fullmatch(fold_width(value)) if isinstance(value, str) else None
    if found is None:
        raise DateFault("date.not_a_quarter", text=shorten(value))
    number = found[2] or found[3]
    return f"{_check_year(found[1], value)}-Q{_NUMBERS.get(number, number)}"


def parse_period(value: object) -> str:
    """A year `2025`, a quarter `2025-Q4` or a month `2025-12`, the number 2025 among them."""
    if isinstance(value, date):
        # Excel makes a date of a typed 2025-12; which of the two was meant, only its writer knows.
        raise DateFault("date.period_became_date", text=shorten(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    folded = fold_width(str(value)) if isinstance(value, (str, int)) else ""
    if _QUARTER.fullmatch(folded):
        return parse_quarter(folded)
    if found := _YEAR.fullmatch(folded):
        return _check_year(found[1], value)
    found = _YEAR_MONTH.fullmatch(folded)
    month = int(found[2] or found[3]) if found else 0
    if found is None or not 1 <= month <= 12:
        raise DateFault("date.not_a_period", text=shorten(value))
    return f"{_check_year(found[1], value)}-{month:02d}"


def quarter_of(day: date) -> str:
    """The quarter that a day lies in, as `2025-Q4`."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def days_of_quarter(quarter: str) -> tuple[date, date]:
    """The first and the last day of a quarter written as `2025-Q4`."""
    year, number = int(quarter[:4]), int(quarter[6])
    following = date(year + number // 4, number % 4 * 3 + 1, 1)
    return date(year, number * 3 - 2, 1), following - timedelta(days=1)


def _why_no_date(folded: str) -> str:
    """The code that says best why the text is no date."""
    if not folded:
        return "date.empty"
    if _YEAR_LAST.fullmatch(folded):
        return "date.ambiguous"
    if _YEAR_MONTH.fullmatch(folded):
        return "date.no_day"
    return "date.number" if folded.isdecimal() else "date.not_a_date"


def _make_date(value: object, year: str, month: str, day: str) -> date:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        raise DateFault("date.impossible", text=shorten(value)) from None
    return _in_range(made, value)


def _in_range(made: date, value: object) -> date:
    _check_year(f"{made.year:04d}", value)
    return made


def _check_year(year: str, value: object) -> str:
    if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        raise DateFault("date.out_of_range", text=shorten(value), earliest=EARLIEST_YEAR, latest=LATEST_YEAR)
    return year
