"""Every project outside the leading industries has its reason, and their cost ties with AL01."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.off_industry import off_industry_rows
from dashboard.readings.industries.park_view import park_of
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import park_scope
from tests.builders import wan
from tests.dashboard.readings.park_book import own_park, park_book, slice_of
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def rows_of(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> dict[object, Mapping[str, object]]:
    return {row["company"]: row for row in off_industry_rows(slice_, park_of(slice_).id, mode)}


def test_each_project_says_why_it_is_outside(book: Book) -> None:
    rows = rows_of(own_park(book))

    assert [(code, row["reason"], row["since"]) for code, row in rows.items()] == [
        ("C2", "park.off_ended", "2022-07-01"),
        ("C4", "park.off_not_leading", None),
        ("C5", "park.off_untagged", None),
        ("C3", "park.off_at_decision", "2023-01-01"),
    ]


def test_an_industry_that_is_listed_later_says_from_when(book: Book) -> None:
    row = rows_of(own_park(book, date(2022, 1, 1)))["C3"]

    assert (row["reason"], row["since"]) == ("park.off_not_yet", "2023-01-01")


def test_by_weight_only_a_part_is_outside(book: Book) -> None:
    row = rows_of(own_park(book), TagMode.FRACTIONAL)["C4"]

    assert (row["reason"], row["off_cost"], row["cost"]) == ("park.off_partly", wan(72), wan(120))


def test_a_tag_that_does_not_speak_is_told_where_it_leads(book: Book) -> None:
    row = rows_of(own_park(book))["C4"]

    assert (row["industries"], row["other_leading"]) == (["MAT"], ["IC"])


def test_a_project_says_where_its_firm_is_registered(book: Book) -> None:
    told = {code: row["registered_reason"] for code, row in rows_of(own_park(book)).items()}

    assert told == {
        "C2": "park.registered_here",
        "C3": "park.registered_elsewhere",
        "C4": "park.registered_nowhere",
        "C5": "park.registered_nowhere",
    }


@pytest.mark.parametrize("mode", TagMode)
@pytest.mark.parametrize("code", [f"P{number}" for number in range(1, 8)])
def test_what_is_outside_is_what_al01_leaves_out(book: Book, code: str, mode: TagMode) -> None:
    slice_ = slice_of(book, park_scope(code))
    figure = read_alignment(slice_, mode).figure("AL01", "cost")

    rows = off_industry_rows(slice_, park_of(slice_).id, mode)

    outside = sum(int(str(row["off_cost"])) for row in rows)
    assert outside == (figure.denominator or 0) - (figure.numerator or 0)
    assert {row["is_off"] for row in rows if row["off_cost"]} <= {True}
