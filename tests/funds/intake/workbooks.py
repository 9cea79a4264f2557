"""Builds workbooks for tests: whole sheets from rows, and archives with parts put in, changed or cut."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

import xlsxwriter

from funds.problems import Problem, Severity

Value = str | float | bool | date | None
Rows = Sequence[Sequence[Value]]

INVESTMENT = ("业务编号", "基金代码*", "企业代码*", "付款日*", "金额（万元）*", "持股比例%")
PARTY = ("机构代码*", "名称*", "统一社会信用代码", "类型")


def make_workbook(sheets: Mapping[str, Rows], *, epoch_1904: bool = False) -> bytes:
    """A workbook with each value in its own type; a text that begins with = is a formula without a value."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "date_1904": epoch_1904,
        "strings_to_urls": False,
        "strings_to_formulas": False,
    }
    with xlsxwriter.Workbook(stream, options) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            worksheet = workbook.add_worksheet(title)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, date):
                        worksheet.write_datetime(row, column, value, day)
                    elif isinstance(value, str) and value.startswith("="):
                        worksheet.write_formula(row, column, value, None, "")
                    elif value is not None:
                        worksheet.write(row, column, value)
    return stream.getvalue()


def investments(*rows: Sequence[Value]) -> dict[str, Rows]:
    """A workbook's one sheet 投资 with the given rows below its header."""
    return {"投资": [INVESTMENT, *rows]}


def put_parts(content: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The archive with parts replaced or added (None: taken out)."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    kept.update({name: data for name, data in parts.items() if data is not None})
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in kept.items():
            if parts.get(name, b"") is not None:
                archive.writestr(name, data)
    return stream.getvalue()


def read_part(content: bytes, part: str) -> bytes:
    """One part of the archive."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(part)


def change_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The archive with some bytes of a part changed."""
    before = read_part(content, part)
    assert old in before
    return put_parts(content, {part: before.replace(old, new)})


def change_directory(content: bytes, member: bytes, offset: int, form: str, value: int) -> bytes:
    """The archive with a number changed in the central directory's line of a member."""
    place = content.rindex(member)  # the central directory stands at the end
    start = content.rindex(b"PK\x01\x02", 0, place)
    changed = bytearray(content)
    struct.pack_into(form, changed, start + offset, value)
    return bytes(changed)


def codes(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Code and cell of each problem."""
    return [(problem.code, problem.where) for problem in problems]


def fatal_codes(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Code and cell of each fatal problem."""
    return codes([problem for problem in problems if problem.severity is Severity.FATAL])
