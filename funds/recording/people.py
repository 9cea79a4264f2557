"""Records who may sign in, in which role and where, and who no longer may sign in."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts import MembershipDraft, PersonDraft
from funds.errors import NotAllowed, NotFound
from funds.kinds import ScopeKind
from funds.models import Membership, Person, PersonFact
from funds.permissions import Action, read_rights
from funds.queries.codes import Known, known_funds, known_parks, known_people
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_by_code
from funds.recording.lookups import NOBODY, look_up_people
from funds.recording.sieve import Recorded, Sieve
from funds.recording.tenures import refuse_nobody_left

PERSON = Noun(PersonFact, ("person_id",), fields={"person_id": "login"})
MEMBERSHIP = Noun(
    Membership,
    ("person_id", "role", "scope_kind", "park_id", "fund_id", "from_date"),
    fields={"person_id": "login", "park_id": "scope", "fund_id": "scope"},
)


def record_people(change: Change, drafts: Sequence[PersonDraft]) -> Recorded:
    """People by sign-in name; what they may do is said by memberships."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.MANAGE_PEOPLE)
    known = known_people(change.connection, change.version, (draft.login for draft in drafts))
    ids = found_by_code(sieve, Person, known, "login")
    lines = [
        Line(draft, {"person_id": ids[draft.login], "name": draft.name, "active": draft.active})
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, PERSON, lines))


def record_memberships(change: Change, drafts: Sequence[MembershipDraft]) -> Recorded:
    """Roles of people for the city, a park or a fund, from when to when."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.GRANT_ROLES)
    people = look_up_people(sieve, "login")
    require_others(change, (people[draft.login].id for draft in sieve.sound()))
    for draft in sieve.sound():
        if draft.scope_kind is ScopeKind.CITY and draft.scope is not None:
            sieve.report(draft, "scope", "membership.scope_unexpected", {"scope": draft.scope})
        elif draft.scope_kind is not ScopeKind.CITY and draft.scope is None:
            sieve.report(draft, "scope", "membership.scope_missing")
    scopes = _look_up_scopes(sieve)
    lines = [
        Line(
            draft,
            {
                "person_id": people[draft.login].id,
                "role": draft.role,
                "scope_kind": draft.scope_kind,
                "park_id": _scope_id(scopes, draft, ScopeKind.PARK),
                "fund_id": _scope_id(scopes, draft, ScopeKind.FUND),
                "from_date": draft.from_date,
                "to_date": draft.to_date,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, MEMBERSHIP, lines))


def require_others(change: Change, person_ids: Iterable[int]) -> None:
    """Nobody gives a role to themselves, whatever else they may grant."""
    if change.person_id in person_ids:
        raise NotAllowed("permission.own_role")


def retire_person(change: Change, login: str) -> None:
    """End a person's every right; people may retire themselves, but never the last who may let others in."""
    person = _find_person(change, login)
    if person.id != change.person_id:
        _require(change, Action.MANAGE_PEOPLE)
    _set_active(change, person, active=False)
    refuse_nobody_left(change, login, change.on)


def reinstate_person(change: Change, login: str) -> None:
    """Let a retired person come back, with whatever memberships are still in force."""
    _require(change, Action.MANAGE_PEOPLE)
    _set_active(change, _find_person(change, login), active=True)


def _set_active(change: Change, person: Known, *, active: bool) -> None:
    query = select(PersonFact.id, PersonFact.name, PersonFact.active).where(
        PersonFact.person_id == person.id, visible(PersonFact, change.version)
    )
    fact = change.connection.execute(query).one()
    if fact.active is not active:
        row = {"person_id": person.id, "name": fact.name, "active": active, "replaces_id": fact.id}
        change.add(PersonFact, [row])


def _find_person(change: Change, login: str) -> Known:
    person = known_people(change.connection, change.version, [login]).get(login)
    if person is None or not person.is_visible:
        raise NotFound("person.not_found", person=login)
    return person


def _require(change: Change, action: Action) -> None:
    read_rights(change.connection, change.person_id, change.on, change.version).require(action)


def _look_up_scopes(sieve: Sieve[MembershipDraft]) -> dict[tuple[ScopeKind, str], int]:
    """Parks and funds by kind and code; unknown ones are reported."""
    connection, version = sieve.change.connection, sieve.change.version
    scopes: dict[tuple[ScopeKind, str], int] = {}
    for kind, query in ((ScopeKind.PARK, known_parks), (ScopeKind.FUND, known_funds)):
        codes = [draft.scope for draft in sieve.sound() if draft.scope_kind is kind and draft.scope]
        known: Mapping[str, Known] = query(connection, version, codes)
        scopes |= {(kind, code): scope.id for code, scope in known.items() if scope.is_visible}
    for draft, field, code in sieve.referring("scope"):
        if (draft.scope_kind, code) not in scopes:
            sieve.report_unknown(draft, field, {"code": code}, code)
    return scopes


def _scope_id(
    scopes: Mapping[tuple[ScopeKind, str], int], draft: MembershipDraft, kind: ScopeKind
) -> int | None:
    return scopes.get((kind, draft.scope), NOBODY) if draft.scope_kind is kind and draft.scope else None
