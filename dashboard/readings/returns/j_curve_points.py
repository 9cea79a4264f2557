"""The J-curve of a scope: what investors had paid and got by each quarter end, and what was left then."""

from collections.abc import Iterator, Mapping
from datetime import date

from dashboard.readings.answers import print_ratio
from dashboard.readings.returns.dated_flows import polish
from dashboard.readings.returns.earlier_ledgers import quarter_ends, slice_until
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import Pool, Worth, pool_nav
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
    worths = [pool.nav if day == slice_.as_of else _worth_on(slice_, day) for day in days]
    curve = j_curve(
        pool.net.days,
        pool.net.amounts,
        [day.toordinal() for day in days],
        [worth.value for worth in worths],
    )
    for day, worth, point in zip(days, worths, curve.points, strict=True):
        yield _row(pool, day, worth, point)


def _worth_on(slice_: LedgerSlice, day: date) -> Worth:
    earlier = slice_until(slice_, day)
    return pool_nav(earlier, NetAssetValues.of_slice(earlier))


def _row(pool: Pool, day: date, worth: Worth, point: JPoint) -> Mapping[str, object]:
    flows = pool.net.until(day).ending(day, worth.value)
    solved = polish(point.rate, flows.days, flows.amounts)
    paid_in, distributed = round(point.paid_in), round(point.distributed)
    return {
        "table": "j_curve",
        "day": day.isoformat(),
        "paid_in": paid_in,
        "distributed": distributed,
        "net": distributed - paid_in,
        "nav": worth.value,
        "nav_source": worth.source,
        "value": distributed - paid_in + worth.value,
        "tvpi": print_ratio(distributed + worth.value, paid_in) if paid_in > 0 else None,
        "rate": solved.value,
        "status": solved.rate.status,
        "roots": list(solved.roots),
        "reason": solved.reason,
    }
