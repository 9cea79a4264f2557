"""The second look at a sheet's XML finds what the reader of values passes over."""

import zipfile
from io import BytesIO

from funds.intake.marks import Marks, find_percent_styles, locate_sheets, scan_sheet
from tests.funds.intake.workbooks import make_workbook, put_parts

BOOK = make_workbook({"甲": [["a"]], "乙": [["b"]]})
STYLES = b"""<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/>
<numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="166" formatCode="0\\%"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/>
<xf numFmtId="166"/></cellXfs></styleSheet>"""


def _scan(xml: bytes, *percent_styles: str) -> Marks:
    return scan_sheet(BytesIO(xml), set(percent_styles))


def _open(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


def test_a_formula_without_a_value_is_marked_and_one_with_a_value_counted() -> None:
    marks = _scan(
        b'<worksheet><row r="2"><c r="A2"><f>1+1</f><v></v></c><c r="B2"><f>1+1</f></c>'
        b'<c r="C2"><f/><v>2</v></c>'
        b'<c r="D2" t="str"><f>""</f><v></v></c><c r="E2"><v>7</v></c></row></worksheet>'
    )
    assert marks.cells == {1: {0: ("formula", ""), 1: ("formula", "")}}
    assert marks.calculated == 1


def test_an_error_is_marked_with_its_text() -> None:
    marks = _scan(b'<worksheet><row r="3"><c r="AB3" t="e"><v>#REF!</v></c></row></worksheet>')
    assert marks.cells == {2: {27: ("error_cell", "#REF!")}}


def test_a_number_in_a_percentage_style_is_marked_and_a_text_is_not() -> None:
    marks = _scan(
        b'<worksheet><row r="1"><c r="A1" s="3"><v>0.5</v></c><c r="B1" s="3" t="s"><v>0</v></c>'
        b'<c r="C1" s="3"/><c r="D1" s="1"><v>1</v></c></row></worksheet>',
        "3",
    )
    assert marks.cells == {0: {0: ("percent", "0.5")}}


def test_places_are_counted_where_they_are_not_written() -> None:
    marks = _scan(
        b"<worksheet><row><c/><c t='e'><v>#N/A</v></c></row><row r='7'/>"
        b"<row><c t='e'><v>x</v></c></row></worksheet>"
    )
    assert marks.cells == {0: {1: ("error_cell", "#N/A")}, 7: {0: ("error_cell", "x")}}


def test_prefixes_make_no_difference() -> None:
    marks = _scan(
        b'<x:worksheet xmlns:x="u"><x:row r="1"><x:c r="A1"><x:f>1</x:f></x:c></x:row></x:worksheet>'
    )
    assert marks.cells == {0: {0: ("formula", "")}}


def test_hidden_rows_and_columns_are_listed() -> None:
    marks = _scan(
        b'<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/>'
        b'<col min="9" max="16384" hidden="true"/>'
        b'</cols><row r="4" hidden="1"/><row r="5" hidden="0"/></worksheet>'
    )
    assert marks.hidden_rows == [3]
    assert marks.hidden_columns[:3] == [1, 2, 8]
    assert len(marks.hidden_columns) < 300


def test_percentage_styles_are_known_by_their_format_and_not_by_quoted_signs() -> None:
    assert find_percent_styles(_open(put_parts(BOOK, {"xl/styles.xml": STYLES}))) == {"1", "2", "3"}


def test_a_workbook_without_styles_has_no_percentages() -> None:
    assert find_percent_styles(_open(put_parts(BOOK, {"xl/styles.xml": None}))) == set()


def test_sheets_are_found_in_the_order_of_the_workbook() -> None:
    assert locate_sheets(_open(BOOK)) == ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]


def test_targets_from_the_root_and_the_strict_form_are_understood() -> None:
    relations = (
        b'<R><Relationship Id="a" Target="/xl/worksheets/x.xml"/>'
        b'<Relationship Id="b" Target="./worksheets/y.xml"/></R>'
    )
    sheets = (
        b'<workbook xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets>'
        b'<sheet name="x" r:id="a"/><sheet name="y" r:id="b"/><sheet name="z"/></sheets></workbook>'
    )
    content = put_parts(BOOK, {"xl/_rels/workbook.xml.rels": relations, "xl/workbook.xml": sheets})
    assert locate_sheets(_open(content)) == ["xl/worksheets/x.xml", "xl/worksheets/y.xml", "xl"]
