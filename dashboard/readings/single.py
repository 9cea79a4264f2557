"""One figure by its code, basis and scope, worked out anew: what a passport shows."""

from dataclasses import dataclass
from datetime import date

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import TagMode, read_alignment
from dashboard.readings.industries.alignment_bases import is_looked_through
from dashboard.readings.industries.six_ones import read_six_ones_figures
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.readings.money.leverage_whole import read_leverage_figures
from dashboard.readings.portfolio.company_ledger import slice_company
from dashboard.readings.portfolio.company_returns import read_company_figures
from dashboard.readings.returns.market_returns import index_series
from dashboard.readings.returns.performance import read_performance
from dashboard.readings.returns.pools import pool_of
from dashboard.readings.returns.rate_workings import RateWorking, gross_working, net_working
from funds.errors import NotFound
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName
from valuation import Rate

WORKINGS = {"PF09": net_working, "PF10": gross_working}
MARKET = frozenset({"PF12", "PF13", "PF14", "PF15"})


@dataclass(frozen=True)
class IndexUsed:
    """The index that a figure compares with: its last quotation on or before the as-of date, level × 1e6."""

    code: str
    is_total_return: bool
    day: date
    level_e6: int


@dataclass(frozen=True)
class SingleFigure:
    """A figure with its reading's day, version and scope; of a rate also how it was found, of PF12–15 the index."""

    figure: Figure
    scope: str
    version: int
    working: RateWorking | None = None
    index: IndexUsed | None = None

    @property
    def rate(self) -> Rate | None:
        """The rate with its status and roots."""
        return None if self.working is None else self.working.solved.rate


def read_single(
    slice_: LedgerSlice,
    code: str,
    basis: str,
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
    since: date | None = None,
) -> SingleFigure:
    """The figure of a code and basis; one that no reading gives is refused."""
    if code.startswith("AL"):
        reading = read_alignment(slice_, mode, look_through=is_looked_through(basis), since=since)
    elif slice_.scope.name is ScopeName.COMPANY:
        slice_, reading = slice_company(slice_), read_company_figures(slice_)
    elif code in SIX_ONES:
        reading = read_six_ones_figures(slice_)
    else:
        slice_ = without_filed(slice_)
        reading = _reading_of(slice_, code, options)
    try:
        figure = reading.figure(code, basis)
    except KeyError as fault:
        raise NotFound("definition.not_found", definition=f"{code} {basis}"[:40]) from fault
    return SingleFigure(
        figure,
        slice_.scope.label,
        slice_.version,
        _working_of(slice_, code),
        _index_of(slice_) if code in MARKET else None,
    )


def _reading_of(slice_: LedgerSlice, code: str, options: LeverageOptions | None) -> Reading:
    return read_leverage_figures(slice_, options) if code.startswith("LV") else read_performance(slice_)


def _working_of(slice_: LedgerSlice, code: str) -> RateWorking | None:
    show = WORKINGS.get(code)
    return None if show is None else show(slice_, pool_of(slice_))


def _index_of(slice_: LedgerSlice) -> IndexUsed | None:
    """The index of the headline figures, the first of the series."""
    for index in index_series(slice_)[:1]:
        return IndexUsed(index.code, index.is_total_return, index.last_day, index.last_level)
    return None
