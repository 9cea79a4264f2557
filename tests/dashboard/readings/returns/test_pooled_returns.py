"""Pooled returns: the flows of a group merged by park, industry, vintage and manager, never a mean of rates."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from dashboard.readings.answers import print_ratio
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pooled_returns import pooled_rows
from funds.book import Book
from funds.drafts import Draft
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import (
    commitment,
    contribution,
    distribution,
    fund,
    fund_park,
    nav,
    paid_city,
    party,
    wan,
)
from tests.dashboard.readings.return_books import YEAR_END, book_of, flows
from tests.engines import SqliteDatabases


def several_funds() -> list[Draft]:
    """The paid city, and G of another year, another manager and two industries; H has nothing yet."""
    return [
        *paid_city(),
        party("GP2", "另一管理公司"),
        fund("G", manager="GP2", fields=("IC", "BIO")),
        fund("H"),
        commitment("G", "LP2", 3_000),
        contribution("G", "LP2", 1_000, "2022-05-01"),
        distribution("G", "LP2", 400, "2023-05-01"),
        fund_park("F1", "P1", 60),
        fund_park("F1", "P2", 40),
        nav("F1", 4_500),
        nav("G", 900),
    ]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with book_of(sqlite, *several_funds()) as book:
        yield book


def slice_of(book: Book, scope: Scope = CITY, person: str = "local") -> LedgerSlice:
    return slice_ledger(book, person, scope, YEAR_END)


def groups(slice_: LedgerSlice, by: str) -> dict[tuple[object, object], Mapping[str, object]]:
    rows = pooled_rows(slice_, NetAssetValues.of_slice(slice_))
    return {(row["code"], row["name"]): row for row in rows if row["by"] == by}


def rate(*pairs: tuple[str, int]) -> str | None:
    return flows(*((day, wan(amount)) for day, amount in pairs), ("2024-12-31", 0)).solve().value


def test_parks_get_their_shares_of_a_fund_and_the_city_what_is_nobodys(city: Book) -> None:
    found = groups(slice_of(city), "park")
    assert list(found) == [("P1", "园区P1"), ("P2", "园区P2"), (None, "pooled.city")]
    first, second, rest = found.values()
    assert (first["funds"], second["funds"], rest["funds"]) == (1, 1, 3)
    assert (first["paid_in"], second["paid_in"]) == (wan(1_800), wan(1_200))
    assert (first["nav"], second["nav"]) == (wan(2_700), wan(1_800))
    assert first["rate"] == second["rate"] == rate(("2020-03-01", -3_000), ("2024-12-31", 4_500))
    assert rest["paid_in"] == wan(6_000 + 1_000)


def test_an_industry_pools_the_funds_that_declare_it_alone(city: Book) -> None:
    found = groups(slice_of(city), "industry")
    assert [name for _, name in found] == ["产业IC", "pooled.no_field", "pooled.several_fields"]
    alone = next(iter(found.values()))
    assert (alone["funds"], alone["nav"]) == (1, wan(4_500))
    assert found[None, "pooled.several_fields"]["distributed"] == wan(400)
    assert found[None, "pooled.no_field"]["funds"] == 2


def test_a_vintage_is_the_year_of_the_first_money_and_merges_flows(city: Book) -> None:
    found = groups(slice_of(city), "vintage")
    assert list(found) == [("2020", "2020"), ("2022", "2022"), (None, "pooled.not_paid_in")]
    first, second, empty = found.values()
    # M and F1 together: what M put into F1 stays inside, and her stake is not counted twice.
    assert (first["funds"], first["paid_in"]) == (2, wan(6_000 + 1_000))
    assert first["nav"] == wan(4_000 + 4_500)
    assert first["rate"] == rate(
        ("2020-02-01", -6_000), ("2020-03-01", -1_000), ("2024-12-31", 4_000 + 4_500)
    )
    assert second["tvpi"] == print_ratio(1_300, 1_000)
    assert second["dpi"] == "0.4"
    assert (empty["paid_in"], empty["dpi"], empty["tvpi"], empty["rate"]) == (0, None, None, None)
    assert empty["reason"] == "rate.too_few_flows"


def test_managers_pool_their_funds_and_the_unmanaged_come_last(city: Book) -> None:
    found = groups(slice_of(city), "manager")
    assert list(found) == [("GP", "管理公司"), ("GP2", "另一管理公司"), (None, "pooled.no_manager")]
    assert [row["funds"] for row in found.values()] == [2, 1, 1]


def test_a_parks_groups_hold_its_pieces_only(city: Book) -> None:
    slice_ = slice_of(city, park_scope("P1"))
    for by in ("park", "industry", "vintage", "manager"):
        (row,) = groups(slice_, by).values()
        assert (row["paid_in"], row["nav"]) == (wan(1_800), wan(2_700)), by


def test_one_fund_alone_is_shown_by_its_parks(city: Book) -> None:
    found = groups(slice_of(city, fund_scope("F1")), "park")
    assert [row["paid_in"] for row in found.values()] == [wan(1_800), wan(1_200)]


def test_a_pool_is_no_mean_of_rates(sqlite: SqliteDatabases) -> None:
    drafts: list[Draft] = [party("LP"), party("GP"), fund("A", manager="GP"), fund("B", manager="GP")]
    for code, size, end in (("A", 100, 130), ("B", 900, 910)):
        drafts += [commitment(code, "LP", size), contribution(code, "LP", size, "2024-01-01")]
        drafts += [nav(code, end, "2024-12-31")]
    with book_of(sqlite, *drafts) as book:
        slice_ = slice_ledger(book, "local", CITY, date(2024, 12, 31))
        (row,) = groups(slice_, "manager").values()
    assert row["rate"] == "0.04"  # 365 days, 1,000 became 1,040; the mean of 30 % and 1.1 % is 15.6 %
    assert row["gross_status"] == "too_few_flows"
