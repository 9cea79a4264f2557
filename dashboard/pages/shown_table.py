"""A shown table on a page: headings that sort, numbers that open their passport, and the way to the file."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.answer_text import write_answer
from dashboard.pages.attributes import aria
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.figure_cards import figure_id
from dashboard.pages.sheets import count_sheets, draw_steps
from dashboard.tables.shown import Column, FigureKey, Row, ShownTable

SORT = "sort"
DOWN = "-"
# Which rows of a long table are shown: its name and the number of the sheet; the file holds them all.
ROWS = "rows"
MOST_ROWS = 50
# Addresses of files: the browser fetches these itself, the frame draws no page for them.
FILES = "/document?"
MOST_WRITTEN = 4_096
# All that is seen of a cell: whether a number, what is read, its hover, its tone, its link, its figure.
Look = tuple[bool, str, str, str, str | None, FigureKey | None]


def draw_table_card(context: PageContext, table: ShownTable, *, below: Component | None = None) -> Component:
    """A table with its title, its note and its export."""
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(table.title, className="card-title"),
                    html.P(table.note, className="card-note") if table.note else None,
                ],
                className="card-words",
            ),
            draw_export(context, table),
        ],
        className="card-head",
    )
    return html.Section([head, draw_table(context, table), below], className="card table-card")


def draw_export(context: PageContext, table: ShownTable) -> Component:
    """The link to the file with exactly this table."""
    return html.A(
        context.say("table.export"),
        href=context.export_link(table.name),
        className="export",
        download="",
        title=context.say("table.export_note", table=table.title),
    )


def draw_table(context: PageContext, table: ShownTable, *, is_tall: bool = True) -> Component:
    """The table itself in the order that the address asks for; it scrolls by itself where it is too wide."""
    table = sort_as_asked(context, table)
    sheet, last = _read_sheet(context, table), count_sheets(len(table.rows), MOST_ROWS)
    table = replace(table, rows=table.rows[(sheet - 1) * MOST_ROWS : sheet * MOST_ROWS])
    head = [_draw_groups(table.columns)] if any(column.group for column in table.columns) else []
    titles = html.Tr([_draw_heading(context, table, column) for column in table.columns])
    parts: list[Component] = [
        html.Caption(table.title, className="unseen"),
        html.Thead([*head, titles]),
        html.Tbody([_draw_row(table, row) for row in table.rows]),
    ]
    if table.total is not None:
        parts.append(html.Tfoot([_draw_row(table, table.total)]))
    kind = "table-scroll table-tall" if is_tall else "table-scroll"
    region = {"tabIndex": 0, "role": "region", **aria(label=table.title)}
    drawn = html.Div(
        html.Table(parts, className="table shown", id=f"table-{table.name}"), className=kind, **region
    )
    if last == 1:
        return drawn
    steps = draw_steps(context, sheet, last, lambda to: context.here(**{ROWS: f"{table.name}.{to}"}))
    return html.Div([drawn, steps])


def is_asked_for(context: PageContext, table: ShownTable) -> bool:
    """Whether the address speaks of this very table, of its order or of some of its rows."""
    return table.name in {context.query.get(name, "").partition(".")[0] for name in (SORT, ROWS)}


def _read_sheet(context: PageContext, table: ShownTable) -> int:
    """Which sheet of the table the address asks for, the first where it speaks of another; never past the last."""
    name, _, text = context.query.get(ROWS, "").rpartition(".")
    if name != table.name:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadAddress("page.bad_address")
    return max(1, min(int(text), count_sheets(len(table.rows), MOST_ROWS)))


def sort_as_asked(context: PageContext, table: ShownTable) -> ShownTable:
    """The table sorted by the address, if it speaks of this table."""
    name, _, key = context.query.get(SORT, "").partition(".")
    if name != table.name:
        return table
    try:
        return table.sort(key.removeprefix(DOWN), key.startswith(DOWN))
    except KeyError as fault:
        raise BadAddress("page.bad_sort", text=key[:40]) from fault


def _draw_groups(columns: Sequence[Column]) -> Component:
    """A line of headings over neighbouring columns."""
    cells: list[Component] = []
    at = 0
    while at < len(columns):
        end = at + 1
        while end < len(columns) and columns[end].group == columns[at].group:
            end += 1
        group = columns[at].group
        cells.append(
            html.Th(group, colSpan=end - at, scope="colgroup", className="group")
            if group
            else html.Td("", colSpan=end - at, className="group")
        )
        at = end
    return html.Tr(cells)


def _draw_heading(context: PageContext, table: ShownTable, column: Column) -> Component:
    is_sorted = table.sorted_by == column.key
    goes_down = not table.is_descending if is_sorted else column.is_number
    key = f"{DOWN if goes_down else ''}{column.key}"
    arrow = ("▼" if table.is_descending else "▲") if is_sorted else ""
    link = dcc.Link(
        [column.title, html.Span(arrow, className="arrow", **aria(hidden="true"))],
        href=context.here(**{SORT: f"{table.name}.{key}", ROWS: None}),
        className="sort",
        title=column.hint or context.say("table.sort", column=column.title),
    )
    order = aria(sort="descending" if table.is_descending else "ascending") if is_sorted else {}
    return html.Th(link, scope="col", className="number" if column.is_number else "", **order)


def _draw_row(table: ShownTable, row: Row) -> Component:
    """A row as text: of a table that is drawn anew nearly every row says what it said before."""
    looks = [
        (column.is_number, cell.text, cell.hover, cell.tone, cell.link, cell.figure)
        for column, cell in zip(table.columns, row, strict=True)
    ]
    return _write_row(table.name, tuple(looks))


@lru_cache(MOST_WRITTEN)
def _write_row(name: str, looks: tuple[Look, ...]) -> Component:
    """The row of such cells in a table of this name; all that is seen of it stands in what it is kept by."""
    cells: list[Component] = []
    for is_number, text, hover, tone, link, figure in looks:
        kinds = " ".join(filter(None, ["number" if is_number else "", tone and f"tone-{tone}"]))
        inner = _draw_cell(name, text, link, figure)
        cells.append(
            html.Td(inner, className=kinds, title=hover)
            if cells
            else html.Th(inner, scope="row", className=kinds, title=hover)
        )
    # Text that is written already may stand wherever a component may.
    return cast("Component", write_answer(html.Tr(cells)))


def _draw_cell(table: str, text: str, link: str | None, figure: FigureKey | None) -> Component | str:
    if figure is not None:
        return html.Button(
            text,
            id=figure_id(figure.code, figure.basis, figure.scope, table),
            type="button",
            className="cell-number",
        )
    if link and link.startswith(FILES):
        return html.A(text, href=link, className="cell-link", download="")
    return dcc.Link(text, href=link, className="cell-link") if link else text
