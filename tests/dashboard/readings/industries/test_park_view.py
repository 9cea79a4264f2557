"""A park in one answer: its industries over time, the funds that serve it, and the city's money in them."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.readings.industries.park_view import read_park_view
from dashboard.readings.returns.performance import read_performance
from dashboard.reports.question import Question, answer
from funds.book import Book
from funds.queries.scopes import fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, own_park, park_book, slice_of
from tests.engines import SqliteDatabases


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def test_industries_that_lead_come_first_and_those_that_ended_last(book: Book) -> None:
    rows = read_park_view(own_park(book)).table("leading")

    assert [(row["industry"], row["from"], row["to"], row["is_leading"]) for row in rows] == [
        ("IC", "2020-01-01", None, True),
        ("BIO", "2023-01-01", None, True),
        ("EV", "2020-01-01", "2022-07-01", False),
    ]


def test_an_industry_not_yet_listed_is_not_shown(book: Book) -> None:
    rows = read_park_view(own_park(book, date(2021, 1, 1))).table("leading")

    assert [row["industry"] for row in rows] == ["IC", "EV"]


def test_funds_stand_apart_by_relation_with_share_and_fields(book: Book) -> None:
    rows = read_park_view(own_park(book)).table("serving")

    assert [(row["fund"], row["relation"], row["share_ppm"], row["serves"]) for row in rows] == [
        ("F1", "established", 1_000_000, ["IC"]),
        ("F2", "established", 600_000, []),
        ("F9", "located", 1_000_000, ["BIO", "IC"]),
    ]


def test_a_fund_is_told_as_a_whole(book: Book) -> None:
    row = read_park_view(own_park(book)).table("serving")[1]
    returns = read_performance(slice_of(book, fund_scope("F2")))

    assert row["PF02.paid_in"] == returns.figure("PF02").value == wan(1_000)
    assert row["invested"] == returns.figure("PF16").numerator == wan(200)


def test_a_fund_only_located_in_the_park_keeps_its_figures_from_its_official(book: Book) -> None:
    own, commission = (
        read_park_view(slice_).table("serving")[2]
        for slice_ in (own_park(book), slice_of(book, park_scope("P1")))
    )

    assert own["reason"] == "park.fund_not_yours"
    assert "PF01.committed" not in own
    assert commission["PF01.committed"] == wan(400)


def test_the_citys_money_is_its_budget_and_its_mothers(book: Book) -> None:
    told = {row["kind"]: row["paid_in"] for row in read_park_view(own_park(book)).table("city_money")}

    assert told == {
        "city_fiscal": wan(300),
        "city_mothers": wan(1_500),
        "all_money": wan(3_000 + 600),
    }


def test_the_report_of_a_park_holds_every_table_of_its_page(book: Book) -> None:
    told = answer(book, OFFICIAL, Question("park", AS_OF, park_scope("P1")))
    view = read_park_view(own_park(book))

    tables = {row["table"] for row in view.rows}
    assert tables >= {"leading", "leading_change", "serving", "city_money", "quantiles"}
    assert tables >= {"source_flow", "segment_flow", "off_industry"}
    for table in tables:
        assert told.table(str(table)) == view.table(str(table))
    for figure in view.figures:
        assert told.figure(figure.code, figure.basis) == figure


def test_a_park_without_funds_has_figures_and_empty_tables(book: Book) -> None:
    view = read_park_view(slice_of(book, park_scope("P8")))

    assert view.figure("PF02").value == 0
    assert view.table("serving") == view.table("segment_flow") == view.table("off_industry") == ()
