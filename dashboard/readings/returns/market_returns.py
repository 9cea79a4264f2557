"""What the scope's money would have done in an index: KS-PME, LN-PME, PME+ and Direct Alpha."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from dashboard.readings.answers import (
    RATE_DIGITS,
    Figure,
    absent,
    print_plain,
    print_rate,
    ratio,
)
from dashboard.readings.returns.dated_flows import Flows, SolvedRate, polish, rate_figure
from dashboard.readings.returns.pools import Pool
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice
from valuation import Measure, direct_alpha, ks_pme, long_nickels, pme_plus

NO_INDEX = "market.no_index"
Rows = Sequence[str]


@dataclass(frozen=True)
class IndexSeries:
    """An index by rising day, levels × 1e6; one that leaves dividends out flatters the fund beside it."""

    code: str
    is_total_return: bool
    days: Int
    levels: Int

    @property
    def basis(self) -> str:
        """What kind of index it is, as a figure's basis."""
        return "total_return_index" if self.is_total_return else "price_index"

    @property
    def last_day(self) -> date:
        """The day of the last quotation, whose level stands for the day of the value."""
        return date.fromordinal(int(self.days[-1]))

    @property
    def last_level(self) -> int:
        """The level on that day, × 1e6."""
        return int(self.levels[-1])

    def levels_on(self, days: Int) -> Int:
        """The last level on or before each day; before the first quotation the first one, for want of any."""
        at = np.searchsorted(self.days, days, side="right") - 1
        return self.levels[np.maximum(at, 0)]


@dataclass(frozen=True)
class MarketReturns:
    """The four comparisons with one index; spreads are the scope's own rate less that of the method.

    `account` is the value that the index account would have on the last day, in fen; `scale` is λ of PME+.
    """

    index: IndexSeries
    ks: Measure
    long_nickels: SolvedRate
    pme_plus: SolvedRate
    alpha: SolvedRate
    own: SolvedRate
    account: int | None
    scale: str | None
    log_alpha: str | None

    def figures(self, rows: Rows) -> Iterator[Figure]:
        """PF12–PF15 against this index."""
        basis = self.index.basis
        if self.ks.value is None:
            yield absent("PF12", basis, str(self.ks.reason), rows)
        else:
            carried = (round(self.ks.numerator or 0), round(self.ks.denominator or 0))
            yield ratio("PF12", basis, *carried, "market.no_contributions", rows)
        yield rate_figure("PF13", basis, self.long_nickels, rows)
        yield rate_figure("PF14", basis, self.pme_plus, rows)
        yield rate_figure("PF15", basis, self.alpha, rows)


def index_series(slice_: LedgerSlice) -> list[IndexSeries]:
    """The indexes of the book, those of total return first, each kind by code."""
    columns = slice_.ledger.indexes
    found = []
    for number, index in slice_.facts.indexes.items():
        rows = columns.take(columns.index == number)
        found.append(IndexSeries(index.code, index.is_total_return, rows.day, rows.level))
    return sorted(found, key=lambda index: (not index.is_total_return, index.code))


def compare(pool: Pool, index: IndexSeries) -> MarketReturns:
    """The pool's contributions and distributions beside an index, never netted within a day."""
    flow_days, paid, received = _gather_by_day(pool.net)
    day, nav = pool.as_of.toordinal(), pool.nav.value
    asked = (flow_days, paid, received, day, nav, index.days, index.levels)
    account, scaled, alpha = long_nickels(*asked), pme_plus(*asked), direct_alpha(*asked)
    days = np.concatenate([flow_days, flow_days, [day]])
    factors = index.last_level / index.levels_on(flow_days)

    def flows(paid: npt.ArrayLike, received: npt.ArrayLike, value: float) -> npt.NDArray[np.float64]:
        return np.concatenate([-np.asarray(paid, float), np.asarray(received, float), [value]])

    long = polish(account.solved, days, flows(paid, received, account.nav.value or 0.0))
    plus = polish(scaled.solved, days, flows(paid, received * (scaled.scale.value or 0.0), nav))
    return MarketReturns(
        index=index,
        ks=ks_pme(*asked),
        long_nickels=_judge(long, account.rate),
        pme_plus=_judge(plus, scaled.rate),
        alpha=polish(alpha.annual, days, flows(paid * factors, received * factors, nav)),
        own=pool.net_rate,
        account=None if account.nav.value is None else round(account.nav.value),
        scale=_print(scaled.scale),
        log_alpha=_print(alpha.log),
    )


def market_figures(pool: Pool, indexes: list[IndexSeries]) -> Iterable[Figure]:
    """PF12–PF15 against the first index: one of total return where the book has any."""
    rows = pool.valued_rows
    if indexes:
        return tuple(compare(pool, indexes[0]).figures(rows))
    return (
        absent("PF12", "index", NO_INDEX, rows),
        absent("PF13", "index", NO_INDEX, rows),
        absent("PF14", "index", NO_INDEX, rows),
        absent("PF15", "index", NO_INDEX, rows),
    )


def _gather_by_day(flows: Flows) -> tuple[Int, Int, Int]:
    """The days of some flows, and what was paid and received on each: of one day all take the same level."""
    if not len(flows.days):
        return flows.days, flows.amounts, flows.amounts
    first = int(flows.days.min())
    places = flows.days - first
    found = np.flatnonzero(np.bincount(places))
    sums = np.zeros((2, int(places.max()) + 1), dtype=np.int64)
    np.add.at(sums[0], places, np.maximum(-flows.amounts, 0))
    np.add.at(sums[1], places, np.maximum(flows.amounts, 0))
    return first + found, sums[0, found], sums[1, found]


def market_rows(pool: Pool, indexes: list[IndexSeries]) -> Iterator[Mapping[str, object]]:
    """One row for each index of the book."""
    for index in indexes:
        found = compare(pool, index)
        row: dict[str, object] = {"table": "market", "index": index.code}
        row |= {"is_total_return": index.is_total_return, "basis": index.basis}
        row |= {"index_day": index.last_day.isoformat(), "index_level_e6": index.last_level}
        for figure in found.figures(()):
            row |= {figure.code: figure.value, f"{figure.code}_reason": figure.reason}
        rates = {"PF13": found.long_nickels, "PF14": found.pme_plus, "PF15": found.alpha}
        for code, solved in rates.items():
            row |= {f"{code}_status": solved.rate.status, f"{code}_roots": list(solved.roots)}
        row |= {"PF13_spread": _spread(found.own, found.long_nickels), "PF13_nav": found.account}
        row |= {"PF14_spread": _spread(found.own, found.pme_plus), "PF14_scale": found.scale}
        yield row | {"PF15_log": found.log_alpha}


def _judge(solved: SolvedRate, meant: Measure) -> SolvedRate:
    """A rate as the method means it: what it solves to may mean nothing."""
    return solved if meant.value is not None else solved.without_value(str(meant.reason))


def _spread(own: SolvedRate, other: SolvedRate) -> str | None:
    """How much more the scope earned, from the numbers that are printed."""
    if own.value is None or other.value is None:
        return None
    return print_plain(RATE_DIGITS.subtract(Decimal(own.value), Decimal(other.value)))


def _print(measure: Measure) -> str | None:
    return None if measure.value is None else print_rate(measure.value)
