"""Industries are suggested by national code, by name and by firms of the same code, each with its reason."""

from collections.abc import Iterator

import pytest

from dashboard.readings.industries.tag_suggestions import TagSuggestion, tag_suggestions
from funds.book import Book
from funds.drafts import Draft
from funds.kinds import Confirmation
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import company_scope
from tests.builders import base_city, company, crosswalk, day, industry, national_industry, prepared_book, tag
from tests.engines import SqliteDatabases

ON = day("2025-12-31")


def coded_city() -> list[Draft]:
    """Codes that speak for one industry, for several, in part, checked and unchecked; six firms of one code."""
    return [
        *base_city(),
        industry("AI", "人工智能", aliases="智能算法;智"),
        industry("DIG", "数字经济"),
        industry("OLD", "旧产业", from_date=day("2020-01-01"), to_date=day("2022-01-01"), aliases="算力"),
        national_industry("39", name="计算机制造"),
        national_industry("3973", name="集成电路制造", level="小类"),
        national_industry("65", name="软件"),
        crosswalk("BIO", "39", is_partial=True),
        crosswalk("IC", "3973", confirmation=Confirmation.CONFIRMED),
        crosswalk("AI", "65"),
        crosswalk("DIG", "65"),
        crosswalk("OLD", "65"),
        crosswalk("BIO", "27", is_partial=True, confirmation=Confirmation.CONFIRMED),
        company("K1", "某公司", national_code="3973"),
        company("K2", "某智能算法算力公司", national_code="6513"),
        company("K3", "某公司", national_code="3919"),
        company("K4", "某公司", national_code="2710"),
        company("K5", "某公司", national_code="9999"),
        *(company(f"Z{number}", national_code="9999") for number in range(5)),
        tag("Z0", "BIO"),
        tag("Z1", "BIO", 60),
        tag("Z1", "IC", 40),
        tag("Z2", "IC"),
        tag("K1", "IC"),
    ]


@pytest.fixture(scope="module")
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "coded", coded_city) as book:
        yield book


def suggested(book: Book, code: str) -> list[TagSuggestion]:
    """What is suggested for a firm."""
    slice_ = slice_ledger(book, "local", company_scope(code), ON)
    firm = next(one for one in slice_.facts.companies.values() if one.code == code)
    return list(tag_suggestions(slice_, firm))


def told(book: Book, code: str) -> list[tuple[str, int | None, list[str]]]:
    """Industry, weight and reasons."""
    return [
        (one.industry, one.weight_ppm, [reason.code for reason in one.reasons])
        for one in suggested(book, code)
    ]


def test_the_longest_code_speaks_and_gives_the_whole_weight_where_it_speaks_for_one(city: Book) -> None:
    assert told(city, "K1") == [("IC", 1_000_000, ["suggestion.code_wholly"])]
    (one,) = suggested(city, "K1")
    assert one.is_tagged
    assert dict(one.reasons[0].params) == {"code": "3973", "prefix": "3973", "named": "集成电路制造"}


def test_a_partial_row_says_so_and_gives_no_weight(city: Book) -> None:
    assert told(city, "K3") == [("BIO", None, ["suggestion.code_partly_unchecked"])]
    assert told(city, "K4") == [("BIO", None, ["suggestion.code_partly"])]


def test_several_industries_of_one_code_leave_the_weight_open_and_a_name_speaks_too(city: Book) -> None:
    assert told(city, "K2") == [
        ("AI", None, ["suggestion.code_wholly_unchecked", "suggestion.name"]),
        ("DIG", None, ["suggestion.code_wholly_unchecked"]),
    ]
    reason = suggested(city, "K2")[0].reasons[1]
    assert dict(reason.params) == {"alias": "智能算法"}, "one sign is no reason; what lapsed is none either"


def test_firms_of_the_same_code_speak_where_most_agree(city: Book) -> None:
    assert told(city, "K5") == [
        ("BIO", None, ["suggestion.peers"]),
        ("IC", None, ["suggestion.peers"]),
    ]
    assert dict(suggested(city, "K5")[0].reasons[0].params) == {"code": "9999", "agreeing": "2", "peers": "3"}
    assert told(city, "Z0") == [], "two tagged firms besides are too few"


def test_a_firm_without_code_or_telling_name_gets_no_suggestion(city: Book) -> None:
    assert told(city, "C1") == []


def test_a_suggestion_is_a_row_of_a_report(city: Book) -> None:
    assert suggested(city, "K1")[0].row("K1") == {
        "table": "tag_suggestion",
        "company": "K1",
        "industry": "IC",
        "name": "产业IC",
        "weight_ppm": 1_000_000,
        "is_tagged": True,
        "reasons": [
            {
                "reason": "suggestion.code_wholly",
                "code": "3973",
                "prefix": "3973",
                "named": "集成电路制造",
            }
        ],
    }
