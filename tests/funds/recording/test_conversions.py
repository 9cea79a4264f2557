"""A convertible becomes shares: the payment says both and the day, no money moves, the cost stays."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dashboard.readings.portfolio.fund_papers import read_papers
from dashboard.readings.portfolio.holdings import held_firms
from funds.book import Book
from funds.drafts.holdings import ConversionDraft
from funds.errors import NotAllowed, RulesBroken
from funds.models import DealFact, Entry
from funds.problems import Problem
from funds.queries.invariants import check_invariants
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import fund_scope
from funds.recording import Recorded, record_conversions
from tests.builders import day, invested_city, investment, person, prepared_book, record, rows_of, wan
from tests.engines import SqliteDatabases


def with_bonds() -> list[Any]:
    """The invested city where F1 holds a convertible of C3 beside shares that it paid for later."""
    return [
        *invested_city(),
        investment("F1", "C3", 300, "2021-06-30", instrument="可转债"),
        investment("F1", "C3", 200, "2022-06-30", instrument="增资"),
    ]


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "with bonds", with_bonds) as made:
        yield made
    sqlite.drop_made()


def conversion(**more: Any) -> ConversionDraft:
    kept = {"fund": "F1", "company": "C3", "instrument": "股权", "earlier": "可转债", **more}
    return ConversionDraft(converted_on=day("2023-03-31"), **kept)


def convert(book: Book, *drafts: ConversionDraft, login: str = "local") -> Recorded:
    with book.change(login, "转股") as change:
        return record_conversions(change, drafts)


def said(book: Book) -> list[str | None]:
    return [row["instrument"] for row in sorted(rows_of(book, DealFact), key=lambda row: row["paid_on"])]


def broken_invariants(book: Book) -> list[Problem]:
    with book.look() as look:
        return check_invariants(look.connection, look.version)


def test_a_conversion_says_what_it_was_what_it_became_and_when(book: Book) -> None:
    money = rows_of(book, Entry)
    assert convert(book, conversion()).new == 1
    assert [words for words in said(book) if words] == ["可转债", "增资", "股权"]
    assert rows_of(book, Entry) == money
    assert broken_invariants(book) == []


def test_a_conversion_leaves_the_cost_as_it_was(book: Book) -> None:
    convert(book, conversion())
    slice_ = slice_ledger(book, "local", fund_scope("F1"), day("2025-12-31"))
    costs = {slice_.facts.companies[firm.company].code: firm.course.cost for firm in held_firms(slice_)}
    assert costs["C3"] == wan(500)


def test_the_same_conversion_again_adds_nothing(book: Book) -> None:
    convert(book, conversion())
    assert (convert(book, conversion()).new, convert(book, conversion()).same) == (0, 1)


def test_without_an_earlier_instrument_every_payment_made_by_the_day_is_meant(book: Book) -> None:
    assert convert(book, conversion(earlier=None, instrument="普通股")).new == 2
    assert said(book)[-2:] == ["普通股", "普通股"]


def test_what_was_paid_without_an_instrument_says_what_it_became(book: Book) -> None:
    convert(book, conversion(company="C1", earlier=None))
    assert said(book)[-1] == "股权"


def test_what_was_converted_once_is_converted_again_from_what_it_became(book: Book) -> None:
    convert(book, conversion(instrument="优先股"))
    later = replace(conversion(earlier="优先股"), converted_on=day("2024-03-31"))
    assert convert(book, later).new == 1
    assert said(book)[-2:] == ["优先股", "股权"]
    with pytest.raises(RulesBroken):
        convert(book, replace(conversion(earlier="可转债"), converted_on=day("2024-06-30")))


def test_before_the_day_the_holding_is_what_it_was(book: Book) -> None:
    convert(book, conversion())
    papers = {}
    for on in ("2023-03-30", "2023-03-31"):
        slice_ = slice_ledger(book, "local", fund_scope("F1"), day(on))
        papers[on] = read_papers(book, slice_)["F1", "C3"].instruments
        assert len(slice_.ledger.decisions) == 4
    assert papers == {"2023-03-30": ("可转债", "增资"), "2023-03-31": ("可转债", "增资", "股权")}


def test_the_ledger_of_before_comes_in_again_without_a_contradiction(book: Book) -> None:
    convert(book, conversion())
    again = record(book, investment("F1", "C3", 300, "2021-06-30", instrument="可转债"))
    assert (again["investment"].new, again["investment"].same) == (0, 1)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"earlier": "优先股"}, "conversion.nothing_paid", "earlier"),
        ({"instrument": "可转债"}, "conversion.same_instrument", "instrument"),
        ({"instrument": "股" * 201}, "value.too_long", "instrument"),
        ({"company": "GP"}, "code.not_this_kind", "company"),
    ],
)
def test_a_conversion_that_cannot_be_is_refused_at_its_field(
    book: Book, changed: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(RulesBroken) as broken:
        convert(book, conversion(**changed))
    assert [(one.code, one.where) for one in broken.value.problems] == [(code, f"form:{field}")]


def test_nobody_converts_what_belongs_to_a_fund_of_others(book: Book) -> None:
    record(book, person("stranger"))
    with pytest.raises(NotAllowed):
        convert(book, conversion(), login="stranger")
