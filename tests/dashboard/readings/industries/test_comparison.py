"""A park learns how the others are spread and nothing of any one of them."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.comparison import FEWEST_OTHERS, read_comparison, read_quantiles, value_in
from dashboard.readings.returns.performance import read_performance
from funds.book import Book
from funds.errors import NotAllowed
from funds.queries.scopes import park_scope
from tests.dashboard.readings.park_book import own_park, park_book, slice_of
from tests.engines import SqliteDatabases

ALL = [f"P{number}" for number in range(1, 9)]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def spread(book: Book, code: str = "AL01", basis: str = "cost", as_of: date = date(2025, 12, 31)) -> object:
    (row,) = [
        row
        for row in read_quantiles(own_park(book, as_of)).rows
        if (row["code"], row["basis"]) == (code, basis)
    ]
    return {name: row[name] for name in ("n", "p25", "median", "p75", "reason")}


def test_the_others_are_spread_as_worked_out_by_hand_to_the_percent(book: Book) -> None:
    assert spread(book) == {
        "n": 6,
        "p25": "0.31",
        "median": "0.63",
        "p75": "0.94",
        "reason": None,
    }


def test_too_few_others_show_no_spread_and_say_why(book: Book) -> None:
    told = spread(book, "AL03", "flow_ytd")

    assert told == {
        **dict.fromkeys(("p25", "median", "p75")),
        "n": 1,
        "reason": "park.too_few_others",
    }
    assert spread(book, as_of=date(2021, 12, 31)) == {**told, "n": 0}


def test_exactly_the_fewest_show_a_spread(book: Book) -> None:
    """Before P2 had anything, five others had."""
    told = spread(book, as_of=date(2024, 12, 31))

    assert isinstance(told, dict)
    assert (told["n"], told["median"]) == (FEWEST_OTHERS, "0.5")


def test_the_own_park_is_not_among_the_others(book: Book) -> None:
    everybody = read_quantiles(slice_of(book)).rows[0]

    assert everybody["n"] == 7


def test_no_other_park_is_named(book: Book) -> None:
    text = json.dumps([dict(row) for row in read_quantiles(own_park(book)).rows], ensure_ascii=False)

    assert [code for code in ALL if code in text or f"园区{code}" in text] == []


def test_what_one_park_reads_of_the_others_does_not_depend_on_who_asks(book: Book) -> None:
    commission = slice_of(book, park_scope("P1"))

    assert read_quantiles(commission).rows == read_quantiles(own_park(book)).rows


@pytest.mark.parametrize("mode", TagMode)
def test_a_row_of_the_comparison_is_the_parks_own_report(book: Book, mode: TagMode) -> None:
    city = slice_of(book)
    rows = read_comparison(city, ALL, mode=mode).table("parks")

    assert [row["code"] for row in rows] == ALL
    for row in rows:
        part = city.narrow(park_scope(str(row["code"])))
        alignment, returns = read_alignment(part, mode), read_performance(part)
        for figure in alignment.figures:
            if figure.code in ("AL01", "AL02", "AL03", "AL04", "AL05", "AL06"):
                assert row[f"{figure.code}.{figure.basis}"] == figure.value
        assert value_in(row, "PF08", "nav")[1] == returns.figure("PF08").value


def test_the_median_row_is_over_the_parks_that_have_a_value(book: Book) -> None:
    (median,) = read_comparison(slice_of(book), ALL).table("median")

    assert median["AL01.cost"] == "0.568862275449", "950 ÷ 1,670 is the middle of 0, ¼, ½, it, ¾, 1, 1"


def test_no_parks_have_no_median(book: Book) -> None:
    assert read_comparison(slice_of(book), []).rows == ()


def test_an_official_cannot_compare_other_parks(book: Book) -> None:
    with pytest.raises(NotAllowed):
        read_comparison(own_park(book), ["P1", "P2"])
