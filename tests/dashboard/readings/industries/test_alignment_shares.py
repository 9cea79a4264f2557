"""AL01–AL04 of a park, worked out by hand in every mode and by both days' leading industries."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.alignment_shares import sum_weighted
from funds.book import Book
from funds.queries.scopes import park_scope
from tests.dashboard.readings.park_book import own_park, park_book, slice_of
from tests.engines import SqliteDatabases

BY_HAND = {
    (TagMode.PRIMARY, "AL01", "cost"): Fraction(650 + 300, 1_670),
    (TagMode.PRIMARY, "AL01", "cost_at_decision"): Fraction(650 + 500, 1_670),
    (TagMode.FRACTIONAL, "AL01", "cost"): Fraction(650 + 300 + 48, 1_670),
    (TagMode.MULTI_TAG, "AL01", "cost"): Fraction(650 + 300 + 120, 1_670),
    (TagMode.PRIMARY, "AL02", "fair_value"): Fraction(650 + 300, 1_670),
    (TagMode.PRIMARY, "AL02", "fair_value_at_decision"): Fraction(650 + 500, 1_670),
    (TagMode.PRIMARY, "AL03", "flow_ytd"): Fraction(50, 270),
    (TagMode.FRACTIONAL, "AL03", "flow_ytd"): Fraction(50 + 48, 270),
    (TagMode.MULTI_TAG, "AL03", "flow_at_decision"): Fraction(50 + 120, 270),
    (TagMode.PRIMARY, "AL04", "count"): Fraction(2, 5),
    (TagMode.MULTI_TAG, "AL04", "count"): Fraction(3, 5),
    (TagMode.PRIMARY, "AL04", "count_at_decision"): Fraction(2, 5),
}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


@pytest.mark.parametrize(("mode", "code", "basis"), BY_HAND)
def test_a_measure_is_what_was_worked_out_by_hand(book: Book, mode: TagMode, code: str, basis: str) -> None:
    figure = read_alignment(own_park(book), mode).figure(code, basis)

    assert figure.numerator is not None
    assert figure.denominator is not None
    assert Fraction(figure.numerator, figure.denominator) == BY_HAND[mode, code, basis]


def test_a_year_without_a_payment_says_so(book: Book) -> None:
    figure = read_alignment(slice_of(book, park_scope("P3"))).figure("AL03", "flow_ytd")

    assert (figure.value, figure.reason) == (None, "alignment.no_payments_this_year")


def test_the_rows_behind_a_flow_are_its_payments(book: Book) -> None:
    figure = read_alignment(own_park(book)).figure("AL03", "flow_ytd")

    assert len(figure.entries) == 3
    assert all(name.startswith("entry:") for name in figure.entries)


def test_a_park_without_a_fund_has_reasons_and_no_numbers(book: Book) -> None:
    reading = read_alignment(slice_of(book, park_scope("P8")))

    ours = [one for one in reading.figures if one.code not in ("AL07", "AL08", "AL09")]
    assert len(ours) > 30
    assert [one.value for one in ours] == [None] * len(ours)
    assert all(figure.reason for figure in reading.figures)


def test_a_weighted_sum_rounds_once_and_half_up() -> None:
    assert sum_weighted([(1, 250_000), (1, 250_000)]) == 1
    assert sum_weighted([(1, 499_999)]) == 0
