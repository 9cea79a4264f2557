"""The report of returns: the same figures as everywhere, and a table for each question behind them."""

from collections.abc import Iterator

import pytest

from dashboard.readings.places import read_fund
from dashboard.readings.returns.performance import read_performance
from dashboard.readings.returns.returns import read_returns
from funds.book import Book
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import fund, index_level, nav, record, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases

TABLES = ("fund", "rate", "period", "j_curve", "market", "nav_bridge", "pooled")


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    levels = [index_level("TR", "2020-01-02", 100, is_total_return=True), index_level("PR", "2020-01-02")]
    with book_of(sqlite, *worked_city(), fund("H"), *levels) as book:
        yield book


def city_slice(book: Book) -> LedgerSlice:
    return slice_ledger(book, "local", CITY, YEAR_END)


def test_the_report_has_the_figures_of_performance_and_every_table(city: Book) -> None:
    reading = read_returns(city_slice(city))
    assert reading.figures == read_performance(city_slice(city)).figures
    assert [figure.code for figure in reading.figures] == [f"PF{number:02d}" for number in range(1, 18)]
    assert tuple(dict.fromkeys(row["table"] for row in reading.rows)) == TABLES
    assert [row["index"] for row in reading.table("market")] == ["TR", "PR"]
    assert reading.table("deals") == ()
    assert read_performance(city_slice(city)).rows == ()


def test_a_funds_page_has_the_same_figures(city: Book) -> None:
    slice_ = slice_ledger(city, "local", fund_scope("F1"), YEAR_END)
    found = {figure.code: figure for figure in read_fund(slice_).figures}
    for figure in read_returns(slice_).figures:
        assert found[figure.code] == figure


def test_each_fund_stands_as_a_whole_with_both_its_values(city: Book) -> None:
    record(city, nav("F1", 3_450, "2024-12-31"))
    rows = {row["fund"]: row for row in read_returns(city_slice(city)).table("fund")}
    assert list(rows) == ["F1", "H", "M"]
    fund_row = rows["F1"]
    assert (fund_row["nav_source"], fund_row["PF04"]) == ("reported", wan(3_450))
    assert (fund_row["nav_reported"], fund_row["nav_derived"]) == (wan(3_450), wan(3_300))
    assert (fund_row["nav_difference"], fund_row["vintage"]) == (wan(150), 2020)
    assert (fund_row["net_status"], fund_row["net_roots"]) == ("ok", [fund_row["PF09"]])
    assert (fund_row["under_a_year"], fund_row["period_return"]) == (False, None)
    assert (rows["M"]["nav_reported"], rows["M"]["nav_difference"]) == (None, None)
    assert (rows["H"]["vintage"], rows["H"]["PF08"], rows["H"]["net_status"]) == (None, None, "too_few_flows")


def test_a_young_fund_adds_the_return_of_its_period(city: Book) -> None:
    slice_ = slice_ledger(city, "local", fund_scope("F1"), YEAR_END.replace(year=2020))
    (row,) = read_returns(slice_).table("fund")
    # 3,000 paid in on 1 March, 2,980 left after fees 305 days later.
    assert row["under_a_year"] is True
    assert float(str(row["period_return"])) == pytest.approx(-20 / 3_000, abs=1e-9)
    assert float(str(row["PF09"])) == pytest.approx((2_980 / 3_000) ** (365 / 305) - 1, abs=1e-9)
