"""Every part is read through once, and what is broken, declared, odd or out of reach is refused."""

import zipfile
from io import BytesIO
from random import Random
from typing import Any

import pytest

from funds.intake import read_content
from funds.intake.child import describe_workbook
from funds.intake.parts import MOST_COLUMNS, MOST_ROWS, PartFault, check_parts
from tests.funds.intake.workbooks import (
    change_directory,
    change_part,
    codes,
    investments,
    make_workbook,
    put_parts,
    read_part,
)

SHEET = "xl/worksheets/sheet1.xml"
SOUND = make_workbook(investments(["B1", "F1", "C1", "2023-06-30", 5.0, 8.0]))
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<worksheet>&b;</worksheet>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><sst>&f;</sst>"""


def _refused(content: bytes) -> list[dict[str, Any]]:
    return [line for line in describe_workbook(content) if "problem" in line]


def _cell(address: str) -> bytes:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()


def _row(number: int) -> bytes:
    return f'<row r="{number}"/></sheetData>'.encode()


def _dimension(reach: str) -> bytes:
    return change_part(SOUND, SHEET, b'<dimension ref="A1:F2"/>', f'<dimension ref="{reach}"/>'.encode())


def _noise(size: int) -> bytes:
    """Text that does not shrink like a bomb."""
    return Random(1).randbytes(size).hex().encode()[:size]


def _lying(size: int) -> bytes:
    """Declares fewer bytes than there are, or more."""
    content = put_parts(SOUND, {"xl/theme/theme1.xml": b"x" * 50_000})
    return change_directory(content, b"xl/theme/theme1.xml", 24, "<I", size)


def _broken_stream() -> bytes:
    """A packed part with a byte knocked out."""
    with zipfile.ZipFile(BytesIO(SOUND)) as archive:
        member = archive.getinfo(SHEET)
    place = member.header_offset + 30 + len(SHEET) + 20
    return SOUND[:place] + bytes([SOUND[place] ^ 0xFF]) + SOUND[place + 1 :]


CASES = {
    "entities in a sheet": (put_parts(SOUND, {SHEET: LAUGHS}), "import.entities"),
    "an outside entity in the texts": (
        put_parts(SOUND, {"xl/sharedStrings.xml": OUTSIDE}),
        "import.entities",
    ),
    "entities in the list of sheets": (put_parts(SOUND, {"xl/workbook.xml": LAUGHS}), "import.entities"),
    "a declaration without entities": (
        change_part(SOUND, SHEET, b"<worksheet", b"<!DOCTYPE worksheet><worksheet"),
        "import.entities",
    ),
    "a declaration across the edge of a chunk": (
        put_parts(SOUND, {"xl/theme/theme1.xml": b"<a>" + _noise(2**20 - 8) + b"<!DOCTYPE a><b/></a>"}),
        "import.entities",
    ),
    "UTF-16": (put_parts(SOUND, {SHEET: "\ufeff<worksheet/>".encode("utf-16")}), "import.encoding"),
    "UTF-16 without a mark": (
        put_parts(SOUND, {SHEET: "<worksheet/>".encode("utf-16-le")}),
        "import.encoding",
    ),
    "UTF-7": (
        change_part(SOUND, SHEET, b'encoding="UTF-8"', b'encoding="UTF-7"'),
        "import.encoding",
    ),
    "an archive under another name": (
        put_parts(SOUND, {"xl/media/image1.png": b"PK\x03\x04"}),
        "import.nested",
    ),
    "macros by content type": (
        put_parts(SOUND, {"[Content_Types].xml": b'<Types><a b="x.sheet.macroEnabled.main+xml"/></Types>'}),
        "import.macros",
    ),
    "fewer bytes declared than there are": (_lying(1_000), "import.damaged"),
    "more bytes declared than there are": (_lying(60_000), "import.damaged"),
    "a broken part": (_broken_stream(), "import.damaged"),
    "a cell in the last corner": (
        change_part(SOUND, SHEET, b"</sheetData>", _cell("XFD1048576")),
        "import.far_cell",
    ),
    "a cell in row 120,001": (
        change_part(SOUND, SHEET, b"</sheetData>", _cell("A120001")),
        "import.far_cell",
    ),
    "an empty row 1,000,000": (
        change_part(SOUND, SHEET, b"</sheetData>", _row(1_000_000)),
        "import.far_cell",
    ),
    "a cell in column 201": (change_part(SOUND, SHEET, b"</sheetData>", _cell("GS3")), "import.far_cell"),
    "a cell in column ZZ": (change_part(SOUND, SHEET, b"</sheetData>", _cell("ZZ3")), "import.far_cell"),
    "wide dimensions": (_dimension("A1:XFD2"), "import.far_cell"),
    "long dimensions": (_dimension("A1:F1048576"), "import.far_cell"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_workbook_with_it_is_refused_for_that_reason(name: str) -> None:
    content, code = CASES[name]
    assert [line["problem"]["code"] for line in _refused(content)] == [code]


def test_a_reading_of_it_has_that_one_problem_and_no_rows() -> None:
    content, code = CASES["a cell in the last corner"]
    reading = read_content("a.xlsx", content)
    assert [problem.code for problem in reading.problems] == [code]
    assert reading.rows_read == 0


@pytest.mark.parametrize("address", ["GR3", "A120000"])
def test_the_last_cell_within_reach_is_read(address: str) -> None:
    content = change_part(SOUND, SHEET, b"</sheetData>", _cell(address))
    assert _refused(content) == []


@pytest.mark.parametrize("reach", ["A1:GR120000", "A1", "A:GR", ""])
def test_dimensions_within_reach_are_passed_over(reach: str) -> None:
    with zipfile.ZipFile(BytesIO(_dimension(reach))) as archive:
        assert check_parts(archive, {SHEET}) == set()


def test_a_picture_is_nothing_to_refuse() -> None:
    assert _refused(put_parts(SOUND, {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n"})) == []


def test_far_cells_count_in_sheets_only() -> None:
    content = put_parts(SOUND, {"xl/theme/theme1.xml": b'<a r="XFD1048576"/>'})
    assert read_content("a.xlsx", content).rows_read == 1


@pytest.mark.parametrize(
    "sign",
    [
        b"<f>1</f>",
        b"<x:f>1</x:f>",
        b'<c t="e"/>',
        b"<c t='e'/>",
        b"<v>#N/A</v>",
        b'<row hidden="1"/>',
        b's="9"',
    ],
)
def test_a_sheet_that_holds_more_than_values_is_named(sign: bytes) -> None:
    content = put_parts(SOUND, {SHEET: b"<worksheet>" + sign + b"</worksheet>"})
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert check_parts(archive, {SHEET}, [b's="9"']) == {SHEET}


@pytest.mark.parametrize("formula", [b"<f>", b"<f t='shared'>", b"<f/>", b"<x:f>", b"<f\n>"])
def test_a_formula_is_a_sign_however_it_is_written(formula: bytes) -> None:
    content = put_parts(SOUND, {SHEET: b"<worksheet>" + formula + b"</worksheet>"})
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert check_parts(archive, {SHEET}) == {SHEET}


def test_a_list_of_choices_is_no_formula() -> None:
    listed = b'<dataValidation type="list"><formula1>"a,b"</formula1></dataValidation>'
    content = put_parts(SOUND, {SHEET: b"<worksheet>" + listed + b"</worksheet>"})
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert check_parts(archive, {SHEET}) == set()


def test_the_fault_tells_which_part_and_the_limits() -> None:
    content = change_part(SOUND, SHEET, b"</sheetData>", _cell("GS3"))
    with zipfile.ZipFile(BytesIO(content)) as archive, pytest.raises(PartFault) as caught:
        check_parts(archive, {SHEET})
    assert caught.value.problem.params == {
        "part": SHEET,
        "rows": str(MOST_ROWS),
        "columns": str(MOST_COLUMNS),
    }


def test_a_part_that_is_declared_in_ascii_is_plain_enough() -> None:
    part = read_part(SOUND, "xl/styles.xml").replace(b'encoding="UTF-8"', b'encoding="us-ascii"')
    assert codes(read_content("a.xlsx", put_parts(SOUND, {"xl/styles.xml": part})).problems) == []
