"""What a rate comes to over the days it was earned in: under a year it is not to be taken for a yearly one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.answers import print_rate
from dashboard.readings.returns.dated_flows import Flows, SolvedRate
from dashboard.readings.returns.pools import Pool
from valuation import period_return

YEAR = 365


@dataclass(frozen=True)
class Period:
    """The days from the first flow to the as-of date, and the return over them, or why there is none."""

    first: date | None
    days: int
    value: str | None
    reason: str | None

    @property
    def is_under_a_year(self) -> bool:
        """Whether the return of the period is the one to quote."""
        return self.days < YEAR


def measure_period(flows: Flows, as_of: date, solved: SolvedRate) -> Period:
    """The period of some flows (without their last value) and its return."""
    first = flows.first
    if first is None:
        return Period(None, 0, None, solved.reason)
    days = (as_of - first).days
    earned = period_return(solved.rate, days)
    value = None if earned.value is None else print_rate(earned.value)
    return Period(first, days, value, earned.reason)


def period_rows(pool: Pool) -> Iterator[Mapping[str, object]]:
    """One row each for the net and the gross rate of a pool."""
    sides = (("net", pool.net, pool.net_rate), ("gross", pool.gross, pool.gross_rate))
    for side, flows, solved in sides:
        period = measure_period(flows, pool.as_of, solved)
        yield {
            "table": "period",
            "side": side,
            "from": None if period.first is None else period.first.isoformat(),
            "to": pool.as_of.isoformat(),
            "days": period.days,
            "under_a_year": period.is_under_a_year,
            "rate": solved.value,
            "period_return": period.value,
            "reason": period.reason,
        }
