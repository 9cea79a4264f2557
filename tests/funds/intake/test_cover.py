"""The cover sheet says who files what as of when, and its control totals are held against the sheets."""

from datetime import date

import pytest

from funds.intake import read_content
from funds.intake.cells import Cell, Unusable
from funds.intake.cover import Cover, read_cover
from funds.intake.totals import Control, Counted, check_controls
from tests.funds.intake.workbooks import INVESTMENT, Rows, codes, make_workbook

TABLE: list[Cell] = ["工作表", "行数", "金额合计（万元）"]


def _read(*rows: list[Cell]) -> Cover:
    return read_cover(rows)


def _read_whole(cover: Rows, *amounts: float) -> list[tuple[str, str]]:
    rows = [[f"B{n}", "F1", "C1", date(2023, 6, 30), amount, None] for n, amount in enumerate(amounts)]
    return codes(
        read_content("a.xlsx", make_workbook({"填报说明": cover, "投资": [INVESTMENT, *rows]})).problems
    )


def test_labels_are_read_wherever_they_stand() -> None:
    cover = _read(
        ["产业基金填报工作簿"],
        [None, "模板版本", "1"],
        ["城市", "示例市"],
        [None],
        ["填报单位", "某某公司", "不读取"],
        ["数据截止日", "2025年12月31日"],
    )
    assert (cover.version, cover.city, cover.filer, cover.as_of) == (
        "1",
        "示例市",
        "某某公司",
        date(2025, 12, 31),
    )
    assert cover.problems == []


def test_a_version_typed_as_a_number_is_the_same_version() -> None:
    assert _read(["模板版本", 1.0]).problems == []


def test_another_version_is_mentioned() -> None:
    assert codes(_read(["模板版本", "7"]).problems) == [("import.other_version", "填报说明!B1")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("年底", "date.not_a_date"), (45107.0, "date.number"), (Unusable("import.formula"), "import.formula")],
)
def test_a_faulty_as_of_date_is_a_problem(cell: Cell, code: str) -> None:
    assert codes(_read([None, "数据截止日", cell]).problems) == [(code, "填报说明!C1")]


def test_control_totals_are_read_until_a_blank_row() -> None:
    cover = _read(
        TABLE, ["投资", 2.0, "1,234.5"], ["费用", None, None], ["回款", "3"], [None], ["投资", 9.0, 9.0]
    )
    assert cover.controls == (
        Control("投资", 2, "填报说明!B2", 1_234_500_000, "填报说明!C2"),
        Control("费用", None, "填报说明!B3", None, "填报说明!C3"),
        Control("回款", 3, "填报说明!B4", None, "填报说明!C4"),
    )
    assert cover.problems == []


def test_the_table_may_be_in_another_unit_or_without_sums() -> None:
    assert _read(["工作表", "行数", "金额合计（元）"], ["投资", 1.0, 5.0]).controls[0].sum_fen == 500
    assert _read(["工作表", "行数", "金额合计"], ["投资", 1.0, 5.0]).controls[0].sum_fen == 5_000_000
    assert _read(["工作表", "行数"], ["投资", 1.0]).controls[0].rows == 1


def test_a_sum_may_be_larger_than_any_amount() -> None:
    assert _read(TABLE, ["投资", 1.0, 3_000_000_000.0]).controls[0].sum_fen == 3 * 10**15


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["投资表", 1.0, 5.0], [("import.control_unknown_sheet", "填报说明!A2")]),
        (["投资", 1.5, 5.0], [("measure.not_whole", "填报说明!B2")]),
        (
            ["投资", "两", "多"],
            [("measure.not_a_number", "填报说明!B2"), ("money.not_a_number", "填报说明!C2")],
        ),
        (["投资", Unusable("import.formula"), None], [("import.formula", "填报说明!B2")]),
    ],
)
def test_a_faulty_line_of_the_table_is_a_problem(row: list[Cell], expected: list[tuple[str, str]]) -> None:
    assert codes(_read(TABLE, row).problems) == expected


def test_totals_that_agree_are_no_problem() -> None:
    cover: Rows = [["工作表", "行数", "金额合计（万元）"], ["投资", 2.0, 7.5]]
    assert _read_whole(cover, 5.0, 2.5) == []


def test_totals_that_do_not_agree_name_their_cells() -> None:
    cover: Rows = [["工作表", "行数", "金额合计（万元）"], ["投资", 3.0, 75.0]]
    assert _read_whole(cover, 5.0, 2.5) == [
        ("import.control_rows", "填报说明!B2"),
        ("import.control_sum", "填报说明!C2"),
    ]


def test_a_disagreement_says_what_was_stated_and_what_counted() -> None:
    control = Control("投资", 3, "填报说明!B2", 75_000_000, "填报说明!C2")
    rows, total = check_controls((control,), {"投资": Counted(2, 7_500_000)})
    assert rows.params == {"sheet": "投资", "stated": "3", "counted": "2"}
    assert total.params == {"sheet": "投资", "stated": "75", "counted": "7.5", "difference": "67.5"}


def test_a_sheet_that_is_not_there_counts_for_nothing() -> None:
    control = Control("投资", 3, "填报说明!B2", 0, "填报说明!C2")
    assert codes(check_controls((control,), {})) == [("import.control_rows", "填报说明!B2")]


def test_an_unknown_sum_is_not_compared() -> None:
    control = Control("投资", None, "填报说明!B2", 5, "填报说明!C2")
    assert check_controls((control,), {"投资": Counted(1, None)}) == []
