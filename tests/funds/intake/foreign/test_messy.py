"""Files of the kinds that fund offices send: every table found, every value read, every doubt told."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from funds.intake.cells import Cell, Unusable
from funds.intake.foreign.amounts import read_amount
from funds.intake.foreign.converting import convert
from funds.intake.foreign.days import read_day
from funds.intake.foreign.names import Body, Directory, fold_name
from funds.intake.foreign.proposing import check_summaries, propose_mappings
from funds.intake.foreign.reading import ForeignReading, read_foreign
from funds.intake.foreign.tables import FoundTable
from funds.intake.foreign.totals import compare_totals
from funds.intake.foreign.values import read_national_code
from funds.numerals import drop_invisible
from funds.problems import Problem

MESSY = Path(__file__).parent / "messy"
CASES = {case["n"]: case for case in json.loads((MESSY / "expected.json").read_text("utf-8"))["cases"]}
MONEY = {"committed", "paid_in", "fiscal", "amount"}
DATES = {"date": ("paid_on", "exit_date")}
NATIONAL = {"3973": "集成电路制造", "6520": "集成电路设计"}
# Answered by tests of their own, because they are no plain list of rows.
ON_THEIR_OWN = {7, 23, 27, 29, 31, 33, 35}


def read(name: str) -> ForeignReading:
    return read_foreign(name, (MESSY / name).read_bytes())


def cell_of(table: FoundTable, row: int, concept: str) -> Cell:
    at = table.find(concept)
    return None if at is None else table.rows[row].cells[at]


def yuan(table: FoundTable, row: int, concept: str) -> int | None:
    at = table.find(concept)
    assert at is not None
    amount = read_amount(table.rows[row].cells[at], table.columns[at].unit)
    return None if amount is None else amount.fen // 100


def tell(table: FoundTable, row: int, wanted: dict[str, Any]) -> dict[str, Any]:
    """What a row says of the wanted things."""
    told: dict[str, Any] = {}
    for name in wanted:
        if name in MONEY:
            told[name] = yuan(table, row, name)
        elif name in DATES:
            day = read_day(next(cell for one in DATES[name] if (cell := cell_of(table, row, one))))
            told[name] = day.isoformat() if day else None
        else:
            cell = cell_of(table, row, name)
            # A name broken over two lines in a cell is one name.
            told[name] = "".join(str(cell).splitlines()) if cell is not None else None
    return told


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in problems]


@pytest.mark.parametrize("number", sorted(CASES.keys() - ON_THEIR_OWN))
def test_every_row_of_a_file_is_read_and_no_other(number: int) -> None:
    case = CASES[number]
    reading = read(case["file"])
    assert reading.problems == ()
    [table] = reading.tables
    assert len(table.rows) == len(case["expected"])
    assert [tell(table, row, wanted) for row, wanted in enumerate(case["expected"])] == case["expected"]


def test_totals_are_left_out_and_agree_with_their_rows() -> None:
    [table] = read(CASES[3]["file"]).tables
    assert [(one.label, one.stated, one.agrees) for one in compare_totals(table)] == [
        ("小计", 300 * 10**6, True),
        ("小计", 50 * 10**6, True),
        ("合计", 350 * 10**6, True),
    ]


def test_money_of_other_currencies_is_told_and_never_added() -> None:
    [table] = read(CASES[7]["file"]).tables
    found = [read_amount(row.cells[1], table.columns[1].unit) for row in table.rows]
    assert [(one.fen // 100, one.currency) for one in found if one] == [
        (wanted["amount"], wanted["currency"]) for wanted in CASES[7]["expected"]
    ]
    assert sum(one.is_foreign for one in found if one) == 3


def test_a_part_larger_than_its_whole_is_doubted() -> None:
    reading = read(CASES[9]["file"])
    made = convert(reading, propose_mappings(reading.tables), Directory())
    doubts = [one for one in made.problems if one.code == "foreign.part_exceeds_whole"]
    assert (doubts[0].where.rpartition("!")[2], "C2") == ("D2", "C2")
    assert doubts[0].params["amount"] == "100,000"
    assert doubts[0].params["limit"] == "45,000"


def test_two_spellings_of_a_name_are_one_firm_and_bad_codes_are_told() -> None:
    reading = read(CASES[23]["file"])
    [table] = reading.tables
    sums: dict[str, int] = {}
    for row in range(len(table.rows)):
        name = fold_name(str(cell_of(table, row, "company")))
        sums[name] = sums.get(name, 0) + (yuan(table, row, "amount") or 0)
    assert sums == {fold_name(name): amount for name, amount in CASES[23]["expected"]["amounts"].items()}

    made = convert(reading, propose_mappings(reading.tables), Directory())
    [firms] = [sheet for sheet in made.sheets if sheet.title == "企业名录"]
    assert len(firms.drafts) == CASES[23]["expected"]["companies"]
    assert getattr(firms.drafts[0], "credit_code") == CASES[23]["check"]["code"]  # noqa: B009
    assert ("credit_code.characters", "Sheet1!B5") not in codes(made.problems)
    assert ("credit_code.check_character", "Sheet1!B5") in codes(made.problems)
    assert ("import.code_digits_lost", "Sheet1!B6") in codes(made.problems)


def test_error_cells_are_told_by_address_and_are_neither_blank_nor_zero() -> None:
    reading = read(CASES[27]["file"])
    assert codes(reading.problems) == [("import.error_cell", f"Sheet1!B{row}") for row in range(2, 6)]
    [table] = reading.tables
    assert [isinstance(row.cells[1], Unusable) for row in table.rows] == [True] * 4 + [False]


def test_two_tables_side_by_side_are_two() -> None:
    paid, back = read(CASES[29]["file"]).tables
    told = [
        ("invest", read_day(row.cells[0]), -(yuan(paid, at, "amount") or 0))
        for at, row in enumerate(paid.rows)
    ]
    told += [
        ("exit", read_day(row.cells[0]), yuan(back, at, "exit_amount") or 0)
        for at, row in enumerate(back.rows)
    ]
    assert [(kind, str(day), amount) for kind, day, amount in told] == [
        (wanted["kind"], wanted["date"], wanted["amount"]) for wanted in CASES[29]["expected"]
    ]


def test_a_summary_is_used_for_checking_only_and_each_sheet_names_its_park() -> None:
    reading = read(CASES[31]["file"])
    mappings = propose_mappings(reading.tables, {"滨江": "park:P01", "萧山": "park:P02"})
    assert [agrees for _, agrees in check_summaries(reading.tables, mappings)] == [True]
    assert list(parks_of(reading)) == [
        (wanted["park"], wanted["company"], wanted["amount"]) for wanted in CASES[31]["expected"]
    ]
    assert [
        part.feeds["园区代码"].words for one in mappings for part in one.parts if part.sheet == "企业名录"
    ] == ["P01", "P02"]
    assert ("foreign.summary", "汇总!A1") in codes(convert(reading, mappings, Directory()).problems)


def parks_of(reading: ForeignReading) -> Iterator[tuple[str, str, int | None]]:
    for table in reading.tables[1:]:
        for row in range(len(table.rows)):
            yield table.grid.title, str(cell_of(table, row, "company")), yuan(table, row, "amount")


def test_a_row_typed_twice_is_asked_about_and_an_industry_in_words_gets_its_candidates() -> None:
    reading = read(CASES[33]["file"])
    [table] = reading.tables
    directory = Directory(
        codes={Body.FUND: {"f1": "F1"}},
        names={Body.INDUSTRY: {"集成电路": "IC"}},
        national=NATIONAL,
    )
    made = convert(reading, propose_mappings(reading.tables), directory)
    assert ("foreign.repeated_row", "Sheet1!A3") in codes(made.problems)
    [unclear] = [one for one in made.problems if one.code == "foreign.no_national_code"]
    assert unclear.where == "Sheet1!E4"
    assert unclear.params["near"] == "3973 集成电路制造、6520 集成电路设计"
    wanted = CASES[33]["expected"][0]["industry"]
    assert f"I{read_national_code(cell_of(table, 0, 'industry'))}" == wanted
    assert yuan(table, 0, "amount") == CASES[33]["expected"][0]["amount"]


@pytest.mark.parametrize(
    ("name", "code"), [("35_empty.csv", "import.empty_file"), ("35_header_only.xlsx", "foreign.no_rows")]
)
def test_a_file_without_rows_is_no_success(name: str, code: str) -> None:
    assert codes(read(name).problems) == [(code, "")]


def test_invisible_signs_are_no_part_of_a_name() -> None:
    assert drop_invisible("\u200b") == ""
