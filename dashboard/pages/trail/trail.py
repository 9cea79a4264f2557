"""The trail: who changed the book, when and why, newest first, under the state of the chain."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.context import PageContext
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state
from dashboard.pages.trail.trail_chain_card import draw_chain_card, register_chain
from dashboard.pages.trail.trail_desk import TrailDesk, draw_sheets, open_desk, read_sheet, write_city_time
from dashboard.pages.trail.trail_filters import (
    FUND,
    KIND,
    draw_form,
    is_filtered,
    read_filter,
    register_filters,
)
from dashboard.pages.trail.trail_values import name_table
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import format_count
from funds.permissions import Action
from funds.queries.trail_counts import LineCounts, TableCount, count_rows
from funds.queries.trail_revisions import TrailFilter, TrailLine

PATH, NAME = "/trail", "trail"
SIZE = 50
NAMED = 3  # tables that a line names; the rest is on hover
WORDS = ("when", "who", "action", "reason")
COUNTS = ("new", "corrected", "withdrawn")
COUNT_FORMAT = "#,##0"


def lay_out(context: PageContext) -> Component:
    """The chain as it stands; the form and the changes that fit are of the book alone, but one's own to see."""
    person = str(context.visit.person.person_id)
    return html.Div(
        [
            html.H1(context.say("page.trail"), className="page-title"),
            draw_part_kept(context, (PATH, "headline", person), lambda: _draw_headline(context)),
            draw_chain_card(context.visit),
            draw_part_kept(context, (PATH, "changes", person), lambda: _draw_changes(context)),
        ],
        className="overview trail",
    )


def _draw_headline(context: PageContext) -> Component:
    with open_desk(context) as desk:
        return html.P(write_headline(desk), className="headline")


def _draw_changes(context: PageContext) -> Component:
    with open_desk(context) as desk:
        found = desk.trail.find(read_filter(context))
        if not found:
            return html.Div([draw_form(desk), _draw_nothing(context)], className="overview")
        sheets = draw_sheets(context, len(found), SIZE)
        card = draw_table_card(context, make_table(desk, found), below=sheets)
        return html.Div([draw_form(desk), card], className="overview")


def make_trail_table(context: PageContext) -> ShownTable:
    """The changes that are shown, for export."""
    with open_desk(context) as desk:
        return make_table(desk, desk.trail.find(read_filter(context)))


def write_headline(desk: TrailDesk) -> str:
    """How many changes there are, how many of them the person may see, and that none is ever overwritten."""
    total = desk.trail.count()
    listed = len(desk.trail.find(TrailFilter()))
    if listed == total:
        return desk.say("trail.headline", count=format_count(total))
    hidden = format_count(total - listed)
    return desk.say("trail.headline_own", count=format_count(listed), hidden=hidden)


def make_table(desk: TrailDesk, found: list[int]) -> ShownTable:
    """One page of changes."""
    sheet = min(read_sheet(desk.context), max(1, -(-len(found) // SIZE)))
    lines = desk.trail.lines(found[(sheet - 1) * SIZE : sheet * SIZE])
    counts = count_rows(desk.wide, desk.reader, [line.version for line in lines])
    desk.names.load("person", (line.person_id for line in lines))
    has_elsewhere = any(counts[line.version].elsewhere for line in lines)
    code = "trail.found" if is_filtered(desk.context) else "trail.all"
    note = desk.say("trail.note_sorted" if len(found) > SIZE else "trail.note")
    return ShownTable(
        NAME,
        desk.say(code, count=format_count(len(found))),
        _list_columns(desk, has_elsewhere=has_elsewhere),
        tuple(_make_row(desk, line, counts[line.version], has_elsewhere=has_elsewhere) for line in lines),
        note,
    )


def _list_columns(desk: TrailDesk, *, has_elsewhere: bool) -> tuple[Column, ...]:
    numbers = (*COUNTS, "elsewhere") if has_elsewhere else COUNTS
    return (
        Column("version", desk.say("trail.version")),
        *(Column(key, desk.say(f"trail.{key}")) for key in WORDS),
        *(Column(key, desk.say(f"trail.{key}"), is_number=True) for key in numbers),
        Column("tables", desk.say("trail.tables")),
    )


def _make_row(desk: TrailDesk, line: TrailLine, counts: LineCounts, *, has_elsewhere: bool) -> Row:
    numbers = [counts.new, counts.corrected, counts.withdrawn]
    if has_elsewhere:
        numbers.append(counts.elsewhere)
    reason = desk.write_reason(line)
    return (
        Cell(str(line.version), line.version, COUNT_FORMAT, link=_link(desk, line.version)),
        _text(write_city_time(line.recorded_at), write_city_time(line.recorded_at, to_the_second=True)),
        _text(desk.write_person(line.person_id), _why_absent(desk, line.person_id)),
        _make_action(desk, line),
        Cell(reason, reason, hover=_why_absent(desk, line.reason), tone="wrap"),
        *(Cell(format_count(each), each, COUNT_FORMAT, tone="" if each else "soft") for each in numbers),
        _make_tables(desk, counts.tables),
    )


def _link(desk: TrailDesk, version: int) -> str:
    """The change's own page, still looking at the kind and the fund that were looked for."""
    query: Mapping[str, str] = desk.context.query
    kept = {name: query[name] for name in (KIND, FUND) if name in query}
    return desk.context.link(f"/trail/{version}", **kept)


def _make_action(desk: TrailDesk, line: TrailLine) -> Cell:
    """What was done; a change that was taken back is marked in words."""
    marks = desk.write_marks(line)
    text = desk.write_action(line.action)
    if not marks:
        return _text(text)
    tone = "near" if line.reversed_by is not None else ""
    full = desk.say("trail.action_marked", action=text, marks=marks)
    return Cell(full, full, tone=tone)


def _make_tables(desk: TrailDesk, tables: tuple[TableCount, ...]) -> Cell:
    said = [
        desk.say("trail.table_count", table=name_table(desk, one.table), count=format_count(one.total))
        for one in tables
    ]
    everything = desk.say("trail.join").join(said)
    text = desk.say("trail.join").join(said[:NAMED])
    if len(said) > NAMED:
        text = desk.say("trail.and_more", tables=text, count=len(said))
    return Cell(text, everything, hover=everything, tone="wrap")


def _text(words: str, hover: str = "") -> Cell:
    return Cell(words, words, hover=hover)


def _why_absent(desk: TrailDesk, value: object) -> str:
    return desk.say("trail.not_yours") if value is None else ""


def _draw_nothing(context: PageContext) -> Component:
    """Nothing fits, or nothing is the person's to see."""
    if not is_filtered(context):
        return draw_state("empty", context.say("trail.none"), context.say("trail.none_text"))
    clear = dcc.Link(context.say("trail.clear"), href=context.link("/trail"), className="button")
    return draw_state("empty", context.say("trail.no_match"), context.say("trail.no_match_text"), clear)


def register_trail(app: GuardedApp) -> None:
    """The form and the verification."""
    register_filters(app)
    register_chain(app)


PAGE = Page(PATH, "page.trail", Action.READ_TRAIL, lay_out, register_trail, tables={NAME: make_trail_table})
