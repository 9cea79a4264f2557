"""Candidates for a gap come from the register with their reason, and tell nothing of what others hold."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.readings.industries.chain_map import CANDIDATE, NODE, chain_rows
from funds.book import Book
from funds.queries.scopes import industry_scope, park_scope
from tests.builders import exit_, investment, record, wan
from tests.dashboard.readings.industries.chain_book import OFFICIAL, chain_book, slice_of
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with chain_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def rows(book: Book, table: str, login: str = OFFICIAL) -> list[dict[str, Any]]:
    """A table of P1's chain."""
    told = chain_rows(slice_of(book, park_scope("P1"), login))
    return [dict(row) for row in told if row["table"] == table]


def fitting(book: Book, segment: str, login: str = OFFICIAL) -> list[tuple[str, str]]:
    found = [row for row in rows(book, CANDIDATE, login) if row["segment"] == segment]
    return [(row["company"], row["fit_reason"].removeprefix("chains.fit_")) for row in found]


def test_each_candidate_has_its_reason_the_parks_own_and_the_closest_first(book: Book) -> None:
    assert fitting(book, "S2", "local") == [
        ("D2", "tag"),
        ("D1", "tag"),
        ("D4", "industry_tag"),
        ("D5", "industry_code"),
    ]
    assert fitting(book, "S3", "local") == [
        ("D3", "code"),
        ("D4", "industry_tag"),
        ("D5", "industry_code"),
    ]


def test_a_code_that_fits_only_in_part_or_unchecked_says_so(book: Book) -> None:
    (row,) = [row for row in rows(book, CANDIDATE) if row["company"] == "D3"]
    assert (row["matched_code"], row["match_partial"], row["match_unchecked"]) == ("3973", True, True)
    assert (row["national_name"], row["is_leader"]) == ("集成电路制造", True)


def test_a_covered_segment_has_no_candidates(book: Book) -> None:
    gaps = {row["segment"] for row in rows(book, NODE) if row["is_gap"]}
    assert gaps == {"S2", "S2A", "S3"}
    assert {row["segment"] for row in rows(book, CANDIDATE)} == gaps


def test_what_another_park_holds_makes_no_difference_to_an_official(book: Book) -> None:
    """D9 is F2's: the commission is not offered it, the official of P1 cannot tell."""
    assert ("D9", "tag") not in fitting(book, "S2", "local")
    before = rows(book, CANDIDATE)
    assert ("D9", "tag") in fitting(book, "S2")
    record(book, investment("F2", "D1", 50), exit_("F2", "D9", 120, cost_out_fen=wan(100)))
    assert rows(book, CANDIDATE) == before
    assert ("D1", "tag") not in fitting(book, "S2", "local")


def test_a_firm_that_a_fund_has_left_is_not_offered_again(book: Book) -> None:
    record(book, exit_("F1", "C1", 120, cost_out_fen=wan(100)))
    gaps = {row["segment"] for row in rows(book, NODE) if row["is_gap"]}
    assert "S1" in gaps
    assert ("C1", "tag") not in fitting(book, "S1", "local")


def test_of_an_industry_no_park_comes_first(book: Book) -> None:
    told = chain_rows(slice_of(book, industry_scope("IC"), "local"))
    found = [row["company"] for row in told if row["table"] == CANDIDATE and row["segment"] == "S2A"]
    assert found == ["D2", "D4", "D5"]
