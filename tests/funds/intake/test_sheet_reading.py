"""A sheet's rows become drafts, or problems that name their cells; nothing is lost in silence."""

from datetime import date

import pytest

from funds.drafts import InvestmentDraft, PartyDraft
from funds.intake.cells import Sent
from funds.intake.examples import EXAMPLE_MARK
from funds.intake.parts import MOST_ROWS
from funds.intake.sheet_reading import MOST_PROBLEMS, SheetReading, SheetShape, read_sheet
from funds.intake.sheets import SHEET_BY_TITLE
from tests.funds.intake.workbooks import INVESTMENT, PARTY, codes, fatal_codes

ROW: list[Sent] = ["B1", "F1", "C1", "2023-06-30", 5.0, 8.0]


def _read(*rows: list[Sent], shape: SheetShape | None = None) -> SheetReading:
    return read_sheet(SHEET_BY_TITLE["投资"], shape or SheetShape(), [list(INVESTMENT), *rows])


def _row(**changes: Sent) -> list[Sent]:
    names = ("no", "fund", "company", "day", "amount", "stake")
    return [changes.get(name, value) for name, value in zip(names, ROW, strict=True)]


def test_a_row_becomes_a_draft_that_knows_its_place() -> None:
    reading = _read(_row())
    assert reading.problems == ()
    (draft,) = reading.drafts
    assert draft == InvestmentDraft(
        fund="F1",
        company="C1",
        amount_fen=5_000_000,
        business_no="B1",
        paid_on=date(2023, 6, 30),
        stake_ppm=80_000,
        place=draft.place,
    )
    assert draft.place.of("amount_fen") == "投资!E2"
    assert draft.place.of("round") == "投资!A2"
    assert draft.place.origin == "投资!2"
    assert (reading.rows_read, reading.total_fen, reading.known_total) == (1, 5_000_000, 5_000_000)


def test_blank_rows_are_passed_over_and_count_for_the_place() -> None:
    reading = _read([""] * 6, _row(), ["", " ", "", "", "", ""], _row(no="B2"))
    assert [draft.place.row for draft in reading.drafts] == [3, 5]
    assert reading.rows_read == 2


def test_all_faults_of_a_row_are_found_at_once() -> None:
    reading = _read(_row(fund="", company=1.5, day="03/04/2024", amount="-5", stake=120.0))
    assert codes(reading.problems) == [
        ("import.missing_value", "投资!B2"),
        ("import.code_not_whole", "投资!C2"),
        ("date.ambiguous", "投资!D2"),
        ("money.negative", "投资!E2"),
        ("measure.not_a_share", "投资!F2"),
    ]
    assert reading.problems[1].params == {"column": "企业代码", "text": "1.5"}
    assert reading.drafts == ()
    assert reading.rows_read == 1


def test_what_could_be_read_of_a_faulty_row_is_kept_for_what_hangs_on_it() -> None:
    reading = _read(_row(amount="x"))
    (values,) = reading.refused
    assert values == {
        "business_no": "B1",
        "fund": "F1",
        "company": "C1",
        "paid_on": date(2023, 6, 30),
        "stake_ppm": 80_000,
    }


def test_the_sum_is_unknown_where_one_amount_is() -> None:
    reading = _read(_row(), _row(no="B2", amount="x"))
    assert reading.total_fen == 5_000_000
    assert reading.known_total is None


def test_a_faulty_row_counts_in_the_sum_by_its_amount() -> None:
    assert _read(_row(day="x")).known_total == 5_000_000


def test_formulas_and_errors_are_never_taken_for_blanks() -> None:
    reading = _read(_row(amount="\0formula:"), _row(stake="\0error_cell:#DIV/0!"))
    assert codes(reading.problems) == [("import.formula", "投资!E2"), ("import.error_cell", "投资!F3")]


def test_values_in_a_column_without_a_title_are_reported_once() -> None:
    reading = _read([*_row(), "", ""], [*_row(no="B2"), "", 7.0], [*_row(no="B3"), "", 8.0])
    assert codes(reading.problems) == [("import.untitled_column", "投资!H3")]
    assert reading.problems[0].params == {"column": "H"}
    assert len(reading.drafts) == 3


@pytest.mark.parametrize("label", ["合计", "总计：", " 合 计 "])
def test_a_total_row_is_compared_and_never_imported(label: str) -> None:
    good = _read(_row(), _row(no="B2"), [label, "", "", "", 10.0, ""])
    assert good.problems == ()
    assert (len(good.drafts), good.rows_read, good.known_total) == (2, 2, 10_000_000)
    bad = _read(_row(), _row(no="B2"), [label, "", "", "", 50.0, ""])
    assert codes(bad.problems) == [("import.total_mismatch", "投资!E4")]
    assert bad.problems[0].params == {"column": "金额", "stated": "50", "counted": "10", "difference": "40"}


