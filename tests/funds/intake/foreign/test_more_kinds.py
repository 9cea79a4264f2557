"""More kinds of messy files, each with what must come of it: rows, or what is told at which cell."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from funds.intake.foreign.amounts import read_amount
from funds.intake.foreign.converting import convert
from funds.intake.foreign.days import read_day
from funds.intake.foreign.mapping import Feed, PartMapping, TableMapping
from funds.intake.foreign.names import Directory
from funds.intake.foreign.proposing import propose_mappings
from funds.intake.foreign.reading import ForeignReading, read_foreign
from funds.intake.foreign.tables import FoundTable
from funds.problems import Problem

MORE = Path(__file__).parent / "more"
CASES = json.loads((MORE / "expected.json").read_text("utf-8"))["cases"]
MONEY = {"committed", "paid_in", "amount", "post_money"}


def read(case: dict[str, Any]) -> ForeignReading:
    return read_foreign(case["file"], (MORE / case["file"]).read_bytes())


def tell(table: FoundTable, row: int, name: str) -> object:
    at = table.find("paid_on" if name == "date" else name)
    assert at is not None, name
    cell = table.rows[row].cells[at]
    if name in MONEY:
        amount = read_amount(cell, table.columns[at].unit)
        return None if amount is None else amount.fen
    if name == "date":
        return str(read_day(cell))
    return cell


def fen(name: str, wanted: object) -> object:
    if name not in MONEY or wanted is None:
        return wanted
    return int(Decimal(str(wanted)) * 100)


@pytest.mark.parametrize("case", [case for case in CASES if case["expected"]], ids=lambda case: case["kind"])
def test_every_row_is_read_and_no_other(case: dict[str, Any]) -> None:
    expected = case["expected"]
    lists = expected if isinstance(expected[0], list) else [expected]
    tables = read(case).tables
    assert [len(table.rows) for table in tables] == [len(rows) for rows in lists]
    for table, rows in zip(tables, lists, strict=True):
        for at, wanted in enumerate(rows):
            for name, value in wanted.items():
                assert tell(table, at, name) == fen(name, value), (at, name)


@pytest.mark.parametrize("case", [case for case in CASES if case["codes"]], ids=lambda case: case["kind"])
def test_what_must_be_told_is_told_at_its_cell(case: dict[str, Any]) -> None:
    reading = read(case)
    made = convert(reading, propose_mappings(reading.tables), Directory())
    told = [(one.code, one.where) for one in (*made.problems, *faults_of_amounts(reading))]
    for code, where in case["codes"]:
        assert any(code == one and at.endswith(where) for one, at in told), (code, where, told)


def faults_of_amounts(reading: ForeignReading) -> list[Problem]:
    """What is told of the amounts when every table of investors' commitments is imported."""
    feeds = {"认缴额": Feed(next((t.find("committed") for t in reading.tables), None))}
    if feeds["认缴额"].column is None:
        return []
    mapping = TableMapping((PartMapping("认缴", feeds),))
    return list(convert(reading, (mapping,), Directory()).problems)


def test_a_place_on_its_side_is_the_cell_that_was_typed() -> None:
    [case] = [case for case in CASES if "side" in case["kind"] and "titles" in case["kind"]]
    [table] = read(case).tables
    assert table.grid.is_turned
    amount = table.find("amount")
    assert amount is not None
    assert table.where(table.rows[2].row, amount) == "Sheet1!D3"
