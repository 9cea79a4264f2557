"""Who holds which role where, as people see it."""

from collections.abc import Iterator
from datetime import date

import pytest

from dashboard.auth.tenures import read_people, read_place_names, read_tenures
from funds.book import Book
from funds.kinds import Role, ScopeKind
from tests.builders import base_city, day, founded_book, membership, person, record
from tests.dashboard.serving import retire_person
from tests.engines import Databases

TODAY = date(2026, 1, 15)


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    """A city with people for the city, a park and a fund."""
    with founded_book(databases) as book:
        roles = [
            membership("a", Role.AUDITOR),
            membership("p", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1", from_date=day("2026-03-01")),
            membership("p", Role.FUND_MANAGER, ScopeKind.FUND, "F1", to_date=day("2026-01-16")),
            membership("p", Role.AUDITOR, to_date=day("2026-01-15")),
        ]
        record(book, *base_city(), person("a"), person("p"), *roles)
        yield book


def test_tenures_are_named_with_their_place(city: Book) -> None:
    with city.look() as look:
        (person_id,) = (one.person_id for one in read_people(look) if one.login == "p")
        own = read_tenures(look, TODAY, person_id)
    assert [(one.role, one.scope_kind, one.scope, bool(one.place)) for one in own] == [
        (Role.FUND_MANAGER, ScopeKind.FUND, "F1", True),
        (Role.PARK_OFFICIAL, ScopeKind.PARK, "P1", True),
    ]
    assert [one.holds_on(TODAY) for one in own] == [True, False]
    assert not own[0].holds_on(day("2026-01-16"))


def test_those_of_retired_people_are_listed_with_the_person_only(city: Book) -> None:
    retire_person(city, "p")
    with city.look() as look:
        people = {one.login: one for one in read_people(look)}
        assert not people["p"].is_active
        assert "p" not in {one.login for one in read_tenures(look, TODAY)}
        assert len(read_tenures(look, TODAY, people["p"].person_id)) == 2
    assert list(people) == ["a", "local", "p"]


def test_roles_can_be_limited_to_every_park_and_fund(city: Book) -> None:
    with city.look() as look:
        places = [(one.kind, one.code) for one in read_place_names(look)]
    assert (ScopeKind.PARK, "P1") in places
    assert (ScopeKind.FUND, "F1") in places
    assert len(places) == len(set(places))
