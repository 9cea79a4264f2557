"""What the code book says of an industry: its editions, and the national codes that speak for it."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.industries.industries_table import make_editions_table
from dashboard.pages.industries.industry_state import IndustryState
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.industry_view import NATIONAL
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit


def draw_codes(state: IndustryState) -> Component:
    """Both tables, folded: what they say changes seldom."""
    tables = [draw_table_card(state.context, make_own_editions_table(state))]
    if state.table(NATIONAL):
        tables.append(draw_table_card(state.context, make_codes_table(state)))
    title = html.H2(state.say("industry.code_book"), className="section-title")
    return html.Section([title, html.Div(tables, className="park-beside")])


def make_own_editions_table(state: IndustryState) -> ShownTable:
    """The editions of this industry."""
    return make_editions_table(state, state.industry.id)


def make_codes_table(state: IndustryState) -> ShownTable:
    """A row for each national code; what is only partly right, or unchecked, says so."""
    say, cells, rows = state.say, CellMaker(state.context.visit, MoneyUnit.YI), state.table(NATIONAL)
    columns = (
        Column("code", say("industry.national_code")),
        Column("name", say("chains.national")),
        Column("of", say("industry.speaks_for")),
        Column("part", say("industry.extent")),
        Column("checked", say("industry.checked")),
        Column("basis", say("industry.basis")),
    )
    made = tuple(
        (
            cells.text(row["national_code"]),
            cells.text(row["national_name"]),
            cells.text(row["segment_name"] or state.industry.name),
            cells.text(say("chains.match_partial" if row["match_partial"] else "industry.wholly")),
            cells.text(say("industry.unchecked" if row["match_unchecked"] else "industry.is_checked")),
            cells.text(row["paper"] or "", tone="wrap"),
        )
        for row in rows
    )
    unchecked = sum(row["match_unchecked"] for row in rows)
    code = "industry.codes_unchecked" if unchecked else "industry.codes"
    return ShownTable("codes", say(code, count=len(rows), unchecked=unchecked), columns, made)
