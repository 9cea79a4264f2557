"""A change of the leading industries is told with the cost that counts since then, and what no longer does."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.industries.leading_changes import leading_change_rows
from dashboard.readings.industries.tag_parts import TagMode
from funds.book import Book
from tests.builders import day, park_industry, wan
from tests.dashboard.readings.park_book import own_park, park_book
from tests.engines import SqliteDatabases

# On one day P1 gives up IC for MAT; C1 650 is IC, 120 of C4 is MAT and by weights 48 of it IC.
SWAP = (
    park_industry("P1", "IC", 3, "2019-01-01", to_date=day("2019-06-01")),
    park_industry("P1", "MAT", 3, "2024-01-01"),
)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, SWAP) as made:
        yield made
    sqlite.drop_made()


def changes(book: Book, mode: TagMode = TagMode.PRIMARY, as_of: date = date(2025, 12, 31)) -> list[object]:
    slice_ = own_park(book, as_of)
    (park,) = [one.id for one in slice_.facts.parks.values() if one.code == "P1"]
    return [
        (row["day"], row["ended"], row["became"], row["gained"], row["lost"])
        for row in leading_change_rows(slice_, park, mode)
    ]


def test_each_day_of_a_change_says_what_counts_since_and_no_longer(book: Book) -> None:
    assert changes(book)[-3:] == [
        ("2022-07-01", ["EV"], [], 0, wan(500)),
        ("2023-01-01", [], ["BIO"], wan(300), 0),
        ("2024-01-01", [], ["MAT"], wan(120), 0),
    ]


def test_by_weights_only_the_part_of_a_firm_moves(book: Book) -> None:
    assert changes(book, TagMode.FRACTIONAL)[-1] == ("2024-01-01", [], ["MAT"], wan(72), 0)


def test_what_is_still_to_come_is_not_told(book: Book) -> None:
    told = changes(book, as_of=date(2022, 12, 31))
    assert [row[0] for row in told if isinstance(row, tuple)][-1] == "2022-07-01"
