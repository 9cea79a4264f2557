"""What each role may do where; whatever the table does not name is denied."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import NotAllowed
from funds.kinds import ParkRelation, Role, ScopeKind
from funds.permissions import (
    CITY,
    GRANTS,
    Action,
    Readable,
    Rights,
    Scope,
    read_rights,
    readable_scope,
    require,
)
from funds.recording import record_fund_parks, record_funds, record_park_figures, retire_person
from tests.builders import (
    base_city,
    day,
    fee,
    fund,
    fund_park,
    industry,
    membership,
    paid_city,
    park_figure,
    party,
    person,
    policy,
    prepared_book,
    record,
    term,
)
from tests.engines import Databases, SqliteDatabases

M, F1 = Scope(ScopeKind.FUND, 1), Scope(ScopeKind.FUND, 2)
P1, P2 = Scope(ScopeKind.PARK, 1), Scope(ScopeKind.PARK, 2)
PEOPLE = {
    "manager": (Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
    "reviewer": (Role.FUND_REVIEWER, ScopeKind.FUND, "F1"),
    "official": (Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
    "analyst": (Role.COMMISSION_ANALYST, ScopeKind.CITY, None),
    "signatory": (Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None),
    "system": (Role.SYSTEM_ADMIN, ScopeKind.CITY, None),
    "security": (Role.SECURITY_ADMIN, ScopeKind.CITY, None),
    "audit": (Role.AUDIT_ADMIN, ScopeKind.CITY, None),
    "auditor": (Role.AUDITOR, ScopeKind.CITY, None),
}


def a_role_for_everybody() -> list[Draft]:
    """A paid city in which F1 is P1's by 60 % and everybody has one role."""
    shares = [fund_park("F1", "P1", 60), fund_park("F1", None, 40), fund_park("M", None)]
    funded = fund_park("M", "P1", relation=ParkRelation.FUNDED)
    roles = [membership(login, *role) for login, role in PEOPLE.items()]
    return [*paid_city(), *shares, funded, *[person(login) for login in PEOPLE], *roles]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    """That city on the engine that is quick."""
    with prepared_book(sqlite, "roles", a_role_for_everybody) as book:
        yield book
    sqlite.drop_made()


@pytest.fixture
def any_city(databases: Databases) -> Iterator[Book]:
    """That city on each engine in turn."""
    with prepared_book(databases, "roles", a_role_for_everybody) as book:
        yield book


def rights_of(book: Book, login: str) -> Rights:
    """What a person may do today."""
    with book.look() as look:
        return read_rights(look.connection, [*PEOPLE].index(login) + 2, day("2026-01-15"), look.version)


def test_the_table_names_every_role() -> None:
    assert GRANTS.keys() == set(Role)


def test_administrators_have_no_business_rights() -> None:
    business = {Action.READ, Action.RECORD_BUSINESS, Action.RECORD_REFERENCE, Action.CONFIRM_NATURE}
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        assert not GRANTS[role] & business


def test_only_the_signatory_confirms_and_sets_policy() -> None:
    for action in (Action.CONFIRM_NATURE, Action.SET_POLICY):
        assert [role for role in Role if action in GRANTS[role]] == [Role.COMMISSION_SIGNATORY]


def test_a_fund_role_reaches_its_fund_alone(any_city: Book) -> None:
    rights = rights_of(any_city, "manager")
    assert rights.may(Action.RECORD_BUSINESS, F1)
    for scope in (M, P1, CITY):
        assert not rights.may(Action.RECORD_BUSINESS, scope)
    assert not rights.may(Action.APPROVE_VALUES, F1)
    assert rights_of(any_city, "reviewer").may(Action.APPROVE_VALUES, F1)
    assert not rights_of(any_city, "reviewer").may_somewhere(Action.RECORD_BUSINESS)


def test_a_park_role_reaches_the_funds_established_there(any_city: Book) -> None:
    rights = rights_of(any_city, "official")
    for scope in (P1, F1):
        assert rights.may(Action.RECORD_BUSINESS, scope)
    for scope in (P2, M, CITY):
        assert not rights.may(Action.RECORD_BUSINESS, scope)


def test_a_city_role_reaches_everything(city: Book) -> None:
    rights = rights_of(city, "analyst")
    for scope in (CITY, P2, M, F1):
        assert rights.may(Action.RECORD_BUSINESS, scope)
    assert not rights.may(Action.CONFIRM_NATURE)


