"""The yearly appraisal: weights as policy, who lacks what, and what a park hears of the others."""

from collections.abc import Iterator, Mapping

import pytest

from dashboard.readings.industries.appraisal import read_appraisal
from dashboard.readings.industries.appraisal_rows import (
    APPRAISAL,
    LIFTS,
    QUANTILES,
    WEIGHTS,
    appraisal_rows,
)
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice
from tests.builders import park, park_figure, record
from tests.dashboard.readings.six_ones_book import own_park, six_ones_book, slice_of, weights
from tests.engines import SqliteDatabases

Row = Mapping[str, object]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with six_ones_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def rows(slice_: LedgerSlice, table: str, year: str | None = None) -> list[Row]:
    return [row for row in appraisal_rows(slice_, year=year) if row["table"] == table]


def test_without_weights_nobody_is_ranked_and_it_says_why(book: Book) -> None:
    told = rows(slice_of(book), APPRAISAL)
    assert [(row["park"], row["place"], row["reason"]) for row in told] == [
        (code, None, "appraisal.no_weights") for code in ("P1", "P2", "P3")
    ]
    assert rows(slice_of(book), WEIGHTS) == []


def test_parks_are_ranked_by_weights_and_who_lacks_a_figure_is_not(book: Book) -> None:
    """P1: 60 + 40 × 5000 ÷ 5000; P2: 60 × 55 ÷ 60 + 40 × 4200 ÷ 5000 = 88.6; P3 filed no S12."""
    record(book, *weights(S02=60, S12=40))
    told = rows(slice_of(book), APPRAISAL)
    assert [(row["park"], row["place"], row["score"], row["lacks"]) for row in told] == [
        ("P1", 1, "100", []),
        ("P2", 2, "88.6", []),
        ("P3", None, None, ["S12"]),
    ]
    assert {(row["ranked"], row["parks"], row["year"]) for row in told} == {(2, 3, "2025")}
    assert (told[1]["points.S02"], told[1]["points.S12"]) == ("55", "33.6")
    # of S02 no more than 5 points can be had; at 5,715 P1 falls to 60 + 40 × 5000 ÷ 5715
    assert (told[1]["lift"], told[1]["lift_from"], told[1]["lift_to"]) == ("S12", "4200", "5715")
    assert [(row["code"], row["weight"], row["asked"]) for row in rows(slice_of(book), WEIGHTS)] == [
        ("S02", "60", "60"),
        ("S12", "40", None),
    ]


def test_a_year_that_nobody_has_finished_does_not_replace_the_last_one(book: Book) -> None:
    """P2 has filed a quarter of 2026."""
    record(book, *weights(S12=100))
    assert read_appraisal(slice_of(book)).year == "2026"
    record(book, *weights(S02=100))
    appraisal = read_appraisal(slice_of(book))
    assert (appraisal.year, appraisal.years) == ("2025", ("2024", "2025", "2026"))
    assert [row["reason"] for row in rows(slice_of(book), APPRAISAL, "2024")] == [
        "appraisal.nobody_complete"
    ] * 3


def test_equal_scores_share_a_place(book: Book) -> None:
    record(book, *weights(S14=10))
    assert {(row["place"], row["sharing"]) for row in rows(slice_of(book), APPRAISAL)} == {(1, 2)}


def test_a_park_hears_its_own_place_and_of_few_others_nothing(book: Book) -> None:
    record(book, *weights(S02=100))
    (own,) = rows(own_park(book), APPRAISAL)
    assert (own["park"], own["place"], own["ranked"], own["lift"]) == ("P1", 1, 3, None)
    assert rows(own_park(book), LIFTS) == []
    (spread,) = rows(own_park(book), QUANTILES)
    assert (spread["n"], spread["median"], spread["reason"]) == (2, None, "park.too_few_others")


def test_from_five_others_on_a_park_hears_whole_quantiles_and_what_would_lift_it(book: Book) -> None:
    """P2 with 55, P3 with 70, and four parks with 54.5: 90.83…, 91.67 and 100 of 100."""
    more = [f"P{number}" for number in range(4, 8)]
    record(book, *weights(S02=100), *map(park, more))
    record(book, *(park_figure(code, period="2025", value=57) for code in more))
    second = slice_of(book, own_park(book).scope)
    (spread,) = rows(second, QUANTILES)
    assert {name: spread[name] for name in ("n", "p25", "median", "p75")} == {
        "n": 6,
        "p25": 95,
        "median": 95,
        "p75": 95,
    }
    assert {row["park"] for row in appraisal_rows(second) if "park" in row} == {"P1"}
