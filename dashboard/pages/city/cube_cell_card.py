"""What lies behind a cell of the cube: ways to the park, the industry and the funds, and the holdings."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.city.city_view import CityView, Row
from dashboard.pages.city.cube_card import ANCHOR, COUNT, CubeView, load_cube, make_count_cell
from dashboard.pages.city.cube_choice import CELL
from dashboard.pages.context import BadAddress
from dashboard.pages.shown_table import draw_export, draw_table
from dashboard.readings.industries.cube import CITY_PART
from dashboard.readings.industries.cube_cell import cell_rows
from dashboard.readings.industries.cube_grid import Place
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import choose_unit

NAME = "cube_cell"
MONEY = ("cost", "fair_value", "flow")


def draw_cell_panel(view: CityView) -> Component | None:
    """The panel, where the address opens a cell."""
    cube = load_cube(view)
    if cube.choice.cell is None:
        return None
    table = make_cell(cube)
    head = html.Div(
        [
            html.Div([html.H3(table.title, className="card-title"), _draw_ways(cube, cube.choice.cell)]),
            draw_export(view.context, table),
        ],
        className="card-head",
    )
    held = draw_table(view.context, table) if table.rows else html.P(view.say("cube.cell_empty"))
    return html.Div([head, held], className="cube-cell", id=ANCHOR, tabIndex=-1)


def make_cell_table(view: CityView) -> ShownTable:
    """The holdings behind the open cell, for export; without one there are none."""
    return make_cell(load_cube(view))


def make_cell(cube: CubeView) -> ShownTable:
    """A row for each firm and fund."""
    say, view, rows = cube.view.say, cube.view, _read_rows(cube)
    unit = choose_unit(row[key] for row in rows for key in MONEY)
    columns = (
        Column("company", say("cube.company")),
        Column("fund", say("overview.fund")),
        *(Column(key, view.titled(say(f"cube.measure_{key}"), unit), is_number=True) for key in MONEY),
        Column(COUNT, say("cube.part"), is_number=True),
    )
    cells = view.cells(unit)

    def make_row(row: Row) -> Iterator[Cell]:
        yield cells.text(row["name"], link=view.context.link(f"/companies/{row['company']}"))
        yield cells.text(row["fund_name"], link=view.context.link(f"/funds/{row['fund']}"), tone="wrap")
        for key in MONEY:
            yield cells.money(row[key])
        yield make_count_cell(row["count_ppm"])

    return ShownTable(
        NAME,
        _write_title(cube),
        columns,
        tuple(tuple(make_row(row)) for row in rows),
        definitions=view.versions("AL01", "AL02", "AL03"),
    )


def _read_rows(cube: CubeView) -> list[Row]:
    """The holdings of the open cell; a park or an industry that is not there is refused."""
    choice = cube.choice
    if choice.cell is None:
        return []
    park, industry = choice.cell
    if park not in cube.parks or (industry not in cube.industries and industry not in cube.grid.industries):
        raise BadAddress("cube.bad_cell", text=f"{park} {industry}"[:40])
    return cell_rows(cube.view.slice, choice.mode, park, industry, choice.funds)


def _write_title(cube: CubeView) -> str:
    cell = cube.choice.cell
    if cell is None:
        return cube.view.say("cube.cell_title")
    amount = cube.amount(cube.grid.cells.get(cell, 0))
    measure = cube.view.say(f"cube.measure_{cube.choice.measure}")
    return cube.view.say("cube.cell_finding", cell=cube.name_cell(cell), measure=measure, amount=amount)


def _draw_ways(cube: CubeView, cell: Place) -> Component:
    """Where one can go from here."""
    context, (park, industry) = cube.view.context, cell
    ways = []
    if park != CITY_PART:
        ways.append((cube.view.say("cube.to_park", park=cube.parks[park]), context.link(f"/parks/{park}")))
    if industry in {one.code for one in cube.view.slice.facts.industries.values()}:
        name = cube.industry(industry)
        ways.append(
            (cube.view.say("cube.to_industry", industry=name), context.link(f"/industries/{industry}"))
        )
    ways.append((cube.view.say("cube.to_funds"), context.link("/funds")))
    ways.append((cube.view.say("cube.close"), context.here(**{CELL: None})))
    return html.P([dcc.Link(name, href=address) for name, address in ways], className="cube-ways")
