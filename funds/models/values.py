"""What is estimated, filed or claimed: marks, net asset values, balances, claims and recognised local investment."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import BalanceItem, Basis, MarkMethod, NavSource
from funds.models.base import Base, Code, Fen, Id, Micro, Replaceable, Text, kind_of


class Mark(Replaceable, Base):
    """The fair value of a whole holding on a day; without an approver it stays out of headline figures."""

    __tablename__ = "mark"
    holding_id: Mapped[int] = mapped_column(Id, ForeignKey("holding.id"), index=True)
    valued_on: Mapped[date]
    fair_value_fen: Mapped[int] = mapped_column(Fen)
    method: Mapped[MarkMethod] = mapped_column(kind_of(MarkMethod))
    evidence: Mapped[str | None] = mapped_column(Text)
    approved_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)


class FundNav(Replaceable, Base):
    """A reported net asset value of a fund, or of one investor's capital account in it."""

    __tablename__ = "fund_nav"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    valued_on: Mapped[date]
    nav_fen: Mapped[int] = mapped_column(Fen)
    investor_id: Mapped[int | None] = mapped_column(Id, ForeignKey("party.id"), index=True)
    source: Mapped[NavSource | None] = mapped_column(kind_of(NavSource))
    approved_by_id: Mapped[int | None] = mapped_column(Id, ForeignKey("person.id"), index=True)


class Balance(Replaceable, Base):
    """A filed balance of a fund on a day, as a positive amount; the item says which side it stands on."""

    __tablename__ = "balance"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    filed_on: Mapped[date]
    item: Mapped[BalanceItem] = mapped_column(kind_of(BalanceItem))
    amount_fen: Mapped[int] = mapped_column(Fen)


class Claim(Replaceable, Base):
    """What a manager claims as leverage for a quarter (申报)."""

    __tablename__ = "claim"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    quarter: Mapped[str] = mapped_column(String(7))
    definition: Mapped[str] = mapped_column(Code)
    basis: Mapped[Basis] = mapped_column(kind_of(Basis))
    value_e6: Mapped[int] = mapped_column(Micro)
    social_fen: Mapped[int | None] = mapped_column(Fen)


class LocalInvestment(Replaceable, Base):
    """Recognised local investment (返投认定)."""

    __tablename__ = "local_investment"
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    company_id: Mapped[int] = mapped_column(Id, ForeignKey("company.id"), index=True)
    amount_fen: Mapped[int] = mapped_column(Fen)
    recognised_on: Mapped[date]
    basis: Mapped[str | None] = mapped_column(Text)


class IndexLevel(Replaceable, Base):
    """A level of a benchmark index, × 1e6."""

    __tablename__ = "index_level"
    index_code: Mapped[str] = mapped_column(Code, index=True)
    quoted_on: Mapped[date]
    level_e6: Mapped[int] = mapped_column(Micro)
    is_total_return: Mapped[bool] = mapped_column(Boolean)


class ReportedFigure(Replaceable, Base):
    """A figure that stands only in a publication (公开数据), × 1e6."""

    __tablename__ = "reported_figure"
    subject: Mapped[str] = mapped_column(String(200))
    statement: Mapped[str] = mapped_column(Text)
    value_e6: Mapped[int] = mapped_column(Micro)
    stated_on: Mapped[date]
    source: Mapped[str] = mapped_column(Text)
