"""A paper as one page of HTML, for the printer only: no script, nothing from outside, every word made harmless."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import groupby

from markupsafe import Markup, escape

from dashboard.reports.paper import Paper, PaperSection
from dashboard.tables.shown import Cell, Column, Row, ShownTable

# A table of more columns than these lies across the page.
MOST_UPRIGHT = 8
# Of a longer table the paper shows the beginning; the workbook holds all.
MOST_ROWS = 200


def write_paper_page(paper: Paper, cut_note: str) -> Markup:
    """The whole page; `cut_note` (with {shown} and {all}) is said under a table that was cut."""
    style = files("dashboard.reports").joinpath("paper.css").read_text(encoding="utf-8")
    before = ("", *(section.source for section in paper.sections))
    sections = Markup().join(
        _write_section(section, cut_note, is_fresh=bool(at) and section.source != before[at])
        for at, section in enumerate(paper.sections)
    )
    return Markup(
        '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>{style}</style></head><body>"
        '<div class="running">{running}</div><div class="mark">{mark}</div>'
        '<header><h1>{title}</h1><p class="subtitle">{subtitle}</p></header>{sections}</body></html>'
    ).format(
        language=paper.language,
        title=paper.title,
        style=Markup(style),  # noqa: S704 (our own file)
        running=paper.words.running,
        mark=paper.words.mark,
        subtitle=paper.subtitle,
        sections=sections,
    )


def _write_section(section: PaperSection, cut_note: str, *, is_fresh: bool) -> Markup:
    """What rests on other definitions than the section before begins on a page of its own."""
    is_wide = any(len(table.columns) > MOST_UPRIGHT for table in section.tables)
    parts = [
        Markup('<div class="source">{}</div>').format(section.source),
        Markup("<h2>{}</h2>").format(section.title),
        *(Markup("<p>{}</p>").format(sentence) for sentence in section.sentences),
    ]
    if section.drawing is not None:
        parts.append(Markup('<figure class="drawing">{}</figure>').format(section.drawing))
    parts += [part for table in section.tables for part in _write_table(table, section.title, cut_note)]
    if section.absence:
        parts.append(Markup('<p class="absence">{}</p>').format(section.absence))
    kinds = ["section", *(["fresh"] if is_fresh else []), *(["wide"] if is_wide else [])]
    return Markup('<section class="{}">{}</section>').format(" ".join(kinds), Markup().join(parts))


def _write_table(table: ShownTable, above: str, cut_note: str) -> Iterator[Markup]:
    if table.title != above:
        yield Markup("<h3>{}</h3>").format(table.title)
    if table.note:
        yield Markup('<p class="note">{}</p>').format(table.note)
    rows = [_write_row(table.columns, row) for row in table.rows[:MOST_ROWS]]
    if table.total is not None:
        rows.append(_write_row(table.columns, table.total, "total"))
    head = Markup().join(_write_head(table.columns))
    yield Markup("<table><thead>{}</thead><tbody>{}</tbody></table>").format(head, Markup().join(rows))
    if len(table.rows) > MOST_ROWS:
        yield Markup('<p class="note">{}</p>').format(cut_note.format(shown=MOST_ROWS, all=len(table.rows)))


def _write_head(columns: Sequence[Column]) -> Iterator[Markup]:
    """One line of titles, with a line of groups above where there are any."""
    if any(column.group for column in columns):
        groups = [(name, len(list(span))) for name, span in groupby(columns, key=lambda column: column.group)]
        cells = (
            Markup('<th class="group" colspan="{}">{}</th>').format(span, name)
            if name
            else Markup('<th colspan="{}"></th>').format(span)
            for name, span in groups
        )
        yield Markup("<tr>{}</tr>").format(Markup().join(cells))
    titles = (Markup('<th class="{}">{}</th>').format(_side(column), column.title) for column in columns)
    yield Markup("<tr>{}</tr>").format(Markup().join(titles))


def _write_row(columns: Sequence[Column], row: Row, kind: str = "") -> Markup:
    cells = (
        Markup('<td class="{}">{}</td>').format(_side(column), _write_cell(cell))
        for column, cell in zip(columns, row, strict=True)
    )
    return Markup('<tr class="{}">{}</tr>').format(kind, Markup().join(cells))


def _write_cell(cell: Cell) -> Markup:
    """What is read on the page; a number that there is not says why."""
    reason = cell.hover if cell.value is None and cell.hover else ""
    return Markup("{}{}").format(
        escape(cell.text), Markup('<span class="reason"> {}</span>').format(reason) if reason else ""
    )


def _side(column: Column) -> str:
    return "number" if column.is_number else "words"
