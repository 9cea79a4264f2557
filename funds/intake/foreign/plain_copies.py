"""Makes a workbook of a file that is none, so that notes can stand at its cells: the same texts in the same places."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from funds.intake.archive import ZIP
from funds.intake.layout import open_workbook
from funds.intake.parsing import parse_workbook


def is_plain(content: bytes) -> bool:
    """Whether a file is no archive, hence no workbook of today."""
    return not content.startswith(ZIP)


def copy_plain(content: bytes) -> bytes:
    """The file's tables as a workbook; every cell is a text, whatever sign it begins with."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copy.xlsx"
        with open_workbook(path) as workbook:
            worksheet: Any = None
            row = 0
            for line in parse_workbook(content):
                if "sheet" in line:
                    worksheet, row = workbook.add_worksheet(str(line["sheet"])), 0
                    _merge(worksheet, line["merged"])
                for cells in _rows_of(line):
                    for column, cell in enumerate(cells):
                        if cell not in ("", None):
                            worksheet.write_string(row, column, str(cell))
                    row += 1
        return path.read_bytes()


def _rows_of(line: dict[str, object]) -> list[list[object]]:
    rows = line.get("rows")
    return rows if isinstance(rows, list) else []


def _merge(worksheet: Any, merged: Any) -> None:
    """Ranges before their values, which are written over the first cell of each."""
    for (top, left), (bottom, right) in merged:
        worksheet.merge_range(top, left, bottom, right, "")
