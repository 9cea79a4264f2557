"""Policy as dated data, and which version of each definition holds."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import Confirmation
from funds.models.base import Base, Code, Id, Micro, Name, Replaceable, Text, kind_of


class Policy(Replaceable, Base):
    """A threshold, target, weight or choice of one pack: a number × 1e6 or words, with its clause."""

    __tablename__ = "policy"
    pack: Mapped[str] = mapped_column(Code, index=True)
    code: Mapped[str] = mapped_column(Code, index=True)
    name: Mapped[str] = mapped_column(Name)
    value_e6: Mapped[int | None] = mapped_column(Micro)
    words: Mapped[str | None] = mapped_column(Text)
    unit: Mapped[str | None] = mapped_column(Code)
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    from_date: Mapped[date]
    to_date: Mapped[date | None]
    document: Mapped[str] = mapped_column(Text)
    clause: Mapped[str | None] = mapped_column(Text)
    confirmation: Mapped[Confirmation] = mapped_column(kind_of(Confirmation))


class Definition(Replaceable, Base):
    """The version of a figure's definition in force from a date, with the digest of its page."""

    __tablename__ = "definition"
    code: Mapped[str] = mapped_column(Code, index=True)
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(Code)
    from_date: Mapped[date]
