"""One industry across parks: its parts add up, and of other parks nothing is told but who leads and the spread."""

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.readings.industries.industry_list import read_industries
from dashboard.readings.industries.industry_view import read_industry
from dashboard.readings.industries.tag_parts import TagMode
from funds.book import Book
from funds.queries.scopes import CITY, industry_scope, park_scope
from tests.builders import investment, record, wan
from tests.dashboard.readings.industries.chain_book import OFFICIAL, OTHERS, chain_book, slice_of
from tests.dashboard.readings.park_book import park_book
from tests.dashboard.readings.park_book import slice_of as slice_of_parks
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with chain_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def rows(book: Book, table: str, login: str = "local") -> list[dict[str, Any]]:
    reading = read_industry(slice_of(book, industry_scope("IC"), login))
    return [dict(row) for row in reading.table(table)]


@pytest.mark.parametrize("mode", TagMode)
@pytest.mark.parametrize("code", ["IC", "MAT", "BIO"])
def test_funds_firms_and_natures_add_up_to_the_list(
    sqlite: SqliteDatabases, mode: TagMode, code: str
) -> None:
    with park_book(sqlite) as made:
        slice_ = slice_of_parks(made, industry_scope(code))
        reading = read_industry(slice_, mode)
        (listed,) = [row for row in read_industries(slice_, mode).rows if row["code"] == code]
        for table in ("industry_fund", "industry_firm", "industry_money"):
            assert sum(int(str(row["cost"])) for row in reading.table(table)) == listed["cost"], table
    sqlite.drop_made()


def test_who_leads_is_everybodys_and_money_is_that_of_ones_own_park(book: Book) -> None:
    told = rows(book, "industry_park", OFFICIAL)
    assert [row["park"] for row in told] == ["P1", "P2", *OTHERS]
    own, *others = told
    assert (own["cost"], own["share"], own["reason"]) == (wan(100), "1", None)
    assert {(row["cost"], row["share"], row["reason"]) for row in others} == {
        (None, None, "industry.park_not_yours")
    }
    assert [row["fund"] for row in rows(book, "industry_fund", OFFICIAL)] == ["F1"]
    assert [row["company"] for row in rows(book, "industry_firm", OFFICIAL)] == ["C1"]
    assert [row["cost"] for row in rows(book, "industry_park")] == [wan(100)] * 8


def test_the_spread_of_the_others_is_told_to_the_percent_where_there_are_enough(book: Book) -> None:
    (told,) = rows(book, "industry_spread", OFFICIAL)
    assert (told["n"], told["p25"], told["median"], told["p75"]) == (7, "0.5", "0.5", "0.5")
    (whole,) = rows(book, "industry_spread")
    assert (whole["n"], whole["reason"]) == (0, "park.too_few_others")


def test_parks_compete_in_pairs_and_only_who_reads_both_sees_how_much(book: Book) -> None:
    every, own = rows(book, "industry_rival"), rows(book, "industry_rival", OFFICIAL)
    assert (len(every), len(own)) == (8 * 7 // 2, 7)
    assert {(row["first"], row["AL10"], row["reason"]) for row in own} == {
        ("P1", None, "industry.park_not_yours")
    }
    values = {(row["first"], row["second"]): row["AL10"] for row in every}
    assert values["P1", "P2"] == "0", "both hold nothing but IC"
    assert values["P3", "P4"] == "0"
    assert values["P1", "P3"] == "0.292893218813", "1 − 1/√2"


def test_another_parks_deal_changes_nothing_for_an_official(book: Book) -> None:
    before = read_industry(slice_of(book, industry_scope("IC"), OFFICIAL)).rows
    record(book, investment("GP3", "E1", 2))
    assert read_industry(slice_of(book, industry_scope("IC"), OFFICIAL)).rows == before


def test_the_list_follows_the_tree_and_counts_what_may_be_seen(book: Book) -> None:
    (ic, bio) = sorted(read_industries(slice_of(book, CITY)).rows, key=lambda row: row["code"] != "IC")
    assert (ic["firms"], ic["cost"], len(ic["parks"]), ic["aliases"]) == (3, wan(800), 8, "芯片")  # type: ignore[arg-type]
    assert (bio["firms"], bio["cost"]) == (1, wan(600))
    own = {row["code"]: row for row in read_industries(slice_of(book, park_scope("P1"), OFFICIAL)).rows}
    assert (own["IC"]["cost"], own["IC"]["funds"], own["BIO"]["cost"]) == (wan(100), ["F1"], 0)
