"""Rights kept to one park or one fund, and to some acts: for whoever comes with less than all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from funds.kinds import ScopeKind
from funds.permissions import CITY, LATEST, Action, Grant, Rights, Scope, read_funds_of_parks


@dataclass(frozen=True)
class Narrowing:
    """What is left of somebody's rights: these acts, in this part of the city; it never adds any."""

    actions: frozenset[Action]
    scope: Scope = CITY


def narrow_rights(
    connection: Connection, rights: Rights, narrowing: Narrowing, on: date, version: int = LATEST
) -> Rights:
    """The rights that lie within a narrowing on a day."""
    asked = narrowing.scope
    parks = {asked.id} if asked.kind is ScopeKind.PARK and asked.id is not None else set[int]()
    inside = read_funds_of_parks(connection, parks, on, version)
    owned = {fund for funds in inside.values() for fund in funds}
    met = ((grant, _meet(grant.scope, asked, rights, owned)) for grant in rights.grants)
    grants = tuple(
        Grant(grant.actions & narrowing.actions, place) for grant, place in met if place is not None
    )
    return Rights(grants, rights.funds_of_parks if asked == CITY else inside)


def _meet(held: Scope, asked: Scope, rights: Rights, owned: Collection[int]) -> Scope | None:
    """The part of the city that lies in both; `owned` are the funds of a park that is asked for."""
    if asked == CITY:
        return held
    if held in (CITY, asked):
        return asked
    if asked.kind is ScopeKind.FUND and held.kind is ScopeKind.PARK and held.id is not None:
        return asked if asked.id in rights.funds_of_parks.get(held.id, frozenset()) else None
    if asked.kind is ScopeKind.PARK and held.kind is ScopeKind.FUND:
        return held if held.id in owned else None
    return None