def test_a_total_above_the_rows_is_of_all_of_them() -> None:
    assert _read(["合计", "", "", "", 10.0, ""], _row(), _row(no="B2")).problems == ()


def test_a_section_total_is_of_the_rows_since_the_last_one() -> None:
    section: list[Sent] = ["小计", "", "", "", 5.0, ""]
    total: list[Sent] = ["合计", "", "", "", 10.0, ""]
    assert _read(_row(), section, _row(no="B2"), section, total).problems == ()
    wrong = _read(_row(), section, _row(no="B2"), _row(no="B3"), section)
    assert codes(wrong.problems) == [("import.total_mismatch", "投资!E6")]


def test_an_empty_section_comes_to_nothing() -> None:
    wrong = _read(["小计", "", "", "", 5.0, ""])
    assert codes(wrong.problems) == [("import.total_mismatch", "投资!E2")]


def test_a_total_is_not_compared_where_an_amount_could_not_be_read() -> None:
    reading = _read(_row(), _row(no="B2", amount="x"), ["合计", "", "", "", 10.0, ""])
    assert codes(reading.problems) == [("money.not_a_number", "投资!E3")]


def test_a_total_that_cannot_be_read_is_a_problem() -> None:
    reading = _read(_row(), ["合计", "", "", "", "\0formula:", ""])
    assert codes(reading.problems) == [("import.formula", "投资!E3")]


def test_a_name_that_only_begins_like_a_total_is_data() -> None:
    reading = read_sheet(SHEET_BY_TITLE["机构"], SheetShape(), [list(PARTY), ["合计科技", "合计", "", ""]])
    assert len(reading.drafts) == 1


def test_an_example_line_is_never_imported() -> None:
    reading = _read([EXAMPLE_MARK, f"{EXAMPLE_MARK}F001", "C001", "2021-06-30", 5000.0, 8.3333], _row())
    assert [draft.place.row for draft in reading.drafts] == [3]
    assert reading.problems == ()
    assert reading.rows_read == 1


def test_an_example_line_that_was_written_over_is_mentioned() -> None:
    reading = _read([EXAMPLE_MARK, "F9", "C9", "2023-06-30", "?", 8.0])
    assert codes(reading.problems) == [("import.example_changed", "投资!B2")]
    assert reading.drafts == ()
    odd = _read([EXAMPLE_MARK, f"{EXAMPLE_MARK}F001", "C001", "2021-06-30", "?", 8.3333])
    assert codes(odd.problems) == [("import.example_changed", "投资!E2")]


def test_the_mark_in_the_second_column_is_enough() -> None:
    assert _read(["", f" {EXAMPLE_MARK}F001", "C001", "2021-06-30", 5000.0, ""]).drafts == ()


def test_the_mark_in_another_column_is_text() -> None:
    rows = [list(PARTY), ["P1", "甲", "", f"{EXAMPLE_MARK}机关"]]
    assert len(read_sheet(SHEET_BY_TITLE["机构"], SheetShape(), rows).drafts) == 1


def test_a_row_that_repeats_an_earlier_one_is_mentioned_by_its_key() -> None:
    reading = _read(_row(), _row(no="B2"), _row(stake=""))
    assert codes(reading.problems) == [("import.repeated_row", "投资!A4")]
    assert reading.problems[0].params == {"row": "4", "first": "2"}
    assert len(reading.drafts) == 3


def test_a_row_with_the_same_key_and_other_content_is_left_to_the_book() -> None:
    assert _read(_row(), _row(amount=6.0)).problems == ()


def test_rows_without_a_number_that_are_alike_are_mentioned_as_two() -> None:
    reading = _read(_row(no=""), _row(no=""), _row(no="", amount=6.0))
    assert codes(reading.problems) == [("import.keyless", "投资!A1"), ("import.alike_row", "投资!A3")]
    assert reading.problems[0].params == {"count": "3"}


def test_a_sheet_without_keys_mentions_only_rows_that_are_alike() -> None:
    sheet = SHEET_BY_TITLE["返投认定"]
    header: list[Sent] = ["基金代码", "企业代码", "认定额（万元）", "日期"]
    row: list[Sent] = ["F1", "C1", 5.0, "2023-06-30"]
    reading = read_sheet(sheet, SheetShape(), [header, row, row])
    assert codes(reading.problems) == [("import.alike_row", "返投认定!A3")]


