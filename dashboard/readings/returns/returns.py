"""Returns in full: the figures of performance with the tables behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dashboard.readings.answers import Reading
from dashboard.readings.definitions import with_definitions
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.returns.fund_returns import fund_rows
from dashboard.readings.returns.j_curve_points import j_curve_rows
from dashboard.readings.returns.last_marks import rate_rows
from dashboard.readings.returns.market_returns import IndexSeries, index_series, market_rows
from dashboard.readings.returns.nav_roll import nav_bridge_rows
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.performance import performance_figures
from dashboard.readings.returns.period_returns import period_rows
from dashboard.readings.returns.pooled_returns import pooled_rows
from dashboard.readings.returns.pools import Pool, pool_of
from funds.queries.ledger_slice import LedgerSlice


def read_returns(slice_: LedgerSlice) -> Reading:
    """The scope as one pool, and the tables `fund rate period j_curve market nav_bridge pooled`."""
    return replace(_returns(slice_), version=slice_.version)


@keep_by_lines
def _returns(slice_: LedgerSlice) -> Reading:
    values, indexes = NetAssetValues.of_slice(slice_), index_series(slice_)
    pool = pool_of(slice_)
    figures = tuple(performance_figures(pool, indexes))
    rows = tuple(_rows(slice_, values, indexes, pool))
    reading = Reading("performance", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)
    return with_definitions(reading, slice_.facts)


def _rows(
    slice_: LedgerSlice, values: NetAssetValues, indexes: list[IndexSeries], pool: Pool
) -> Iterator[Mapping[str, object]]:
    yield from fund_rows(slice_, values, indexes)
    yield from rate_rows(slice_, pool)
    yield from period_rows(pool)
    yield from j_curve_rows(slice_, pool)
    yield from market_rows(pool, indexes)
    yield from nav_bridge_rows(slice_, values)
    yield from pooled_rows(slice_, values)
