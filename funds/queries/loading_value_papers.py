"""Reads what stands behind the values of funds when it is asked for, so that no other question waits for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from funds.book import Book, Sight, visible
from funds.book.noting import note_tables, noting_nothing
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
from funds.queries.noted_answers import NotedAnswers
from funds.queries.value_papers import (
    CalledPaper,
    HeldRound,
    MadeMark,
    MadeNav,
    StakePaper,
    ValuePapers,
)

MOST_ROWS = 20_000  # of papers that are kept
Seen = tuple[int, ...]
Key = tuple[date, Seen, frozenset[int] | None, bool]
_kept = NotedAnswers[Key, ValuePapers](
    MOST_ROWS,
    lambda papers: 1 + sum(map(len, (papers.marks, papers.navs, papers.rounds, papers.stakes))),
)
_called = NotedAnswers[tuple[date, Seen], tuple[CalledPaper, ...]](MOST_ROWS, lambda papers: 1 + len(papers))


@dataclass(frozen=True)
class ValueReader:
    """Opens the papers of funds for somebody who may see some funds, or (None) the whole city.

    They are kept by the funds that may be seen, until a table of theirs changes.
    """

    book: Book
    as_of: date
    version: int
    funds: frozenset[int] | None
    sight: Sight

    def __call__(
        self, funds: Collection[int], *, until: date | None = None, only_waiting: bool = False
    ) -> ValuePapers:
        """The papers of those of the funds that may be seen."""
        day = self.as_of if until is None else min(until, self.as_of)
        seen = tuple(sorted(set(funds) if self.funds is None else set(funds) & self.funds))
        with self.book.look(self.version, self.sight) as look:
            reader = _Reader(look.connection, day, self.version, seen, self.funds)
            key = day, seen, self.funds, only_waiting
            if only_waiting:
                return _kept.find(self.book, look, key, reader.read_waiting)
            papers = _kept.find(self.book, look, key, reader.read)
            called = _called.find(self.book, look, (day, seen), reader.read_called)
            return replace(papers, called=called)


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
        """The last marks, rounds and stakes."""
        return ValuePapers(marks=self._marks(self._is_last()), rounds=self._rounds(), stakes=self._stakes())

    def read_waiting(self) -> ValuePapers:
        """Marks and reports without an approver."""
        waits = Mark.approved_by_id.is_(None), FundNav.approved_by_id.is_(None)
        return ValuePapers(self._marks(waits[0]), self._navs(waits[1]))

    def _is_last(self) -> ColumnElement[bool]:
        """That a mark is the last of its holding's that were approved, or of those that were not."""
        row = Mark
        turn = func.row_number().over(
            partition_by=(row.holding_id, row.approved_by_id.is_(None)),
            order_by=(row.valued_on.desc(), row.id.desc()),
        )
        ranked = (
            select(row.id, turn.label("turn"))
            .join(Holding, Holding.id == row.holding_id)
            .where(Holding.fund_id.in_(self.wanted), visible(row, self.version), row.valued_on <= self.as_of)
            .subquery()
        )
        return row.id.in_(select(ranked.c.id).where(ranked.c.turn == 1))

    def _marks(self, only: ColumnElement[bool]) -> tuple[MadeMark, ...]:
        row = Mark
        query = (
            select(row.id, row.holding_id, row.valued_on, row.fair_value_fen, row.method, row.evidence)
            .add_columns(row.approved_by_id.is_not(None), Revision.person_id, PersonFact.name)
            .join(Holding, Holding.id == row.holding_id)
            .where(Holding.fund_id.in_(self.wanted), visible(row, self.version), row.valued_on <= self.as_of)
            .where(only)
            .order_by(row.valued_on, row.id)
        )
        return tuple(MadeMark(*found) for found in self._made(query, row))

    def _navs(self, only: ColumnElement[bool]) -> tuple[MadeNav, ...]:
        row = FundNav
        query = (
            select(row.id, row.fund_id, row.valued_on, row.nav_fen, row.investor_id, row.source)
            .add_columns(row.approved_by_id.is_not(None), Revision.person_id, PersonFact.name)
            .where(row.fund_id.in_(self.wanted), visible(row, self.version), row.valued_on <= self.as_of)
            .where(only)
            .order_by(row.valued_on, row.id)
        )
        return tuple(MadeNav(*found) for found in self._made(query, row))

    def _made(self, query: Select[*tuple[Any, ...]], row: type[Mark] | type[FundNav]) -> Sequence[Any]:
        """The rows with the person of the revision that wrote each, by the name that is known."""
        made = query.join(Revision, Revision.id == row.revision_id).join(
            PersonFact,
            and_(PersonFact.person_id == Revision.person_id, visible(PersonFact, self.version)),
        )
        with noting_nothing():  # who made a revision is never another, however many come after it
            found = self.rows(made)
        note_tables({model.__tablename__ for model in (row, Holding, PersonFact)})
        return found

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

    def read_called(self) -> tuple[CalledPaper, ...]:
        """What call notices asked for."""
        row = CallNotice
        query = (
            select(Commitment.fund_id, Commitment.investor_id, row.amount_fen, row.noticed_on)
            .join(Commitment, Commitment.id == row.commitment_id)
            .where(Commitment.fund_id.in_(self.wanted), visible(row, self.version))
            .where(row.noticed_on <= self.as_of)
            .order_by(row.noticed_on, row.id)
        )
        return tuple(CalledPaper(*found) for found in self.rows(query))
