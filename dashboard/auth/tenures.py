"""Memberships as people see them: who holds which role where, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from funds.book import Look, visible
from funds.kinds import Role, ScopeKind
from funds.models import Fund, FundFact, Membership, Park, ParkFact, Party, Person, PersonFact


@dataclass(frozen=True)
class Tenure:
    """One membership: `scope` is the code of the park or the fund, `place` its name."""

    row_id: int
    person_id: int
    login: str
    name: str
    role: Role
    scope_kind: ScopeKind
    scope: str | None
    place: str | None
    from_date: date
    to_date: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.from_date <= day and (self.to_date is None or self.to_date > day)


@dataclass(frozen=True)
class Listed:
    """A person of the book."""

    person_id: int
    login: str
    name: str
    is_active: bool


@dataclass(frozen=True)
class PlaceName:
    """A park or a fund that a role can be limited to."""

    kind: ScopeKind
    code: str
    name: str


def read_people(look: Look) -> Sequence[Listed]:
    """Everybody whom the book knows, by login."""
    query = (
        select(Person.id, Person.login, PersonFact.name, PersonFact.active)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .where(visible(PersonFact, look.version))
        .order_by(Person.login)
    )
    return [Listed(*row) for row in look.connection.execute(query)]


def read_tenures(look: Look, on: date, person_id: int | None = None) -> Sequence[Tenure]:
    """Memberships in force on a day or later, of one person or of everybody who is not retired, by login."""
    whose = PersonFact.active.is_(True) if person_id is None else Membership.person_id == person_id
    query = (
        select(
            *(Membership.id, Membership.person_id, Person.login, PersonFact.name, Membership.role),
            *(Membership.scope_kind, Park.code, Party.code, ParkFact.name, FundFact.name),
            *(Membership.from_date, Membership.to_date),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(PersonFact, (PersonFact.person_id == Person.id) & visible(PersonFact, look.version))
        .outerjoin(Park, Park.id == Membership.park_id)
        .outerjoin(ParkFact, (ParkFact.park_id == Park.id) & visible(ParkFact, look.version))
        .outerjoin(Fund, Fund.id == Membership.fund_id)
        .outerjoin(Party, Party.id == Fund.party_id)
        .outerjoin(FundFact, (FundFact.fund_id == Fund.id) & visible(FundFact, look.version))
        .where(visible(Membership, look.version), whose)
        .where(or_(Membership.to_date.is_(None), Membership.to_date > on))
        .order_by(Person.login, Membership.from_date, Membership.id)
    )
    return [
        Tenure(*row[:6], row[6] or row[7], row[8] or row[9], row[10], row[11])
        for row in look.connection.execute(query)
    ]


def read_place_names(look: Look) -> Sequence[PlaceName]:
    """Every park and every fund, by code."""
    parks = select(Park.code, ParkFact.name).join(ParkFact, ParkFact.park_id == Park.id)
    funds = (
        select(Party.code, FundFact.name)
        .join(Fund, Fund.party_id == Party.id)
        .join(FundFact, FundFact.fund_id == Fund.id)
    )
    found = [
        PlaceName(ScopeKind.PARK, code, name)
        for code, name in look.connection.execute(
            parks.where(visible(ParkFact, look.version)).order_by(Park.code)
        )
    ]
    return found + [
        PlaceName(ScopeKind.FUND, code, name)
        for code, name in look.connection.execute(
            funds.where(visible(FundFact, look.version)).order_by(Party.code)
        )
    ]
