"""What of the cube is looked at, as the address says it: the measure, the tags, the funds, and the open cell."""

from collections.abc import Iterator
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.pages.choices import Choice, draw_menu, draw_segments
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.parks.park_switches import draw_mode_switch, read_mode
from dashboard.readings.industries.cube_grid import CubeFilter, Place
from dashboard.readings.industries.tag_parts import TagMode
from funds.kinds import VehicleType
from funds.queries.ledger_slice import LedgerSlice

MEASURE, FUND, FUND_TYPE, CELL = "measure", "fund", "fund_type", "cell"
# What a measure is called in the address, and in the rows of the cube.
MEASURES = {"cost": "cost", "fair_value": "fair_value", "flow": "flow", "count": "count_ppm"}
BETWEEN = "~"


@dataclass(frozen=True)
class CubeChoice:
    """The cube as asked for; `cell` is the park and the industry whose holdings are shown."""

    measure: str
    mode: TagMode
    funds: CubeFilter
    cell: Place | None

    @property
    def key(self) -> str:
        """The measure in the rows of the cube."""
        return MEASURES[self.measure]


def read_choice(context: PageContext, slice_: LedgerSlice) -> CubeChoice:
    """The choice in an address; a measure, fund or cell that is not there is refused."""
    query = context.query
    measure, fund, kind = query.get(MEASURE, "cost"), query.get(FUND), query.get(FUND_TYPE)
    if measure not in MEASURES:
        raise BadAddress("cube.bad_measure", text=measure[:20])
    if fund is not None and fund not in {known.code for known in slice_.facts.funds.values()}:
        raise BadAddress("cube.bad_fund", text=fund[:40])
    if kind is not None and kind not in set(VehicleType):
        raise BadAddress("cube.bad_type", text=kind[:20])
    cell: Place | None = None
    if CELL in query:
        park, mark, industry = query[CELL].partition(BETWEEN)
        if not (park and mark and industry):
            raise BadAddress("cube.bad_cell", text=query[CELL][:40])
        cell = park, industry
    return CubeChoice(measure, read_mode(context), CubeFilter(fund, kind), cell)


def write_cell(place: Place) -> str:
    """A cell as the address names it."""
    return BETWEEN.join(place)


def draw_choices(context: PageContext, slice_: LedgerSlice, choice: CubeChoice) -> Component:
    """The measures and the tags as segments, types and funds as lists."""
    say = context.say
    measures = [
        Choice(
            say(f"cube.measure_{name}"),
            context.here(**{MEASURE: None if name == "cost" else name}),
            name == choice.measure,
        )
        for name in MEASURES
    ]
    menus = html.Div(
        [
            draw_menu(context, say("cube.fund_type"), list(_types(context, slice_, choice))),
            draw_menu(context, say("cube.fund"), list(_funds(context, slice_, choice))),
        ],
        className="menu-line",
    )
    return html.Div(
        [
            draw_segments(context, say("cube.measure"), measures),
            draw_mode_switch(context, choice.mode),
            menus,
        ],
        className="choice-lines",
    )


def _types(context: PageContext, slice_: LedgerSlice, choice: CubeChoice) -> Iterator[Choice]:
    chosen = choice.funds.fund_type
    yield Choice(context.say("cube.all_types"), context.here(**{FUND_TYPE: None}), chosen is None)
    present = {fund.vehicle_type for fund in slice_.facts.funds.values()}
    for kind in VehicleType:
        if kind in present:
            address = context.here(**{FUND_TYPE: kind.value, FUND: None})
            yield Choice(context.say(f"fund.type_{kind.value}"), address, kind == chosen)


def _funds(context: PageContext, slice_: LedgerSlice, choice: CubeChoice) -> Iterator[Choice]:
    """The funds of the chosen type by code."""
    yield Choice(context.say("cube.all_funds"), context.here(**{FUND: None}), choice.funds.fund is None)
    for fund in sorted(slice_.facts.funds.values(), key=lambda one: one.code):
        if choice.funds.fund_type in (None, fund.vehicle_type):
            yield Choice(fund.name, context.here(**{FUND: fund.code}), fund.code == choice.funds.fund)
