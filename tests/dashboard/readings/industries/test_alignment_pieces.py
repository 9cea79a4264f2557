"""Holdings and payments are cut to parks, and weighed by the leading industries of the right day."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.industries.alignment_pieces import (
    TagMode,
    aligned_pieces,
    main_tag,
    paid_pieces,
    whole_city,
)
from funds.book import Book
from funds.queries.attribution import WHOLE
from funds.queries.facts import Tag
from funds.queries.scopes import fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.park_book import own_park, park_book, slice_of
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def test_a_park_gets_its_share_of_each_holding(book: Book) -> None:
    slice_ = own_park(book)
    costs = {
        slice_.facts.companies[p.firm.company].code: p.cost for p in aligned_pieces(slice_, TagMode.PRIMARY)
    }

    assert costs == {"C1": wan(650), "C2": wan(500), "C3": wan(300), "C4": wan(120), "C5": wan(100)}


def test_the_parks_pieces_add_up_to_the_whole_city(book: Book) -> None:
    city = slice_of(book)
    parks = [city.narrow(park_scope(park.code)) for park in city.facts.parks.values()]

    whole = aligned_pieces(city, TagMode.PRIMARY)
    cut = [piece for park in parks for piece in aligned_pieces(park, TagMode.PRIMARY)]

    owned = [piece for piece in whole if piece.park is not None]
    assert sum(piece.cost for piece in cut) == sum(piece.cost for piece in owned)
    assert len(cut) == len(owned)


def test_a_fund_that_parks_share_keeps_a_piece_for_each_of_them(book: Book) -> None:
    pieces = aligned_pieces(slice_of(book, fund_scope("F2")), TagMode.PRIMARY)

    assert sorted((piece.cost, piece.share_ppm) for piece in pieces) == [
        (wan(80), 400_000),
        (wan(120), 600_000),
    ]


@pytest.mark.parametrize(
    ("mode", "weight"), [(TagMode.PRIMARY, 0), (TagMode.FRACTIONAL, 400_000), (TagMode.MULTI_TAG, WHOLE)]
)
def test_a_firm_in_two_chains_counts_by_the_mode(book: Book, mode: TagMode, weight: int) -> None:
    (piece,) = [piece for piece in aligned_pieces(own_park(book), mode) if piece.share_ppm == 600_000]

    assert piece.weight_ppm == weight


def test_today_and_the_day_of_the_first_decision_are_weighed_apart(book: Book) -> None:
    slice_ = own_park(book)
    weights = {
        slice_.facts.companies[p.firm.company].code: (p.weight_ppm, p.decided_ppm, p.decided)
        for p in aligned_pieces(slice_, TagMode.PRIMARY)
    }

    assert weights["C2"] == (0, WHOLE, date(2022, 6, 1)), "EV led when it was decided, not any more when paid"
    assert weights["C3"] == (WHOLE, 0, date(2021, 6, 1)), "BIO was listed later"


def test_every_payment_counts_even_what_was_sold_since(book: Book) -> None:
    slice_ = own_park(book)
    paid = paid_pieces(slice_, TagMode.PRIMARY)

    assert sum(piece.amount for piece in paid) == wan(1_000 + 50 + 500 + 300 + 100 + 120)
    assert sum(piece.amount for piece in paid if piece.day.year == 2025) == wan(270)


def test_narrowed_slices_share_what_was_worked_out(book: Book) -> None:
    city = slice_of(book)

    assert whole_city(city, TagMode.PRIMARY) is whole_city(city.narrow(park_scope("P1")), TagMode.PRIMARY)
    assert whole_city(city, TagMode.PRIMARY) is not whole_city(city, TagMode.MULTI_TAG)


def test_the_marked_tag_speaks_before_the_heaviest() -> None:
    heavy, marked = Tag(1, 1, 700_000, False, None), Tag(2, 2, 300_000, True, None)

    assert main_tag([heavy, marked]) == marked
    assert main_tag([heavy]) == heavy
    assert main_tag([]) is None
