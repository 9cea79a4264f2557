"""The flow of money on a page: the finding as a title, one Sankey, and the same numbers as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dash.development.base_component import Component

from dashboard.figures.city_sankey import draw_city_sankey
from dashboard.figures.money_sankey import draw_money_sankey
from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.context import PageContext
from dashboard.readings.lasting_answers import timeless
from dashboard.readings.money.money_flow import NO_INDUSTRY, read_money_flow
from dashboard.readings.money.money_flow_tiers import CITY_PARK, fund_tiers, read_tier_flow
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money, format_percent
from funds.queries.ledger_slice import LedgerSlice

NAME = "flow"
# More funds than these, and a band for each is no longer read.
MOST_FUNDS = 6
LEGEND = {
    "fiscal": "nature:fiscal",
    "state_owned": "nature:state_owned",
    "social": "nature:social",
    "unknown": "nature:undetermined",
}

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FlowView:
    """The flow of a scope as it is shown: fund by fund where they are few, else tier by tier and on to parks."""

    context: PageContext
    whole: LedgerSlice

    @cached_property
    def slice(self) -> LedgerSlice:
        """As the city's reading takes it: what that worked out is not worked out again."""
        return timeless(self.whole)

    @property
    def is_by_tier(self) -> bool:
        """Whether funds stand together by their tier."""
        return len(self.slice.members) > MOST_FUNDS

    @cached_property
    def rows(self) -> Rows:
        """The links."""
        return (read_tier_flow if self.is_by_tier else read_money_flow)(self.slice).rows

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit that fits the largest node."""
        passed: Counter[str] = Counter()
        for row in self.rows:
            passed[row["taker"]] += row["amount"]
        return choose_unit(passed.values())

    def write(self, fen: int) -> str:
        """An amount in the card's unit."""
        return f"{format_money(fen, self.unit)} {self.context.say(self.unit.code)}"

    @cached_property
    def names(self) -> dict[str, str]:
        """What each node is called."""
        facts, say = self.slice.facts, self.context.say
        known = {f"fund:{fund.code}": fund.name for fund in facts.funds.values()}
        known |= {f"industry:{industry.code}": industry.name for industry in facts.industries.values()}
        city = self.context.visit.book.city_name
        known |= {f"park:{park.code}": park.name.removeprefix(city) for park in facts.parks.values()}
        known |= {NO_INDUSTRY: say("overview.no_industry"), CITY_PARK: say("overview.city_part")}
        tiers = fund_tiers(self.slice)
        counts = Counter(tiers[fund] for fund in self.slice.members)
        known |= {
            f"tier:{tier}": say("overview.tier", tier=tier, count=count) for tier, count in counts.items()
        }
        nodes = {row[side] for row in self.rows for side in ("giver", "taker")}
        return {node: known.get(node) or say(f"flow.{node.replace(':', '_')}") for node in nodes}


def draw_money_flow(context: PageContext, slice_: LedgerSlice) -> Component:
    """The card; where nothing has been paid in there is nothing to draw."""
    view = FlowView(context, slice_)
    if not view.rows:
        return draw_empty_card(context.say("overview.flow"), context.say("overview.flow_empty"))
    draw = draw_city_sankey if view.is_by_tier else draw_money_sankey
    chart = Chart(
        NAME,
        _write_finding(view),
        _write_note(view),
        draw(view.rows, view.names, view.write, context.scheme),
        _make_table(view),
        legend=_legend(view),
        is_wide=True,
    )
    return draw_chart_card(context, chart)


def make_flow_table(context: PageContext, slice_: LedgerSlice) -> ShownTable:
    """Every band with both its ends and its amount."""
    return _make_table(FlowView(context, slice_))


def _make_table(view: FlowView) -> ShownTable:
    say, cells = view.context.say, CellMaker(view.context.visit, view.unit)
    amount = say("overview.with_unit", name=say("overview.amount"), unit=say(view.unit.code))
    return ShownTable(
        name=NAME,
        title=say("overview.flow"),
        columns=(
            Column("giver", say("overview.flow_from")),
            Column("taker", say("overview.flow_to")),
            Column("leading", say("overview.flow_leading")),
            Column("amount", amount, is_number=True),
        ),
        rows=tuple(
            (
                cells.text(view.names[row["giver"]]),
                cells.text(view.names[row["taker"]], tone="wrap"),
                cells.text(_name_kind(view, row)),
                cells.money(row["amount"]),
            )
            for row in sorted(view.rows, key=_rank)
        ),
        note=_write_note(view),
    )


def _name_kind(view: FlowView, row: Mapping[str, Any]) -> str:
    """Leading or other, of money that went into firms."""
    if not row["taker"].startswith(("industry:", "park:")):
        return ""
    return view.context.say("overview.legend_leading" if row["is_leading"] else "overview.legend_other")


def _write_finding(view: FlowView) -> str:
    """How much of what went into firms went into leading industries."""
    into = [row for row in view.rows if row["taker"].startswith("industry:")]
    total = sum(row["amount"] for row in into)
    if not total:
        return view.context.say("overview.flow_none_invested")
    leading = sum(row["amount"] for row in into if row["is_leading"])
    unit = choose_unit([total])
    return view.context.say(
        "overview.flow_finding",
        total=f"{format_money(total, unit)} {view.context.say(unit.code)}",
        share=format_percent(leading / total),
    )


def _write_note(view: FlowView) -> str:
    context = view.context
    return context.say(
        "overview.flow_note_tiers" if view.is_by_tier else "overview.flow_note",
        unit=context.say(view.unit.code),
        day=format_date(context.as_of, context.language),
    )


def _legend(view: FlowView) -> list[tuple[str, str]]:
    """What the colours mean, as far as they are there."""
    used = [kind for kind, node in LEGEND.items() if node in view.names]
    return [
        (kind, view.context.say(f"overview.legend_{kind}"))
        for kind in [*used, "between", "leading", "other", "kept"]
    ]


def _rank(row: Mapping[str, Any]) -> tuple[int, str, int]:
    """In the order of the columns; larger amounts before smaller ones."""
    order = ("nature:", "reused", "outside_giver", "tier:", "fund:", "industry:")
    place = next((at for at, start in enumerate(order) if row["giver"].startswith(start)), len(order))
    return (place, row["giver"], -row["amount"])
