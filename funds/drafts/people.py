"""Drafts of people and their roles."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import Role, ScopeKind


@dataclass(frozen=True, kw_only=True)
class PersonDraft(Draft):
    login: str
    name: str
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class MembershipDraft(Draft):
    """A role for the city, or for the park or fund whose code is `scope`."""

    login: str
    role: Role
    scope_kind: ScopeKind
    from_date: date
    scope: str | None = None
    to_date: date | None = None
