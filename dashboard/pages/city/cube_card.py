"""The cube on the city's page: parks by industries as a heat map whose cells open, with margins that add up."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from dash import html
from dash.development.base_component import Component
from orjson import Fragment

from dashboard.figures.heat_map import bounds, largest_of, shade
from dashboard.pages.cells import COUNT_FORMAT
from dashboard.pages.city.city_view import CityView
from dashboard.pages.city.cube_choice import CELL, CubeChoice, draw_choices, read_choice, write_cell
from dashboard.pages.kept_parts import draw_told, tell
from dashboard.pages.shown_table import draw_export, draw_table
from dashboard.readings.industries.cube import CITY_PART, CUBE, CUBE_FUND, CUBE_SUM, NO_INDUSTRY
from dashboard.readings.industries.cube_grid import CubeGrid, Place, open_cube
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_money, format_percent
from funds.queries.attribution import WHOLE

NAME = "cube"
ANCHOR = "cube-cell"
COUNT = "count"
PARTS_FORMAT = "#,##0.00"


@dataclass(frozen=True)
class CubeView:
    """The cube as a person looks at it."""

    view: CityView
    choice: CubeChoice

    @cached_property
    def grid(self) -> CubeGrid:
        """The chosen measure over the chosen funds."""
        return open_cube(self.view.reading.rows, self.choice.key, self.choice.funds)

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit of all its money."""
        return choose_unit((*self.grid.cells.values(), *self.grid.by_park.values()))

    @cached_property
    def parks(self) -> dict[str, str]:
        """Parks by code, without the city's name, which they share."""
        facts, city = self.view.slice.facts, self.view.context.visit.book.city_name
        named = {park.code: park.name.removeprefix(city) or park.name for park in facts.parks.values()}
        return {**named, CITY_PART: self.view.say("cube.city_part")}

    @cached_property
    def industries(self) -> dict[str, str]:
        """Industries by code."""
        named = {one.code: one.name for one in self.view.slice.facts.industries.values()}
        return {**named, NO_INDUSTRY: self.view.say("cube.no_industry")}

    def industry(self, code: str) -> str:
        """An industry by name; one that is not in the day's list says so."""
        return self.industries.get(code) or self.view.say("cube.unlisted")

    def name_cell(self, place: Place) -> str:
        """A cell in words."""
        park, industry = place
        return self.view.say("cube.place", park=self.parks[park], industry=self.industry(industry))

    def amount(self, amount: int) -> str:
        """An amount of the measure in running text."""
        if self.choice.measure == COUNT:
            return self.view.say("cube.holdings", count=write_count(amount))
        return self.view.amount(amount)

    def cell(self, amount: int) -> Cell:
        """An amount of the measure in the table."""
        if self.choice.measure == COUNT:
            return make_count_cell(amount)
        made = self.view.cells(self.unit).money(amount)
        return made if amount else replace(made, text="0", number_format=COUNT_FORMAT)


def load_cube(view: CityView) -> CubeView:
    """The cube in the state that the address says."""
    return CubeView(view, read_choice(view.context, view.slice))


def write_count(count_ppm: int) -> str:
    """A number of holdings, with two decimals where one is shared."""
    if count_ppm % WHOLE == 0:
        return format_count(count_ppm // WHOLE)
    hundredths = (200 * count_ppm + WHOLE) // (2 * WHOLE)
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


def make_count_cell(count_ppm: int) -> Cell:
    """A number of holdings in a table."""
    shape = COUNT_FORMAT if count_ppm % WHOLE == 0 else PARTS_FORMAT
    return Cell(write_count(count_ppm), Fraction(count_ppm, WHOLE), shape)


def draw_cube(view: CityView, panel: Component | None = None) -> Component | Fragment:
    """The card, without an open cell as it was drawn before; what lies behind a cell more than these tables tell."""
    if panel is not None:
        return draw_cube_card(view, panel)
    part = view.narrow(CUBE, CUBE_FUND, CUBE_SUM)
    return draw_told(view.context, NAME, tell(part.slice, part.reading), lambda: draw_cube_card(part))


def draw_cube_card(view: CityView, panel: Component | None = None) -> Component:
    """The card; `panel` is what lies behind the open cell."""
    cube = load_cube(view)
    table = make_cube(cube)
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(write_finding(cube), className="card-title"),
                    html.P(table.note, className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(view.context, table),
        ],
        className="card-head",
    )
    choices = draw_choices(view.context, view.slice, cube.choice)
    drawn = [head, choices, _draw_key(cube), draw_table(view.context, table), panel]
    return html.Section(drawn, className="card cube-card", id=NAME)


def make_cube_table(view: CityView) -> ShownTable:
    """The heat map, for export."""
    return make_cube(load_cube(view))


