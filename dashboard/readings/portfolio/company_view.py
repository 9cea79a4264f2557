"""A firm in one answer: who is behind it, what the money did, and where it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dashboard.readings.answers import Reading
from dashboard.readings.industries.tag_suggestions import suggestion_rows
from dashboard.readings.portfolio.company_chain import link_rows, neighbour_rows
from dashboard.readings.portfolio.company_course import course_rows
from dashboard.readings.portfolio.company_holdings import (
    exit_rows,
    fund_rows,
    fund_sum_rows,
    mark_rows,
    payment_rows,
)
from dashboard.readings.portfolio.company_register import (
    company_rows,
    crosswalk_rows,
    filed_rows,
    name_rows,
    national_rows,
    owner_rows,
    tag_rows,
)
from dashboard.readings.portfolio.company_returns import company_rate_rows, read_company_figures
from dashboard.readings.portfolio.company_rounds import round_investor_rows, round_nature_rows, round_rows
from dashboard.readings.portfolio.company_sources import source_rows
from funds.queries.ledger_slice import LedgerSlice

Rows = Iterable[Mapping[str, object]]
TABLES: tuple[Callable[[LedgerSlice], Rows], ...] = (
    company_rows,
    fund_sum_rows,
    company_rate_rows,
    round_rows,
    round_nature_rows,
    round_investor_rows,
    fund_rows,
    source_rows,
    payment_rows,
    exit_rows,
    mark_rows,
    course_rows,
    filed_rows,
    tag_rows,
    link_rows,
    neighbour_rows,
    name_rows,
    national_rows,
    crosswalk_rows,
    owner_rows,
    suggestion_rows,
)


def read_company(slice_: LedgerSlice) -> Reading:
    """PF10 and PF11 of the firm over the funds that may be seen, and every table of its page.

    A person sees the register in full; rounds, marks and money only as far as own funds took part.
    """
    figures, rows = read_company_figures(slice_).figures, tuple(_rows(slice_))
    return Reading("company", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)


def _rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    for make in TABLES:
        yield from make(slice_)
