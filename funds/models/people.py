"""Who may sign in, in which role, for which part of the city."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import Role, ScopeKind
from funds.models.base import Base, BookRow, Code, Id, Name, Replaceable, kind_of


class Person(BookRow, Base):
    """A person by sign-in name; never replaced, so that the trail keeps pointing at it."""

    __tablename__ = "person"
    login: Mapped[str] = mapped_column(Code, unique=True)


class PersonFact(Replaceable, Base):
    __tablename__ = "person_fact"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    active: Mapped[bool]


class Membership(Replaceable, Base):
    """A role within a scope; park_id or fund_id says which, and neither means the city."""

    __tablename__ = "membership"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(kind_of(Role))
    scope_kind: Mapped[ScopeKind] = mapped_column(kind_of(ScopeKind))
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    fund_id: Mapped[int | None] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    from_date: Mapped[date]
    to_date: Mapped[date | None]
