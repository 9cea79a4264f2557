"""Rounds of firms with all their investors, and a fund's holdings, deals and exits in them."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import ExitKind, ProjectState, ShareOrigin
from funds.models.base import Base, BookRow, Code, Fen, Id, Name, Ppm, Replaceable, Text, kind_of


class Round(BookRow, Base):
    __tablename__ = "round"
    code: Mapped[str] = mapped_column(Code, unique=True)


class RoundFact(Replaceable, Base):
    __tablename__ = "round_fact"
    round_id: Mapped[int] = mapped_column(Id, ForeignKey("round.id"), index=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    closed_on: Mapped[date]
    total_fen: Mapped[int] = mapped_column(Fen)
    secondary_fen: Mapped[int | None] = mapped_column(Fen)
    post_money_fen: Mapped[int | None] = mapped_column(Fen)
    loan_fen: Mapped[int | None] = mapped_column(Fen)


class RoundInvestor(Replaceable, Base):
    __tablename__ = "round_investor"
    round_id: Mapped[int] = mapped_column(Id, ForeignKey("round.id"), index=True)
    investor_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), index=True)
    amount_fen: Mapped[int] = mapped_column(Fen)
    share_origin: Mapped[ShareOrigin] = mapped_column(kind_of(ShareOrigin))


class Holding(BookRow, Base):
    """A fund's stake in a firm, over all its deals there."""

    __tablename__ = "holding"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    __table_args__ = (UniqueConstraint("fund_id", "company_id"),)


class Deal(BookRow, Base):
    """A fund's part in a round (or outside any round)."""

    __tablename__ = "deal"
    holding_id: Mapped[int] = mapped_column(Id, ForeignKey("holding.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(Id, ForeignKey("round.id"), index=True)
    __table_args__ = (UniqueConstraint("holding_id", "round_id"),)


class DealFact(Replaceable, Base):
    """What was agreed at one payment of a deal; the payment itself is the entry of the same movement.

    Where the payment's instrument was converted later (转股), a fact of that day has the movement's number below
    zero, and no entry.
    """

    __tablename__ = "deal_fact"
    deal_id: Mapped[int] = mapped_column(Id, ForeignKey("deal.id"), index=True)
    movement_id: Mapped[int] = mapped_column(Id, index=True)
    decided_on: Mapped[date | None]
    paid_on: Mapped[date]
    instrument: Mapped[str | None] = mapped_column(Name)
    stake_ppm: Mapped[int | None] = mapped_column(Ppm)
    buyback: Mapped[str | None] = mapped_column(Text)
    anti_dilution: Mapped[str | None] = mapped_column(Text)
    landing: Mapped[str | None] = mapped_column(Text)


class ProjectStage(Replaceable, Base):
    """On which day a fund's project in a firm reached a state, with the paper of it; it may never become a holding."""

    __tablename__ = "project_stage"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    stage: Mapped[ProjectState] = mapped_column(kind_of(ProjectState))
    reached_on: Mapped[date]
    decision_no: Mapped[str | None] = mapped_column(Name)
    words: Mapped[str | None] = mapped_column(Text)


class Exit(Replaceable, Base):
    """Money back from a holding, or its write-off (amount 0, no entry)."""

    __tablename__ = "exit"
    holding_id: Mapped[int] = mapped_column(Id, ForeignKey("holding.id"), index=True)
    kind: Mapped[ExitKind] = mapped_column(kind_of(ExitKind))
    exited_on: Mapped[date]
    amount_fen: Mapped[int] = mapped_column(Fen)
    cost_out_fen: Mapped[int | None] = mapped_column(Fen)
    transferred_ppm: Mapped[int | None] = mapped_column(Ppm)
    movement_id: Mapped[int | None] = mapped_column(Id, index=True)
    business_no: Mapped[str | None] = mapped_column(Code)
    occurrence: Mapped[int]
