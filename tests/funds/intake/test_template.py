"""The template can be filled in by anybody, and brings nothing into the book by itself."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from funds.intake import read_content, read_workbook, write_template
from funds.intake.cover import COVER_TITLE
from funds.intake.sheets import SHEETS, TEMPLATE_VERSION
from tests.funds.intake.workbooks import codes


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "模板.xlsx")
    return tmp_path / "模板.xlsx"


@pytest.fixture
def book(template: Path) -> Iterator[openpyxl.Workbook]:
    book = openpyxl.load_workbook(template)
    yield book
    book.close()


def test_it_holds_every_sheet_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [COVER_TITLE, *(sheet.title for sheet in SHEETS)]


def test_its_own_examples_are_nothing_to_import(template: Path) -> None:
    reading = read_workbook(template)
    assert codes(reading.problems) == [("import.nothing", "")]
    assert reading.rows_read == 0


def test_a_row_below_the_example_is_imported(template: Path, book: openpyxl.Workbook, tmp_path: Path) -> None:
    book["机构"].append(["LP9", "某某银行"])
    book.save(tmp_path / "filled.xlsx")
    reading = read_content("filled.xlsx", (tmp_path / "filled.xlsx").read_bytes())
    assert reading.problems == ()
    assert [len(sheet.drafts) for sheet in reading.sheets if sheet.title == "机构"] == [1]
    assert reading.rows_read == 1


def test_headers_are_frozen_and_carry_units_and_notes(book: openpyxl.Workbook) -> None:
    sheet = book["认缴"]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [
        "业务编号",
        "基金代码*",
        "出资人代码*",
        "变更*",
        "认缴额（万元）*",
        "受让人代码",
        "签署日*",
        "依据",
    ]
    assert "正数" in sheet["E1"].comment.text


def test_choices_are_offered_as_a_list(book: openpyxl.Workbook) -> None:
    lists = {str(rule.sqref): rule.formula1 for rule in book["认缴"].data_validations.dataValidation}
    assert lists == {"D2:D5001": '"新增,增资,减资,转让,撤销"'}


def test_every_column_of_choices_has_its_list(book: openpyxl.Workbook) -> None:
    for sheet in SHEETS:
        offered = len(book[sheet.title].data_validations.dataValidation)
        assert offered == sum(bool(column.choices) for column in sheet.columns), sheet.title


def test_codes_are_formatted_as_text_and_dates_as_dates(book: openpyxl.Workbook) -> None:
    sheet = book["投资"]
    assert sheet["B2"].number_format == "@"
    assert sheet["F2"].number_format == "yyyy-mm-dd"
    assert sheet["F2"].is_date


def test_the_cover_explains_and_lists_the_control_totals(book: openpyxl.Workbook) -> None:
    texts = [str(row[0]) for row in book[COVER_TITLE].iter_rows(values_only=True) if row[0]]
    assert book[COVER_TITLE]["B3"].value == TEMPLATE_VERSION
    assert [text for text in texts if text in {sheet.title for sheet in SHEETS}] == [
        sheet.title for sheet in SHEETS
    ]
    assert any("【示例】" in text for text in texts)


def test_the_same_template_is_the_same_bytes(template: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == template.read_bytes()
