"""What is on file for a park, with the way to correct each row and to its history."""

from fractions import Fraction
from functools import partial

from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.figures_entry.entry_desk import EntryDesk, open_desk
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Column, Row, RowsOnDemand, ShownTable
from dashboard.words.numbers import MoneyUnit
from funds.permissions import Action
from funds.queries.filed_figures import ParkFigureFacts

NAME = "filed"
MICRO = 10**6


def draw_filed_table(desk: EntryDesk) -> Component:
    """The table with its export."""
    return draw_table_card(desk.context, make_table(desk))


def make_filed_table(context: PageContext) -> ShownTable:
    """The same, for export."""
    return make_table(open_desk(context))


def make_table(desk: EntryDesk) -> ShownTable:
    """A row for each indicator and period, the newest first."""
    say = desk.say
    columns = (
        Column("name", say("six_ones.indicator")),
        Column("code", say("six_ones.code")),
        Column("period", say("six_ones.period")),
        Column("value", say("six_ones.value"), is_number=True),
        Column("unit", say("park_figure.unit")),
        Column("source", say("six_ones.source")),
        Column("owner", say("six_ones.owner")),
        Column("evidence", say("six_ones.evidence")),
        Column("correct", say("park_figure.correct")),
        Column("history", say("park_figure.history")),
    )
    return ShownTable(
        NAME,
        say("park_figure.filed", place=desk.name(desk.place), count=len(desk.filed)),
        columns,
        RowsOnDemand(desk.filed, partial(_make_row, desk)),
        note=say("park_figure.filed_note"),
    )


def _make_row(desk: EntryDesk, row: ParkFigureFacts) -> Row:
    cells, value = CellMaker(desk.context.visit, MoneyUnit.YI), Fraction(row.value_e6, MICRO)
    can_trail = desk.context.visit.may_do(Action.READ_TRAIL)
    history = desk.context.link(f"/history/park_figure/{row.id}") if can_trail else None
    return (
        cells.text(desk.say(f"figure.{row.indicator}")),
        cells.text(row.indicator),
        cells.text(row.period),
        cells.number(value),
        cells.text(row.unit or ""),
        cells.text(row.source or "", tone="wrap"),
        cells.text(row.owner or "", tone="wrap"),
        cells.text(row.evidence or "", tone="wrap"),
        cells.text(desk.say("park_figure.correct"), link=desk.link(desk.place, row.id)),
        cells.text(desk.say("park_figure.history") if history else "", link=history),
    )
