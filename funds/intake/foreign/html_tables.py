"""Tables of web pages that pass for workbooks (HTML named .xls): read cell by cell, or refused."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from funds.intake.parts import MOST_COLUMNS, MOST_ROWS, PartFault
from funds.problems import fatal

_CELLS = ("td", "th")
_MOST_SPAN = 1000

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class HtmlTable:
    """A table's rows, each of its cells in its column, and the ranges that cells span."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    covered: set[tuple[int, int]] = field(default_factory=set)


def read_html(text: str) -> list[HtmlTable]:
    """All tables of a page that hold anything; a table within a cell, or a page of frames, is refused."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.finish()
    found = [table for table in reader.tables if any(any(row) for row in table.rows)]
    if not found:
        raise PartFault(fatal("import.html"))
    return found


class _Reader(HTMLParser):
    """Where the parser stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[HtmlTable] = []
        self._table: HtmlTable | None = None
        self._cell: list[str] | None = None
        self._exact: str | None = None
        self._span = (1, 1)
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            if self._table is not None:
                raise PartFault(fatal("import.html"))
            self._table = HtmlTable()
        elif tag == "tr" and self._table is not None:
            self._end_cell()
            self._table.rows.append([])
            if len(self._table.rows) > MOST_ROWS:
                raise PartFault(fatal("import.far_cell", part="HTML", rows=MOST_ROWS, columns=MOST_COLUMNS))
        elif tag in _CELLS and self._table is not None:
            self._end_cell()
            given = {name: value or "" for name, value in attrs}
            self._cell = []
            self._exact = given.get("x:num") or None  # the value behind what is shown rounded
            self._span = (_read_span(given.get("rowspan", "")), _read_span(given.get("colspan", "")))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(0, self._silent - 1)
        elif tag in (*_CELLS, "tr"):
            self._end_cell()
        elif tag == "table":
            self.finish()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def finish(self) -> None:
        """End the table at hand."""
        self._end_cell()
        if self._table is not None:
            self.tables.append(self._table)
            self._table = None

    def _end_cell(self) -> None:
        if self._cell is None or self._table is None:
            return
        text = " ".join("".join(self._cell).split())
        self._cell = None
        if not self._table.rows:
            self._table.rows.append([])
        row, line = len(self._table.rows) - 1, self._table.rows[-1]
        while (row, len(line)) in self._table.covered:
            line.append("")
        column, (down, across) = len(line), self._span
        if column + across > MOST_COLUMNS:
            raise PartFault(fatal("import.far_cell", part="HTML", rows=MOST_ROWS, columns=MOST_COLUMNS))
        line.append(self._exact or text)
        line.extend([""] * (across - 1))
        if down > 1 or across > 1:
            self._table.merged.append(((row, column), (row + down - 1, column + across - 1)))
            self._table.covered.update(
                (row + below, column + beside) for below in range(1, down) for beside in range(across)
            )


def _read_span(text: str) -> int:
    return min(max(1, int(text)), _MOST_SPAN) if text.isdecimal() and len(text) < 9 else 1
