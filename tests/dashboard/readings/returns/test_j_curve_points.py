"""The J-curve: a point for each quarter end, valued by what bears a date up to then."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from dashboard.readings.returns.j_curve_points import j_curve_rows
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import work_out
from funds.book import Book
from funds.drafts import Draft
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import distribution, fund_park, nav, paid_city, record, wan
from tests.dashboard.readings.return_books import book_of, flows, pool_of, twice_turned
from tests.engines import SqliteDatabases

END = date(2021, 5, 20)


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    drafts: list[Draft] = [
        *paid_city(),
        nav("F1", 2_900, "2020-06-30"),
        nav("F1", 2_700, "2020-12-31"),
        distribution("F1", "M", 100, "2020-11-01"),
        distribution("F1", "LP2", 50, "2020-11-01"),
    ]
    with book_of(sqlite, *drafts) as book:
        yield book


def points(book: Book, scope: Scope, day: date = END) -> list[Mapping[str, object]]:
    slice_ = slice_ledger(book, "local", scope, day)
    return list(j_curve_rows(slice_, work_out(slice_, NetAssetValues.of_slice(slice_))))


def test_each_quarter_end_since_the_first_flow_has_its_own_value(city: Book) -> None:
    rows = points(city, fund_scope("F1"))
    assert [row["day"] for row in rows] == [
        "2020-03-31",
        "2020-06-30",
        "2020-09-30",
        "2020-12-31",
        "2021-03-31",
        "2021-05-20",
    ]
    assert [row["nav"] for row in rows] == [wan(nav) for nav in (3_000, 2_900, 2_900, 2_700, 2_700, 2_700)]
    assert [row["nav_source"] for row in rows] == ["derived", *["reported"] * 5]
    assert [row["distributed"] for row in rows] == [wan(nav) for nav in (0, 0, 0, 150, 150, 150)]
    assert {row["paid_in"] for row in rows} == {wan(3_000)}
    assert rows[3]["net"] == -wan(2_850)
    assert rows[3]["value"] == -wan(150)
    assert rows[3]["tvpi"] == "0.95"


def test_each_point_has_the_rate_that_was_then_to_be_seen(city: Book) -> None:
    rows = points(city, fund_scope("F1"))
    assert (rows[0]["status"], rows[0]["rate"]) == ("ok", "0")
    for row in rows[:-1]:
        earlier = points(city, fund_scope("F1"), date.fromisoformat(str(row["day"])))
        assert earlier[-1] == row


def test_a_city_curve_leaves_out_what_stays_between_its_funds(city: Book) -> None:
    rows = points(city, CITY)
    assert rows[0]["day"] == "2020-03-31"
    assert {row["paid_in"] for row in rows} == {wan(7_000)}
    assert rows[-1]["distributed"] == wan(50)
    assert rows[-1]["nav"] == wan(4_000 + 100) + wan(2_700)


def test_a_park_curve_is_its_piece_of_the_fund(city: Book) -> None:
    record(city, fund_park("F1", "P1", 60), fund_park("F1", "P2", 40))
    whole = points(city, fund_scope("F1"))
    parts = [points(city, park) for park in (park_scope("P1"), park_scope("P2"))]
    for at, row in enumerate(whole):
        assert sum(int(str(part[at]["nav"])) for part in parts) == row["nav"]
        assert {part[at]["rate"] for part in parts} == {row["rate"]}


def test_a_point_with_several_rates_lists_them_and_picks_none(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *twice_turned()) as book:
        last = points(book, fund_scope("T"), date(2023, 3, 31))[-1]
    assert (last["status"], last["rate"], last["reason"]) == ("multiple_roots", None, "rate.multiple_roots")
    assert last["roots"] == ["0.1", "0.2"]


def test_a_scope_without_flows_has_no_curve(city: Book) -> None:
    assert points(city, CITY, date(2019, 6, 30)) == []


def test_a_curve_without_money_paid_in_has_no_multiple(city: Book) -> None:
    slice_ = slice_ledger(city, "local", fund_scope("F1"), END)
    rows = list(j_curve_rows(slice_, pool_of(flows(("2020-11-01", wan(150))), wan(2_700), "2021-05-20")))
    assert {row["tvpi"] for row in rows} == {None}
    assert rows[-1]["status"] == "no_sign_change"
