"""How many basis points of a scope's rates rest on its last marks and reports."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dashboard.readings.answers import print_plain
from dashboard.readings.returns.dated_flows import SolvedRate
from dashboard.readings.returns.earlier_ledgers import last_quarter_end, slice_before_values
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import Pool, Worth, pool_held, pool_nav
from funds.queries.ledger_slice import LedgerSlice

NO_MARK, NO_EARLIER_MARK = "returns.no_mark", "returns.no_earlier_mark"
BASIS_POINTS = 10_000
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Sensitivity:
    """Basis points of a rate that rest on the marks of the last valued quarter, or why that cannot be said.

    `before` is the last day whose marks and reports the earlier value uses.
    """

    points: str | None
    reason: str | None
    before: date | None = None


def rate_rows(slice_: LedgerSlice, pool: Pool) -> Iterator[Mapping[str, object]]:
    """One row each for the net and the gross rate: status, every root, and what the last mark does to it."""
    found = {"net": (pool.net_rate, net_sensitivity), "gross": (pool.gross_rate, gross_sensitivity)}
    for side, (solved, measure) in found.items():
        last = measure(slice_, pool)
        yield {
            "table": "rate",
            "side": side,
            "value": solved.value,
            "status": solved.rate.status,
            "roots": list(solved.roots),
            "reason": solved.reason,
            "last_mark_bps": last.points,
            "last_mark_reason": last.reason,
            "valued_before": None if last.before is None else last.before.isoformat(),
        }


def net_sensitivity(slice_: LedgerSlice, pool: Pool) -> Sensitivity:
    """What the last reports and marks do to the net rate."""
    before = _day_before(slice_, pool.nav)
    if before is None:
        return Sensitivity(None, NO_MARK)
    earlier = slice_before_values(slice_, before)
    worth = pool_nav(earlier, NetAssetValues.of_slice(earlier))
    return _measure(pool.net_rate, replace(pool, nav=worth).net_rate, worth, before)


def gross_sensitivity(slice_: LedgerSlice, pool: Pool) -> Sensitivity:
    """What the last marks do to the gross rate."""
    before = _day_before(slice_, pool.held)
    if before is None:
        return Sensitivity(None, NO_MARK)
    earlier = slice_before_values(slice_, before)
    worth = pool_held(earlier, NetAssetValues.of_slice(earlier))
    return _measure(pool.gross_rate, replace(pool, held=worth).gross_rate, worth, before)


def _measure(now: SolvedRate, then: SolvedRate, worth: Worth, before: date) -> Sensitivity:
    if not _values_in(worth.rows):
        return Sensitivity(None, NO_EARLIER_MARK, before)
    if now.value is None or then.value is None:
        return Sensitivity(None, now.reason or then.reason, before)
    points = (Decimal(now.value) - Decimal(then.value)) * BASIS_POINTS
    return Sensitivity(print_plain(points.quantize(HUNDREDTH, ROUND_HALF_UP)), None, before)


def _day_before(slice_: LedgerSlice, worth: Worth) -> date | None:
    """The end of the quarter before the last one whose marks or reports a value rests on."""
    wanted, ledger = _values_in(worth.rows), slice_.ledger
    days = [
        day
        for table, columns in (("mark", ledger.marks), ("fund_nav", ledger.navs))
        for row, day in zip(columns.id.tolist(), columns.day.tolist(), strict=True)
        if f"{table}:{row}" in wanted
    ]
    return last_quarter_end(date.fromordinal(max(days))) if days else None


def _values_in(rows: Iterable[str]) -> set[str]:
    return {row for row in rows if row.startswith(("mark:", "fund_nav:"))}
