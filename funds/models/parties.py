"""Legal persons, whose money they hold, who owns them, and the firms that funds invest in."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import GovernmentLevel, Nature
from funds.models.base import Base, BookRow, Code, Id, Name, Ppm, Replaceable, Text, kind_of


class Party(BookRow, Base):
    """Any legal person by its code: an institution, a firm or a fund share this one space of codes."""

    __tablename__ = "party"
    code: Mapped[str] = mapped_column(Code, unique=True)


class PartyFact(Replaceable, Base):
    __tablename__ = "party_fact"
    party_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    credit_code: Mapped[str | None] = mapped_column(String(18), index=True)
    former_names: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(Name)
    manager_registration: Mapped[str | None] = mapped_column(Code)
    registered_in: Mapped[str | None] = mapped_column(Name)
    from_date: Mapped[date | None]


class PartyNature(Replaceable, Base):
    """The nature of a party's money from a date on; unconfirmed rows count as 待定."""

    __tablename__ = "party_nature"
    party_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), index=True)
    nature: Mapped[Nature] = mapped_column(kind_of(Nature))
    level: Mapped[GovernmentLevel | None] = mapped_column(kind_of(GovernmentLevel))
    sub_type: Mapped[str | None] = mapped_column(Name)
    is_fiscal_injection: Mapped[bool]
    from_date: Mapped[date]
    evidence: Mapped[str | None] = mapped_column(Text)
    confirmed_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)


class PartyOwnership(Replaceable, Base):
    """`owner` holds `share_ppm` millionths of `owned`."""

    __tablename__ = "party_ownership"
    owner_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), index=True)
    owned_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), index=True)
    share_ppm: Mapped[int] = mapped_column(Ppm)
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(Text)


class Company(BookRow, Base):
    """A firm of the register, invested in or not; its code is its party's."""

    __tablename__ = "company"
    party_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), unique=True)


class CompanyFact(Replaceable, Base):
    __tablename__ = "company_fact"
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    national_code: Mapped[str | None] = mapped_column(Code)
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    produces_in: Mapped[str | None] = mapped_column(Name)
    ownership: Mapped[str | None] = mapped_column(Name)
    size_tags: Mapped[str | None] = mapped_column(Text)
    established: Mapped[date | None]
    from_date: Mapped[date | None]


class CompanyTag(Replaceable, Base):
    """A weighted industry (and segment) of a firm; the one marked 主标签 speaks in the primary mode."""

    __tablename__ = "company_tag"
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    industry_id: Mapped[int] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    segment_id: Mapped[int | None] = mapped_column(Id, ForeignKey("segment.id"), index=True)
    weight_ppm: Mapped[int] = mapped_column(Ppm)
    is_primary: Mapped[bool]
    from_date: Mapped[date]
    basis: Mapped[str | None] = mapped_column(Text)


class CompanyFigure(Replaceable, Base):
    """A reported indicator of a firm for a period; `value_e6` is the value × 1e6 in `unit`."""

    __tablename__ = "company_figure"
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    indicator: Mapped[str] = mapped_column(Code)
    period: Mapped[str] = mapped_column(String(16))
    value_e6: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[str | None] = mapped_column(Code)
    source: Mapped[str | None] = mapped_column(Text)
