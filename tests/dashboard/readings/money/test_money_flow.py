"""What flows into a fund flows out of it, to the fen, and parks' parts add up to the whole."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import func, select

from dashboard.readings.money.money_flow import KEPT, OUTSIDE_GIVER, OUTSIDE_TAKER, REUSED, read_money_flow
from funds.book import Book, visible
from funds.kinds import EntryKind, Nature
from funds.models import Entry
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.browser.city import build_city
from tests.builders import (
    base_city,
    build_book,
    contribution,
    exit_,
    fee,
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


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The made-up city."""
    book = Book(sqlite.copy_of("made-up city", build_city))
    yield book
    book.close()
    sqlite.drop_made()


@pytest.fixture
def small(sqlite: SqliteDatabases) -> Iterator[Book]:
    """A mother M with 60 million, and a fund F1 of two parks in which it put 20 million."""
    book = open_book(sqlite.copy_of("founded", build_book))
    record(book, *paid_city(), nature("LP1"), nature("LP2", Nature.SOCIAL))
    yield book
    book.close()
    sqlite.drop_made()


def flows(slice_: LedgerSlice) -> dict[tuple[str, str], int]:
    """Amounts by source and target."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in read_money_flow(slice_).rows:
        sums[str(row["giver"]), str(row["taker"])] += int(str(row["amount"]))
    return dict(sums)


def balance(slice_: LedgerSlice, node: str) -> tuple[int, int]:
    """What comes into a node and what goes out of it."""
    found = flows(slice_)
    return (
        sum(amount for (_, target), amount in found.items() if target == node),
        sum(amount for (source, _), amount in found.items() if source == node),
    )


@pytest.mark.parametrize("scope", [CITY, park_scope("P01"), park_scope("P03"), fund_scope("F01", "F09")])
def test_every_fund_of_the_city_balances_to_the_fen(city: Book, scope: Scope) -> None:
    slice_ = slice_ledger(city, "local", scope, LAST_DAY)
    assert len(slice_.members) >= 2
    for fund in slice_.member_funds:
        into, out = balance(slice_, f"fund:{fund.code}")
        assert into == out > 0, fund.code


def test_what_is_kept_is_what_the_ledger_has_left_of_money_paid_in(city: Book) -> None:
    slice_ = slice_ledger(city, "local", CITY, LAST_DAY)
    found = flows(slice_)
    with city.look() as look:
        query = (
            select(Entry.fund_id, func.sum(Entry.amount_fen))
            .where(visible(Entry, look.version), Entry.moved_on <= LAST_DAY)
            .where(Entry.kind.in_([EntryKind.PAID_IN, EntryKind.STAKE_PAYMENT, EntryKind.INVESTMENT]))
            .group_by(Entry.fund_id)
        )
        left = {row[0]: row[1] for row in look.connection.execute(query)}
    for fund in slice_.member_funds:
        node = f"fund:{fund.code}"
        assert found.get((node, KEPT), 0) - found.get((REUSED, node), 0) == left[fund.id], fund.code


def test_the_parts_of_a_fund_that_parks_share_add_up(city: Book) -> None:
    whole = flows(slice_ledger(city, "local", CITY, LAST_DAY))
    parts = [flows(slice_ledger(city, "local", park_scope(park), LAST_DAY)) for park in ("P01", "P03")]
    natures = [key for key in whole if key[0].startswith("nature:") and key[1] == "fund:F09"]
    industries = [key for key in whole if key[0] == "fund:F09" and key[1].startswith("industry:")]
    assert natures
    assert industries
    for key in natures + industries:
        assert sum(part.get(key, 0) for part in parts) == whole[key], key


def test_money_is_named_by_whose_it_is_and_what_it_went_into(small: Book) -> None:
    record(
        small,
        tag("C1", "IC"),
        tag("C2", "BIO"),
        park_industry("P1", "IC"),
        fund_park("F1", "P1"),
        investment("F1", "C1", 1_000),
        investment("F1", "C2", 500),
        investment("F1", "C3", 100),
        fee("F1", 20),
    )
    slice_ = slice_ledger(small, "local", CITY, date(2025, 12, 31))
    assert flows(slice_) == {
        ("nature:fiscal", "fund:M"): wan(6_000),
        ("nature:social", "fund:F1"): wan(1_000),
        ("fund:M", "fund:F1"): wan(2_000),
        ("fund:M", KEPT): wan(4_000),
        ("fund:F1", "industry:IC"): wan(1_000),
        ("fund:F1", "industry:BIO"): wan(500),
        ("fund:F1", "industry:"): wan(100),
        ("fund:F1", KEPT): wan(1_400),
    }
    leading = {row["taker"] for row in read_money_flow(slice_).rows if row["is_leading"]}
    assert leading == {"industry:IC"}


def test_what_one_park_holds_alone_of_a_transfer_crosses_the_scope(small: Book) -> None:
    record(small, fund_park("M", "P1"), fund_park("F1", "P1", 60), fund_park("F1", "P2", 40))
    first = flows(slice_ledger(small, "local", park_scope("P1"), date(2025, 12, 31)))
    assert first["fund:M", "fund:F1"] == wan(1_200)
    assert first["fund:M", OUTSIDE_TAKER] == wan(800)
    second = flows(slice_ledger(small, "local", park_scope("P2"), date(2025, 12, 31)))
    assert second[OUTSIDE_GIVER, "fund:F1"] == wan(800)


def test_money_that_came_back_and_went_out_again_is_a_source_of_its_own(small: Book) -> None:
    record(
        small,
        investment("F1", "C1", 3_000, "2021-01-01"),
        exit_("F1", "C1", 2_000, "2022-01-01", transferred_ppm=1_000_000),
        investment("F1", "C2", 1_500, "2023-01-01"),
    )
    found = flows(slice_ledger(small, "local", CITY, date(2025, 12, 31)))
    assert found[REUSED, "fund:F1"] == wan(1_500)
    assert ("fund:F1", KEPT) not in found


def test_nature_that_nobody_confirmed_stands_apart(sqlite: SqliteDatabases) -> None:
    book = open_book(sqlite.copy_of("founded", build_book))
    record(book, *base_city(), contribution("M", "LP1", 100))
    found = flows(slice_ledger(book, "local", CITY, date(2025, 12, 31)))
    assert found["nature:undetermined", "fund:M"] == wan(100)
    book.close()
    sqlite.drop_made()