def test_merged_cells_in_the_data_are_one_problem_and_their_rows_no_drafts() -> None:
    shape = SheetShape(merged=[((2, 1), (4, 1)), ((3, 0), (3, 0))])
    rows = [_row(no=f"B{n}", fund="F1" if n == 1 else "") for n in range(5)]
    rows[0] = _row(no="B0")
    rows[4] = _row(no="B4")
    reading = _read(*rows, shape=shape)
    assert codes(reading.problems) == [("import.merged", "投资!B3"), ("import.merged", "投资!A4")]
    assert reading.problems[0].params == {"range": "B3:B5"}
    assert [draft.place.row for draft in reading.drafts] == [2, 6]
    assert len(reading.refused) == 3


def test_other_faults_of_merged_rows_are_still_found() -> None:
    reading = _read(_row(amount="x", fund=""), shape=SheetShape(merged=[((1, 1), (MOST_ROWS * 9, 1))]))
    assert codes(reading.problems) == [("import.merged", "投资!B2"), ("money.not_a_number", "投资!E2")]


def test_merged_cells_above_the_header_do_no_harm() -> None:
    rows: list[list[Sent]] = [["投资明细", "", "", "", "", ""], list(INVESTMENT), _row()]
    reading = read_sheet(SHEET_BY_TITLE["投资"], SheetShape(merged=[((0, 0), (0, 5))]), rows)
    assert reading.problems == ()
    assert [draft.place.row for draft in reading.drafts] == [3]


def test_a_merged_header_is_a_problem() -> None:
    assert codes(_read(_row(), shape=SheetShape(merged=[((0, 0), (0, 1))])).problems) == [
        ("import.merged", "投资!A1")
    ]


def test_hidden_rows_and_columns_are_read_with_a_warning() -> None:
    shape = SheetShape(hidden_rows=[0, 2, 900], hidden_columns=[4, 40])
    reading = _read(_row(), _row(no="B2"), shape=shape)
    assert codes(reading.problems) == [("import.hidden_rows", "投资!A3"), ("import.hidden_column", "投资!E1")]
    assert reading.problems[0].params == {"rows": "3", "count": "1"}
    assert len(reading.drafts) == 2


def test_many_hidden_rows_are_listed_in_part() -> None:
    rows = [_row(no=f"B{n}") for n in range(20)]
    (problem,) = _read(*rows, shape=SheetShape(hidden_rows=range(1, 21))).problems
    assert problem.params == {"rows": "2、3、4、5、6、7、8、9、10、11…", "count": "20"}


def test_calculated_formulas_are_mentioned() -> None:
    assert codes(_read(_row(), shape=SheetShape(calculated=3)).problems) == [("import.calculated", "投资!A1")]


def test_a_sheet_without_a_header_says_which_titles_it_needs() -> None:
    reading = read_sheet(SHEET_BY_TITLE["投资"], SheetShape(), [["F1", "C1", 1001.0]])
    assert codes(reading.problems) == [("import.no_header", "投资!A1")]
    assert reading.suspects == {"F1", "C1", "1001"}


def test_an_empty_sheet_is_no_problem() -> None:
    assert read_sheet(SHEET_BY_TITLE["投资"], SheetShape(), []).problems == ()


def test_below_an_incomplete_header_cells_are_checked_and_their_codes_suspected() -> None:
    rows: list[list[Sent]] = [["基金代码", "付款日", "金额（万元）"], ["F1", "2023-02-30", 5.0]]
    reading = read_sheet(SHEET_BY_TITLE["投资"], SheetShape(), rows)
    assert fatal_codes(reading.problems) == [
        ("import.missing_header", "投资!A1"),
        ("date.impossible", "投资!B2"),
    ]
    assert reading.drafts == ()
    assert "F1" in reading.suspects
    assert reading.known_total is None


def test_a_fault_down_a_whole_column_is_cut_short() -> None:
    reading = _read(*(_row(no=f"B{n}", amount="x") for n in range(MOST_PROBLEMS + 5)))
    assert len(reading.problems) == MOST_PROBLEMS + 1
    assert codes(reading.problems[-1:]) == [("import.more_problems", "投资!A1")]
    assert reading.problems[-1].params == {"count": "5"}


def test_a_party_may_be_read_without_its_optional_columns() -> None:
    rows: list[list[Sent]] = [["机构代码", "名称"], ["P1", "甲"]]
    (draft,) = read_sheet(SHEET_BY_TITLE["机构"], SheetShape(), rows).drafts
    assert isinstance(draft, PartyDraft)
    assert (draft.code, draft.name, draft.credit_code) == ("P1", "甲", None)
