"""A firm's papers go to whom they belong: rounds to the funds that took part, marks to those that hold it."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.queries.company_papers import CompanyPapers, no_papers
from tests.builders import day
from tests.dashboard.readings.company_book import BEYOND, KEEPER, OFFICIAL, ON, company_book, look_at
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The city of firms, on each engine in turn."""
    with company_book(databases) as made:
        yield made


def papers(book: Book, code: str, login: str, on: str = str(ON)) -> CompanyPapers:
    slice_ = look_at(book, code, login, day(on))
    (company,) = [one.id for one in slice_.facts.companies.values() if one.code == code]
    return slice_.open_company(company)


def test_a_round_and_its_investors_are_known_to_the_funds_that_took_part(book: Book) -> None:
    seen = {login: papers(book, "C1", login) for login in ("local", OFFICIAL, KEEPER, BEYOND)}
    assert {login: len(one.rounds) for login, one in seen.items()} == {
        "local": 2,
        OFFICIAL: 2,
        KEEPER: 2,
        BEYOND: 0,
    }
    assert {login: len(one.lines) for login, one in seen.items()}[BEYOND] == 0
    assert len(seen[OFFICIAL].lines) == 6
    assert papers(book, "C6", OFFICIAL).rounds == ()
    assert [one.code for one in papers(book, "C6", "local").rounds] == ["R3"]


def test_deals_and_marks_are_those_of_the_funds_in_sight(book: Book) -> None:
    whole, own, beyond = (papers(book, "C1", login) for login in ("local", OFFICIAL, BEYOND))
    assert (len(whole.deals), len(own.deals), len(beyond.deals)) == (4, 3, 0)
    assert [mark.is_approved for mark in whole.marks] == [True, True, False]
    assert [mark.is_approved for mark in own.marks] == [True, False]
    assert beyond.marks == ()


def test_owners_go_to_the_funds_that_take_their_money(book: Book) -> None:
    assert [one.share_ppm for one in papers(book, "C1", OFFICIAL).owners] == [150_000]
    assert papers(book, "C1", BEYOND).owners == ()


def test_the_register_is_everybodys(book: Book) -> None:
    mine, theirs = papers(book, "C1", "local"), papers(book, "C1", BEYOND)
    assert (mine.names, mine.register, mine.national, mine.crosswalk, mine.tags) == (
        theirs.names,
        theirs.register,
        theirs.national,
        theirs.crosswalk,
        theirs.tags,
    )
    assert [one.code for one in theirs.national] == ["39", "397"]
    assert [one.national_code for one in theirs.crosswalk] == ["397"]
    assert theirs.names[-1].former_names == "旧名有限公司"


def test_nothing_is_known_before_its_day(book: Book) -> None:
    early = papers(book, "C1", "local", "2022-01-01")
    assert [one.code for one in early.rounds] == ["R1"]
    assert (len(early.deals), early.marks) == (1, ())


def test_a_firm_without_facts_has_papers_all_the_same(book: Book) -> None:
    bare = papers(book, "C5", "local")
    assert (bare.national, bare.crosswalk, bare.rounds) == ((), (), ())
    assert bare.names[0].name == "戊公司"
    assert no_papers(1) == CompanyPapers()
