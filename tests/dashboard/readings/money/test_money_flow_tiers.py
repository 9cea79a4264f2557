"""Tier by tier the same money ties at every node, and no path leads back to where it came from."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.money.money_flow import KEPT, REUSED, read_money_flow
from dashboard.readings.money.money_flow_tiers import CITY_PARK, fund_tiers, read_tier_flow, tier_rows
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, park_scope
from tests.browser.city import build_city
from tests.builders import (
    build_book,
    commitment,
    contribution,
    fund,
    fund_park,
    investment,
    nature,
    open_book,
    paid_city,
    park_industry,
    record,
    tag,
    wan,
)
from tests.engines import SqliteDatabases

LAST_DAY = date(2026, 9, 30)
YEAR_END = date(2025, 12, 31)


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The made-up city."""
    book = Book(sqlite.copy_of("made-up city", build_city))
    yield book
    book.close()
    sqlite.drop_made()


@pytest.fixture
def small(sqlite: SqliteDatabases) -> Iterator[Book]:
    """A mother M, a fund F1 that parks P1 and the city share, 1,000 in a firm of IC and 500 in one of BIO."""
    book = open_book(sqlite.copy_of("founded", build_book))
    record(
        book,
        *paid_city(),
        nature("LP1"),
        tag("C1", "IC"),
        tag("C2", "BIO"),
        park_industry("P1", "IC"),
        fund_park("F1", "P1", 60),
        fund_park("F1", None, 40),
        investment("F1", "C1", 1_000),
        investment("F1", "C2", 500),
    )
    yield book
    book.close()
    sqlite.drop_made()


def flows(slice_: LedgerSlice) -> Counter[tuple[str, str]]:
    """Amounts by giver and taker."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in read_tier_flow(slice_).rows:
        sums[str(row["giver"]), str(row["taker"])] += int(str(row["amount"]))
    return sums


def tiers_by_code(book: Book) -> dict[str, int]:
    slice_ = slice_ledger(book, "local", CITY, YEAR_END)
    return {slice_.facts.funds[row].code: tier for row, tier in fund_tiers(slice_).items()}


@pytest.mark.parametrize("scope", [CITY, park_scope("P01"), park_scope("P03")])
def test_every_tier_and_industry_ties_to_the_fen(city: Book, scope: Scope) -> None:
    found = flows(slice_ledger(city, "local", scope, LAST_DAY))
    into: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for (giver, taker), amount in found.items():
        out[giver] += amount
        into[taker] += amount
    middle = [node for node in into | out if node.startswith(("tier:", "industry:"))]
    assert len(middle) >= 4
    assert {node: into[node] - out[node] for node in middle if into[node] != out[node]} == {}


def test_tier_by_tier_is_the_same_money_as_fund_by_fund(city: Book) -> None:
    slice_ = slice_ledger(city, "local", CITY, LAST_DAY)
    by_tier = flows(slice_)
    by_fund: Counter[str] = Counter()
    for row in read_money_flow(slice_).rows:
        by_fund[str(row["giver"])] += int(str(row["amount"]))
        by_fund[str(row["taker"])] += int(str(row["amount"]))
    for node in ("nature:fiscal", "nature:social", KEPT, REUSED, "industry:IC"):
        touching = sum(
            amount for pair, amount in by_tier.items() if node in pair and not pair[1].startswith("park:")
        )
        assert touching == by_fund[node], node


def test_money_leads_from_a_tier_only_to_lower_ones(city: Book) -> None:
    pairs = [
        pair for pair in flows(slice_ledger(city, "local", CITY, LAST_DAY)) if pair[1].startswith("tier:")
    ]
    between = [pair for pair in pairs if pair[0].startswith("tier:")]
    assert between
    assert all(int(giver[5:]) < int(taker[5:]) for giver, taker in between)


def test_industries_lead_on_to_the_parks_that_own_the_funds(small: Book) -> None:
    slice_ = slice_ledger(small, "local", CITY, YEAR_END)
    found = flows(slice_)
    assert found["tier:2", "industry:IC"] == wan(1_000)
    assert found["industry:IC", "park:P1"] == wan(600)
    assert found["industry:IC", CITY_PARK] == wan(400)
    assert found["tier:1", "tier:2"] == wan(2_000)
    leading = {(row["giver"], row["taker"]) for row in read_tier_flow(slice_).rows if row["is_leading"]}
    assert ("industry:IC", "park:P1") in leading
    assert ("industry:BIO", "park:P1") not in leading
    assert tier_rows(slice_) == [
        {"table": "tier", "tier": 1, "funds": 1},
        {"table": "tier", "tier": 2, "funds": 1},
    ]


def test_a_fund_stands_below_its_lowest_mother(small: Book) -> None:
    record(small, fund("S"), commitment("S", "M", 100), commitment("S", "F1", 100))
    assert tiers_by_code(small) == {"M": 1, "F1": 2, "S": 3}


def test_funds_that_hold_one_another_share_a_tier_and_their_money_stays_inside_it(small: Book) -> None:
    record(small, commitment("M", "F1", 500), contribution("M", "F1", 200, "2022-01-01"))
    record(small, fund("S"), commitment("S", "F1", 100), contribution("S", "F1", 50, "2022-02-01"))
    assert tiers_by_code(small) == {"M": 1, "F1": 1, "S": 2}
    found = flows(slice_ledger(small, "local", CITY, YEAR_END))
    assert ("tier:1", "tier:1") not in found
    assert found["tier:1", "tier:2"] == wan(50)
    into = sum(amount for pair, amount in found.items() if pair[1] == "tier:1")
    assert into == sum(amount for pair, amount in found.items() if pair[0] == "tier:1") > 0


def test_a_book_without_funds_has_no_tier_and_no_flow(sqlite: SqliteDatabases) -> None:
    book = open_book(sqlite.copy_of("founded", build_book))
    slice_ = slice_ledger(book, "local", CITY, YEAR_END)
    assert fund_tiers(slice_) == {}
    assert read_tier_flow(slice_).rows == ()
    book.close()
    sqlite.drop_made()
