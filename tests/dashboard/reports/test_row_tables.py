"""Rows become tables: one for each name, with titles and codes in the reader's language."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from dashboard.readings.answers import Reading, money
from dashboard.reports.as_table import write_table
from dashboard.reports.as_workbook import write_workbook_report
from dashboard.reports.row_tables import split_tables

Row = dict[str, object]
ROWS: tuple[Row, ...] = (
    {"table": "rate", "side": "net", "value": None, "status": "multiple_roots", "roots": ["0.1", "0.2"]},
    {"table": "rate", "side": "gross", "reason": "market.no_index", "under_a_year": True},
    {"table": "pooled", "by": "park", "code": None, "name": "pooled.city", "PF04": 5, "nav_source": "mixed"},
    {"table": "pooled", "by": "park", "code": "P1", "name": "某园区", "PF04": 6, "basis": "price_index"},
)


def reading(*rows: Row) -> Reading:
    return Reading("performance", "city", date(2025, 12, 31), 7, (money("PF02", "paid_in", 100),), rows)


def test_each_table_has_its_heading_and_titles() -> None:
    rate, pooled = split_tables(reading(*ROWS), "zh")
    assert (rate.heading, pooled.heading) == ("收益率与最近估值", "合并收益")
    assert rate.titles[:3] == ("净或毛", "数值（金额为分）", "状态")
    assert pooled.titles[3] == "PF04 净资产"
    assert "table" not in rate.titles


def test_codes_are_said_and_numbers_and_names_stand() -> None:
    rate, pooled = split_tables(reading(*ROWS), "en")
    assert rate.rows[0][:2] == ("net", None)
    assert str(rate.rows[0][2]).startswith("The cash flows have several rates")
    assert rate.rows[0][3:] == ("0.1,0.2", None, None)
    assert rate.rows[1][2] is None
    assert rate.rows[1][-1] == "yes"
    assert pooled.rows[0] == ("park", None, "The city itself", 5, "reported and derived NAV", None)
    assert pooled.rows[1] == ("park", "P1", "某园区", 6, None, "price index (without dividends)")


def test_rows_that_name_no_table_stay_one_table_without_a_heading() -> None:
    (table,) = split_tables(reading({"anything": 1, "fund": "A"}), "zh")
    assert (table.heading, table.titles, table.rows) == (None, ("anything", "基金"), ((1, "A"),))
    assert split_tables(reading(), "zh") == []


def test_the_text_puts_each_table_under_its_heading() -> None:
    text = write_table(reading(*ROWS), "zh")
    blocks = text.split("\n\n")
    assert [block.splitlines()[0].strip() for block in blocks[2:]] == ["收益率与最近估值", "合并收益"]
    assert len(blocks[2].splitlines()) == len(blocks[3].splitlines()) == 4
    plain = write_table(reading({"anything": 1}), "zh").split("\n\n")
    assert plain[2].splitlines() == ["anything", "1"]


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (ROWS, ["Figures", "Rates and the last mark", "Pooled returns"]),
        (({"anything": 1},), ["Figures", "Rows"]),
        ((), ["Figures", "Rows"]),
    ],
)
def test_the_workbook_has_a_sheet_for_each_table(rows: tuple[Row, ...], names: list[str]) -> None:
    content = write_workbook_report(reading(*rows), "en")
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == names
    assert write_workbook_report(reading(*rows), "en") == content
    if len(rows) == 4:
        assert [cell.value for cell in book["Pooled returns"][3]][:4] == ["park", "P1", "某园区", 6]
