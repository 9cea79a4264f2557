"""Commitments, calls, and the ledger: one signed line per movement and fund, from that fund's side."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import CommitmentChange, EntryKind
from funds.models.base import Base, BookRow, Code, Fen, Id, Replaceable, Text, kind_of, replaced_once


class Commitment(BookRow, Base):
    """That an investor (a party, and so perhaps a fund) is bound to a fund; amounts are its changes."""

    __tablename__ = "commitment"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    investor_id: Mapped[int] = mapped_column(Id, ForeignKey("party.id"), index=True)
    __table_args__ = (UniqueConstraint("fund_id", "investor_id"),)


class CommitmentMovement(Replaceable, Base):
    """A dated, signed change of what is committed; both halves of a transfer share `movement_id`."""

    __tablename__ = "commitment_movement"
    commitment_id: Mapped[int] = mapped_column(Id, ForeignKey("commitment.id"), index=True)
    kind: Mapped[CommitmentChange] = mapped_column(kind_of(CommitmentChange))
    amount_fen: Mapped[int] = mapped_column(Fen)
    signed_on: Mapped[date]
    basis: Mapped[str | None] = mapped_column(Text)
    movement_id: Mapped[int] = mapped_column(Id, index=True)
    business_no: Mapped[str | None] = mapped_column(Code)
    occurrence: Mapped[int]


class CallNotice(Replaceable, Base):
    """What an investor owes a fund by when."""

    __tablename__ = "call_notice"
    notice_no: Mapped[str] = mapped_column(Code)
    commitment_id: Mapped[int] = mapped_column(Id, ForeignKey("commitment.id"), index=True)
    amount_fen: Mapped[int] = mapped_column(Fen)
    noticed_on: Mapped[date]
    due_on: Mapped[date]


class Entry(Replaceable, Base):
    """A movement of one fund's cash in fen, money in +; both sides of a transfer share `movement_id`.

    `movement_id` is the id of the movement's first line, also after corrections. `business_no` with
    `occurrence` is the natural key that keeps the same row from coming in twice.
    """

    __tablename__ = "entry"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(kind_of(EntryKind))
    detail: Mapped[str | None] = mapped_column(Code)
    amount_fen: Mapped[int] = mapped_column(Fen)
    moved_on: Mapped[date]
    counterparty_id: Mapped[int | None] = mapped_column(Id, ForeignKey("party.id"), index=True)
    holding_id: Mapped[int | None] = mapped_column(Id, ForeignKey("holding.id"), index=True)
    deal_id: Mapped[int | None] = mapped_column(Id, ForeignKey("deal.id"), index=True)
    movement_id: Mapped[int] = mapped_column(Id, index=True)
    notice_no: Mapped[str | None] = mapped_column(Code)
    is_inside_commitment: Mapped[bool]
    is_recallable: Mapped[bool]
    is_in_kind: Mapped[bool]
    business_no: Mapped[str | None] = mapped_column(Code)
    occurrence: Mapped[int]
    __table_args__ = (*replaced_once("entry"), CheckConstraint("amount_fen <> 0", name="not_zero"))
