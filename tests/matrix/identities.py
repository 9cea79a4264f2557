"""Everybody who may ask: each role in each scope it can be held in, and those who are nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from funds.kinds import Role, ScopeKind
from funds.permissions import GRANTS, Action
from funds.queries.scopes import ACROSS_FUNDS, Scope, ScopeName
from funds.rules.posts import POSTS

T = TypeVar("T")
PARK, FUND = "P1", "F1"
PLACES: Mapping[ScopeKind, str | None] = {ScopeKind.CITY: None, ScopeKind.PARK: PARK, ScopeKind.FUND: FUND}


class Standing(StrEnum):
    """Whether somebody is in, and why not."""

    ACTIVE = "active"
    ANONYMOUS = "anonymous"
    EXPIRED = "expired"
    RETIRED = "retired"


@dataclass(frozen=True)
class Identity:
    """One who asks, with the one role that they hold."""

    name: str
    role: Role | None = None
    scope: ScopeKind = ScopeKind.CITY
    standing: Standing = Standing.ACTIVE

    @property
    def login(self) -> str:
        """The sign-in name; nobody has none."""
        return "" if self.standing is Standing.ANONYMOUS else self.name

    @property
    def code(self) -> str | None:
        """The park or fund of the role."""
        return PLACES[self.scope]

    @property
    def is_in(self) -> bool:
        """Whether the gate lets them through."""
        return self.standing is Standing.ACTIVE

    def holds(self, action: Action) -> bool:
        """Whether the table gives the action to the role, anywhere."""
        return self.is_in and self.role is not None and action in GRANTS[self.role]

    def covers(
        self, scope: Scope, owners: Mapping[str, frozenset[str]], funds: Mapping[Scope, frozenset[str]]
    ) -> bool:
        """Whether all of a scope lies where the role is held; `funds` are those of a scope of funds."""
        if self.scope is ScopeKind.CITY:
            return True
        if scope.name in ACROSS_FUNDS:
            return True  # the register is everybody's; a reading keeps to the funds in sight
        if scope.name is ScopeName.PARK:
            return self.scope is ScopeKind.PARK and scope.codes == (self.code,)
        if scope.name is ScopeName.CITY:
            return False
        return all(self.covers_fund(code, owners) for code in funds[scope])

    def covers_fund(self, code: str, owners: Mapping[str, frozenset[str]]) -> bool:
        """Whether a fund lies where the role is held."""
        if self.scope is ScopeKind.PARK:
            return self.code in owners[code]
        return self.scope is ScopeKind.CITY or code == self.code


@dataclass(frozen=True)
class Share:
    """Every `of`-th of a list, beginning elsewhere for each person, so that together they ask for all of it."""

    start: int
    of: int = 24

    def take(self, everything: Sequence[T]) -> Sequence[T]:
        """The person's part."""
        return everything[self.start % self.of :: self.of]

    def larger(self) -> "Share":
        """A larger part, of what must not wait."""
        return Share(self.start, min(self.of, 3))


def _list() -> Iterator[Identity]:
    # The city first, so that whoever comes later asks caches that are warm with all of it.
    for scope in PLACES:
        for role in Role:
            if scope is ScopeKind.CITY or role not in POSTS:
                yield Identity(f"{role}-{scope}", role, scope)
    yield Identity("bystander")
    yield Identity("anonymous", standing=Standing.ANONYMOUS)
    yield Identity("expired", Role.COMMISSION_SIGNATORY, standing=Standing.EXPIRED)
    yield Identity("retired", Role.COMMISSION_SIGNATORY, standing=Standing.RETIRED)


IDENTITIES = tuple(_list())
