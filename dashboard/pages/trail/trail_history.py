"""The history of one number or object: every version of it, by whom, when, from what to what, and why."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.trail.trail_desk import TrailDesk, draw_sheets, open_desk, read_sheet, write_city_time
from dashboard.pages.trail.trail_filters import FUND
from dashboard.pages.trail.trail_values import name_table, write_content, write_fate, write_subject
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import ABSENT, format_count
from funds.errors import NotFound
from funds.permissions import Action
from funds.queries.trail_history import FACTS, History, read_history
from funds.queries.trail_revisions import TrailLine
from funds.queries.trail_rows import RowVersion

NAME = "history"
SIZE = 50
COLUMNS = ("version", "when", "who", "table", "fate", "content", "reason", "origin")


def lay_out(context: PageContext) -> Component:
    """The versions, newest first."""
    with open_desk(context) as desk:
        history = _read(desk)
        parts = [
            html.P(_draw_links(desk), className="scope-links"),
            html.H1(write_title(desk, history), className="page-title"),
            html.P(write_headline(desk, history), className="headline"),
            draw_table_card(
                context, make_table(desk, history), below=draw_sheets(context, history.total, SIZE)
            ),
        ]
    return html.Div(parts, className="overview trail")


def make_history_table(context: PageContext) -> ShownTable:
    """The versions that are shown, for export."""
    with open_desk(context) as desk:
        return make_table(desk, _read(desk))


def write_title(desk: TrailDesk, history: History) -> str:
    """What it is the history of."""
    name, one = desk.context.parts["table"], int(desk.context.parts["id"])
    if name == "party":
        return desk.say("trail.history_of", subject=desk.names.of_institution(one))
    if name in FACTS:
        return desk.say("trail.history_of", subject=desk.names.of(name, one))
    return desk.say("trail.history_of", subject=write_subject(desk, history.rows[0]))


def write_headline(desk: TrailDesk, history: History) -> str:
    """How many versions there are, and how many more the person may not see."""
    said = desk.say("trail.versions", count=format_count(history.total))
    if history.hidden:
        said += desk.say("trail.versions_hidden", count=format_count(history.hidden))
    return said


def make_table(desk: TrailDesk, history: History) -> ShownTable:
    """A line for each version, with what it changed."""
    versions = list(dict.fromkeys(row.version for row in history.rows))
    lines = {line.version: line for line in desk.trail.lines(versions)}
    for row in history.rows:
        desk.names.load_rows(row.table, [one for one in (row.values, row.known_before) if one is not None])
    desk.names.load("person", (line.person_id for line in lines.values()))
    return ShownTable(
        NAME,
        desk.say("trail.history_title", count=format_count(history.total)),
        tuple(Column(key, desk.say(f"trail.{key}")) for key in COLUMNS),
        tuple(_make_row(desk, row, lines[row.version]) for row in history.rows),
        desk.say("trail.history_note"),
    )


def _make_row(desk: TrailDesk, row: RowVersion, line: TrailLine) -> Row:
    when, content = write_city_time(line.recorded_at), write_content(desk, row)
    link = desk.context.link(f"/trail/{row.version}", kind=row.table)
    reason = desk.write_reason(line)
    return (
        Cell(str(row.version), row.version, link=link),
        Cell(when, when, hover=write_city_time(line.recorded_at, to_the_second=True)),
        Cell(desk.write_person(line.person_id), desk.write_person(line.person_id)),
        Cell(name_table(desk, row.table), name_table(desk, row.table)),
        Cell(write_fate(desk, row), write_fate(desk, row)),
        Cell(content, content, tone="wrap"),
        Cell(reason, reason, hover="" if line.is_open else desk.say("trail.not_yours"), tone="wrap"),
        Cell(row.origin or ABSENT, row.origin),
    )


def _read(desk: TrailDesk) -> History:
    """The history of what is in the address; what is not there and what is not the person's are alike."""
    name, text = desk.context.parts["table"], desk.context.parts["id"]
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NotFound("trail.no_such_object")
    start = (read_sheet(desk.context) - 1) * SIZE
    trail = desk.trail
    history = read_history(
        trail.connection, desk.reader, trail.version, name, int(text), start, SIZE, desk.wide
    )
    if not history.rows:
        raise NotFound("trail.no_such_object")
    return history


def _draw_links(desk: TrailDesk) -> list[Component]:
    """The way back, and from a fund to everything that was ever changed in it."""
    links: list[Component] = [dcc.Link(desk.say("trail.back"), href=desk.context.link("/trail"))]
    if desk.context.parts["table"] == "fund":
        every = desk.context.link("/trail", **{FUND: desk.context.parts["id"]})
        links.append(dcc.Link(desk.say("trail.all_of_fund"), href=every))
    return links


PAGE = Page(
    "/history/{table}/{id}",
    "page.history",
    Action.READ_TRAIL,
    lay_out,
    is_in_nav=False,
    tables={NAME: make_history_table},
)
