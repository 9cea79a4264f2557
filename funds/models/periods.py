"""Quarters of funds: what was filed, what a mother says she moved, who was reminded, what is locked and restated."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import PeriodEvent
from funds.models.base import Base, BookRow, Fen, Id, Replaceable, Text, kind_of

Quarter = String(7)


class QuarterFiling(Replaceable, Base):
    """That a fund's manager has filed a quarter (已报送); filing again replaces it."""

    __tablename__ = "quarter_filing"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    quarter: Mapped[str] = mapped_column(Quarter)
    filed_on: Mapped[date]
    filed_by_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)


class ControlTotal(Replaceable, Base):
    """What a mother fund paid into a child and got back in a quarter, by her own count (控制总数)."""

    __tablename__ = "control_total"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    child_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    quarter: Mapped[str] = mapped_column(Quarter)
    called_fen: Mapped[int] = mapped_column(Fen)
    distributed_fen: Mapped[int] = mapped_column(Fen)


class Reminder(BookRow, Base):
    """A reminder (催报) to the manager of a fund that has not filed; who sent it says its revision."""

    __tablename__ = "reminder"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    quarter: Mapped[str] = mapped_column(Quarter)
    addressee_id: Mapped[int | None] = mapped_column(Id, ForeignKey("party.id"), index=True)
    reminded_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)


class Period(BookRow, Base):
    """A fund's quarter is locked or unlocked; whoever approved it is the author of its revision.

    No row takes another's place: a lock ends with an unlocking, which two people make as well.
    """

    __tablename__ = "period"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    quarter: Mapped[str] = mapped_column(Quarter)
    event: Mapped[PeriodEvent] = mapped_column(kind_of(PeriodEvent))
    proposer_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)


class Restatement(BookRow, Base):
    """That its revision wrote rows of a locked quarter of a fund (补录), and why."""

    __tablename__ = "restatement"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    quarter: Mapped[str] = mapped_column(Quarter)
    period_id: Mapped[int] = mapped_column(Id, ForeignKey("period.id"), index=True)
    proposer_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
