"""Reads the papers of one firm when they are asked for, so that no other question waits for them."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from funds.book import Book, Sight, visible
from funds.models import (
    Commitment,
    Company,
    CompanyFact,
    CompanyTag,
    Deal,
    DealFact,
    Entry,
    Holding,
    IndustryCrosswalk,
    Mark,
    NationalIndustry,
    PartyFact,
    PartyOwnership,
    Round,
    RoundFact,
    RoundInvestor,
)
from funds.queries.company_papers import (
    CompanyPapers,
    CrosswalkPaper,
    DealPaper,
    MarkPaper,
    NamePaper,
    NationalName,
    OwnerPaper,
    RegisterPaper,
    RoundLine,
    RoundPaper,
    TagPaper,
)
from funds.queries.fact_reader import FactReader
from funds.queries.noted_answers import NotedAnswers

MOST_ROWS = 10_000  # of papers that are kept
_kept = NotedAnswers[Hashable, CompanyPapers](
    MOST_ROWS, lambda papers: 20 + len(papers.lines) + len(papers.deals) + len(papers.marks)
)


@dataclass(frozen=True)
class PaperReader:
    """Opens the papers of firms for somebody who may see some funds, or (None) the whole city.

    They are kept by firm and by what may be seen, until a table of theirs changes.
    """

    book: Book
    as_of: date
    version: int
    funds: frozenset[int] | None
    sight: Sight

    def __call__(self, company: int) -> CompanyPapers:
        """The papers of one firm."""
        with self.book.look(self.version, self.sight) as look:
            reader = _CompanyReader(look.connection, self.as_of, self.version, company, self.funds)
            key = company, self.as_of, self.funds, self.sight
            return _kept.find(self.book, look, key, reader.read)


class _CompanyReader(FactReader):
    def __init__(
        self,
        connection: Connection,
        as_of: date,
        version: int,
        company: int,
        funds: Collection[int] | None,
    ) -> None:
        super().__init__(connection, as_of, version)
        self.company = company
        self.funds = None if funds is None else sorted(funds)

    def read(self) -> CompanyPapers:
        party = select(Company.party_id).where(Company.id == self.company).scalar_subquery()
        register = self._register()
        code = register.national_code if register is not None else None
        rounds = self._rounds()
        return CompanyPapers(
            names=self._names(party),
            register=register,
            national=self._national(code),
            crosswalk=self._crosswalk(code),
            tags=self._tags(),
            owners=self._owners(party),
            rounds=rounds,
            lines=self._lines([one.round_id for one in rounds]),
            deals=self._deals(),
            marks=self._marks(),
        )

    def _names(self, party: Any) -> tuple[NamePaper, ...]:
        row = PartyFact
        query = (
            select(row.id, row.name, row.former_names, row.credit_code, row.from_date)
            .where(row.party_id == party, visible(row, self.version), self.begun(row.from_date))
            .order_by(row.from_date.is_not(None), row.from_date, row.id)
        )
        return tuple(NamePaper(*found) for found in self.rows(query))

    def _register(self) -> RegisterPaper | None:
        row = CompanyFact
        query = (
            select(row.id, row.national_code, row.established)
            .where(row.company_id == self.company, visible(row, self.version), self.begun(row.from_date))
            .order_by(row.from_date.is_not(None), row.from_date, row.id)
        )
        found = self.rows(query)
        return RegisterPaper(*found[-1]) if found else None

    def _national(self, code: str | None) -> tuple[NationalName, ...]:
        """The code and what stands above it, the coarsest first, in the newest edition."""
        row = NationalIndustry
        query = (
            select(row.code, row.name, row.edition)
            .where(row.code.in_(_prefixes(code)), visible(row, self.version))
            .order_by(row.edition, func.length(row.code), row.id)
        )
        named = {found.code: NationalName(*found) for found in self.rows(query)}
        return tuple(sorted(named.values(), key=lambda one: len(one.code)))

    def _crosswalk(self, code: str | None) -> tuple[CrosswalkPaper, ...]:
        """The rows of the code and of those above it, the finest first."""
        row = IndustryCrosswalk
        query = (
            select(row.id, row.industry_id, row.national_code, row.is_partial, row.confirmation, row.basis)
            .where(row.national_code.in_(_prefixes(code)), visible(row, self.version))
            .where(self.begun(row.from_date))
            .order_by(func.length(row.national_code).desc(), row.id)
        )
        return tuple(CrosswalkPaper(*found) for found in self.rows(query))

    def _tags(self) -> tuple[TagPaper, ...]:
        row = CompanyTag
        query = select(row.id, row.from_date, row.basis).where(
            row.company_id == self.company, visible(row, self.version), row.from_date <= self.as_of
        )
        return tuple(TagPaper(*found) for found in self.rows(query.order_by(row.from_date, row.id)))

    def _owners(self, party: Any) -> tuple[OwnerPaper, ...]:
        """Shareholders, where they or the firm itself have committed to a fund that may be seen."""
        row, investors = PartyOwnership, select(Commitment.investor_id)
        known: ColumnElement[bool] = true()
        if self.funds is not None:
            own = investors.where(Commitment.fund_id.in_(self.funds))
            known = or_(row.owner_id.in_(own), row.owned_id.in_(own))
        query = (
            select(row.id, row.owner_id, row.share_ppm, row.from_date, row.evidence)
            .where(row.owned_id == party, visible(row, self.version), known)
            .where(row.from_date <= self.as_of, self.holds(row.to_date))
            .order_by(row.share_ppm.desc(), row.id)
        )
        return tuple(OwnerPaper(*found) for found in self.rows(query))

    def _rounds(self) -> tuple[RoundPaper, ...]:
        """Rounds closed by the day; a round is known to the funds that took part in it."""
        row = RoundFact
        query = (
            select(row.id, row.round_id, Round.code, row.name, row.closed_on, row.total_fen)
            .add_columns(row.secondary_fen, row.post_money_fen, row.loan_fen)
            .join(Round, Round.id == row.round_id)
            .where(row.company_id == self.company, visible(row, self.version), row.closed_on <= self.as_of)
            .order_by(row.closed_on, row.id)
        )
        if self.funds is not None:
            taken = (
                select(Deal.round_id)
                .join(Holding, Holding.id == Deal.holding_id)
                .join(DealFact, and_(DealFact.deal_id == Deal.id, visible(DealFact, self.version)))
                .where(Deal.round_id.is_not(None), self._held())
            )
            query = query.where(row.round_id.in_(taken))
        return tuple(RoundPaper(*found) for found in self.rows(query))

    def _lines(self, rounds: list[int]) -> tuple[RoundLine, ...]:
        row = RoundInvestor
        query = (
            select(row.id, row.round_id, row.investor_id, row.amount_fen, row.share_origin)
            .where(row.round_id.in_(rounds), visible(row, self.version))
            .order_by(row.round_id, row.amount_fen.desc(), row.id)
        )
        return tuple(RoundLine(*found) for found in self.rows(query))

    def _deals(self) -> tuple[DealPaper, ...]:
        row = DealFact
        query = (
            select(row.id, Entry.id, Deal.holding_id, Deal.round_id, row.decided_on, row.paid_on)
            .add_columns(row.instrument, row.stake_ppm)
            .join(Deal, Deal.id == row.deal_id)
            .join(Holding, Holding.id == Deal.holding_id)
            .join(Entry, and_(Entry.movement_id == row.movement_id, visible(Entry, self.version)))
            # A holding that passed between two funds has the seller's line in the same movement.
            .where(Entry.deal_id == row.deal_id)
            .where(self._held(), visible(row, self.version), row.paid_on <= self.as_of)
            .order_by(row.paid_on, row.id)
        )
        return tuple(DealPaper(*found) for found in self.rows(query))

    def _marks(self) -> tuple[MarkPaper, ...]:
        row = Mark
        query = (
            select(row.id, row.holding_id, row.valued_on, row.fair_value_fen, row.method, row.evidence)
            .add_columns(row.approved_by_id.is_not(None))
            .join(Holding, Holding.id == row.holding_id)
            .where(self._held(), visible(row, self.version), row.valued_on <= self.as_of)
            .order_by(row.valued_on, row.id)
        )
        return tuple(MarkPaper(*found) for found in self.rows(query))

    def _held(self) -> ColumnElement[bool]:
        """Holdings of the firm in funds that may be seen."""
        mine = Holding.company_id == self.company
        return mine if self.funds is None else and_(mine, Holding.fund_id.in_(self.funds))


def _prefixes(code: str | None) -> list[str]:
    """The code with everything above it: 3973, 397, 39."""
    return [] if code is None else [code[:length] for length in range(len(code), 0, -1)]
