"""How many basis points of a rate rest on the last mark: today's rate less the one without it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from dashboard.readings.returns.last_marks import (
    NO_EARLIER_MARK,
    NO_MARK,
    Sensitivity,
    gross_sensitivity,
    net_sensitivity,
    rate_rows,
)
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import Pool, work_out
from funds.book import Book
from funds.drafts import Draft
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope
from tests.builders import contribution, distribution, investment, mark, nav, paid_city, record, wan
from tests.dashboard.readings.return_books import book_of, flows, twice_turned
from tests.engines import SqliteDatabases

F1 = fund_scope("F1")
END = date(2024, 12, 31)


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    drafts: list[Draft] = [*paid_city(), investment("F1", "C1", 1_000, "2021-06-30")]
    with book_of(sqlite, *drafts) as book:
        yield book


def pool_of_scope(book: Book, scope: Scope = F1, day: date = END) -> tuple[LedgerSlice, Pool]:
    slice_ = slice_ledger(book, "local", scope, day)
    return slice_, work_out(slice_, NetAssetValues.of_slice(slice_))


def points(now: str, then: str) -> str:
    return str(((Decimal(now) - Decimal(then)) * 10_000).quantize(Decimal("0.01")))


def test_the_rate_without_the_last_report_rolls_the_earlier_one_forward(city: Book) -> None:
    record(
        city,
        nav("F1", 3_600, "2024-06-30"),
        distribution("F1", "M", 300, "2024-08-01"),
        nav("F1", 4_100, "2024-11-30"),
    )
    slice_, pool = pool_of_scope(city)
    found = net_sensitivity(slice_, pool)
    paid = (("2020-03-01", -wan(2_000)), ("2020-03-01", -wan(1_000)), ("2024-08-01", wan(300)))
    now = flows(*paid, ("2024-12-31", wan(4_100))).solve().value
    then = flows(*paid, ("2024-12-31", wan(3_600 - 300))).solve().value
    assert found == Sensitivity(points(str(now), str(then)), None, date(2024, 9, 30))
    assert Decimal(str(found.points)) > 400


def test_the_gross_rate_rests_on_the_marks_of_what_is_held(city: Book) -> None:
    record(city, mark("F1", "C1", 1_500, "2023-12-31"), mark("F1", "C1", 1_400, "2024-12-31"))
    slice_, pool = pool_of_scope(city)
    now = flows(("2021-06-30", -wan(1_000)), ("2024-12-31", wan(1_400))).solve().value
    then = flows(("2021-06-30", -wan(1_000)), ("2024-12-31", wan(1_500))).solve().value
    assert gross_sensitivity(slice_, pool).points == points(str(now), str(then))
    assert Decimal(str(gross_sensitivity(slice_, pool).points)) < 0


def test_without_any_mark_or_without_an_earlier_one_the_reason_stands(city: Book) -> None:
    slice_, pool = pool_of_scope(city)
    assert net_sensitivity(slice_, pool) == Sensitivity(None, NO_MARK)
    assert gross_sensitivity(slice_, pool) == Sensitivity(None, NO_MARK)
    record(city, mark("F1", "C1", 1_400, "2024-12-31"))
    slice_, pool = pool_of_scope(city)
    assert net_sensitivity(slice_, pool) == Sensitivity(None, NO_EARLIER_MARK, date(2024, 9, 30))
    rows = list(rate_rows(slice_, pool))
    assert [(row["side"], row["last_mark_reason"]) for row in rows] == [
        ("net", NO_EARLIER_MARK),
        ("gross", NO_EARLIER_MARK),
    ]
    assert {row["valued_before"] for row in rows} == {"2024-09-30"}


def test_every_root_stands_in_the_rows_and_no_single_rate_is_picked(sqlite: SqliteDatabases) -> None:
    marks = [mark("T", "T2", 0, "2023-03-31"), mark("T", "T2", 0, "2023-06-30")]
    with book_of(sqlite, *twice_turned(), *marks) as book:
        slice_, pool = pool_of_scope(book, fund_scope("T"), date(2023, 12, 31))
        rows = {row["side"]: row for row in rate_rows(slice_, pool)}
    for side in ("net", "gross"):
        assert rows[side]["status"] == "multiple_roots"
        assert rows[side]["roots"] == ["0.1", "0.2"]
        assert (rows[side]["value"], rows[side]["reason"]) == (None, "rate.multiple_roots")
        assert (rows[side]["last_mark_bps"], rows[side]["last_mark_reason"]) == (None, "rate.multiple_roots")
        assert rows[side]["valued_before"] == "2023-03-31"


def test_a_city_counts_the_reports_of_all_its_funds(city: Book) -> None:
    record(
        city,
        nav("F1", 3_100, "2024-03-31"),
        nav("F1", 3_300, "2024-06-30"),
        nav("M", 6_100, "2024-03-31"),
        contribution("M", "LP1", 100, "2024-10-01"),
    )
    slice_, pool = pool_of_scope(city, CITY)
    found = net_sensitivity(slice_, pool)
    assert found.before == date(2024, 3, 31)
    assert Decimal(str(found.points)) > 0
