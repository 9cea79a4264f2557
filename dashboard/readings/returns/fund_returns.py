"""Each fund of a scope as a whole: its figures, both its values, its rates with every root, and its vintage."""

from collections.abc import Iterator, Mapping
from datetime import date

from dashboard.readings.returns.market_returns import IndexSeries
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.performance import performance_figures
from dashboard.readings.returns.period_returns import measure_period
from dashboard.readings.returns.pools import Pool, pool_of
from funds.kinds import EntryKind
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope


def fund_rows(
    slice_: LedgerSlice, values: NetAssetValues, indexes: list[IndexSeries]
) -> Iterator[Mapping[str, object]]:
    """One row for each fund, by code."""
    for fund in slice_.member_funds:
        pool = pool_of(slice_.narrow(fund_scope(fund.code)))
        figures = {figure.code: figure.value for figure in performance_figures(pool, indexes)}
        yield {
            "table": "fund",
            "fund": fund.code,
            "name": fund.name,
            "vintage": vintage(values, fund.id),
            **figures,
            "nav_source": pool.nav.source,
            **compare_values(values, fund),
            **_rates(pool),
        }


def compare_values(values: NetAssetValues, fund: FundFacts) -> Mapping[str, int | None]:
    """The reported and the derived NAV, and by how much the reported one is higher."""
    reported, derived = values.reported(fund.id), values.derived(fund.id)
    return {
        "nav_reported": None if reported is None else reported.value,
        "nav_derived": derived.value,
        "nav_difference": None if reported is None else reported.value - derived.value,
    }


def vintage(values: NetAssetValues, fund: int) -> int | None:
    """The year in which the first money was paid in (起始年份)."""
    paid = values.lines(fund).of_kind(EntryKind.PAID_IN)
    return None if not len(paid) else date.fromordinal(int(paid.day.min())).year


def _rates(pool: Pool) -> Mapping[str, object]:
    period = measure_period(pool.net, pool.as_of, pool.net_rate)
    return {
        "net_status": pool.net_rate.rate.status,
        "net_roots": list(pool.net_rate.roots),
        "gross_status": pool.gross_rate.rate.status,
        "gross_roots": list(pool.gross_rate.roots),
        "under_a_year": period.is_under_a_year,
        "period_return": period.value if period.is_under_a_year else None,
    }
