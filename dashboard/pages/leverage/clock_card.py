"""Whether social money keeps step with the government's, and how long money waits at each layer."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.leverage.leverage_cells import LeverageCells, write_multiple
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Cell, Column, FigureKey, RowsOnDemand, ShownTable
from dashboard.words.numbers import format_number
from funds.queries.scopes import ScopeName, fund_scope

SYNCHRONY, CLOCK, CLOCK_FUNDS = "synchrony", "clock", "clock_funds"
SIDES = ("social_committed", "social_paid", "public_committed", "public_paid")
MOVED = ("came", "went_on", "waiting")


def draw_clock(state: LeverageState) -> Component:
    """Both answers; the funds one by one are folded away."""
    if not state.rows("clock"):
        title = state.say("leverage_page.clock")
        return draw_empty_card(title, state.say("leverage.of_whole_funds"))
    funds = html.Details(
        [
            html.Summary(state.say("leverage_page.clock_funds")),
            draw_table_card(state.context, make_clock_funds_table(state)),
        ],
        className="leverage-more",
    )
    return html.Div(
        [
            draw_table_card(state.context, make_clock_table(state), below=funds),
            draw_table_card(state.context, make_synchrony_table(state)),
        ],
        className="leverage-pair",
    )


def make_clock_table(state: LeverageState) -> ShownTable:
    """Treasury, then each tier of funds."""
    title = write_longest(state)
    return _make_clock(state, CLOCK, title, list(state.rows("clock")))


def make_clock_funds_table(state: LeverageState) -> ShownTable:
    """Each fund that money came to, the most yuan·days first."""
    return _make_clock(
        state, CLOCK_FUNDS, state.say("leverage_page.clock_funds"), list(state.rows("clock_fund"))
    )


def write_longest(state: LeverageState) -> str:
    """The layer where money lay longest on average."""
    timed = [row for row in state.rows("clock") if row["days"] is not None]
    if not timed:
        return state.say("leverage_page.clock_none")
    longest = max(timed, key=lambda row: Fraction(row["days"]))
    return state.say(
        "leverage_page.clock_finding",
        layer=name_layer(state, longest),
        days=format_number(Fraction(round(Fraction(longest["days"])))),
        waiting=state.amount(longest["waiting"]),
    )


def name_layer(state: LeverageState, row: Row) -> str:
    """The treasury, or a tier of funds."""
    if row["layer"] == "treasury":
        return state.say("report.layer_treasury")
    return state.say("leverage_page.tier", tier=row["tier"])


def _make_clock(state: LeverageState, name: str, title: str, rows: list[Row]) -> ShownTable:
    cells = state.cells(row[key] for row in rows for key in MOVED)
    unit = state.say("leverage_page.unit_days", unit=state.unit_name(cells.unit))
    is_by_fund, lain = name == CLOCK_FUNDS, state.say("leverage_page.lain")
    columns = (
        state.column("fund" if is_by_fund else "layer_of"),
        *((state.column("layer_of"),) if is_by_fund else (state.column("funds", is_number=True),)),
        *(state.column(key, cells) for key in MOVED),
        state.column("days", is_number=True),
        Column("lain", state.say("overview.with_unit", name=lain, unit=unit), is_number=True),
        state.column("oldest"),
        state.column("oldest_days", is_number=True),
    )
    made = RowsOnDemand(rows, lambda row: tuple(_clock_row(state, cells, row, is_by_fund=is_by_fund)))
    note = state.say("leverage_page.clock_note", terms=state.terms(), day=state.day())
    return ShownTable(name, title, columns, made, note=note)


def _clock_row(state: LeverageState, cells: LeverageCells, row: Row, *, is_by_fund: bool) -> Iterator[Cell]:
    if is_by_fund:
        yield cells.text(row["name"], link=state.context.link(f"/funds/{row['fund']}"), tone="wrap")
        yield cells.text(name_layer(state, row))
    else:
        yield cells.words(name_layer(state, row))
        yield cells.count(row["funds"])
    yield from (cells.money(row[key]) for key in MOVED)
    yield cells.days(row["days"], "leverage.no_capital")
    yield cells.yuan_days(row["yuan_days"])
    yield cells.day(None if row["since"] is None else date.fromisoformat(row["since"]))
    yield cells.count(row["waiting_days"])


def make_synchrony_table(state: LeverageState) -> ShownTable:
    """Each fund with the two rates behind LV06; below 1 the government is ahead."""
    rows = state.rows("synchrony")
    cells = state.cells(row[key] for row in rows for key in SIDES)
    columns = (
        state.column("fund"),
        state.figure_column("LV06"),
        *(state.column(key, cells) for key in SIDES),
        state.column("reason"),
    )
    made = RowsOnDemand(
        rows,
        lambda row: (
            cells.text(row["name"], link=state.context.link(f"/funds/{row['fund']}"), tone="wrap"),
            _synchrony_cell(state, cells, row),
            *(cells.money(row[key]) for key in SIDES),
            cells.words(state.say(row["reason"])) if row["reason"] else cells.text(""),
        ),
    )
    note = state.say("leverage_page.synchrony_note", terms=state.terms(), day=state.day())
    return ShownTable(
        SYNCHRONY, write_synchrony(state), columns, made, note=note, definitions=state.versions("LV06")
    )


def _synchrony_cell(state: LeverageState, cells: LeverageCells, row: Row) -> Cell:
    """The fund's own figure; of a park's part of it there is no passport."""
    if state.slice.scope.name is ScopeName.PARK:
        return cells.multiple(row["LV06"], row["reason"])
    key = FigureKey("LV06", "arrival", fund_scope(row["fund"]).label)
    return cells.figure(key, row["LV06"], row["reason"])


def write_synchrony(state: LeverageState) -> str:
    """The figure of the scope and how many funds have the government ahead."""
    figure = state.figure("LV06")
    rows = [row for row in state.rows("synchrony") if row["LV06"] is not None]
    if figure.value is None:
        return state.say("leverage_page.synchrony_none", reason=state.say(figure.reason or ""))
    ahead = sum(Fraction(row["LV06"]) < 1 for row in rows)
    return state.say(
        "leverage_page.synchrony_finding",
        value=write_multiple(str(figure.value)),
        ahead=ahead,
        count=len(rows),
    )
