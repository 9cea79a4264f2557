"""Files that are no archives, told sheet by sheet as the parsing child tells a workbook."""

import re
from collections.abc import Iterator

from funds.intake.foreign.html_tables import read_html
from funds.intake.foreign.text_files import decode_text, read_separated

_MARKUP = re.compile(r"\s*<(!doctype html|html|head|meta|table|body|\?xml|div)\b", re.IGNORECASE)
_BLOCK = 1000


def describe_plain(content: bytes) -> Iterator[dict[str, object]]:
    """The lines of a text file with separated values, or of each table of a page."""
    text = decode_text(content)
    if _MARKUP.match(text):
        for number, table in enumerate(read_html(text), start=1):
            yield _sheet_line(f"表{number}", table.merged)
            yield from _blocks(table.rows)
        return
    yield _sheet_line("CSV", [])
    yield from _blocks(list(read_separated(text)))


def _sheet_line(title: str, merged: object) -> dict[str, object]:
    return {
        "sheet": title,
        "is_hidden": False,
        "merged": merged,
        "hidden_rows": [],
        "hidden_columns": [],
        "calculated": 0,
    }


def _blocks(rows: list[list[str]]) -> Iterator[dict[str, object]]:
    for first in range(0, len(rows), _BLOCK):
        yield {"rows": rows[first : first + _BLOCK]}
