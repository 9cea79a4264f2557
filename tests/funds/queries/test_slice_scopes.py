"""A slice is cut only for a scope that lies within what the person may read, whatever the scope is called."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotAllowed, NotFound
from funds.kinds import ParkRelation, Role, ScopeKind
from funds.models import FundPark
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import (
    CITY,
    Scope,
    company_scope,
    fund_scope,
    industry_scope,
    manager_scope,
    park_scope,
)
from funds.recording.corrections import Correction, correct_rows
from tests.builders import (
    NOW,
    fund,
    fund_park,
    membership,
    paid_city,
    party,
    person,
    prepared_book,
    record_in,
    rows_of,
)
from tests.engines import Databases

DAY = date(2026, 1, 15)
HANDED_OVER = date(2027, 1, 1)
PEOPLE: dict[str, list[tuple[Role, ScopeKind, str | None]]] = {
    "manager": [(Role.FUND_MANAGER, ScopeKind.FUND, "F1"), (Role.FUND_MANAGER, ScopeKind.FUND, "M")],
    "half": [(Role.FUND_MANAGER, ScopeKind.FUND, "F1")],
    "official": [(Role.PARK_OFFICIAL, ScopeKind.PARK, "P1")],
    "p2": [(Role.PARK_OFFICIAL, ScopeKind.PARK, "P2")],
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


def test_an_industry_and_a_firm_take_in_the_funds_that_may_be_read(book: Book) -> None:
    for scope in (industry_scope("IC"), company_scope("C1")):
        own, whole = (slice_ledger(book, login, scope, DAY) for login in ("official", "auditor"))
        assert ([one.code for one in own.member_funds], own.left_out) == (["F1"], 0)
        assert [one.code for one in whole.member_funds] == ["F1", "F9", "M"]
        with pytest.raises(NotAllowed):
            slice_ledger(book, "system", scope, DAY)


def test_todays_parks_decide_who_reads_whatever_day_is_looked_at(book: Book) -> None:
    """F9 is P2's until the end of 2026 and P1's from then on; F1 is P1's in part all the while."""
    share = rows_of(book, FundPark, relation=ParkRelation.ESTABLISHED)[-1]
    with book.change("local", "handed over") as change:
        correct_rows(change, [Correction(FundPark, share["id"], {"to_date": HANDED_OVER})])
        record_in(change, fund_park("F9", "P1", on=HANDED_OVER.isoformat()))
    later = HANDED_OVER + timedelta(days=30)

    early = slice_ledger(book, "official", P1, later)
    assert ([one.code for one in early.member_funds], early.left_out) == (["F1"], 1)
    assert [one.code for one in early.readable_funds] == ["F1"]
    with pytest.raises(NotAllowed):
        slice_ledger(book, "official", F9, later)
    assert [one.code for one in slice_ledger(book, "p2", F9, later).member_funds] == ["F9"]
    assert slice_ledger(book, "p2", P2, later).member_funds == []
    whole = slice_ledger(book, "auditor", P1, later)
    assert ([one.code for one in whole.member_funds], whole.left_out) == (["F1", "F9"], 0)

    moved = Book(book.url.render_as_string(hide_password=False), clock=lambda: NOW + timedelta(days=400))
    assert [one.code for one in slice_ledger(moved, "official", P1, later).member_funds] == ["F1", "F9"]
    late = slice_ledger(moved, "p2", P2, DAY)
    assert ([one.code for one in late.member_funds], late.left_out, late.narrow(P2).left_out) == ([], 1, 1)
    with pytest.raises(NotAllowed):
        slice_ledger(moved, "p2", F9, DAY)
    moved.close()


@pytest.mark.parametrize("scope", [park_scope("P7"), fund_scope("F7"), manager_scope("GP7")])
def test_a_code_that_nobody_knows_is_not_found(book: Book, scope: Scope) -> None:
    with pytest.raises(NotFound):
        slice_ledger(book, "auditor", scope, DAY)
