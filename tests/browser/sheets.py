"""What a page shows as a table and what its export holds, both as text, so that they can be laid side by side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from urllib.parse import urljoin

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from playwright.sync_api import Page as BrowserPage

READ_TABLE = """(table) => ({
    title: table.caption.textContent,
    names: [...[...table.tHead.rows].at(-1).cells].map((cell) => cell.textContent.replace(/[▲▼]/g, '').trim()),
    rows: [...table.querySelectorAll('tbody tr, tfoot tr')].map(
        (row) => [...row.cells].map((cell) => cell.textContent.trim())),
})"""


@dataclass(frozen=True)
class Sheet:
    """A table as text: its title, the names of its columns, its rows, and what stands below them."""

    title: str
    names: list[str]
    rows: list[list[str]]
    foot: Sequence[str] = ()


def read_shown(page: BrowserPage, name: str) -> Sheet:
    """The table of that name as it stands on the page, whether or not it is folded away."""
    told = page.locator(f"#table-{name}").evaluate(READ_TABLE)
    return Sheet(told["title"], told["names"], told["rows"])


def offered_exports(page: BrowserPage) -> dict[str, str]:
    """The address of each file that the page offers, by the name of its table."""
    links = page.locator("#content a.export").evaluate_all(
        "(links) => links.map((link) => link.getAttribute('href'))"
    )
    return {link.split("table=")[1].split("&")[0]: urljoin(page.url, link) for link in links}


def fetch_export(page: BrowserPage, address: str, count: int) -> Sheet:
    """The file at an address, asked for as whoever looks at the page, with so many rows."""
    answer = page.request.get(address)
    assert answer.ok, f"{address}: {answer.status}"
    (sheet,) = load_workbook(BytesIO(answer.body())).worksheets
    lines = [[write_cell(cell) for cell in line] for line in sheet.iter_rows()]
    head = 3 if lines[1][0] else 2  # a note stands between the title and the names
    body, rest = lines[head + 1 : head + 1 + count], lines[head + 1 + count :]
    return Sheet(lines[0][0], lines[head], body, [line[0] for line in rest if any(line)])


def write_cell(cell: Cell | MergedCell) -> str:
    """A cell as a spreadsheet shows it, in the formats that exports use."""
    value, shape = cell.value, cell.number_format or ""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, str):
        return value.strip()
    number, sections = Decimal(repr(value)), shape.split(";")
    if number < 0 and len(sections) > 1:
        number, shape = -number, sections[1]  # the second section writes the sign by itself
    else:
        shape = sections[0]
    return "".join(
        words or _write_number(number, digits) for words, digits in re.findall(r'"([^"]*)"|([^"]+)', shape)
    )


def _write_number(number: Decimal, digits: str) -> str:
    return f"{_round(number * 100, digits)}%" if "%" in digits else _round(number, digits)


def _round(number: Decimal, shape: str) -> str:
    """With as many decimals as the format has zeros after its point, halves up, thousands apart."""
    digits = shape.partition(".")[2].count("0")
    rounded = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{rounded if rounded else abs(rounded):,}"
