"""Reads notices, receipts and payouts of funds when they are asked for, so that no other question waits for them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from funds.book import Book, Head, Sight, visible
from funds.kinds import DistributionKind, EntryKind
from funds.models import CallNotice, Commitment, Entry
from funds.queries.cash_papers import CashPapers, NoticePaper, PayoutPaper, ReceiptPaper
from funds.queries.fact_reader import FactReader
from funds.queries.last_notices import read_last_notices


@dataclass(frozen=True)
class CashReader:
    """Opens the papers of funds for somebody who may see some funds, or (None) the whole city."""

    book: Book
    as_of: date
    version: int
    funds: frozenset[int] | None
    sight: Sight
    head: Head

    def last_notices(self) -> Mapping[int, int] | None:
        """When the notices of each fund that may be seen changed last; not told of an earlier version than the last."""
        if self.version != self.head.version:
            return None
        last = read_last_notices(self.book, self.head)
        return last if self.funds is None else {fund: last[fund] for fund in self.funds & last.keys()}

    def __call__(self, funds: Collection[int]) -> CashPapers:
        """The papers of those of the funds that may be seen."""
        seen = sorted(set(funds) if self.funds is None else set(funds) & self.funds)
        with self.book.look(self.version, self.sight) as look:
            reader = _Reader(look.connection, self.as_of, self.version, seen)
            return CashPapers(reader.notices(), reader.receipts(), reader.payouts())


class _Reader(FactReader):
    def __init__(self, connection: Connection, as_of: date, version: int, funds: Sequence[int]) -> None:
        super().__init__(connection, as_of, version)
        self.funds = funds

    def notices(self) -> tuple[NoticePaper, ...]:
        """What was called by the day, the earliest due first."""
        row = CallNotice
        query = (
            select(row.id, row.notice_no, Commitment.fund_id, Commitment.investor_id, row.amount_fen)
            .add_columns(row.noticed_on, row.due_on)
            .join(Commitment, Commitment.id == row.commitment_id)
            .where(Commitment.fund_id.in_(self.funds), visible(row, self.version))
            .where(row.noticed_on <= self.as_of)
            .order_by(row.due_on, row.noticed_on, row.id)
        )
        return tuple(NoticePaper(*found) for found in self.rows(query))

    def receipts(self) -> tuple[ReceiptPaper, ...]:
        """What was paid in by the day."""
        row = Entry
        query = (
            select(row.id, row.fund_id, row.counterparty_id, row.amount_fen, row.moved_on, row.notice_no)
            .add_columns(row.is_inside_commitment)
            .where(row.fund_id.in_(self.funds), visible(row, self.version), row.moved_on <= self.as_of)
            .where(row.kind == EntryKind.PAID_IN)
            .order_by(row.moved_on, row.id)
        )
        return tuple(ReceiptPaper(*found) for found in self.rows(query))

    def payouts(self) -> tuple[PayoutPaper, ...]:
        """What was given back by the day."""
        row = Entry
        query = (
            select(row.id, row.fund_id, row.counterparty_id, row.amount_fen, row.moved_on, row.detail)
            .add_columns(row.is_recallable, row.is_in_kind)
            .where(row.fund_id.in_(self.funds), visible(row, self.version), row.moved_on <= self.as_of)
            .where(row.kind == EntryKind.DISTRIBUTION)
            .order_by(row.moved_on, row.id)
        )
        return tuple(
            PayoutPaper(
                one.id,
                one.fund_id,
                one.counterparty_id,
                -one.amount_fen,
                one.moved_on,
                DistributionKind(one.detail),
                one.is_recallable,
                one.is_in_kind,
            )
            for one in self.rows(query)
        )
