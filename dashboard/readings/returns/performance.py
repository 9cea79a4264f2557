"""What the money became: paid in, distributed and left, multiples, net and gross rates, deployed and idle."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.readings.answers import Figure, Reading, money, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.returns.dated_flows import rate_figure
from dashboard.readings.returns.market_returns import IndexSeries, index_series, market_figures
from dashboard.readings.returns.pools import Pool, pool_of
from dashboard.readings.row_names import join_names, name_rows
from funds.queries.ledger_slice import LedgerSlice


def read_performance(slice_: LedgerSlice) -> Reading:
    """Performance of the scope as one pool of flows that cross its boundary; `read_returns` has the tables."""
    return replace(_performance(slice_), version=slice_.version)


@keep_by_lines
def _performance(slice_: LedgerSlice) -> Reading:
    pool = pool_of(slice_)
    figures = tuple(performance_figures(pool, index_series(slice_)))
    reading = Reading("performance", slice_.scope.label, slice_.as_of, slice_.version, figures)
    return with_definitions(reading, slice_.facts)


def performance_figures(pool: Pool, indexes: list[IndexSeries]) -> Iterable[Figure]:
    """PF01–PF17 of a pool."""
    flows, valued = pool.flow_rows, pool.valued_rows
    gross = name_rows("entry", pool.gross.rows)
    nav, source = pool.nav.value, pool.nav.source
    dealt = join_names(gross, pool.held.rows)
    yield money("PF01", "committed", pool.committed, name_rows("commitment_movement", pool.committed_rows))
    yield money("PF02", "paid_in", pool.paid_in, flows)
    yield money("PF03", "paid_in", pool.distributed, flows)
    yield money("PF04", source, nav, pool.nav.rows)
    yield ratio("PF05", "committed", pool.paid_inside, pool.committed, "multiple.no_commitment", flows)
    yield ratio("PF06", "paid_in", pool.distributed, pool.paid_in, "multiple.no_paid_in", flows)
    yield ratio("PF07", source, nav, pool.paid_in, "multiple.no_paid_in", valued)
    yield ratio("PF08", source, pool.distributed + nav, pool.paid_in, "multiple.no_paid_in", valued)
    yield rate_figure("PF09", source, pool.net_rate, valued)
    yield rate_figure("PF10", "fair_value", pool.gross_rate, dealt)
    realised = pool.returned + pool.held.value
    yield ratio("PF11", "fair_value", realised, pool.invested, "multiple.no_cost", dealt)
    yield from market_figures(pool, indexes)
    yield ratio(
        "PF16", "paid_in", pool.invested, pool.paid_in, "multiple.no_paid_in", join_names(flows, gross)
    )
    yield ratio("PF17", "paid_in", pool.cash, pool.paid_in, "multiple.no_paid_in", flows)
