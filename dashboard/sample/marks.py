"""The fair value of every holding at the end of every quarter."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dashboard.sample.amounts import to_wan
from dashboard.sample.chance import Chance
from dashboard.sample.firms import Firm
from dashboard.sample.holdings import Holding
from dashboard.sample.plan import FundPlan
from dashboard.sample.quarters import quarter_ends
from funds.drafts import MarkDraft
from funds.kinds import ExitKind, MarkMethod

RECENT = timedelta(366)
BEHIND = timedelta(80)
STALE_QUARTERS = 3
ODD_ODDS = 0.15
LATER_METHODS = (MarkMethod.MULTIPLES, MarkMethod.INDUSTRY_METRIC, MarkMethod.DISCOUNTED_CASH_FLOW)
EVIDENCE = {MarkMethod.RECENT_ROUND: "示例最近一轮融资文件", MarkMethod.NET_ASSETS: "示例核销决议"}
REPORT = "示例估值报告"


def filed_until(fund: FundPlan, until: date) -> date:
    """The last day on which a fund has filed values; some are a quarter behind."""
    return until - BEHIND if fund.skips_last_quarter else until


def draft_marks(
    holdings: Sequence[Holding],
    funds: Mapping[str, FundPlan],
    firms: Mapping[str, Firm],
    seed: int,
    until: date,
) -> list[MarkDraft]:
    """A mark for every quarter in which a holding is open; a forgotten one stops short."""
    marks: list[MarkDraft] = []
    for holding in holdings:
        told = firms[holding.firm].told
        days = quarter_ends(holding.first_day, filed_until(funds[holding.fund], until))
        if told is not None and told.stale == holding.fund:
            days = days[:-STALE_QUARTERS]
        marks += _marks_of(holding, days, Chance(seed, "marks", holding.fund, holding.firm))
    return marks


def _marks_of(holding: Holding, days: Sequence[date], chance: Chance) -> Iterator[MarkDraft]:
    for day in days:
        is_odd, later = chance.happens(ODD_ODDS), chance.pick(LATER_METHODS)
        if holding.is_open_on(day):
            value, method = holding.value_on(day), _method(holding, day, later)
            yield MarkDraft(
                fund=holding.fund,
                company=holding.firm,
                valued_on=day,
                fair_value_fen=round(value) if is_odd else to_wan(value),
                method=method,
                evidence=EVIDENCE.get(method, REPORT),
            )


def _method(holding: Holding, day: date, later: MarkMethod) -> MarkMethod:
    if any(sale.kind is ExitKind.WRITE_OFF and sale.day <= day for sale in holding.sales):
        return MarkMethod.NET_ASSETS
    last_round = max((row for row in holding.path.days if row <= day), default=day)
    return MarkMethod.RECENT_ROUND if day - last_round <= RECENT else later


class MarkShelf:
    """The marks of every holding by day."""

    def __init__(self, marks: Sequence[MarkDraft]) -> None:
        self._rows: dict[tuple[str, str], tuple[list[date], list[int]]] = {}
        for mark in sorted(marks, key=lambda row: row.valued_on):
            days, values = self._rows.setdefault((mark.fund, mark.company), ([], []))
            days.append(mark.valued_on)
            values.append(mark.fair_value_fen)

    def held_on(self, holding: Holding, day: date) -> int:
        """A holding's last mark, its cost before the first one, and nothing once it is gone."""
        if not holding.is_open_on(day):
            return 0
        days, values = self._rows.get((holding.fund, holding.firm), ([], []))
        place = bisect_right(days, day)
        return values[place - 1] if place else holding.cost_on(day)
