"""The league: who brought how much social money, always with what it is divided by."""

from collections.abc import Callable, Mapping
from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.choices import Choice, draw_segments
from dashboard.pages.leverage.leverage_address import LEAGUE, League, read_league
from dashboard.pages.leverage.leverage_cells import LeverageCells, write_multiple
from dashboard.pages.leverage.leverage_scopes import address_of
from dashboard.pages.leverage.leverage_state import LeverageState, Row, Rows
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Cell, Column, FigureKey, RowsOnDemand, ShownTable
from funds.queries.scopes import (
    CITY,
    Scope,
    ScopeName,
    fund_scope,
    industry_scope,
    manager_scope,
    park_scope,
)

NAME = "league"
MONEY = ("social", "fiscal", "state_owned", "undetermined", "of_funds", "total")
SCOPES: Mapping[League, Callable[[str], Scope]] = {
    League.FUND: fund_scope,
    League.MANAGER: manager_scope,
    League.PARK: park_scope,
    League.INDUSTRY: industry_scope,
}


def draw_league(state: LeverageState) -> Component:
    """The table under its switch; several leagues there are of the whole city alone."""
    if not any(state.league(league) for league in (shown_league(state), *League)):
        reason = "leverage.of_whole_funds" if state.is_of_firms else "leverage_page.league_none_text"
        return draw_empty_card(state.say("leverage_page.league_none"), state.say(reason))
    card = draw_table_card(state.context, make_league_table(state))
    return html.Div([_draw_switch(state), card] if state.slice.scope == CITY else [card])


def _draw_switch(state: LeverageState) -> Component:
    chosen = read_league(state.context)
    choices = [
        Choice(
            state.say(f"leverage_page.league_{one}"),
            state.context.here(**{LEAGUE: None if one is League.FUND else one.value}),
            one is chosen,
        )
        for one in League
    ]
    return draw_segments(state.context, state.say("leverage_page.league"), choices)


def shown_league(state: LeverageState) -> League:
    """The league in the address; outside the city there is that of funds alone."""
    return read_league(state.context) if state.slice.scope == CITY else League.FUND


def league_rows(state: LeverageState) -> Rows:
    """The lines of the league that is shown."""
    return state.league(shown_league(state))


def make_league_table(state: LeverageState) -> ShownTable:
    """A row for each, in their order; equals share a rank, without fiscal money there is none."""
    league, rows = shown_league(state), league_rows(state)
    cells = state.cells(row[key] for row in rows for key in MONEY)
    columns = (
        Column("rank", state.say("leverage_page.rank"), is_number=True),
        Column("name", state.say(f"leverage_page.league_{league}")),
        state.figure_column("LV04"),
        state.figure_column("LV05"),
        *(state.column(key, cells) for key in MONEY),
        state.column("funds", is_number=True),
        Column("points", state.say("leverage_page.points"), is_number=True),
    )
    made = RowsOnDemand(rows, partial(_make_row, state, cells, league))
    return ShownTable(
        NAME,
        write_finding(state, rows),
        columns,
        made,
        note=_write_note(state, league),
        definitions=state.versions("LV04", "LV05"),
    )


def write_finding(state: LeverageState, rows: Rows) -> str:
    """Who stands first, and how many have nothing to be divided by."""
    ranked = [row for row in rows if row["rank"] is not None]
    if not ranked:
        return state.say("leverage_page.league_no_fiscal", count=len(rows))
    first, unranked = ranked[0], len(rows) - len(ranked)
    return state.say(
        "leverage_page.league_alone" if len(rows) == 1 else "leverage_page.league_finding",
        name=first["name"],
        value=write_multiple(first["LV04"]),
        basis=state.basis_name(),
        fiscal=state.amount(first["fiscal"]),
        count=len(ranked),
        without=state.say("leverage_page.league_without", count=unranked) if unranked else "",
    )


def _write_note(state: LeverageState, league: League) -> str:
    kind = "leverage_page.league_note_firms" if league is League.INDUSTRY else "leverage_page.league_note"
    terms = state.terms(is_through=league is League.INDUSTRY)
    return state.say(kind, basis=state.basis_name(), terms=terms, day=state.day())


def _make_row(state: LeverageState, cells: LeverageCells, league: League, row: Row) -> tuple[Cell, ...]:
    scope = SCOPES[league](row["code"])
    reason = "leverage.no_fiscal" if row["fiscal"] <= 0 else None
    return (
        cells.count(row["rank"], "leverage.no_fiscal"),
        cells.text(row["name"], link=address_of(state, scope), tone="wrap"),
        _make_figure(state, cells, league, row, "LV04", reason),
        _make_figure(state, cells, league, row, "LV05", "leverage.no_capital"),
        *(cells.money(row[key]) for key in MONEY),
        cells.count(row["funds"]),
        cells.count(row.get("points")),
    )


def _make_figure(
    state: LeverageState, cells: LeverageCells, league: League, row: Row, code: str, reason: str | None
) -> Cell:
    """A number with its passport where it is that of the whole line: not at a park's part, nor looked through."""
    is_whole = state.slice.scope.name is not ScopeName.PARK
    if is_whole and (league is League.INDUSTRY or not state.options.look_through):
        key = FigureKey(code, row["basis"], SCOPES[league](row["code"]).label)
        return cells.figure(key, row[code], reason)
    return cells.multiple(row[code], reason) if code == "LV04" else cells.part(row[code], reason)
