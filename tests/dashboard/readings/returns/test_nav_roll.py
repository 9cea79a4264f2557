"""The bridge from one year's end: a derived value ties to the fen, a reported one shows what it leaves open."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from dashboard.readings.returns.nav_roll import nav_bridge_rows
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY
from tests.browser.city import build_city
from tests.builders import nav, record, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases

STEPS = ("calls", "distributions", "realised", "unrealised", "income", "fees", "carry", "other")


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *worked_city()) as book:
        yield book


def bridges(book: Book, day: date = YEAR_END) -> Mapping[str, Mapping[str, object]]:
    slice_ = slice_ledger(book, "local", CITY, day)
    return {str(row["fund"]): row for row in nav_bridge_rows(slice_, NetAssetValues.of_slice(slice_))}


def without_reports(slice_: LedgerSlice) -> LedgerSlice:
    """The same city where nobody reported a value."""
    navs = slice_.ledger.navs
    ledger = replace(slice_.ledger, navs=navs.take(navs.id < 0))
    return replace(slice_, ledger=ledger, shelf={})


def test_every_step_of_a_derived_value_has_its_source_and_nothing_is_left(city: Book) -> None:
    row = bridges(city)["F1"]
    assert (row["from"], row["to"]) == ("2023-12-31", "2024-12-31")
    assert row["opening"] == wan(900 + 450 + 2_080)
    steps = {name: row[name] for name in STEPS}
    assert steps == {
        "calls": 0,
        "distributions": -wan(300),
        "realised": wan(30),  # 330 for half of what had cost 600
        "unrealised": wan((1_275 - 900) - (1_350 - 1_100)),  # value less remaining cost, now and then
        "income": wan(50 + 3 + 7),
        "fees": -wan(30),
        "carry": -wan(10 + 5),
        "other": 0,
    }
    assert (row["expected"], row["closing"]) == (wan(3_300), wan(3_300))
    assert (row["difference"], row["ties"]) == (0, True)
    assert (row["opening_source"], row["closing_source"]) == ("derived", "derived")
    assert (row["nav_reported"], row["nav_difference"]) == (None, None)


def test_a_mothers_gain_is_what_her_stakes_gained(city: Book) -> None:
    row = bridges(city)["M"]
    then, now = wan(3_430) * 2 // 3, wan(2_200)
    assert row["unrealised"] == now - then + wan(200) - 1  # two thirds of 3,430, rounded half up
    assert row["calls"] == 0
    assert (row["ties"], row["other"]) == (True, 0)


def test_the_first_year_opens_with_nothing(city: Book) -> None:
    row = bridges(city, date(2020, 12, 31))["F1"]
    assert (row["opening"], row["calls"], row["fees"]) == (0, wan(3_000), -wan(20))
    assert row["ties"]


def test_a_reported_value_that_does_not_tie_shows_by_how_much(city: Book) -> None:
    record(city, nav("F1", 3_400, "2024-12-31"))
    row = bridges(city)["F1"]
    assert (row["expected"], row["closing"]) == (wan(3_300), wan(3_400))
    assert (row["difference"], row["ties"]) == (wan(100), False)
    assert (row["nav_reported"], row["nav_derived"]) == (wan(3_400), wan(3_300))
    assert row["nav_difference"] == wan(100)


@pytest.mark.parametrize("day", [date(2024, 11, 15), date(2026, 9, 30)])
def test_derived_values_of_a_whole_city_tie_to_the_fen(sqlite: SqliteDatabases, day: date) -> None:
    book = Book(sqlite.copy_of("made-up city", build_city))
    slice_ = without_reports(slice_ledger(book, "local", CITY, day))
    rows = list(nav_bridge_rows(slice_, NetAssetValues.of_slice(slice_)))
    book.close()
    sqlite.drop_made()
    assert len(rows) >= 10
    for row in rows:
        assert row["closing_source"] == "derived"
        assert row["expected"] == int(str(row["opening"])) + sum(int(str(row[name])) for name in STEPS)
        assert (row["difference"], row["ties"], row["other"]) == (0, True, 0), row["fund"]
    assert all(any(row[name] for row in rows) for name in STEPS if name not in ("carry", "other"))
