"""Workbooks come in here: read, checked and imported; and the template is written here.

Names are fetched when they are first asked for, so that the parsing child starts without the book.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from funds.intake.batch import ImportResult, SheetResult, import_workbook
    from funds.intake.reading import WorkbookReading, read_content, read_workbook
    from funds.intake.sheet_reading import SheetReading
    from funds.intake.template import write_template
    from funds.intake.writing import write_workbook

__all__ = [
    "ImportResult",
    "SheetReading",
    "SheetResult",
    "WorkbookReading",
    "import_workbook",
    "read_content",
    "read_workbook",
    "write_template",
    "write_workbook",
]

_HOMES = {
    "ImportResult": "batch",
    "SheetReading": "sheet_reading",
    "SheetResult": "batch",
    "WorkbookReading": "reading",
    "import_workbook": "batch",
    "read_content": "reading",
    "read_workbook": "reading",
    "write_template": "template",
    "write_workbook": "writing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
