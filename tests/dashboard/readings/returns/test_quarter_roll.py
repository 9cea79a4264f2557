"""A fund's quarter, item by item and step by step, comes out to the fen."""

from datetime import date

from dashboard.readings.returns.quarter_roll import read_quarter
from funds.kinds import BalanceItem
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import fund_scope
from tests.builders import nav, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases


def test_the_items_sum_to_the_derived_value_with_their_signs(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city()) as book:
        roll = read_quarter(slice_ledger(book, "local", fund_scope("F1"), YEAR_END))
    # C1 1,000 and C2 half of 550; cash 2,023; carry due 5, a receivable of 7.
    assert (roll.marks, roll.cash) == (wan(1_275), wan(2_023))
    assert roll.balances == {BalanceItem.ACCRUED_CARRY: wan(5), BalanceItem.OTHER_RECEIVABLE: wan(7)}
    assert (roll.derived, roll.parts, roll.parts_left) == (wan(3_300), wan(3_300), 0)
    assert (roll.reported, roll.difference) == (None, None)


def test_every_quarter_ties_to_the_fen_and_opens_where_the_last_one_closed(sqlite: SqliteDatabases) -> None:
    ends = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), YEAR_END]
    with book_of(sqlite, *worked_city()) as book:
        rolls = [read_quarter(slice_ledger(book, "local", fund_scope("F1"), end)) for end in ends]
    assert all(roll.ties and roll.bridge.difference == 0 for roll in rolls)
    assert [roll.bridge.opening for roll in rolls[1:]] == [roll.derived for roll in rolls[:-1]]
    assert dict(rolls[0].bridge.steps)["distributions"] == wan(-300)


def test_a_stake_in_a_fund_of_the_book_is_an_item_by_name(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city()) as book:
        roll = read_quarter(slice_ledger(book, "local", fund_scope("M"), YEAR_END))
    (stake,) = roll.stakes
    assert (stake.code, stake.value, stake.source) == ("F1", wan(2_200), "derived")
    assert (roll.marks, roll.ties) == (0, True)


def test_what_the_ledger_does_not_explain_of_a_reported_value_stands_apart(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city(), nav("F1", 3_350)) as book:
        roll = read_quarter(slice_ledger(book, "local", fund_scope("F1"), YEAR_END))
    assert (roll.reported and roll.reported.value, roll.difference) == (wan(3_350), wan(50))
    assert (roll.bridge.difference, roll.headline.difference, roll.ties) == (0, wan(50), True)
