"""One change of the book: who made it, when and why, and every row that it wrote, from what to what."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.trail.trail_chain_card import shorten_hash
from dashboard.pages.trail.trail_desk import (
    SHEET,
    TrailDesk,
    draw_sheets,
    open_desk,
    read_number,
    read_sheet,
    write_city_time,
)
from dashboard.pages.trail.trail_filters import FUND, KIND, read_kind
from dashboard.pages.trail.trail_values import is_number, make_value_cell, name_field, name_table, write_fate
from dashboard.pages.trail.undo_panel import draw_undo, register_undo
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import ABSENT, format_count
from funds.errors import NotFound
from funds.permissions import Action
from funds.queries.trail_counts import LineCounts, TableCount, count_rows
from funds.queries.trail_readers import TrailReader
from funds.queries.trail_revisions import SourceFile, TrailLine
from funds.queries.trail_rows import RowVersion, page_of_rows, shown_columns

NAME = "rows"
SIZE = 50
_KILO = 1024


def lay_out(context: PageContext) -> Component:
    """The change as the person may see it, drawn once for a version of the book."""
    part = ("revision", str(context.visit.person.person_id))
    return draw_part_kept(context, part, lambda: draw_change(context))


def draw_change(context: PageContext) -> Component:
    """The head of the change, its tables, and the rows of one of them."""
    with open_desk(context) as desk:
        line = _read_line(desk)
        counts = count_rows(desk.wide, _reader(desk), [line.version])[line.version]
        chosen = _choose(desk, counts)
        parts = [
            html.P(dcc.Link(context.say("trail.back"), href=context.link("/trail")), className="scope-links"),
            html.H1(
                context.say("trail.revision_title", version=format_count(line.version)),
                className="page-title",
            ),
            html.P(write_summary(desk, line, counts), className="headline"),
            _draw_facts(desk, line),
            draw_undo(desk, line),
            _draw_tables(desk, counts, chosen),
        ]
        if chosen is not None and chosen.seen:
            sheets = draw_sheets(context, chosen.seen, SIZE)
            parts.append(draw_table_card(context, make_table(desk, line, chosen), below=sheets))
        elif counts.tables or counts.elsewhere:
            parts.append(html.P(context.say("trail.rows_not_yours"), className="card-note"))
    return html.Div(parts, className="overview trail")


def make_rows_table(context: PageContext) -> ShownTable:
    """The rows that are shown, for export."""
    with open_desk(context) as desk:
        line = _read_line(desk)
        counts = count_rows(desk.wide, _reader(desk), [line.version])[line.version]
        chosen = _choose(desk, counts)
        if chosen is None or not chosen.seen:
            raise NotFound("trail.no_rows")
        return make_table(desk, line, chosen)


def write_summary(desk: TrailDesk, line: TrailLine, counts: LineCounts) -> str:
    """When, who, and how much of it."""
    said = desk.say(
        "trail.summary",
        when=write_city_time(line.recorded_at),
        who=desk.say("trail.somebody") if line.person_id is None else desk.write_person(line.person_id),
        action=desk.write_action(line.action),
        parts=_write_parts(desk, counts),
    )
    if counts.elsewhere and FUND not in desk.context.query:
        said += desk.say("trail.summary_elsewhere", count=format_count(counts.elsewhere))
    return said


def make_table(desk: TrailDesk, line: TrailLine, chosen: TableCount) -> ShownTable:
    """One page of the rows of a table."""
    name, last = chosen.table, -(-chosen.seen // SIZE)
    start = (min(read_sheet(desk.context), last) - 1) * SIZE
    rows = page_of_rows(desk.trail.connection, _reader(desk), line.version, name, start, SIZE)
    said = [one for row in rows for one in (row.values, row.known_before) if one is not None]
    desk.names.load_rows(name, said)
    columns = [column for column in shown_columns(name) if any(one[column] is not None for one in said)]
    return ShownTable(
        NAME,
        desk.say("trail.rows_title", table=name_table(desk, name), count=format_count(chosen.seen)),
        (
            Column("row", desk.say("trail.row")),
            Column("fate", desk.say("trail.fate")),
            *(Column(column, name_field(desk, column), is_number=is_number(column)) for column in columns),
            Column("origin", desk.say("trail.origin")),
        ),
        tuple(_make_row(desk, row, columns) for row in rows),
        desk.say("trail.rows_note"),
    )


def _make_row(desk: TrailDesk, row: RowVersion, columns: list[str]) -> Row:
    link = desk.link_history(row.table, row.id)
    return (
        Cell(f"#{row.id}", row.id, link=link, hover=desk.say("trail.to_history")),
        Cell(write_fate(desk, row), write_fate(desk, row)),
        *(make_value_cell(desk, row, column) for column in columns),
        Cell(row.origin or ABSENT, row.origin),
    )


def _read_line(desk: TrailDesk) -> TrailLine:
    """The change in the address; one that is newer than what is looked at is not known yet."""
    text = desk.context.parts["version"]
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= desk.trail.version):
        raise NotFound("book.no_such_version", version=text[:20], last=desk.trail.version)
    return desk.trail.lines([int(text)])[0]


def _reader(desk: TrailDesk) -> TrailReader:
    """The person, or the person looking at one fund."""
    fund = desk.context.query.get(FUND)
    return desk.reader if fund is None else desk.reader.only_fund(read_number(fund))


def _choose(desk: TrailDesk, counts: LineCounts) -> TableCount | None:
    """The table that is looked at: the one in the address, else the first with rows to see."""
    kind = read_kind(desk.context)
    for count in counts.tables:
        if count.table == kind:
            return count
    return next((count for count in counts.tables if count.seen), None)


def _draw_facts(desk: TrailDesk, line: TrailLine) -> Component:
    say = desk.say
    facts: list[tuple[str, str | Component]] = [
        ("trail.when", write_city_time(line.recorded_at, to_the_second=True)),
        ("trail.who", desk.write_person(line.person_id)),
        ("trail.action", desk.write_action(line.action)),
        ("trail.why", desk.write_reason(line) if line.is_open else say("trail.not_yours")),
    ]
    if line.file is not None:
        facts.append(("trail.file", _write_file(desk, line.file)))
    if line.reverses is not None or line.reversed_by is not None:
        facts.append(("trail.marks", _draw_marks(desk, line)))
    facts.append(("trail.hash", html.Code(shorten_hash(line.hash), title=line.hash)))
    items: list[Component] = []
    for name, value in facts:
        items += [html.Dt(say(name)), html.Dd(value)]
    return html.Section(html.Dl(items, className="facts"), className="card")


def _write_file(desk: TrailDesk, file: SourceFile) -> str:
    return desk.say(
        "trail.file_value",
        name=file.name,
        size=format_count(-(-file.size // _KILO)),
        read=format_count(file.rows_read),
        new=format_count(file.rows_new),
        hash=file.sha256[:12],
    )


def _draw_marks(desk: TrailDesk, line: TrailLine) -> Component:
    links = []
    for version, code in ((line.reverses, "trail.reverses"), (line.reversed_by, "trail.reversed_by")):
        if version is not None:
            links.append(dcc.Link(desk.say(code, version=version), href=desk.link_version(version)))
    return html.Span(links, className="scope-links")


def _draw_tables(desk: TrailDesk, counts: LineCounts, chosen: TableCount | None) -> Component:
    """The tables that the change wrote into, as links; one of them is open."""
    links = [
        dcc.Link(
            [name_table(desk, count.table), html.Span(format_count(count.total), className="trail-count")],
            href=desk.context.here(**{KIND: count.table, SHEET: None, "sort": None}),
            className="trail-kind" + (" trail-kind-chosen" if count is chosen else ""),
            title=_write_parts(desk, count),
        )
        for count in counts.tables
    ]
    fund = desk.context.query.get(FUND)
    only = [] if fund is None else [_draw_only(desk, int(fund))]
    return html.Div([*only, html.Nav(links, className="trail-kinds", **aria(label=desk.say("trail.tables")))])


def _draw_only(desk: TrailDesk, fund: int) -> Component:
    """A note that only the rows of one fund are shown, with the way to all of them."""
    is_own = desk.reader.is_city or fund in desk.reader.funds
    text = desk.say("trail.only_fund", fund=desk.names.of("fund", fund) if is_own else ABSENT)
    every = dcc.Link(desk.say("trail.every_row"), href=desk.context.here(**{FUND: None, SHEET: None}))
    return html.P([text, " ", every], className="card-note scope-links")


def _write_parts(desk: TrailDesk, counts: LineCounts | TableCount) -> str:
    """How many rows are new, corrected and withdrawn; what there is none of goes without saying."""
    parts = {"new": counts.new, "corrected": counts.corrected, "withdrawn": counts.withdrawn}
    said = [
        desk.say(f"trail.count_{name}", count=format_count(count)) for name, count in parts.items() if count
    ]
    return desk.say("trail.comma").join(said) or desk.say("trail.count_none")


PAGE = Page(
    "/trail/{version}",
    "page.trail_revision",
    Action.READ_TRAIL,
    lay_out,
    register_undo,
    is_in_nav=False,
    tables={NAME: make_rows_table},
)
