"""What opens below a bar or a band: a table of lines, and the rows of the book behind one of them."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.pages.shown_table import draw_export, draw_table
from dashboard.readings.provenance import Evidence, read_provenance
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import ABSENT, MoneyUnit, choose_unit, format_count
from funds.permissions import Action

MOST = 50
DAY_FORMAT = "yyyy-mm-dd"


def draw_drill(
    state: LeverageState, anchor: str, tables: Sequence[ShownTable], ways: Sequence[tuple[str, str]]
) -> Component:
    """The panel; `ways` lead on from it or close it, by name and address."""
    links = [dcc.Link(name, href=address) for name, address in ways]
    parts: list[Component] = [html.P(links, className="drill-ways")]
    parts += [_draw_part(state, table) for table in tables]
    return html.Div(parts, className="drill", id=anchor, tabIndex=-1)


def _draw_part(state: LeverageState, table: ShownTable) -> Component:
    head = html.Div(
        [
            html.Div(
                [
                    html.H3(table.title, className="card-title"),
                    html.P(table.note, className="card-note") if table.note else None,
                ],
                className="card-words",
            ),
            draw_export(state.context, table) if table.rows else None,
        ],
        className="card-head",
    )
    return html.Div([head, draw_table(state.context, table) if table.rows else None], className="drill-part")


def make_entries(state: LeverageState, name: str, title: str, entries: Sequence[str]) -> ShownTable:
    """The rows of the book that are named: what, when, between whom, from which cell, by whom; the first by day."""
    found = read_provenance(state.context.visit.book, state.slice, entries, MOST)
    unit = choose_unit(row.witness.amount for row in found.rows)
    columns = (
        Column("day", state.say("passport.day")),
        Column("kind", state.say("passport.kind")),
        Column("fund", state.say("passport.fund")),
        Column("other", state.say("passport.other")),
        Column("amount", title_amount(state, state.say("leverage_flow.whole_amount"), unit), is_number=True),
        Column("source", state.say("passport.source")),
        Column("by", state.say("leverage_flow.recorded")),
    )
    notes = [state.say("leverage_flow.entries_note", unit=state.unit_name(unit))] if found.rows else []
    if len(found.rows) < found.seen:
        notes.append(state.say("passport.first", shown=len(found.rows)))
    if found.seen < found.count:
        notes.append(state.say("passport.elsewhere", count=format_count(found.count - found.seen)))
    heading = (
        state.say("leverage_flow.entries", of=title, count=format_count(found.count)) if entries else title
    )
    rows = tuple(_make_entry(state, row, unit) for row in found.rows)
    return ShownTable(name, heading, columns, rows, " ".join(notes))


def _make_entry(state: LeverageState, row: Evidence, unit: MoneyUnit) -> tuple[Cell, ...]:
    one, cells = row.witness, CellMaker(state.context.visit, unit)
    source = " · ".join(part for part in (row.file, row.origin) if part)
    by = state.say("passport.by", person=row.person, version=row.version)
    link = find_history(state, f"{one.table}:{one.row}")
    return (
        Cell(one.day.isoformat(), one.day, DAY_FORMAT, link=link),
        cells.text(state.say(f"evidence.{one.kind}")),
        cells.text(row.fund_name, tone="wrap"),
        cells.text(one.other or ABSENT, tone="wrap"),
        cells.money(one.amount),
        cells.text(source or ABSENT, tone="wrap"),
        cells.text(by, tone="wrap"),
    )


def find_history(state: LeverageState, row: str | None) -> str | None:
    """The address of a row's history; nothing for who may not read the trail."""
    if row is None or not state.context.visit.may_do(Action.READ_TRAIL):
        return None
    table, _, number = row.partition(":")
    return state.context.link(f"/history/{table}/{number}")


def title_amount(state: LeverageState, name: str, unit: MoneyUnit) -> str:
    """The title of a column of money."""
    return state.say("leverage_flow.with_unit", name=name, unit=state.unit_name(unit))
