"""Reads a ledger by plain queries, row by row: what columns kept in memory are held against."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from funds.book import visible
from funds.kinds import EntryKind, FeeKind
from funds.models import (
    Balance,
    Commitment,
    CommitmentMovement,
    Company,
    Deal,
    DealFact,
    Entry,
    Exit,
    FundNav,
    Holding,
    IndexLevel,
    Mark,
    PartyFact,
)
from funds.queries.columns import (
    BALANCE_ITEMS,
    ENTRY_KINDS,
    EXIT_KINDS,
    FEE_KINDS,
    BalanceColumns,
    CommitmentColumns,
    DecisionColumns,
    EntryColumns,
    ExitColumns,
    HoldingColumns,
    IndexColumns,
    MarkColumns,
    NavColumns,
)
from funds.queries.loading_columns import Ledger, number_indexes


def load_ledger(connection: Connection, as_of: date, version: int) -> Ledger:
    """The columns with every movement on or before `as_of`."""
    reader = _Reader(connection, as_of, version)
    return Ledger(
        commitments=reader.commitments(),
        entries=reader.entries(),
        holdings=reader.holdings(),
        decisions=reader.decisions(),
        exits=reader.exits(),
        marks=reader.marks(),
        navs=reader.navs(),
        balances=reader.balances(),
        indexes=reader.indexes(),
    )


class _Reader:
    def __init__(self, connection: Connection, as_of: date, version: int) -> None:
        self.connection = connection
        self.as_of = as_of
        self.version = version

    def rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        return self.connection.execute(query).all()

    def commitments(self) -> CommitmentColumns:
        row = CommitmentMovement
        query = (
            select(row.id, Commitment.fund_id, Commitment.investor_id, row.amount_fen, row.signed_on)
            .join(Commitment, Commitment.id == row.commitment_id)
            .where(visible(row, self.version), row.signed_on <= self.as_of)
            .order_by(row.id)
        )
        return CommitmentColumns.of([(*found[:4], found[4].toordinal()) for found in self.rows(query)])

    def entries(self) -> EntryColumns:
        row = Entry
        query = (
            select(row.id, row.fund_id, row.kind, row.amount_fen, row.moved_on, row.counterparty_id)
            .add_columns(row.holding_id, row.deal_id, row.is_inside_commitment, row.is_recallable)
            .add_columns(row.detail)
            .where(visible(row, self.version), row.moved_on <= self.as_of)
            .order_by(row.id)
        )
        return EntryColumns.of(
            [
                (f[0], f[1], ENTRY_KINDS[f[2]], f[3], f[4].toordinal(), *f[5:10], _fee(f[2], f[10]))
                for f in self.rows(query)
            ]
        )

    def holdings(self) -> HoldingColumns:
        """Holdings stay when what was recorded of them is taken back; one of a firm that went too is none."""
        named = (
            select(PartyFact.id)
            .join(Company, Company.party_id == PartyFact.party_id)
            .where(Company.id == Holding.company_id, visible(PartyFact, self.version))
        )
        query = (
            select(Holding.id, Holding.fund_id, Holding.company_id)
            .where(visible(Holding, self.version), named.exists())
            .order_by(Holding.id)
        )
        return HoldingColumns.of(self.rows(query))

    def decisions(self) -> DecisionColumns:
        row = DealFact
        query = (
            select(row.id, row.deal_id, Deal.holding_id, row.decided_on, row.paid_on, Deal.round_id)
            .join(Deal, Deal.id == row.deal_id)
            .join(Holding, Holding.id == Deal.holding_id)
            .where(visible(row, self.version), row.paid_on <= self.as_of)
            .where(row.movement_id > 0)  # a conversion is no payment
            .order_by(row.id)
        )
        return DecisionColumns.of(
            [(*f[:3], (f[3] or f[4]).toordinal(), f[4].toordinal(), f[5]) for f in self.rows(query)]
        )

    def exits(self) -> ExitColumns:
        row = Exit
        query = (
            select(row.id, row.holding_id, row.kind, row.exited_on, row.amount_fen)
            .add_columns(row.cost_out_fen, row.transferred_ppm)
            .join(Holding, Holding.id == row.holding_id)
            .where(visible(row, self.version), row.exited_on <= self.as_of)
            .order_by(row.exited_on, row.id)
        )
        return ExitColumns.of(
            [(f[0], f[1], EXIT_KINDS[f[2]], f[3].toordinal(), *f[4:]) for f in self.rows(query)]
        )

    def marks(self) -> MarkColumns:
        row = Mark
        query = (
            select(row.id, row.holding_id, row.valued_on, row.fair_value_fen)
            .join(Holding, Holding.id == row.holding_id)
            .where(visible(row, self.version), row.valued_on <= self.as_of)
            .where(row.approved_by_id.is_not(None))
            .order_by(row.valued_on, row.id)
        )
        return MarkColumns.of([(f[0], f[1], f[2].toordinal(), f[3]) for f in self.rows(query)])

    def navs(self) -> NavColumns:
        row = FundNav
        query = (
            select(row.id, row.fund_id, row.valued_on, row.nav_fen, row.investor_id)
            .where(visible(row, self.version), row.valued_on <= self.as_of)
            .where(row.approved_by_id.is_not(None))
            .order_by(row.valued_on, row.id)
        )
        return NavColumns.of([(f[0], f[1], f[2].toordinal(), *f[3:]) for f in self.rows(query)])

    def balances(self) -> BalanceColumns:
        row = Balance
        query = (
            select(row.id, row.fund_id, row.filed_on, row.item, row.amount_fen)
            .where(visible(row, self.version), row.filed_on <= self.as_of)
            .order_by(row.filed_on, row.id)
        )
        return BalanceColumns.of(
            [(f[0], f[1], f[2].toordinal(), BALANCE_ITEMS[f[3]], f[4]) for f in self.rows(query)]
        )

    def indexes(self) -> IndexColumns:
        row = IndexLevel
        query = (
            select(row.id, row.index_code, row.quoted_on, row.level_e6)
            .where(visible(row, self.version), row.quoted_on <= self.as_of)
            .order_by(row.index_code, row.quoted_on, row.id)
        )
        found = self.rows(query)
        numbers = number_indexes(f[1] for f in found)
        return IndexColumns.of([(f[0], numbers[f[1]], f[2].toordinal(), f[3]) for f in found])


def _fee(kind: EntryKind, detail: str | None) -> int | None:
    return FEE_KINDS[FeeKind(detail)] if kind is EntryKind.FEE and detail is not None else None
