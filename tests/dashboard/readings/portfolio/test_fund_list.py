"""The list of funds gives each fund's own figures; a fund's file is part of its report."""

from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.money.leverage import read_leverage
from dashboard.readings.places import read_fund
from dashboard.readings.portfolio.fund_file import fund_file_rows
from dashboard.readings.portfolio.fund_list import LISTED, fund_list_rows, list_funds
from dashboard.readings.portfolio.fund_papers import read_papers
from dashboard.readings.returns.performance import read_performance
from funds.kinds import MarkMethod
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import whole_city
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases


def test_every_figure_of_the_list_is_that_of_the_fund(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        city = slice_ledger(book, "local", CITY, YEAR_END)
    listed = list_funds(city)
    assert [one.fund.code for one in listed] == ["F1", "M"]
    for one in listed:
        part = city.narrow(fund_scope(one.fund.code))
        readings = [read_performance(part), read_leverage(part), read_alignment(part)]
        for code, basis in LISTED:
            (own,) = [
                figure
                for reading in readings
                for figure in reading.figures
                if figure.code == code and basis in (None, figure.basis)
            ]
            assert one.figures[code] == own


def test_a_figure_without_a_number_stands_in_the_report_with_its_reason(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        rows = {row["fund"]: row for row in fund_list_rows(slice_ledger(book, "local", CITY, YEAR_END))}
    assert (rows["M"]["AL01.cost"], rows["M"]["AL01.cost.reason"]) == (None, "alignment.no_holdings")
    assert "AL01.cost.reason" not in rows["F1"]


def test_the_report_of_a_fund_holds_its_file_and_that_of_a_selection_a_line_for_each(
    sqlite: SqliteDatabases,
) -> None:
    with book_of(sqlite, *whole_city()) as book:
        one = slice_ledger(book, "local", fund_scope("F1"), YEAR_END)
        both = slice_ledger(book, "local", fund_scope("F1", "M"), YEAR_END)
        tables = {row["table"] for row in fund_file_rows(one)}
        assert tables >= {
            "life", "pace", "investor", "investor_sum", "composition", "composition_sum", "holding", "holding_sum", "term",
        }  # fmt: skip
        told = read_fund(one)
        assert all(row in told.rows for row in fund_file_rows(one))
        assert [row["fund"] for row in read_fund(both).table("funds")] == ["F1", "M"]
        assert read_fund(both).table("stake")


def test_papers_say_rounds_instruments_and_how_the_last_mark_was_made(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *whole_city()) as book:
        papers = read_papers(book, slice_ledger(book, "local", fund_scope("F1"), YEAR_END))
        before = read_papers(
            book, slice_ledger(book, "local", fund_scope("F1"), YEAR_END.replace(2021, 7, 1))
        )
    assert (papers["F1", "C3"].rounds, papers["F1", "C3"].instruments) == (("A轮",), ("增资",))
    assert (papers["F1", "C1"].rounds, papers["F1", "C1"].method) == ((), MarkMethod.RECENT_ROUND)
    assert (before["F1", "C3"].instruments, before["F1", "C1"].method) == ((), None)
