"""The map's layout comes from the book where the book has one; what cannot be read is counted and left out."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.readings.industries.park_layout import (
    BY_CODE,
    FROM_BOOK,
    LAYOUT,
    lay_out_parks,
    layout_rows,
    read_layout,
)
from dashboard.sample.park_tiles import draft_park_layout
from funds.book import Book
from tests.builders import policy
from tests.dashboard.readings.park_book import park_book, slice_of
from tests.engines import SqliteDatabases

WORDS = "P2 1,0\nP1 0,0 2,0 2,1.5;\nP4 up,down; P9"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    row = policy(LAYOUT, "2024-01-01", words=WORDS, document="示例布局")
    with park_book(sqlite, (row,)) as made:
        yield made
    sqlite.drop_made()


def test_a_line_is_a_tile_or_an_outline_and_anything_else_is_counted() -> None:
    places, unread = read_layout(WORDS)

    assert list(places["P2"].tile) == [1, 0]
    assert [list(point) for point in places["P1"].outline] == [[0, 0], [2, 0], [2, Fraction(3, 2)]]
    assert (set(places), unread) == ({"P1", "P2"}, 2)


@pytest.mark.parametrize(
    "words", ["", "P1", "P1 1", "P1 0,0 1,1", "P1 1,2,3", "P1 1e9,0", "P1 0,0 x 1,1 2,2"]
)
def test_what_is_no_place_gives_none(words: str) -> None:
    places, unread = read_layout(words)

    assert (places, unread) == ({}, int(bool(words)))


def test_without_a_row_the_tiles_stand_in_the_order_of_the_codes(book: Book) -> None:
    early = lay_out_parks(slice_of(book, as_of=slice_of(book).as_of.replace(year=2023)))

    assert (early.source, early.document) == (BY_CODE, None)
    assert [place.code for place in early.places] == [f"P{number}" for number in range(1, 9)]
    assert len({place.tile for place in early.places}) == 8


def test_parks_that_the_row_forgets_stand_below_the_others(book: Book) -> None:
    layout = lay_out_parks(slice_of(book))

    assert (layout.source, layout.document, layout.unread) == (FROM_BOOK, "示例布局", 2)
    assert {place.code for place in layout.places} == {f"P{number}" for number in range(1, 9)}
    assert all(place.tile[1] >= 2 for place in layout.places if place.code not in ("P1", "P2"))
    assert [place.code for place in lay_out_parks(slice_of(book), ["P2", "P3"]).places] == ["P2", "P3"]


def test_the_report_tells_the_place_of_every_park(book: Book) -> None:
    rows = {row["code"]: row for row in layout_rows(slice_of(book))}

    assert len(rows) == 8
    assert (rows["P1"]["outline"], rows["P2"]["tile"]) == ("0,0 2,0 2,1.5", "1,0")


def test_the_made_up_city_has_a_tile_of_its_own_for_each_park() -> None:
    draft = draft_park_layout()
    places, unread = read_layout(draft.words or "")

    assert draft.code == LAYOUT
    assert (set(places), unread) == ({f"P{number:02d}" for number in range(1, 17)}, 0)
    assert len({place.tile for place in places.values()}) == 16
    assert "示例" in draft.document
