"""The J-curve of a scope: what investors had paid and got by each quarter end, and what was left then."""

from collections.abc import Iterator, Mapping
from datetime import date

from dashboard.readings.answers import print_ratio
from dashboard.readings.kept_by_lines import keep_by_earlier_lines
from dashboard.readings.returns.dated_flows import polish
from dashboard.readings.returns.earlier_ledgers import quarter_ends, slice_own_until
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import Pool, pool_nav
from funds.queries.ledger_slice import LedgerSlice
from valuation import JPoint, j_curve


def j_curve_rows(slice_: LedgerSlice, pool: Pool) -> Iterator[Mapping[str, object]]:
    """One row for each quarter end since the first flow, and for the as-of date.

    The value of a day rests on the marks and reports that bear a date up to then, as they are known now.
    """
    first = pool.net.first
    if first is None:
        return
    days = quarter_ends(first, slice_.as_of)
    worths = [
        (pool.nav.value, pool.nav.source) if day == slice_.as_of else _worth_on(slice_, day) for day in days
    ]
    curve = j_curve(
        pool.net.days,
        pool.net.amounts,
        [day.toordinal() for day in days],
        [value for value, _ in worths],
    )
    for day, worth, point in zip(days, worths, curve.points, strict=True):
        yield _row(pool, day, worth, point)


@keep_by_earlier_lines
def _worth_on(slice_: LedgerSlice, day: date) -> tuple[int, str]:
    """The value of an earlier day and what it rests on."""
    earlier = slice_own_until(slice_, day)
    worth = pool_nav(earlier, NetAssetValues.of_slice(earlier))
    return worth.value, worth.source


def _row(pool: Pool, day: date, worth: tuple[int, str], point: JPoint) -> Mapping[str, object]:
    value, source = worth
    flows = pool.net.until(day).ending(day, value)
    solved = polish(point.rate, flows.days, flows.amounts)
    paid_in, distributed = round(point.paid_in), round(point.distributed)
    return {
        "table": "j_curve",
        "day": day.isoformat(),
        "paid_in": paid_in,
        "distributed": distributed,
        "net": distributed - paid_in,
        "nav": value,
        "nav_source": source,
        "value": distributed - paid_in + value,
        "tvpi": print_ratio(distributed + value, paid_in) if paid_in > 0 else None,
        "rate": solved.value,
        "status": solved.rate.status,
        "roots": list(solved.roots),
        "reason": solved.reason,
    }
