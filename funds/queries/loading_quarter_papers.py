"""Reads how a quarter was collected when it is asked for, so that no other question waits for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from funds.book import Book, Look, visible
from funds.kinds import ScopeKind
from funds.models import ControlTotal, PersonFact, QuarterFiling, Reminder, Revision
from funds.queries.codes import each_chunk
from funds.queries.kept_checks import keep_checks
from funds.queries.noted_answers import NotedAnswers
from funds.queries.period_dates import find_rows
from funds.queries.periods import Locking, read_periods, read_restated
from funds.queries.proposals import read_proposals
from funds.queries.quarter_papers import (
    FiledPaper,
    QuarterPapers,
    RemindedPaper,
    RestatedRows,
    TotalPaper,
    WaitingPaper,
)

KINDS = ("lock", "unlock", "late")
MOST_ROWS = 20_000  # of papers that are kept
_kept = NotedAnswers[tuple[str, frozenset[int]], QuarterPapers](
    MOST_ROWS, lambda papers: 1 + len(papers.filed) + len(papers.locks) + len(papers.totals)
)


@dataclass(frozen=True)
class QuarterReader:
    """Opens a quarter of funds for somebody who may see some funds, or (None) the whole city.

    The checks look at the whole book, as a fund's value rests on its children; what is told is of the funds asked for.
    """

    book: Book
    version: int
    funds: frozenset[int] | None

    def __call__(self, quarter: str, funds: Collection[int], *, with_checks: bool = True) -> QuarterPapers:
        """The papers of those of the funds that may be seen."""
        seen = frozenset(funds) if self.funds is None else self.funds.intersection(funds)
        with self.book.look(self.version) as look:
            reader = _Reader(self.book, look, quarter, seen)
            papers = _kept.find(self.book, look, (quarter, seen), reader.read)
            if not with_checks:
                return papers
            return replace(papers, checks=keep_checks(self.book, look, quarter, sorted(seen)))


@dataclass(frozen=True)
class _Reader:
    book: Book
    look: Look
    quarter: str
    funds: frozenset[int]

    def read(self) -> QuarterPapers:
        """All but the checks, which rest on every line of the ledger."""
        filed, reminders, locks = self._filed(), self._reminders(), self._locks()
        waiting, restated = self._waiting(), self._restated()
        named = [paper.person_id for paper in filed.values()]
        named += [one.person_id for papers in reminders.values() for one in papers]
        named += [one for lock in locks.values() for one in (lock.proposer_id, lock.approver_id)]
        named += [paper.proposer_id for paper in waiting]
        named += [one for rows in restated for one in (rows.restated.proposer_id, rows.restated.approver_id)]
        return QuarterPapers(
            self.quarter,
            filed,
            reminders,
            self._totals(),
            {},
            locks,
            waiting,
            restated,
            self._people(named),
        )

    def _filed(self) -> dict[int, FiledPaper]:
        row = QuarterFiling
        query = select(row.id, row.fund_id, row.filed_on, row.filed_by_id, row.note)
        query = query.where(row.quarter == self.quarter, visible(row, self.look.version))
        found = (FiledPaper(*one) for one in self.look.connection.execute(query))
        return {paper.fund_id: paper for paper in found if paper.fund_id in self.funds}

    def _reminders(self) -> dict[int, tuple[RemindedPaper, ...]]:
        row = Reminder
        query = (
            select(row.id, row.fund_id, row.reminded_on, Revision.person_id, row.note)
            .join(Revision, Revision.id == row.revision_id)
            .where(row.quarter == self.quarter, row.revision_id <= self.look.version)
            .order_by(row.id)
        )
        found: dict[int, tuple[RemindedPaper, ...]] = {}
        for one in self.look.connection.execute(query):
            paper = RemindedPaper(*one)
            if paper.fund_id in self.funds:
                found[paper.fund_id] = (*found.get(paper.fund_id, ()), paper)
        return found

    def _totals(self) -> tuple[TotalPaper, ...]:
        row = ControlTotal
        query = (
            select(row.id, row.fund_id, row.child_id, row.called_fen, row.distributed_fen)
            .where(row.quarter == self.quarter, visible(row, self.look.version))
            .order_by(row.id)
        )
        found = (TotalPaper(*one) for one in self.look.connection.execute(query))
        return tuple(one for one in found if {one.mother_id, one.child_id} & self.funds)

    def _locks(self) -> dict[int, Locking]:
        found = read_periods(self.look.connection, self.look.version, self.quarter)
        return {fund: last for (fund, _), last in found.items() if fund in self.funds and last.is_locked}

    def _waiting(self) -> tuple[WaitingPaper, ...]:
        found = read_proposals(self.look.connection, self.look.version, only_open=True)
        return tuple(
            WaitingPaper(one.id, scope.id, one.kind, one.proposer_id)
            for one in reversed(found)
            if one.kind in KINDS and one.about.endswith(f" {self.quarter}")
            for scope in one.subjects
            if scope.kind is ScopeKind.FUND and scope.id is not None and scope.id in self.funds
        )

    def _restated(self) -> tuple[RestatedRows, ...]:
        found = []
        for one in read_restated(self.look.connection, self.look.version, self.quarter):
            if one.fund_id in self.funds:
                rows = find_rows(self.look.connection, one.version)
                pair = (one.fund_id, one.quarter)
                counts = {name: len(ids[pair]) for name, ids in rows.items() if pair in ids}
                found.append(RestatedRows(one, counts))
        return tuple(found)

    def _people(self, ids: Iterable[int]) -> dict[int, str]:
        query = select(PersonFact.person_id, PersonFact.name).order_by(PersonFact.id)
        query = query.where(PersonFact.revision_id <= self.look.version)
        return {
            row.person_id: row.name
            for piece in each_chunk(ids)
            for row in self.look.connection.execute(query.where(PersonFact.person_id.in_(piece)))
        }
