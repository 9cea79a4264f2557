"""Who may do what in which part of the city: one table of roles; what it does not name is denied."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from funds.errors import NotAllowed
from funds.kinds import ParkRelation, Role, ScopeKind
from funds.models import FundPark, Membership, PersonFact
from funds.models.row_security import WHOLE, Sight
from funds.models.visibility import visible

LATEST = 2**62  # above every revision: rights are judged by what the book knows now


class Action(StrEnum):
    READ = "read"
    READ_TRAIL = "read_trail"
    RECORD_CODE_BOOK = "record_code_book"
    RECORD_REFERENCE = "record_reference"
    RECORD_BUSINESS = "record_business"
    RECORD_PARK_FIGURES = "record_park_figures"
    CONFIRM_NATURE = "confirm_nature"
    CONFIRM_TAG = "confirm_tag"
    APPROVE_VALUES = "approve_values"
    SET_POLICY = "set_policy"
    REVERSE = "reverse"
    LOCK_QUARTER = "lock_quarter"
    APPROVE_LOCK = "approve_lock"
    MANAGE_PEOPLE = "manage_people"
    GRANT_ROLES = "grant_roles"
    PREPARE_PAPER = "prepare_paper"
    SIGN_PAPER = "sign_paper"
    AUDIT = "audit"
    INSPECT = "inspect"


_RECORDER = {Action.READ, Action.READ_TRAIL, Action.RECORD_REFERENCE, Action.RECORD_BUSINESS, Action.REVERSE}
_ANALYST = _RECORDER | {Action.RECORD_CODE_BOOK, Action.RECORD_PARK_FIGURES, Action.CONFIRM_TAG}
# What the commission does with the finished work of a quarter; the auditor looks at the same papers.
_ANALYST |= {Action.LOCK_QUARTER, Action.PREPARE_PAPER, Action.AUDIT, Action.INSPECT}

GRANTS: Mapping[Role, frozenset[Action]] = {
    Role.FUND_MANAGER: frozenset(_RECORDER),
    Role.FUND_REVIEWER: frozenset(
        {Action.READ, Action.READ_TRAIL, Action.APPROVE_VALUES, Action.LOCK_QUARTER}
    ),
    Role.PARK_OFFICIAL: frozenset(_RECORDER | {Action.RECORD_PARK_FIGURES}),
    Role.COMMISSION_ANALYST: frozenset(_ANALYST),
    Role.COMMISSION_SIGNATORY: frozenset(
        _ANALYST
        | {Action.CONFIRM_NATURE, Action.APPROVE_VALUES, Action.SET_POLICY}
        | {Action.SIGN_PAPER, Action.APPROVE_LOCK}
    ),
    Role.SYSTEM_ADMIN: frozenset({Action.MANAGE_PEOPLE}),
    Role.SECURITY_ADMIN: frozenset({Action.GRANT_ROLES}),
    Role.AUDIT_ADMIN: frozenset({Action.READ_TRAIL}),
    Role.AUDITOR: frozenset({Action.READ, Action.READ_TRAIL, Action.INSPECT}),
}

# Somebody must let the first administrators in; the signatory's stand-in ends when the post is filled.
STAND_IN = Role.COMMISSION_SIGNATORY
ADMIN_POSTS: Mapping[Role, Action] = {
    Role.SYSTEM_ADMIN: Action.MANAGE_PEOPLE,
    Role.SECURITY_ADMIN: Action.GRANT_ROLES,
}


@dataclass(frozen=True)
class Scope:
    """The whole city, one park or one fund."""

    kind: ScopeKind
    id: int | None = None


CITY = Scope(ScopeKind.CITY)


@dataclass(frozen=True)
class Grant:
    """One membership in force: what its role may do, and where."""

    actions: frozenset[Action]
    scope: Scope


@dataclass(frozen=True)
class Readable:
    """What a person may read: the whole city, or the named parks and funds.

    `park_fund_ids` are the funds that those parks have set up today. That day decides who may read, whatever day
    is looked at: a fund that is to be handed over is not yet its new park's, one that was is its old park's no more.
    """

    is_city: bool
    park_ids: frozenset[int]
    fund_ids: frozenset[int]
    park_fund_ids: frozenset[int] = frozenset()

    @property
    def sight(self) -> Sight:
        """What the database shows to whoever may read this."""
        return WHOLE if self.is_city else Sight(funds=self.fund_ids | self.park_fund_ids, parks=self.park_ids)

    def covers(self, fund_id: int) -> bool:
        """Whether a fund may be read."""
        return self.is_city or fund_id in self.fund_ids or fund_id in self.park_fund_ids


@dataclass(frozen=True)
class Rights:
    """Everything one person may do on a day; whatever is not in here is denied."""

    grants: tuple[Grant, ...]
    funds_of_parks: Mapping[int, frozenset[int]]

    def may(self, action: Action, scope: Scope = CITY) -> bool:
        """Whether the action is allowed in all of the scope."""
        if scope.kind is ScopeKind.FUND and scope.id in self._funds(action):
            return True
        held = self._scopes(action)
        return CITY in held or scope in held

    def may_somewhere(self, action: Action) -> bool:
        """Whether the action is allowed in any part of the city (reference data belong to all of it)."""
        return bool(self._scopes(action))

    def require_wide(self, action: Action) -> None:
        """Refuse the action unless it is allowed in the city or a park, wider than in single funds."""
        if not any(scope.kind is not ScopeKind.FUND for scope in self._scopes(action)):
            raise NotAllowed("permission.refused", action=action, scope=ScopeKind.PARK)

    def require(self, action: Action, scope: Scope = CITY) -> None:
        """Refuse the action unless it is allowed in all of the scope."""
        if not self.may(action, scope):
            raise NotAllowed("permission.refused", action=action, scope=scope.kind)

    def require_somewhere(self, action: Action) -> None:
        """Refuse the action unless it is allowed in some part of the city."""
        if not self.may_somewhere(action):
            raise NotAllowed("permission.refused", action=action, scope="any")

    def require_funds(self, action: Action, funds: Mapping[int, str]) -> None:
        """Refuse the action unless it is allowed for each fund (id to code)."""
        self.require_somewhere(action)
        refused = [
            code for fund_id, code in funds.items() if not self.may(action, Scope(ScopeKind.FUND, fund_id))
        ]
        if refused:
            raise NotAllowed("permission.refused_funds", action=action, funds=", ".join(sorted(refused)[:5]))

    def require_parks(self, action: Action, parks: Iterable[int | None]) -> None:
        """Refuse the action unless it is allowed for each park; None is the city."""
        for park_id in parks:
            self.require(action, CITY if park_id is None else Scope(ScopeKind.PARK, park_id))

    def joined(self, other: "Rights") -> "Rights":
        """What two people may do who make a change together."""
        return Rights((*self.grants, *other.grants), {**self.funds_of_parks, **other.funds_of_parks})

    def readable(self) -> Readable:
        """Where this person may read."""
        scopes = self._scopes(Action.READ)
        parks = {scope.id for scope in scopes if scope.kind is ScopeKind.PARK and scope.id is not None}
        return Readable(
            CITY in scopes,
            frozenset(parks),
            frozenset(scope.id for scope in scopes if scope.kind is ScopeKind.FUND and scope.id is not None),
            frozenset(fund for park in parks for fund in self.funds_of_parks.get(park, ())),
        )

    def _scopes(self, action: Action) -> set[Scope]:
        return {grant.scope for grant in self.grants if action in grant.actions}

    def _funds(self, action: Action) -> set[int]:
        parks = [scope.id for scope in self._scopes(action) if scope.kind is ScopeKind.PARK]
        return {
            fund_id for park in parks if park is not None for fund_id in self.funds_of_parks.get(park, ())
        }


def read_rights(connection: Connection, person_id: int, on: date, version: int = LATEST) -> Rights:
    """What the person may do on a day; nothing when retired or without a membership in force."""
    active = select(PersonFact.id).where(
        PersonFact.person_id == person_id, PersonFact.active, visible(PersonFact, version)
    )
    if connection.execute(active).first() is None:
        return Rights((), {})
    query = select(Membership.role, Membership.scope_kind, Membership.park_id, Membership.fund_id).where(
        Membership.person_id == person_id, _in_force(Membership, on), visible(Membership, version)
    )
    held = [
        (row.role, Scope(row.scope_kind, row.park_id if row.park_id is not None else row.fund_id))
        for row in connection.execute(query)
    ]
    grants = [Grant(GRANTS[role], scope) for role, scope in held]
    if (STAND_IN, CITY) in held:
        grants.append(Grant(_vacant_posts(connection, on, version), CITY))
    parks = {scope.id for _, scope in held if scope.kind is ScopeKind.PARK and scope.id is not None}
    return Rights(tuple(grants), read_funds_of_parks(connection, parks, on, version))


def readable_scope(connection: Connection, person_id: int, on: date, version: int = LATEST) -> Readable:
    """Which part of the city the person may read on a day."""
    return read_rights(connection, person_id, on, version).readable()


def require(
    connection: Connection,
    person_id: int,
    on: date,
    action: Action,
    scope: Scope = CITY,
    version: int = LATEST,
) -> None:
    """Refuse the action unless the person may do it in all of the scope on the day."""
    read_rights(connection, person_id, on, version).require(action, scope)


def _vacant_posts(connection: Connection, on: date, version: int) -> frozenset[Action]:
    query = (
        select(Membership.role)
        .join(PersonFact, PersonFact.person_id == Membership.person_id)
        .where(
            Membership.role.in_(ADMIN_POSTS),
            _in_force(Membership, on),
            visible(Membership, version),
            PersonFact.active,
            visible(PersonFact, version),
        )
    )
    filled = {row.role for row in connection.execute(query)}
    return frozenset(action for role, action in ADMIN_POSTS.items() if role not in filled)


def read_funds_of_parks(
    connection: Connection, parks: Collection[int], on: date, version: int
) -> Mapping[int, frozenset[int]]:
    """The funds that some parks have set up on a day."""
    if not parks:
        return {}
    query = select(FundPark.park_id, FundPark.fund_id).where(
        FundPark.park_id.in_(parks),
        FundPark.relation == ParkRelation.ESTABLISHED,
        _in_force(FundPark, on),
        visible(FundPark, version),
    )
    funds: dict[int, set[int]] = {park: set() for park in parks}
    for row in connection.execute(query):
        funds[row.park_id].add(row.fund_id)
    return {park: frozenset(found) for park, found in funds.items()}


def _in_force(model: type[Membership | FundPark], on: date) -> ColumnElement[bool]:
    return and_(model.from_date <= on, or_(model.to_date.is_(None), model.to_date > on))
