"""The process that writes what is wrong into a copy of a workbook, within limits: comments, colour, and a list."""

import resource
import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import orjson
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from funds.intake.child import MOST_MEMORY, MOST_SECONDS
from funds.intake.our_sheets import PROBLEM_SHEET
from funds.numerals import fold_width

HEAD_BYTES = 8
AUTHOR = "industry-fund-tracker"
FILLS = {"fatal": "FBD5D5", "warning": "FBE8C8"}
WIDTHS = (8, 10, 16, 12, 100)
LONGEST = 2000  # of a comment; a spreadsheet shows no more

Notes = list[dict[str, str]]


def main() -> None:
    """Read the notes and the workbook from standard input, and write the copy to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sent = sys.stdin.buffer.read()
    start = HEAD_BYTES + int.from_bytes(sent[:HEAD_BYTES], "big")
    asked = orjson.loads(sent[HEAD_BYTES:start])
    sys.stdout.buffer.write(write_notes(sent[start:], asked["notes"], asked["words"]))


def write_notes(content: bytes, notes: Notes, words: Mapping[str, str]) -> bytes:
    """The workbook with each note at its cell and in a list of its own; notes of an earlier copy are gone."""
    workbook = load_workbook(BytesIO(content), rich_text=True)
    sheets = {fold_width(sheet.title).replace(" ", ""): sheet for sheet in workbook.worksheets}
    for sheet in workbook.worksheets:
        _clear(sheet)
    for place, found in _by_cell(notes).items():
        title, _, address = place.rpartition("!")
        cell = _find_cell(sheets.get(fold_width(title).replace(" ", "")), address)
        if cell is not None:
            _mark(cell, found)
    _list(workbook, sheets, notes, words)
    if workbook.calculation is not None:
        workbook.calculation.fullCalcOnLoad = True
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _by_cell(notes: Notes) -> dict[str, Notes]:
    found: dict[str, Notes] = {}
    for note in notes:
        found.setdefault(note["where"], []).append(note)
    return found


def _clear(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _find_cell(sheet: Worksheet | None, address: str) -> Cell | None:
    """The cell at an address, if the sheet has such a place; of merged cells only the first takes a note."""
    if sheet is None:
        return None
    try:
        coordinate_from_string(address)
    except CellCoordinatesException:
        return None
    cell = sheet[address]
    return cell if isinstance(cell, Cell) else None


def _mark(cell: Cell, notes: Notes) -> None:
    """A comment with what is wrong, below what somebody had noted there, and the colour of the gravest."""
    grave = "fatal" if any(note["severity"] == "fatal" for note in notes) else "warning"
    lines = [cell.comment.text] if cell.comment is not None else []
    text = "\n".join([*lines, *(note["text"] for note in notes)])[:LONGEST]
    cell.comment = Comment(text, AUTHOR, height=120, width=320)
    cell.fill = PatternFill("solid", start_color=FILLS[grave])


def _list(
    workbook: Workbook, sheets: Mapping[str, Worksheet], notes: Notes, words: Mapping[str, str]
) -> None:
    """The list of what is wrong as the first sheet, each line with a way to its cell."""
    if PROBLEM_SHEET in workbook.sheetnames:
        workbook.remove(workbook[PROBLEM_SHEET])
    sheet = workbook.create_sheet(PROBLEM_SHEET, 0)
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False
    _write_row(sheet, 1, (words[key] for key in ("number", "severity", "sheet", "cell", "problem")))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, note in enumerate(notes, start=1):
        title, _, address = note["where"].rpartition("!")
        severity = words[note["severity"]]
        _write_row(sheet, number + 1, (str(number), severity, title, address, note["text"]))
        sheet.cell(number + 1, 5).alignment = Alignment(wrap_text=True, vertical="top")
        target = sheets.get(fold_width(title).replace(" ", ""))
        if _find_cell(target, address) is not None and target is not None:
            link = sheet.cell(number + 1, 4)
            quoted = target.title.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{address}")
            link.font = Font(underline="single", color="2B6CB0")


def _write_row(sheet: Worksheet, row: int, texts: Iterable[str]) -> None:
    """Texts as texts, whatever sign they begin with."""
    for column, text in enumerate(texts, start=1):
        cell: Any = sheet.cell(row, column)
        cell.value = text
        cell.data_type = "s"


if __name__ == "__main__":  # pragma: no cover (no test is the child itself)
    main()
