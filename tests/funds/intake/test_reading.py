"""A whole workbook is read at once: its sheets in order, and all that is wrong with any of them."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from funds.intake import read_content, read_workbook, reading
from tests.funds.intake.workbooks import (
    INVESTMENT,
    PARTY,
    Rows,
    Value,
    change_part,
    codes,
    fatal_codes,
    investments,
    make_workbook,
)

ROW: list[Value] = ["B1", "F1", "C1", date(2023, 6, 30), 5.0, None]


def test_a_reading_knows_its_file(tmp_path: Path) -> None:
    content = make_workbook(investments(ROW))
    (tmp_path / "台账.xlsx").write_bytes(content)
    reading = read_workbook(tmp_path / "台账.xlsx")
    assert (reading.name, reading.size, reading.content) == ("台账.xlsx", len(content), content)
    assert reading.sha256 == hashlib.sha256(content).hexdigest()
    assert reading.is_sound
    assert "content" not in repr(reading)


def test_sheets_come_in_the_order_of_import_whatever_their_order_in_the_file() -> None:
    sheets: dict[str, Rows] = {"投资": [INVESTMENT, ROW], "机构": [PARTY, ["P1", "甲"]]}
    reading = read_content("a.xlsx", make_workbook(sheets))
    assert [(sheet.title, len(sheet.drafts)) for sheet in reading.sheets] == [("机构", 1), ("投资", 1)]


def test_the_title_of_a_sheet_may_be_wide_or_spaced() -> None:
    reading = read_content("a.xlsx", make_workbook({" 投 资 ": [INVESTMENT, ROW]}))
    assert reading.problems == ()
    assert reading.rows_read == 1


def test_empty_sheets_of_any_name_are_passed_over() -> None:
    reading = read_content("a.xlsx", make_workbook({**investments(ROW), "Sheet1": [], "Sheet2": [[" "]]}))
    assert reading.problems == ()


def test_an_unknown_sheet_is_refused_and_its_codes_suspected() -> None:
    reading = read_content("a.xlsx", make_workbook({**investments(ROW), "备忘录": [["F9", 1001.0]]}))
    assert codes(reading.problems) == [("import.unknown_sheet", "备忘录!A1")]
    assert {"F9", "1001"} <= reading.suspects
    assert "投资" in reading.problems[0].params["sheets"]


def test_a_misspelt_sheet_is_named_with_the_right_one() -> None:
    reading = read_content("a.xlsx", make_workbook({"投资表": [INVESTMENT, ROW]}))
    assert codes(reading.problems) == [("import.misspelt_sheet", "投资表!A1")]
    assert reading.problems[0].params["nearest"] == "投资"


def test_a_sheet_that_comes_twice_is_refused() -> None:
    reading = read_content("a.xlsx", make_workbook({**investments(ROW), "投 资": [INVESTMENT, ROW]}))
    assert codes(reading.problems) == [("import.duplicate_sheet", "投 资!A1")]
    assert reading.rows_read == 1


def test_a_hidden_sheet_is_not_read_and_mentioned() -> None:
    content = change_part(
        make_workbook({"机构": [PARTY, ["P1", "甲"]], **investments(ROW)}),
        "xl/workbook.xml",
        'name="投资"'.encode(),
        'name="投资" state="hidden"'.encode(),
    )
    reading = read_content("a.xlsx", content)
    assert codes(reading.problems) == [("import.hidden_sheet", "投资!A1")]
    assert reading.is_sound
    assert reading.rows_read == 1


@pytest.mark.parametrize(
    "sheets", [{"Sheet1": []}, {"投资": [INVESTMENT]}, {"填报说明": [["城市", "示例市"]]}]
)
def test_a_workbook_without_rows_has_nothing_to_import(sheets: dict[str, list[list[Value]]]) -> None:
    assert codes(read_content("a.xlsx", make_workbook(sheets)).problems) == [("import.nothing", "")]


def test_everything_wrong_in_all_sheets_is_found_at_once() -> None:
    sheets: dict[str, Rows] = {
        "填报说明": [["数据截止日", "年底"], ["工作表", "行数"], ["投资", 7.0]],
        "机构": [PARTY, ["P1", None, "9111", None], ["P2", "乙", 9.11101081234568e17, None]],
        "投资": [INVESTMENT, ["B1", "F1", "=A1", date(2023, 6, 30), "千元", None]],
        "投资明细": [["x"]],
    }
    assert fatal_codes(read_content("a.xlsx", make_workbook(sheets)).problems) == [
        ("import.misspelt_sheet", "投资明细!A1"),
        ("date.not_a_date", "填报说明!B1"),
        ("import.control_rows", "填报说明!B3"),
        ("import.missing_value", "机构!B2"),
        ("credit_code.length", "机构!C2"),
        ("credit_code.not_text", "机构!C3"),
        ("import.formula", "投资!C2"),
        ("money.not_a_number", "投资!E2"),
    ]


def test_rows_that_end_without_a_word_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shape = {"is_hidden": False, "merged": [], "hidden_rows": [], "hidden_columns": [], "calculated": 0}
    lines = [{"sheet": "机构", **shape}, {"rows": [["机构代码", "名称"], ["P1", "甲"]]}]
    monkeypatch.setattr(reading, "parse_workbook", lambda _: iter(lines))
    assert read_content("a.xlsx", make_workbook({"机构": []})).rows_read == 1


def test_dates_of_the_epoch_of_1904_are_the_same_dates() -> None:
    reading = read_content("a.xlsx", make_workbook(investments(ROW), epoch_1904=True))
    assert [vars(draft)["paid_on"] for draft in reading.sheets[0].drafts] == [date(2023, 6, 30)]


def test_a_number_that_only_looks_like_a_date_is_refused() -> None:
    reading = read_content("a.xlsx", make_workbook(investments(["B1", "F1", "C1", 45107.0, 5.0, None])))
    assert codes(reading.problems) == [("date.number", "投资!D2")]


def test_an_amount_formatted_as_a_date_is_refused() -> None:
    reading = read_content(
        "a.xlsx", make_workbook(investments(["B1", "F1", "C1", date(2023, 6, 30), date(2023, 6, 30), None]))
    )
    assert codes(reading.problems) == [("import.unexpected_date", "投资!E2")]


def test_a_share_formatted_as_a_percentage_is_what_the_cell_shows() -> None:
    content = make_workbook(investments([*ROW[:5], 0.125]))
    part = "xl/worksheets/sheet1.xml"
    styled = change_part(content, part, b'<c r="F2">', b'<c r="F2" s="2">')
    styles = change_part(
        styled, "xl/styles.xml", b"</cellXfs>", b'<xf numFmtId="10" applyNumberFormat="1"/></cellXfs>'
    )
    reading = read_content("a.xlsx", styles)
    assert reading.problems == ()
    assert [vars(draft)["stake_ppm"] for draft in reading.sheets[0].drafts] == [125_000]
