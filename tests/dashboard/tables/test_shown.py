"""A shown table keeps its rows as they are, sorts them by any column, and is written to a file as it is shown."""

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dashboard.tables.as_workbook import write_shown_table
from dashboard.tables.shown import Cell, Column, FigureKey, Row, RowsOnDemand, ShownTable

KEY = FigureKey("PF01", "committed", "fund:A")


def row(name: str, amount: Fraction | None, day: date | None) -> Row:
    money = Cell("—") if amount is None else Cell(f"{float(amount):.2f}", amount, "#,##0.00", figure=KEY)
    when = Cell("—") if day is None else Cell(day.isoformat(), day, "yyyy-mm-dd")
    return (Cell(name, name), money, when)


@pytest.fixture
def table() -> ShownTable:
    """Three funds, one of which has no amount and one no day."""
    return ShownTable(
        name="funds",
        title="基金：一览/表",
        columns=(
            Column("name", "名称"),
            Column("paid", "实缴（亿元）", is_number=True),
            Column("day", "日期"),
        ),
        rows=(
            row("乙", Fraction(1, 3), date(2024, 5, 6)),
            row("甲", None, date(2023, 1, 2)),
            row("丙", Fraction(-2), None),
        ),
        note="说明",
        total=row("合计", Fraction(-5, 3), None),
    )


def names(table: ShownTable) -> list[str]:
    return [cells[0].text for cells in table.rows]


@pytest.mark.parametrize(
    ("key", "is_descending", "expected"),
    [
        ("paid", False, ["丙", "乙", "甲"]),
        ("paid", True, ["乙", "丙", "甲"]),
        ("day", False, ["甲", "乙", "丙"]),
        ("day", True, ["乙", "甲", "丙"]),
        ("name", False, ["丙", "乙", "甲"]),
    ],
)
def test_rows_sort_by_value_and_what_has_none_comes_last(
    table: ShownTable, key: str, is_descending: bool, expected: list[str]
) -> None:
    ordered = table.sort(key, is_descending)

    assert names(ordered) == expected
    assert (ordered.sorted_by, ordered.is_descending) == (key, is_descending)
    assert names(table) == ["乙", "甲", "丙"]


def test_a_column_that_does_not_exist_is_an_error(table: ShownTable) -> None:
    with pytest.raises(KeyError):
        table.sort("nothing", is_descending=False)


def test_the_file_holds_the_rows_in_the_order_shown_with_exact_numbers(table: ShownTable) -> None:
    content = write_shown_table(table.sort("paid", is_descending=True), ["口径", "谁"])
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]

    assert sheet.title == "基金：一览表"
    assert cells[0][0] == "基金：一览/表"
    assert cells[1][0] == "说明"
    assert cells[3] == ["名称", "实缴（亿元）", "日期"]
    assert [line[0] for line in cells[4:8]] == ["乙", "丙", "甲", "合计"]
    assert cells[4][1] == pytest.approx(1 / 3, abs=1e-15)
    assert str(cells[4][2]) == "2024-05-06 00:00:00"
    assert cells[6][1] == "—"
    assert [line[0] for line in cells[9:]] == ["口径", "谁"]
    assert sheet.cell(5, 2).number_format == "#,##0.00"
    assert sheet.cell(8, 1).font.b


def test_words_that_look_like_formulas_stay_words() -> None:
    table = ShownTable(
        "t", "t", (Column("a", "a"),), ((Cell("=1+1", "=1+1"),), (Cell("http://x", "http://x"),))
    )
    sheet = load_workbook(BytesIO(write_shown_table(table, []))).active
    assert sheet is not None

    assert [sheet.cell(at, 1).data_type for at in (4, 5)] == ["s", "s"]
    assert sheet.cell(5, 1).hyperlink is None
    assert sheet.title == "t"
    assert sheet.cell(5, 1).value == "http://x"


def test_a_title_that_is_no_name_for_a_sheet_gets_one() -> None:
    table = ShownTable("t", "[]:*?/", (Column("a", "a", group="群"),), ())
    sheet = load_workbook(BytesIO(write_shown_table(table, []))).active
    assert sheet is not None

    assert sheet.title == "1"
    assert sheet.cell(3, 1).value == "群 a"


def test_rows_on_demand_are_made_once_and_only_where_somebody_looks() -> None:
    made: list[int] = []

    def make(number: int) -> Row:
        made.append(number)
        return (Cell(str(number), number),)

    rows = RowsOnDemand(range(100), make)
    assert (len(rows), made) == (100, [])
    assert [cell.text for (cell,) in rows[2:4]] == ["2", "3"]
    assert rows[-1] == (Cell("99", 99),)
    assert rows[2] is rows[2:3][0]
    assert made == [2, 3, 99]
    table = ShownTable("numbers", "数", (Column("n", "数", is_number=True),), rows).sort(
        "n", is_descending=True
    )
    assert [cell.value for (cell,) in table.rows] == [*range(99, -1, -1)]
