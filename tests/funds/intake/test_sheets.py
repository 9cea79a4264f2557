"""The template holds what each draft needs, no more and no less."""

import dataclasses

import pytest

from funds.drafts import Draft
from funds.intake.addresses import name_column, number_column
from funds.intake.columns import Column, Kind, Sheet
from funds.intake.examples import EXAMPLE_MARK, example_line
from funds.intake.sheet_reading import SheetShape, read_sheet
from funds.intake.sheets import SHEETS

TITLES = """产业 园区 园区主导产业 产业链环节 环节关系 国标对照 机构 企业名录 资金性质 机构股权
基金 基金园区 基金条款 认缴 缴款通知 实缴 分配 企业产业 轮次 轮次投资方 投资 回款 费用
余额 估值 基金净值 企业指标 园区指标 指数 公开数据 申报 返投认定"""

each_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)


def _fields(draft_type: type[Draft]) -> list[dataclasses.Field[object]]:
    return [field for field in dataclasses.fields(draft_type) if field.name != "place"]


def test_the_sheets_stand_in_the_order_of_import() -> None:
    assert [sheet.title for sheet in SHEETS] == TITLES.split()


@each_sheet
def test_its_columns_are_the_fields_of_its_draft(sheet: Sheet) -> None:
    filled = [name for column in sheet.columns for name in column.fields]
    assert sorted(filled) == sorted(field.name for field in _fields(sheet.draft_type))


@each_sheet
def test_what_a_draft_cannot_do_without_is_required(sheet: Sheet) -> None:
    needed = {field.name for field in _fields(sheet.draft_type) if field.default is dataclasses.MISSING}
    required = {column.field for column in sheet.columns if column.required}
    extra = {"value_e6"} if sheet.title == "基金条款" else set()
    assert required == needed | extra


@each_sheet
def test_no_title_stands_twice(sheet: Sheet) -> None:
    titles = [column.title for column in sheet.columns]
    assert len(set(titles)) == len(titles)


@each_sheet
def test_its_key_and_total_are_fields_of_it(sheet: Sheet) -> None:
    by_field = {column.field: column for column in sheet.columns}
    assert set(sheet.key) <= set(by_field)
    assert sheet.total is None or by_field[sheet.total].kind is Kind.MONEY


@each_sheet
def test_its_example_would_be_a_sound_row_but_for_the_mark(sheet: Sheet) -> None:
    line = example_line(sheet)
    row = [line.get(column.title, "") for column in sheet.columns]
    sent = [value.replace(EXAMPLE_MARK, "") if isinstance(value, str) else float(value) for value in row]
    reading = read_sheet(sheet, SheetShape(), [[column.heading for column in sheet.columns], sent])
    assert len(reading.drafts) == 1


@each_sheet
def test_its_example_bears_the_mark_in_one_of_the_first_two_columns(sheet: Sheet) -> None:
    marked = [title for title, value in example_line(sheet).items() if str(value).startswith(EXAMPLE_MARK)]
    assert marked
    assert set(marked) <= {column.title for column in sheet.columns[:2]}


def test_a_heading_shows_the_unit_and_what_is_required() -> None:
    assert Column("金额", "x", Kind.MONEY, required=True).heading == "金额（万元）*"
    assert Column("比例%", "x", Kind.PERCENT).heading == "比例%"


def test_columns_are_named_by_letters() -> None:
    assert [name_column(number) for number in (0, 25, 26, 199, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "GR",
        "ZZ",
        "AAA",
    ]
    assert all(number_column(name_column(number)) == number for number in range(1000))
