"""What stands about a thing, each record with the two ways to edit it and the way to its history."""

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.upkeep_sheets import SHEETS
from dashboard.pages.cells import DAY_FORMAT, CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.trail.trail_values import name_field, name_table, write_value
from dashboard.pages.upkeep.upkeep_desk import TABLE, WAY, EditWay, UpkeepDesk, open_upkeep
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import ABSENT, MoneyUnit
from funds.permissions import Action
from funds.queries.trail_rows import RowVersion

NAME = "standing"
DAYS = ("from_date", "to_date")


def draw_standing(desk: UpkeepDesk) -> Component:
    """The table with its export, and what can be added."""
    return html.Div([draw_table_card(desk.context, make_table(desk), below=_draw_additions(desk))])


def make_standing_table(context: PageContext) -> ShownTable:
    """The same, for export."""
    with open_upkeep(context) as desk:
        return make_table(desk)


def make_table(desk: UpkeepDesk) -> ShownTable:
    """A line for each record that stands."""
    say = desk.say
    for row in desk.rows:
        desk.trail.names.load_rows(row.table, [row.values])
    columns = (
        Column("table", say("upkeep.table")),
        Column("content", say("upkeep.content")),
        Column("from", say("trail.field_from_date")),
        Column("to", say("trail.field_to_date")),
        Column("version", say("upkeep.version"), is_number=True),
        Column("fix", say("upkeep.way_fix")),
        Column("change", say("upkeep.way_from")),
        Column("history", say("upkeep.history")),
    )
    name = "" if desk.thing is None else desk.thing.name
    return ShownTable(
        NAME,
        say("upkeep.standing", name=name, count=len(desk.rows)),
        columns,
        tuple(_make_row(desk, row) for row in desk.rows),
        note=say("upkeep.standing_note"),
    )


def _make_row(desk: UpkeepDesk, row: RowVersion) -> Row:
    cells = CellMaker(desk.context.visit, MoneyUnit.YI)
    can_trail = desk.context.visit.may_do(Action.READ_TRAIL)
    history = desk.trail.link_history(row.table, row.id) if can_trail else None
    return (
        cells.text(name_table(desk.trail, row.table)),
        cells.text(_write_content(desk, row), tone="wrap"),
        *(_day(row.values.get(column)) for column in DAYS),
        Cell(str(row.version), row.version),
        cells.text(desk.say("upkeep.way_fix"), link=desk.link_row(row, EditWay.FIX)),
        cells.text(desk.say("upkeep.way_from"), link=desk.link_row(row, EditWay.FROM)),
        cells.text(desk.say("upkeep.history") if history else "", link=history),
    )


def _write_content(desk: UpkeepDesk, row: RowVersion) -> str:
    """What the record says, field by field; whose it is, the title says."""
    own = {SHEETS[row.table].thing, *DAYS}
    said = [
        f"{name_field(desk.trail, column)} {write_value(desk.trail, row.table, column, value)}"
        for column, value in row.values.items()
        if value not in (None, "", False) and column not in own
    ]
    return desk.say("trail.stop").join(said)


def _day(day: object) -> Cell:
    return Cell(day.isoformat(), day, DAY_FORMAT) if isinstance(day, date) else Cell(ABSENT, None)


def _draw_additions(desk: UpkeepDesk) -> Component | None:
    """A thing has one record of what it is, and as many terms, natures or parks as there are."""
    stated = {row.table for row in desk.rows}
    links = [
        dcc.Link(
            desk.say("upkeep.add", table=name_table(desk.trail, table)),
            href=desk.link(**{TABLE: table, WAY: EditWay.NEW.value}),
            className="button quiet",
        )
        for table in desk.tab.tables
        if desk.thing is not None and (SHEETS[table].is_listed or table not in stated)
    ]
    return html.Div(links, className="acts") if links else None
