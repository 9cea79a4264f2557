"""A fund is worth what was reported of it, else what it holds; both stand side by side."""

from collections.abc import Iterator

import pytest

from dashboard.readings.returns.net_assets import NetAssetValues
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import commitment, contribution, fund, mark, nav, party, record, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *worked_city()) as book:
        yield book


def slice_of(book: Book) -> LedgerSlice:
    return slice_ledger(book, "local", CITY, YEAR_END)


def number(slice_: LedgerSlice, code: str) -> int:
    return next(fund.id for fund in slice_.member_funds if fund.code == code)


def test_a_derived_value_is_holdings_cash_and_balances(city: Book) -> None:
    slice_ = slice_of(city)
    found = NetAssetValues(slice_).of(number(slice_, "F1"))
    assert found.source == "derived"
    assert found.value == wan(1_000 + 275 + 2_023 - 5 + 7)


def test_a_mother_is_worth_her_cash_and_her_part_of_the_child_and_names_its_rows(city: Book) -> None:
    slice_ = slice_of(city)
    values = NetAssetValues(slice_)
    mother, child = number(slice_, "M"), number(slice_, "F1")
    assert values.children(mother) == [child]
    assert values.stakes(mother) == wan(2_200)
    assert values.of(mother).value == wan(4_000 + 200 + 2_200)
    assert {"mark", "balance", "entry", "exit"} == {row.split(":")[0] for row in values.of(mother).rows}
    assert set(values.of(child).rows) < set(values.of(mother).rows)


def test_a_reported_value_goes_first_and_moves_with_later_calls(city: Book) -> None:
    record(city, nav("F1", 3_000, "2024-02-01"), nav("F1", 1_900, "2024-02-01", investor="M"))
    slice_ = slice_of(city)
    values = NetAssetValues(slice_)
    child = number(slice_, "F1")
    reported = values.reported(child)
    assert reported is not None
    assert values.of(child) == reported
    assert reported.value == wan(3_000 - 300)
    assert values.derived(child).value == wan(3_300)
    assert values.stake(number(slice_, "M"), child).value == wan(1_900 - 200)
    assert [row.split(":")[0] for row in reported.rows] == ["entry", "entry", "fund_nav"]


def test_slices_of_one_version_share_their_values(city: Book) -> None:
    slice_ = slice_of(city)
    values = NetAssetValues.of_slice(slice_)
    assert NetAssetValues.of_slice(slice_.narrow(fund_scope("F1"))) is values
    assert NetAssetValues.of_slice(slice_of(city)) is values
    record(city, mark("F1", "C2", 500, "2024-12-31"))
    assert NetAssetValues.of_slice(slice_of(city)) is not values


def test_a_mark_of_another_day_gives_another_value(city: Book) -> None:
    record(city, mark("F1", "C2", 500, "2024-12-31"))
    slice_ = slice_of(city)
    assert NetAssetValues(slice_).held(number(slice_, "F1")) == wan(1_500)


def test_two_funds_that_hold_each_other_have_one_value_whichever_is_asked_first(
    sqlite: SqliteDatabases,
) -> None:
    drafts = [party("LP"), fund("A"), fund("B")]
    drafts += [commitment("A", "LP", 1_000), commitment("A", "B", 100)]
    drafts += [commitment("B", "LP", 500), commitment("B", "A", 500)]
    paid = [("A", "LP", 1_000), ("B", "LP", 500), ("B", "A", 500), ("A", "B", 100)]
    with book_of(sqlite, *drafts, *(contribution(*row, "2021-03-01") for row in paid)) as book:
        slice_ = slice_of(book)
        first, second = number(slice_, "A"), number(slice_, "B")
        forwards, backwards = NetAssetValues(slice_), NetAssetValues(slice_)
        found = (forwards.of(first).value, forwards.of(second).value)
        other = (backwards.of(second).value, backwards.of(first).value)
    assert found == tuple(reversed(other))
    assert found[0] == wan(600 + 450)
    assert forwards.of(first).value == found[0]
