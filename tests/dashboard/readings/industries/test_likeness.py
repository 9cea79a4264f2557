"""Pairs are told by the most alike, within one leading industry and across; concentration by firm and industry."""

from collections.abc import Iterator

import pytest

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.likeness import OVERLAP, read_pairs
from dashboard.readings.industries.tag_parts import TagMode
from funds.book import Book
from funds.queries.scopes import company_scope, fund_scope, industry_scope, park_scope
from tests.builders import policy
from tests.dashboard.readings.park_book import own_park, park_book, slice_of
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, (policy("AL10.similarity", "2020-01-01", value_e6=800_000),)) as made:
        yield made
    sqlite.drop_made()


def test_the_funds_of_a_park_are_compared_by_what_they_hold(book: Book) -> None:
    """F1 holds IC 650, EV 500, BIO 300 and 100 without a tag; F2 MAT alone, by weights also IC."""
    by_tag, by_weight = (
        read_alignment(own_park(book), mode) for mode in (TagMode.PRIMARY, TagMode.FRACTIONAL)
    )

    assert by_tag.figure("AL10", "fund_pairs").value == "1"
    assert by_tag.table(OVERLAP) == (), "nothing in common"
    cosine = 650 * 80 / ((650**2 + 500**2 + 300**2) * (120**2 + 80**2)) ** 0.5
    (row,) = by_weight.table(OVERLAP)
    assert float(str(row["cosine"])) == pytest.approx(cosine, rel=1e-11)
    assert (row["first"], row["second"], row["is_alike"], row["is_within"]) == ("F1", "F2", False, True)


def test_parks_of_one_leading_industry_are_told_apart_from_the_rest(book: Book) -> None:
    """P3 and P2 hold MAT alone and lead in IC and MAT: alike across. P7 holds IC alone, P3 MAT: within, and unlike."""
    reading = read_alignment(slice_of(book))

    assert reading.figure("AL10", "park_pairs_across").value == "0"
    pairs = {(row["first"], row["second"]): row for row in reading.table(OVERLAP) if row["pair_of"] == "park"}
    assert pairs["P2", "P3"]["is_alike"] is True
    assert not pairs["P2", "P3"]["is_within"]
    # One of four and two of four in IC, the rest MAT: (1·2 + 3·2) ÷ (√10·√8).
    assert float(str(pairs["P4", "P5"]["cosine"])) == pytest.approx(8 / 80**0.5, rel=1e-11)
    assert ("P3", "P7") not in pairs


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (park_scope("P8"), "alignment.no_pair"),
        (fund_scope("F1"), "alignment.no_pair"),
        (industry_scope("IC"), "alignment.pairs_of_one_industry"),
        (company_scope("C1"), "alignment.pairs_of_one_industry"),
    ],
)
def test_where_there_is_no_pair_there_is_a_reason(book: Book, scope: object, reason: str) -> None:
    reading = read_alignment(slice_of(book, scope))  # type: ignore[arg-type]

    assert reading.figure("AL10", "fund_pairs").reason == reason
    assert reading.figure("AL10", "park_pairs").reason == "alignment.parks_of_city_only"


def test_by_any_tag_industries_have_no_concentration(book: Book) -> None:
    reading = read_alignment(own_park(book), TagMode.MULTI_TAG)

    assert reading.figure("AL11", "hhi_industries").reason == "alignment.multi_tag_no_sum"
    assert reading.figure("AL11", "hhi_firms").value is not None


def test_without_a_policy_row_no_pair_is_marked(sqlite: SqliteDatabases) -> None:
    with park_book(sqlite) as bare:
        rows = read_alignment(slice_of(bare)).table(OVERLAP)
    sqlite.drop_made()
    assert rows
    assert {row["is_alike"] for row in rows} == {None}


def test_pairs_come_with_the_most_alike_first(book: Book) -> None:
    pairs, reason = read_pairs(slice_of(book), TagMode.PRIMARY, is_through=False)

    assert reason is None
    cosines = [round(pair.cosine, 12) for pair in pairs]
    assert len(cosines) > 10
    assert cosines == sorted(cosines, reverse=True)
