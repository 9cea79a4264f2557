"""What a park filed stands apart from what others filed, and answers on it stay until that very park files."""

from collections.abc import Iterator

import pytest

from dashboard.readings.industries.filed_of_park import facts_of_park
from dashboard.readings.industries.six_ones import read_six_ones
from dashboard.readings.industries.six_ones_trend import trend_rows
from funds.book import Book
from funds.queries.facts import Facts
from tests.builders import park_figure, record
from tests.dashboard.readings.six_ones_book import own_park, six_ones_book, weights
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with six_ones_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def facts_of(book: Book) -> Facts:
    return facts_of_park(own_park(book).facts, 1)


def test_the_facts_of_a_park_hold_its_own_figures_alone_and_stay_until_it_files(book: Book) -> None:
    first, trend = facts_of(book), trend_rows(own_park(book))
    assert {row.park_id for row in first.park_figures} == {1}
    record(book, park_figure("P2", "S12", "2024", 7), park_figure(None, "S04", "2024", 7))
    assert facts_of(book) is first
    assert trend_rows(own_park(book)) is trend
    record(book, park_figure("P1", "S12", "2024", 7))
    assert len(facts_of(book).park_figures) == len(first.park_figures) + 1
    assert len(trend_rows(own_park(book))) == len(trend) + 1
    assert facts_of(book).parks is first.parks


def test_a_park_with_nothing_on_file_has_facts_as_well(book: Book) -> None:
    assert facts_of_park(own_park(book).facts, 99).park_figures == ()


def test_the_place_goes_on_with_what_the_others_file(book: Book) -> None:
    record(book, *weights(S13=100))
    place = read_six_ones(own_park(book)).figure("S20")
    record(book, park_figure("P3", "S13", "2025", 9000))
    after = read_six_ones(own_park(book))
    assert (place.value, after.figure("S20").value) == ("1", "2")
    (row,) = [row for row in after.table("six_ones") if row["code"] == "S20"]
    assert row["value"] == "2"
