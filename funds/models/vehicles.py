"""Funds of every kind: what they are, which parks they belong to, and the terms of their contracts."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import FundClass, FundStatus, GovernmentLevel, ParkRelation, VehicleType
from funds.models.base import Base, BookRow, Code, Fen, Id, Micro, Name, Ppm, Replaceable, Text, kind_of


class Fund(BookRow, Base):
    """A vehicle; its code is its party's, so that a fund can be another fund's investor."""

    __tablename__ = "fund"
    party_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), unique=True)


class FundFact(Replaceable, Base):
    __tablename__ = "fund_fact"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    vehicle_type: Mapped[VehicleType] = mapped_column(kind_of(VehicleType))
    fund_class: Mapped[FundClass | None] = mapped_column(kind_of(FundClass))
    legal_form: Mapped[str | None] = mapped_column(Name)
    level: Mapped[GovernmentLevel | None] = mapped_column(kind_of(GovernmentLevel))
    manager_id: Mapped[int | None] = mapped_column(Id, ForeignKey("party.id"), index=True)
    custodian_id: Mapped[int | None] = mapped_column(Id, ForeignKey("party.id"), index=True)
    target_size_fen: Mapped[int | None] = mapped_column(Fen)
    established: Mapped[date]
    invest_end: Mapped[date | None]
    exit_end: Mapped[date | None]
    extension_end: Mapped[date | None]
    status: Mapped[FundStatus | None] = mapped_column(kind_of(FundStatus))
    filing_no: Mapped[str | None] = mapped_column(Code)
    from_date: Mapped[date | None]


class FundField(Replaceable, Base):
    """An industry that a fund declares to invest in (申报投向产业)."""

    __tablename__ = "fund_field"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    industry_id: Mapped[int] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    from_date: Mapped[date | None]


class FundPark(Replaceable, Base):
    """How a fund belongs to a park (none = the whole city), by how many millionths, from when to when."""

    __tablename__ = "fund_park"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    relation: Mapped[ParkRelation] = mapped_column(kind_of(ParkRelation))
    share_ppm: Mapped[int] = mapped_column(Ppm)
    from_date: Mapped[date]
    to_date: Mapped[date | None]


class FundTerm(Replaceable, Base):
    """A term of the fund's contract: a number × 1e6 with its unit, or words."""

    __tablename__ = "fund_term"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    term: Mapped[str] = mapped_column(Code)
    value_e6: Mapped[int | None] = mapped_column(Micro)
    words: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Code)
    from_date: Mapped[date]
    clause: Mapped[str | None] = mapped_column(Text)
