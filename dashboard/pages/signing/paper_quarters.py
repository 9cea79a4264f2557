"""Which quarter a paper is about: the one in the address, else the last that is over."""

from collections.abc import Sequence
from datetime import date

from dashboard.pages.context import BadAddress, PageContext
from dashboard.words.numbers import format_quarter
from funds.recording.papers import end_of_quarter
from funds.rules.rows import QUARTER as SHAPE

QUARTER = "quarter"
OFFERED = 8
FIRST_YEAR, LAST_YEAR = 1950, 2199


def read_quarter(context: PageContext) -> str:
    """The quarter in the address, checked; the last one that is over where it says nothing."""
    text = context.query.get(QUARTER)
    if text is None:
        return list_quarters(context.visit.book.today())[0]
    if not SHAPE.fullmatch(text) or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise BadAddress("signing.bad_quarter", text=text[:20])
    return text


def list_quarters(today: date, count: int = OFFERED) -> Sequence[str]:
    """The last quarters that are over, the newest first."""
    # Quarters counted from year 0; the present one is not over.
    present = 4 * today.year + (today.month - 1) // 3
    return [f"{number // 4}-Q{number % 4 + 1}" for number in range(present - 1, present - 1 - count, -1)]


def name_quarter(quarter: str, language: str) -> str:
    """A quarter as people say it: 2025年四季度, Q4 2025."""
    return format_quarter(last_day(quarter), language)


def last_day(quarter: str) -> date:
    """The day that a quarter's figures are as of."""
    return end_of_quarter(quarter)
