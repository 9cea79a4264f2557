"""Which parks lead in the industry, the spread of the others, and where parks compete."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.cells import RATIO_FORMAT, CellMaker
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.industries.industry_state import IndustryState, Row
from dashboard.pages.parks.park_switches import name_mode
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.industry_places import PLACE, RIVAL, SPREAD_TABLE
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, format_percent

PARKS = "/parks"
DIGITS = 2


def draw_places(state: IndustryState) -> Component:
    """Who leads; with two parks and more, where they compete."""
    if not state.table(PLACE):
        return draw_empty_card(state.say("industry.no_park"), state.say("industry.no_park_text"))
    below = html.P(write_spread(state), className="card-note") if write_spread(state) else None
    cards = [draw_table_card(state.context, make_places_table(state), below=below)]
    if state.table(RIVAL):
        cards.append(draw_table_card(state.context, make_rivals_table(state)))
    return html.Div(cards, className="park-beside")


def make_places_table(state: IndustryState) -> ShownTable:
    """A row for each time of leading."""
    rows, say = state.table(PLACE), state.say
    cells = state.cells(row["cost"] for row in rows)
    columns = (
        Column("park", say("chains.park")),
        Column("rank", say("industry.rank"), is_number=True),
        Column("industry", say("industry.which")),
        Column("from", say("industry.led_from")),
        Column("to", say("industry.led_to")),
        Column("cost", say("industry.park_cost", unit=say(cells.unit.code)), is_number=True),
        Column("share", say("industry.park_share"), is_number=True),
    )
    made = tuple(tuple(_place(state, cells, row)) for row in rows)
    note = say("industry.places_note", mode=name_mode(state.context, state.mode), day=state.day())
    return ShownTable("places", write_places(state), columns, made, note=note)


def make_rivals_table(state: IndustryState) -> ShownTable:
    """A row for each pair of parks that lead in the industry on the day."""
    say, cells = state.say, CellMaker(state.context.visit, MoneyUnit.YI)
    columns = (
        Column("first", say("industry.first_park")),
        Column("second", say("industry.second_park")),
        Column("AL10", say("industry.difference"), is_number=True, hint="AL10"),
    )
    rows = tuple(
        (cells.text(row["first_name"]), cells.text(row["second_name"]), _difference(cells, row))
        for row in state.table(RIVAL)
    )
    return ShownTable(
        "rivals",
        say("industry.rivals", count=len(rows)),
        columns,
        rows,
        note=say("industry.rivals_note"),
        definitions=state.versions("AL10"),
    )


def write_places(state: IndustryState) -> str:
    """How many parks lead on the day, and how many no longer do."""
    rows = state.table(PLACE)
    now, over = {r["park"] for r in rows if r["is_leading"]}, sum(not r["is_leading"] for r in rows)
    code = "industry.places_finding" if not over else "industry.places_finding_over"
    return state.say(code, count=len(now), over=over)


def write_spread(state: IndustryState) -> str:
    """The quartiles of the parks that are not the person's, where enough of them have a value."""
    (row,) = state.table(SPREAD_TABLE)
    if row["reason"] is not None:
        return ""
    parts = {part: format_percent(Fraction(row[part]), 0) for part in ("p25", "median", "p75")}
    return state.say("industry.spread", n=row["n"], **parts)


def _place(state: IndustryState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    is_open = row["cost"] is not None
    link = state.context.link(f"{PARKS}/{row['park']}") if is_open else None
    yield cells.text(row["park_name"], link=link)
    yield cells.count(row["rank"])
    yield cells.text(row["industry_name"])
    yield cells.day(date.fromisoformat(row["from"]))
    yield (
        cells.day(date.fromisoformat(row["to"])) if row["to"] else cells.text(state.say("industry.open_end"))
    )
    yield cells.money(row["cost"], row["reason"])
    yield cells.share(None if row["share"] is None else Fraction(row["share"]), row["reason"])


def _difference(cells: CellMaker, row: Row) -> Cell:
    if row["AL10"] is None:
        return cells.absent(row["reason"])
    value = Fraction(row["AL10"])
    return Cell(f"{float(value):.{DIGITS}f}", value, RATIO_FORMAT.removesuffix('"×"'), row["AL10"])
