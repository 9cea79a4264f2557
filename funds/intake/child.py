"""The process that parses a workbook from standard input, within limits, and answers in JSON lines."""

import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import orjson
from defusedxml import DefusedXmlException
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from funds.intake.archive import ZIP
from funds.intake.cells import TYPED
from funds.intake.foreign.plain_files import describe_plain
from funds.intake.marks import Marks, find_percent_styles, locate_sheets, scan_sheet
from funds.intake.parts import MOST_COLUMNS, MOST_ROWS, PartFault, check_parts
from funds.problems import Problem, fatal

MOST_MEMORY = 2**30
MOST_SECONDS = 60
_BLOCK = 1000
PANICS = "pyo3_runtime"
# Whatever the readers of archives, XML and sheets raise over a file that does not hang together.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    NotImplementedError,
    ExpatError,
    ParseError,
    CalamineError,
)
# One long text that a thousand cells share must not fill the parent's memory either.
_LONGEST_LINE = 64 * 2**20
# Any one of them is refused, so that more need not be told.
_MOST_MERGED = 1000


def main() -> None:
    """Read the workbook and say all that is in it; the last line says that nothing is missing."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        for line in describe_workbook(sys.stdin.buffer.read()):
            _say(line)
        _say({"end": True})
    except MemoryError:
        _say(_problem_line(fatal("import.too_heavy")))


def describe_workbook(content: bytes) -> Iterator[dict[str, object]]:
    """One line for each sheet, followed by the lines of its rows; or a line with the reason to refuse it."""
    try:
        if not content.startswith(ZIP):
            yield from describe_plain(content)
            return
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from _describe_sheets(archive, content)
    except PartFault as fault:
        yield _problem_line(fault.problem)
    except DefusedXmlException:
        yield _problem_line(fatal("import.entities", part="xl/workbook.xml"))
    except DAMAGED:
        yield _problem_line(fatal("import.damaged"))
    except BaseException as fault:
        # The reader of sheets panics over dates beyond its reach, by an exception of a class of its own.
        if type(fault).__module__ != PANICS:
            raise
        yield _problem_line(fatal("import.damaged"))


def _describe_sheets(archive: zipfile.ZipFile, content: bytes) -> Iterator[dict[str, object]]:
    """Look at every part first, and twice only at the sheets that hold more than values."""
    parts = locate_sheets(archive)
    percent_styles = find_percent_styles(archive)
    signs = [f' s="{style}"'.encode() for style in percent_styles]
    marked = check_parts(archive, set(parts), signs)
    with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        for place, part in enumerate(parts):
            marks = Marks()
            if part in marked:
                with archive.open(part) as stream:
                    marks = scan_sheet(stream, percent_styles)
            if workbook.sheets_metadata[place].typ is SheetTypeEnum.WorkSheet:
                yield from _describe_sheet(workbook, place, marks)


def _describe_sheet(workbook: CalamineWorkbook, place: int, marks: Marks) -> Iterator[dict[str, object]]:
    """The sheet's line, then its rows from the first on; the rows of a hidden sheet stay behind."""
    metadata = workbook.sheets_metadata[place]
    sheet = workbook.get_sheet_by_index(place)
    is_hidden = metadata.visible is not SheetVisibleEnum.Visible
    end = sheet.end or (0, 0)
    if end[0] >= MOST_ROWS or end[1] >= MOST_COLUMNS:
        raise PartFault(fatal("import.far_cell", part=metadata.name, rows=MOST_ROWS, columns=MOST_COLUMNS))
    yield {
        "sheet": metadata.name,
        "is_hidden": is_hidden,
        "merged": (sheet.merged_cell_ranges or [])[:_MOST_MERGED],
        "hidden_rows": marks.hidden_rows,
        "hidden_columns": marks.hidden_columns,
        "calculated": marks.calculated,
    }
    if not is_hidden:
        rows = _mark_rows(sheet, marks)
        while block := list(islice(rows, _BLOCK)):
            yield {"rows": block}


def _mark_rows(sheet: CalamineSheet, marks: Marks) -> Iterator[list[object]]:
    """Every row from the first column on, with marked cells typed as such."""
    margin = [""] * sheet.start[1] if sheet.start else []
    last = max(marks.cells, default=-1)
    read: Iterator[list[Any]] = (margin + row for row in sheet.iter_rows())
    width = sheet.end[1] + 1 if sheet.end else 0
    number = -1
    while (row := next(read, None)) is not None or number < last:
        number += 1
        cells: list[Any] = row or [""] * width
        for column, (kind, text) in marks.cells.get(number, {}).items():
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = f"{TYPED}{kind}:{text}"
        yield cells


def _problem_line(problem: Problem) -> dict[str, object]:
    return {"problem": {"code": problem.code, "where": problem.where, "params": problem.params}}


def _say(line: dict[str, object]) -> None:
    said = orjson.dumps(line, default=_encode, option=orjson.OPT_PASSTHROUGH_DATETIME)
    if len(said) > _LONGEST_LINE:
        raise MemoryError
    sys.stdout.buffer.write(said + b"\n")


def _encode(value: object) -> str:
    """A date as its day; a bare time of day as a cell that no column holds."""
    if isinstance(value, datetime):
        value = value.date()
    return f"{TYPED}date:{value}" if isinstance(value, date) else f"{TYPED}time_cell:{value}"


if __name__ == "__main__":  # pragma: no cover (no test is the child itself)
    main()