def make_cube(cube: CubeView) -> ShownTable:
    """A row for each park, a column for each industry, and the margins."""
    grid, view = cube.grid, cube.view
    measure = view.say(f"cube.measure_{cube.choice.measure}")
    unit = view.say("cube.unit_count" if cube.choice.measure == COUNT else cube.unit.code)
    group = view.say("overview.with_unit", name=measure, unit=unit)
    return ShownTable(
        name=NAME,
        title=view.say("cube.title"),
        columns=(
            Column("park", view.say("overview.park")),
            *(Column(one, cube.industry(one), is_number=True, group=group) for one in grid.industries),
            Column("total", view.say("cube.total"), is_number=True, group=group),
        ),
        rows=tuple(tuple(_make_row(cube, park)) for park in grid.parks),
        note=write_note(cube),
        total=(
            view.cells(cube.unit).text(view.say("cube.total")),
            *(cube.cell(grid.by_industry.get(one, 0)) for one in grid.industries),
            cube.cell(grid.total),
        ),
        definitions=view.versions("AL01") if cube.choice.measure == "cost" else (),
    )


def write_finding(cube: CubeView) -> str:
    """How much lies where, how much of it serves what leads, where most of it is, and what has nothing."""
    grid, say = cube.grid, cube.view.say
    largest = grid.largest()
    if largest is None or not grid.total:
        return say(f"cube.none_{cube.choice.measure}", year=cube.view.slice.as_of.year)
    clauses = [
        say(
            f"cube.says_{cube.choice.measure}",
            total=cube.amount(grid.total),
            year=cube.view.slice.as_of.year,
        )
    ]
    if cube.choice.mode is not TagMode.MULTI_TAG:
        clauses.append(
            say("cube.says_leading", share=format_percent(Fraction(grid.leading_total, grid.total)))
        )
    place, most = largest
    clauses.append(say("cube.says_most", cell=cube.name_cell(place), amount=cube.amount(most)))
    if grid.unserved:
        clauses.append(say("cube.says_unserved", count=len(grid.unserved)))
    return say("overview.join").join(clauses)


def write_note(cube: CubeView) -> str:
    """The definition, how tags count, which funds, the day, and whether the parts add up."""
    say, choice = cube.view.say, cube.choice
    funds = say("cube.of_all")
    if choice.funds.fund is not None:
        names = {fund.code: fund.name for fund in cube.view.slice.facts.funds.values()}
        funds = names[choice.funds.fund]
    elif choice.funds.fund_type is not None:
        funds = say(f"fund.type_{choice.funds.fund_type}")
    adds_up = say("cube.overlaps" if choice.mode is TagMode.MULTI_TAG else "cube.adds_up")
    mode = say(f"park.mode_{choice.mode}")
    return say("cube.note", mode=mode, funds=funds, day=cube.view.day, adds_up=adds_up)


def _make_row(cube: CubeView, park: str) -> Iterator[Cell]:
    context, grid = cube.view.context, cube.grid
    link = None if park == CITY_PART else context.link(f"/parks/{park}")
    yield cube.view.cells(cube.unit).text(cube.parks[park], link=link)
    largest = largest_of(grid.cells.values())
    for industry in grid.industries:
        place = park, industry
        amount, leads = grid.cells.get(place, 0), place in grid.leading
        made = cube.cell(amount)
        tones = [f"heat-{shade(amount, largest)}"]
        tones += ["heat-leading"] if leads else []
        tones += ["heat-open"] if place == cube.choice.cell else []
        opens = f"{context.here(**{CELL: write_cell(place)})}#{ANCHOR}" if amount or leads else None
        told = cube.view.say("cube.hover_leading" if leads else "cube.hover", cell=cube.name_cell(place))
        hover = f"{told} {made.hover or made.text}"
        yield replace(made, link=opens, tone=" ".join(tones), hover=hover)
    yield cube.cell(grid.by_park.get(park, 0))


def _draw_key(cube: CubeView) -> Component:
    """What the grounds and the outlines mean."""
    say = cube.view.say
    largest = largest_of(cube.grid.cells.values())
    items = [
        html.Span(
            [html.Span(className="swatch heat-key-leading"), say("cube.key_leading")], className="legend-item"
        ),
        html.Span(
            [html.Span(className="swatch heat-key-other"), say("cube.key_other")], className="legend-item"
        ),
    ]
    if largest:
        steps = [
            html.Span([html.Span(className=f"heat-key heat-key-{at}"), f"≤ {_write_bound(cube, top)}"])
            for at, top in enumerate(bounds(largest), 1)
        ]
        items.append(html.Span(steps, className="heat-steps"))
    return html.Div(items, className="legend")


def _write_bound(cube: CubeView, amount: int) -> str:
    return write_count(amount) if cube.choice.measure == COUNT else format_money(amount, cube.unit)
