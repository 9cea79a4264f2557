"""A slice is cut only for a scope that lies within what the person may read, whatever the scope is called."""

from collections.abc import Iterator
from datetime import date

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotAllowed, NotFound
from funds.kinds import Role, ScopeKind
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope, manager_scope, park_scope
from tests.builders import fund, fund_park, membership, paid_city, party, person, prepared_book
from tests.engines import Databases

DAY = date(2026, 1, 15)
PEOPLE: dict[str, list[tuple[Role, ScopeKind, str | None]]] = {
    "manager": [(Role.FUND_MANAGER, ScopeKind.FUND, "F1"), (Role.FUND_MANAGER, ScopeKind.FUND, "M")],
    "half": [(Role.FUND_MANAGER, ScopeKind.FUND, "F1")],
    "official": [(Role.PARK_OFFICIAL, ScopeKind.PARK, "P1")],
    "auditor": [(Role.AUDITOR, ScopeKind.CITY, None)],
    "system": [(Role.SYSTEM_ADMIN, ScopeKind.CITY, None)],
}
F1, M, F9 = fund_scope("F1"), fund_scope("M"), fund_scope("F9")
P1, P2 = park_scope("P1"), park_scope("P2")
GP, OTHER = manager_scope("GP"), manager_scope("GP9")


def city_with_people() -> list[Draft]:
    """GP runs M (the city's) and F1 (P1's by 60 %); another manager runs F9 of P2."""
    return [
        *paid_city(),
        party("GP9"),
        fund("F9", manager="GP9"),
        fund_park("F1", "P1", 60),
        fund_park("F1", None, 40),
        fund_park("M", None),
        fund_park("F9", "P2"),
        *[person(login) for login in PEOPLE],
        *[membership(login, *role) for login, roles in PEOPLE.items() for role in roles],
    ]


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """That city, on each engine in turn."""
    with prepared_book(databases, "slices", city_with_people) as made:
        yield made


@pytest.mark.parametrize(
    ("login", "allowed", "refused"),
    [
        ("auditor", [CITY, P1, P2, F1, F9, GP, OTHER], []),
        ("manager", [F1, M, fund_scope("F1", "M"), GP], [CITY, P1, P2, F9, fund_scope("F1", "F9"), OTHER]),
        ("half", [F1], [CITY, P1, M, fund_scope("F1", "M"), GP]),
        ("official", [P1, F1], [CITY, P2, M, F9, GP, OTHER]),
        ("system", [], [CITY, P1, F1, GP]),
    ],
)
def test_a_person_gets_the_scopes_within_the_own_rights(
    book: Book, login: str, allowed: list[Scope], refused: list[Scope]
) -> None:
    for scope in allowed:
        assert slice_ledger(book, login, scope, DAY).scope == scope
    for scope in refused:
        with pytest.raises(NotAllowed):
            slice_ledger(book, login, scope, DAY)


def test_a_slice_narrows_only_within_the_same_rights(book: Book) -> None:
    own = slice_ledger(book, "official", P1, DAY)

    assert [one.code for one in own.narrow(F1).member_funds] == ["F1"]
    with pytest.raises(NotAllowed):
        own.narrow(P2)
    with pytest.raises(NotAllowed):
        own.narrow(CITY)


def test_what_was_kept_for_one_person_is_not_given_to_another(book: Book) -> None:
    whole = slice_ledger(book, "auditor", CITY, DAY)
    own = slice_ledger(book, "official", P1, DAY)

    assert own.ledger is whole.ledger
    assert {one.code for one in own.member_funds} == {"F1"}
    assert set(own.entries.fund.tolist()) == set(own.members)
    assert own.shelf is not whole.shelf


@pytest.mark.parametrize("scope", [park_scope("P7"), fund_scope("F7"), manager_scope("GP7")])
def test_a_code_that_nobody_knows_is_not_found(book: Book, scope: Scope) -> None:
    with pytest.raises(NotFound):
        slice_ledger(book, "auditor", scope, DAY)