@pytest.mark.parametrize(
    ("login", "readable"),
    [
        ("manager", Readable(False, frozenset(), frozenset({2}))),
        ("official", Readable(False, frozenset({1}), frozenset(), frozenset({2}))),
        ("auditor", Readable(True, frozenset(), frozenset())),
        ("audit", Readable(False, frozenset(), frozenset())),
    ],
)
def test_readable_is_what_reading_roles_reach(city: Book, login: str, readable: Readable) -> None:
    assert rights_of(city, login).readable() == readable
    with city.look() as look:
        person_id = [*PEOPLE].index(login) + 2
        assert readable_scope(look.connection, person_id, day("2026-01-15")) == readable


def test_nobody_reads_before_the_first_or_from_the_last_day(any_city: Book) -> None:
    with any_city.look() as look:
        early = readable_scope(look.connection, 2, day("2019-12-31"))
    assert early == Readable(False, frozenset(), frozenset())


def test_asking_for_what_is_not_granted_is_refused(city: Book) -> None:
    with city.look() as look:
        require(look.connection, 2, day("2026-01-15"), Action.RECORD_BUSINESS, F1)
        with pytest.raises(NotAllowed) as refused:
            require(look.connection, 2, day("2026-01-15"), Action.RECORD_BUSINESS)
    assert refused.value.code == "permission.refused"
    with pytest.raises(NotAllowed):
        Rights((), {}).require_somewhere(Action.READ)


def test_a_refusal_names_the_funds(city: Book) -> None:
    record(city, fee("F1", 1), person="manager")
    with pytest.raises(NotAllowed) as refused:
        record(city, fee("F1", 2), fee("M", 1), person="manager")
    assert refused.value.code == "permission.refused_funds"
    assert refused.value.params["funds"] == "M"


def test_reference_data_are_open_to_every_recorder_and_the_code_book_is_not(city: Book) -> None:
    for login in ("manager", "official", "analyst"):
        record(city, party(f"BY-{login}"), person=login)
    for login in ("reviewer", "auditor", "system"):
        with pytest.raises(NotAllowed):
            record(city, party("X"), person=login)
    with pytest.raises(NotAllowed):
        record(city, industry("X"), person="official")
    with pytest.raises(NotAllowed):
        record(city, policy(), person="analyst")


def test_an_official_brings_in_a_fund_of_his_own_park(any_city: Book) -> None:
    record(any_city, fund("NEW"), fund_park("NEW", "P1"), person="official")
    record(any_city, term("NEW"), person="official")
    record(any_city, fund("LATE"), person="official")
    record(any_city, fund_park("LATE", "P1"), person="official")


@pytest.mark.parametrize(
    "drafts",
    [
        [fund_park("M", "P1", 50, "2024-01-01")],  # another's fund into one's own park
        [fund("NEW"), fund_park("NEW", "P2")],  # one's own fund into another's park
        [fund("NEW"), fund_park("NEW", None)],
        [term("M")],
        [park_figure("P2")],
        [park_figure(None)],
    ],
)
def test_an_official_stays_within_the_park(city: Book, drafts: list[object]) -> None:
    with pytest.raises(NotAllowed):
        record(city, *drafts, person="official")  # type: ignore[arg-type]


def test_a_manager_of_one_fund_brings_in_no_other(city: Book) -> None:
    with pytest.raises(NotAllowed), city.change("manager", "new") as change:
        record_funds(change, [fund("NEW")])
    with pytest.raises(NotAllowed), city.change("manager", "park") as change:
        record_fund_parks(change, [fund_park("F1", "P2", relation=ParkRelation.LOCATED)])
    with pytest.raises(NotAllowed), city.change("manager", "figure") as change:
        record_park_figures(change, [park_figure("P1")])
    assert record(city, fund("F1"), person="manager")["fund"].same == 1


def test_local_has_every_business_right_from_the_start(book: Book) -> None:
    record(book, *base_city(), person("a"), membership("a", Role.SYSTEM_ADMIN))
    with book.look() as look:
        rights = read_rights(look.connection, 1, day("2026-01-15"))
    assert {action for action in Action if rights.may(action)} == set(Action) - {Action.MANAGE_PEOPLE}


def test_a_retired_or_unknown_person_may_nothing(any_city: Book) -> None:
    with any_city.change("signatory", "leaves") as change:
        retire_person(change, "signatory")
    assert rights_of(any_city, "signatory") == Rights((), {})
    with any_city.look() as look:
        assert read_rights(look.connection, 99, day("2026-01-15")) == Rights((), {})
