"""Parks, industries, their chains, and which industry leads in which park."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import Confirmation, IndustryCategory, SegmentPosition
from funds.models.base import Base, BookRow, Code, Id, Name, Replaceable, Text, kind_of


class Industry(BookRow, Base):
    __tablename__ = "industry"
    code: Mapped[str] = mapped_column(Code, unique=True)


class IndustryFact(Replaceable, Base):
    """Name, place in the tree and category of an industry while one edition of the city's list holds."""

    __tablename__ = "industry_fact"
    industry_id: Mapped[int] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    category: Mapped[IndustryCategory] = mapped_column(kind_of(IndustryCategory))
    aliases: Mapped[str | None] = mapped_column(Text)
    from_date: Mapped[date | None]
    to_date: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(Text)


class NationalIndustry(Replaceable, Base):
    """One code of the national industry classification (GB/T 4754) in one edition."""

    __tablename__ = "national_industry"
    edition: Mapped[str] = mapped_column(Code)
    code: Mapped[str] = mapped_column(Code, index=True)
    level: Mapped[str] = mapped_column(Code)
    parent_code: Mapped[str | None] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name)


class IndustryCrosswalk(Replaceable, Base):
    """Which national code speaks for a city industry; unchecked until the commission confirms it."""

    __tablename__ = "industry_crosswalk"
    industry_id: Mapped[int] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    national_code: Mapped[str] = mapped_column(Code)
    is_partial: Mapped[bool]
    confirmation: Mapped[Confirmation] = mapped_column(kind_of(Confirmation))
    basis: Mapped[str | None] = mapped_column(Text)
    from_date: Mapped[date | None]


class Segment(BookRow, Base):
    """A link of an industry's chain."""

    __tablename__ = "segment"
    industry_id: Mapped[int] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    code: Mapped[str] = mapped_column(Code)
    __table_args__ = (UniqueConstraint("industry_id", "code"),)


class SegmentFact(Replaceable, Base):
    __tablename__ = "segment_fact"
    segment_id: Mapped[int] = mapped_column(Id, ForeignKey("segment.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("segment.id"), index=True)
    position: Mapped[SegmentPosition | None] = mapped_column(kind_of(SegmentPosition))


class SegmentEdge(Replaceable, Base):
    """What leaves the `source` goes into the `target`: a line of the graph, within a chain or from one to another."""

    __tablename__ = "segment_edge"
    source_id: Mapped[int] = mapped_column(Id, ForeignKey("segment.id"), index=True)
    target_id: Mapped[int] = mapped_column(Id, ForeignKey("segment.id"), index=True)
    basis: Mapped[str | None] = mapped_column(Text)


class SegmentCrosswalk(Replaceable, Base):
    """Which national code speaks for a link of a chain; unchecked until the commission confirms it."""

    __tablename__ = "segment_crosswalk"
    segment_id: Mapped[int] = mapped_column(Id, ForeignKey("segment.id"), index=True)
    national_code: Mapped[str] = mapped_column(Code)
    is_partial: Mapped[bool]
    confirmation: Mapped[Confirmation] = mapped_column(kind_of(Confirmation))
    basis: Mapped[str | None] = mapped_column(Text)


class Park(BookRow, Base):
    __tablename__ = "park"
    code: Mapped[str] = mapped_column(Code, unique=True)


class ParkFact(Replaceable, Base):
    __tablename__ = "park_fact"
    park_id: Mapped[int] = mapped_column(Id, ForeignKey("park.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    level: Mapped[str | None] = mapped_column(Code)
    district: Mapped[str | None] = mapped_column(Name)
    from_date: Mapped[date | None]


class ParkIndustry(Replaceable, Base):
    """An industry that leads in a park, ranked, from a date on."""

    __tablename__ = "park_industry"
    park_id: Mapped[int] = mapped_column(Id, ForeignKey("park.id"), index=True)
    industry_id: Mapped[int] = mapped_column(Id, ForeignKey("industry.id"), index=True)
    rank: Mapped[int]
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(Text)


class ParkFigure(Replaceable, Base):
    """One of S02–S20 for a park (none = the whole city) and period; `value_e6` is the value × 1e6."""

    __tablename__ = "park_figure"
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    indicator: Mapped[str] = mapped_column(Code)
    period: Mapped[str] = mapped_column(String(16))
    value_e6: Mapped[int] = mapped_column(Id)
    unit: Mapped[str | None] = mapped_column(Code)
    source: Mapped[str | None] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(Name)
    evidence: Mapped[str | None] = mapped_column(Text)
