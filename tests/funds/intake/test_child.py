"""The child says what each sheet holds, and why it could not."""

import io
import resource
import sys
from datetime import date, datetime, time
from typing import Any

import orjson
import pytest

from funds.intake import child
from tests.funds.intake.workbooks import Rows, change_part, make_workbook, put_parts, read_part

SHEET = "xl/worksheets/sheet1.xml"


def _describe(content: bytes) -> list[dict[str, Any]]:
    return list(child.describe_workbook(content))


def _problems(content: bytes) -> list[str]:
    return [line["problem"]["code"] for line in _describe(content)]


def test_a_sheet_is_described_before_its_rows() -> None:
    lines = _describe(make_workbook({"投资": [["a", "b"], ["x", 1.5], [True, date(2023, 6, 30)]]}))
    assert lines == [
        {
            "sheet": "投资",
            "is_hidden": False,
            "merged": [],
            "hidden_rows": [],
            "hidden_columns": [],
            "calculated": 0,
        },
        {"rows": [["a", "b"], ["x", 1.5], [True, date(2023, 6, 30)]]},
    ]


def test_rows_come_from_the_first_row_and_column_on() -> None:
    rows: Rows = [[None] * 3, [None, None, "x", "y"], [None] * 3, [None, None, 1.0]]
    (_, line) = _describe(make_workbook({"投资": rows}))
    assert line["rows"] == [["", "", "", ""], ["", "", "x", "y"], ["", "", "", ""], ["", "", 1.0, ""]]


def test_many_rows_come_in_blocks() -> None:
    lines = _describe(make_workbook({"投资": [["x"]] * 2001}))
    assert [len(line["rows"]) for line in lines[1:]] == [1000, 1000, 1]


def test_an_empty_sheet_has_no_rows() -> None:
    assert len(_describe(make_workbook({"投资": []}))) == 1


def test_marked_cells_are_typed_also_beyond_the_values() -> None:
    content = make_workbook({"投资": [["a", "b", "c"], ["x", "=1+1", "y"]]})
    end = b'<row r="4"><c r="E4"><f>1+1</f></c><c r="B4" t="e"><v>#N/A</v></c></row></sheetData>'
    (_, line) = _describe(change_part(content, SHEET, b"</sheetData>", end))
    assert line["rows"][1:] == [
        ["x", "\0formula:", "y"],
        ["", "", ""],
        ["", "\0error_cell:#N/A", "", "", "\0formula:"],
    ]


def test_a_sheet_of_nothing_but_uncalculated_formulas_is_not_empty() -> None:
    content = make_workbook({"投资": [["=1+1"]]})
    (_, line) = _describe(content)
    assert line["rows"] == [["\0formula:"]]


def test_the_rows_of_a_hidden_sheet_stay_behind() -> None:
    content = make_workbook({"甲": [["x"]], "乙": [["y"]]})
    named = 'name="乙"'.encode()
    lines = _describe(change_part(content, "xl/workbook.xml", named, named + b' state="veryHidden"'))
    assert [(line["sheet"], line["is_hidden"]) for line in lines if "sheet" in line] == [
        ("甲", False),
        ("乙", True),
    ]
    assert [line["rows"] for line in lines if "rows" in line] == [[["x"]]]


def test_charts_are_no_sheets_of_data() -> None:
    content = make_workbook({"投资": [["x"]], "图": [["y"]]})
    kinds = "relationships/worksheet"
    with_chart = change_part(
        content,
        "xl/_rels/workbook.xml.rels",
        f'{kinds}" Target="worksheets/sheet2.xml'.encode(),
        b'relationships/chartsheet" Target="worksheets/sheet2.xml',
    )
    assert [line["sheet"] for line in _describe(with_chart) if "sheet" in line] == ["投资"]


def test_dates_follow_the_epoch_of_the_workbook() -> None:
    (_, line) = _describe(make_workbook({"投资": [[date(2023, 6, 30)]]}, epoch_1904=True))
    assert line["rows"] == [[date(2023, 6, 30)]]


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("xl/workbook.xml", b"<workbook"),
        ("xl/workbook.xml", b'<workbook><sheets><sheet name="x"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", None),
        ("xl/_rels/workbook.xml.rels", b"<R/>"),
        (SHEET, b'<worksheet><sheetData><row r="x"><c t="e"><v>1</v></c></row></sheetData></worksheet>'),
        (SHEET, b'<worksheet hidden="1"><sheetData><row'),
        ("xl/styles.xml", b"<styleSheet"),
    ],
)
def test_a_workbook_that_hangs_together_badly_is_called_damaged(part: str, data: bytes | None) -> None:
    assert _problems(put_parts(make_workbook({"投资": [["x"]]}), {part: data})) == ["import.damaged"]


def test_what_is_no_archive_is_called_damaged() -> None:
    assert _problems(b"PK\x03\x04") == ["import.damaged"]


def test_cells_beyond_the_limits_that_hide_their_address_are_refused_too() -> None:
    cells = b"<c><v>1</v></c>" * 201
    content = put_parts(
        make_workbook({"投资": [["x"]]}),
        {
            SHEET: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
            + cells
            + b"</row></sheetData></worksheet>"
        },
    )
    assert _problems(content) == ["import.far_cell"]


def test_main_sets_its_limits_and_speaks_in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    rows: Rows = [["x", date(2023, 6, 30), datetime(2023, 6, 30, 14, 30)]]  # noqa: DTZ001
    lines = _run_main(monkeypatch, make_workbook({"投资": rows}))
    assert lines[1:] == [{"rows": [["x", "\0date:2023-06-30", "\0date:2023-06-30"]]}, {"end": True}]
    assert limits[resource.RLIMIT_AS] == (2**30, 2**30)
    assert limits[resource.RLIMIT_CPU] == (60, 60)


def test_a_bare_time_of_day_is_typed_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(child, "describe_workbook", lambda _: iter([{"rows": [[time(12, 0)]]}]))
    assert _run_main(monkeypatch, b"")[0] == {"rows": [["\0time_cell:12:00:00"]]}


def test_too_little_memory_is_a_problem_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out(_: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(child, "describe_workbook", run_out)
    (line,) = _run_main(monkeypatch, b"")
    assert line["problem"]["code"] == "import.too_heavy"


def test_a_block_of_rows_that_is_immense_is_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(child, "describe_workbook", lambda _: iter([{"rows": [["x" * 2**20] * 65]}]))
    (line,) = _run_main(monkeypatch, b"")
    assert line["problem"]["code"] == "import.too_heavy"


def _run_main(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[dict[str, Any]]:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, write_through=True))
    child.main()
    return [orjson.loads(line) for line in written.getvalue().splitlines()]


def test_a_day_beyond_all_calendars_is_damage_and_no_panic() -> None:
    content = make_workbook({"投资": [[date(2023, 6, 30)]]})
    sheet = read_part(content, "xl/worksheets/sheet1.xml")
    far = put_parts(content, {"xl/worksheets/sheet1.xml": sheet.replace(b"<v>45107</v>", b"<v>-1e12</v>")})
    assert far != content
    assert _describe(far)[-1]["problem"]["code"] == "import.damaged"


def test_what_else_ends_the_child_is_not_called_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(child, "_describe_sheets", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _problems(make_workbook({"投资": [["x"]]}))
