"""Reads what stands behind the values of funds when it is asked for, so that no other question waits for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from funds.book import Book, Sight, visible
from funds.models import (
    CallNotice,
    Commitment,
    Deal,
    DealFact,
    FundNav,
    Holding,
    Mark,
    PersonFact,
    Revision,
    Round,
    RoundFact,
)
from funds.queries.fact_reader import FactReader
from funds.queries.value_papers import (
    CalledPaper,
    HeldRound,
    MadeMark,
    MadeNav,
    StakePaper,
    ValuePapers,
)


@dataclass(frozen=True)
class ValueReader:
    """Opens the papers of funds for somebody who may see some funds, or (None) the whole city."""

    book: Book
    as_of: date
    version: int
    funds: frozenset[int] | None
    sight: Sight

    def __call__(self, funds: Collection[int]) -> ValuePapers:
        """The papers of those of the funds that may be seen."""
        seen = sorted(set(funds) if self.funds is None else set(funds) & self.funds)
        with self.book.look(self.version, self.sight) as look:
            return _Reader(look.connection, self.as_of, self.version, seen, self.funds).read()


class _Reader(FactReader):
    def __init__(
        self,
        connection: Connection,
        as_of: date,
        version: int,
        wanted: Collection[int],
        seen: Collection[int] | None,
    ) -> None:
        super().__init__(connection, as_of, version)
        self.wanted = wanted
        self.seen = seen

    def read(self) -> ValuePapers:
        return ValuePapers(self._marks(), self._navs(), self._rounds(), self._stakes(), self._called())

    def _marks(self) -> tuple[MadeMark, ...]:
        row = Mark
        query = (
            select(row.id, row.holding_id, row.valued_on, row.fair_value_fen, row.method, row.evidence)
            .add_columns(row.approved_by_id.is_not(None), Revision.person_id, PersonFact.name)
            .join(Holding, Holding.id == row.holding_id)
            .where(Holding.fund_id.in_(self.wanted), visible(row, self.version), row.valued_on <= self.as_of)
            .order_by(row.valued_on, row.id)
        )
        return tuple(MadeMark(*found) for found in self.rows(self._made(query, row)))

    def _navs(self) -> tuple[MadeNav, ...]:
        row = FundNav
        query = (
            select(row.id, row.fund_id, row.valued_on, row.nav_fen, row.investor_id, row.source)
            .add_columns(row.approved_by_id.is_not(None), Revision.person_id, PersonFact.name)
            .where(row.fund_id.in_(self.wanted), visible(row, self.version), row.valued_on <= self.as_of)
            .order_by(row.valued_on, row.id)
        )
        return tuple(MadeNav(*found) for found in self.rows(self._made(query, row)))

    def _made(self, query: Select[*tuple[Any, ...]], row: type[Mark] | type[FundNav]) -> Select[Any]:
        """With the person of the revision that wrote the row, by the name that is known."""
        return query.join(Revision, Revision.id == row.revision_id).join(
            PersonFact,
            and_(PersonFact.person_id == Revision.person_id, visible(PersonFact, self.version)),
        )

    def _rounds(self) -> tuple[HeldRound, ...]:
        """Rounds of the firms held; a round is known to the funds that took part in it."""
        row = RoundFact
        held = select(Holding.company_id).where(Holding.fund_id.in_(self.wanted))
        query = (
            select(row.id, row.round_id, Round.code, row.name, row.closed_on, row.total_fen)
            .add_columns(row.secondary_fen, row.post_money_fen, row.loan_fen, row.company_id)
            .join(Round, Round.id == row.round_id)
            .where(row.company_id.in_(held), visible(row, self.version), row.closed_on <= self.as_of)
            .order_by(row.closed_on, row.id)
        )
        if self.seen is not None:
            taken = (
                select(Deal.round_id)
                .join(Holding, Holding.id == Deal.holding_id)
                .join(DealFact, and_(DealFact.deal_id == Deal.id, visible(DealFact, self.version)))
                .where(Deal.round_id.is_not(None), Holding.fund_id.in_(self.seen))
            )
            query = query.where(row.round_id.in_(taken))
        return tuple(HeldRound(*found) for found in self.rows(query))

    def _stakes(self) -> tuple[StakePaper, ...]:
        row = DealFact
        query = (
            select(Deal.holding_id, Deal.round_id, row.paid_on, row.stake_ppm)
            .join(Deal, Deal.id == row.deal_id)
            .join(Holding, Holding.id == Deal.holding_id)
            .where(Holding.fund_id.in_(self.wanted), visible(row, self.version), row.paid_on <= self.as_of)
            .order_by(row.paid_on, row.id)
        )
        return tuple(StakePaper(*found) for found in self.rows(query))

    def _called(self) -> tuple[CalledPaper, ...]:
        row = CallNotice
        query = (
            select(Commitment.fund_id, Commitment.investor_id, row.amount_fen, row.noticed_on)
            .join(Commitment, Commitment.id == row.commitment_id)
            .where(Commitment.fund_id.in_(self.wanted), visible(row, self.version))
            .where(row.noticed_on <= self.as_of)
            .order_by(row.noticed_on, row.id)
        )
        return tuple(CalledPaper(*found) for found in self.rows(query))
