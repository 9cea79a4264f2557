"""What is a person's to do: proposals and values to approve, papers to sign, doubts to answer, quarters to file.

Each source is one or two queries, and nothing of it rests on payments, so that it is kept while only these come in.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.pages.inbox.inbox_item import Item, Kind
from dashboard.pages.proposals.proposal_desk import is_turn_of
from dashboard.readings.portfolio.quarter_days import code_of_quarter, end_of, newest_end
from dashboard.readings.returns.earlier_ledgers import end_of_quarter
from funds.book import Book, Look
from funds.kinds import AuditStep, ScopeKind
from funds.permissions import Action, Rights, Scope
from funds.queries.audits import DrawnItem, open_findings
from funds.queries.noted_answers import NotedAnswers
from funds.queries.periods import city_day
from funds.queries.proposals import Proposed, read_proposals
from funds.queries.signed_papers import read_papers
from funds.queries.trail_readers import TrailReader
from funds.queries.unapproved_values import MARK, Unapproved, read_unapproved
from funds.queries.unfiled_quarters import DueDays, read_due_days, read_unfiled
from funds.recording.papers import scope_of

# The step of a quarter that a proposal belongs to.
STEP_OF_KIND = {"lock": "locked", "mark": "reviewed", "nav": "reviewed"}
QUARTERLY = ("lock", "unlock", "late")
MOST_ITEMS = 10_000  # of those that are kept


@dataclass(frozen=True)
class Acts:
    """What is theirs to do, and what of their own waits for somebody else."""

    acts: tuple[Item, ...]
    mine: tuple[Item, ...]


@dataclass(frozen=True)
class ActDesk:
    """One look at what waits, by one person on one day."""

    look: Look
    reader: TrailReader
    rights: Rights
    today: date

    def read(self, book: Book) -> Acts:
        """Everything, kept until a table changes that it rests on."""
        rights = frozenset(self.rights.grants), frozenset(self.rights.funds_of_parks.items())
        return _kept.find(
            book,
            self.look,
            (self.reader, rights, self.today),
            lambda: Acts(tuple(self.find_acts()), tuple(self.find_mine())),
        )

    def find_acts(self) -> Iterator[Item]:
        """Everything that is theirs to do."""
        yield from (make_proposal(self, one, Kind.CONFIRM) for one in self.proposals if self._is_turn(one))
        yield from self.group_values(
            Kind.CONFIRM, lambda one: one.maker_id != self.reader.person_id and self._may_approve(one)
        )
        yield from self._find_papers()
        yield from self._find_findings()
        yield from self._find_filings()

    def find_mine(self) -> Iterator[Item]:
        """What they proposed or recorded that waits for somebody else."""
        mine = self.reader.person_id
        yield from (make_proposal(self, one, Kind.MINE) for one in self.proposals if one.proposer_id == mine)
        yield from self.group_values(Kind.MINE, lambda one: one.maker_id == mine and self._may_read(one))

    @cached_property
    def proposals(self) -> list[Proposed]:
        """Those that are open and theirs to see."""
        return read_proposals(self.look.connection, self.look.version, self.reader, only_open=True)

    @cached_property
    def unapproved(self) -> list[Unapproved]:
        """Values up to the day that nobody approved."""
        return read_unapproved(self.look.connection, self.look.version, self.today)

    @cached_property
    def due(self) -> DueDays:
        """By when each step of a quarter is due."""
        return read_due_days(self.look.connection, self.look.version)

    def may(self, action: Action, fund: int) -> bool:
        """Whether the person holds a right for a fund."""
        return self.rights.may(action, Scope(ScopeKind.FUND, fund))

    def group_values(self, kind: Kind, fits: Callable[[Unapproved], bool]) -> Iterator[Item]:
        """One item for each fund and quarter with values that wait."""
        groups: dict[tuple[int, date], list[Unapproved]] = {}
        for one in self.unapproved:
            if fits(one):
                groups.setdefault((one.fund_id, end_of_quarter(one.valued_on)), []).append(one)
        for (fund, end), waiting in groups.items():
            marks, quarter = sum(one.kind == MARK for one in waiting), code_of_quarter(end)
            yield Item(
                kind,
                f"inbox.line_values_{_name_mix(marks, len(waiting) - marks)}",
                "/quarter-end",
                {"quarter": quarter},
                {"marks": marks, "navs": len(waiting) - marks, "quarter": quarter},
                (fund,),
                since=_earliest(one.at for one in waiting),
                due=self.due.of("reviewed", end),
                is_at_fund=True,
            )

    def _is_turn(self, one: Proposed) -> bool:
        return is_turn_of(self.rights, self.reader.person_id, one)

    def _may_approve(self, one: Unapproved) -> bool:
        return self.may(Action.APPROVE_VALUES, one.fund_id)

    def _may_read(self, one: Unapproved) -> bool:
        return self.may(Action.READ, one.fund_id)

    def _find_papers(self) -> Iterator[Item]:
        if not self.rights.may_somewhere(Action.SIGN_PAPER):
            return
        for paper in read_papers(self.look.connection, self.look.version, self.reader):
            is_own = paper.prepared.person_id == self.reader.person_id
            scope = scope_of(paper.fund_id, paper.park_id)
            if paper.is_waiting and not is_own and self.rights.may(Action.SIGN_PAPER, scope):
                yield Item(
                    Kind.SIGN,
                    "inbox.line_paper",
                    "/signing",
                    {"quarter": paper.quarter},
                    {"paper": paper.id, "quarter": paper.quarter},
                    () if paper.fund_id is None else (paper.fund_id,),
                    () if paper.park_id is None else (paper.park_id,),
                    _day(paper.prepared.at),
                    self.due.of("signed", end_of(paper.quarter)),
                )

    def _find_findings(self) -> Iterator[Item]:
        if not any(map(self.rights.may_somewhere, (Action.RECORD_BUSINESS, Action.AUDIT))):
            return
        for one in open_findings(self.look.connection, self.look.version, self.reader):
            if self._waits_for_me(one):
                last = one.findings[-1]
                what = "inbox.line_doubt" if one.step is AuditStep.DOUBTED else "inbox.line_answer"
                params = {"item": one.id, "words": last.words or "", "fen": one.amount_fen}
                yield Item(
                    Kind.FINDING, what, "/audit", {"item": str(one.id)}, params, (one.fund_id,),
                    since=_day(last.at),
                )  # fmt: skip

    def _waits_for_me(self, one: DrawnItem) -> bool:
        """A doubt waits for the fund's own people, an answer for whoever judges."""
        judges = self.may(Action.AUDIT, one.fund_id)
        if one.step is AuditStep.DOUBTED:
            return not judges and self.may(Action.RECORD_BUSINESS, one.fund_id)
        return judges

    def _find_filings(self) -> Iterator[Item]:
        """The last quarter that is over, for whoever files it and does not lock it."""
        if not self.rights.may_somewhere(Action.RECORD_BUSINESS):
            return
        end = newest_end(self.today)
        quarter = code_of_quarter(end)
        look = self.look
        for one in read_unfiled(look.connection, look.version, quarter, end, self.today):
            if self.may(Action.RECORD_BUSINESS, one.fund_id) and not self.may(
                Action.LOCK_QUARTER, one.fund_id
            ):
                yield Item(
                    Kind.FILING,
                    "inbox.line_filing_reminded" if one.reminders else "inbox.line_filing",
                    "/quarters",
                    {"quarter": quarter},
                    {"quarter": quarter, "count": one.reminders, "day": one.reminded_on},
                    (one.fund_id,),
                    since=end,
                    due=self.due.of("filed", end),
                    is_at_fund=True,
                )


_kept = NotedAnswers[Hashable, Acts](MOST_ITEMS, lambda found: 1 + len(found.acts) + len(found.mine))


def make_proposal(desk: ActDesk, one: Proposed, kind: Kind) -> Item:
    """A proposal as something that waits; what concerns a quarter has its step's last day."""
    quarter = one.about.rpartition(" ")[2] if one.kind in QUARTERLY else ""
    step = STEP_OF_KIND.get(one.kind)
    return Item(
        kind,
        "inbox.line_proposal",
        f"/proposals/{one.id}",
        params={"number": one.id},
        funds=tuple(
            scope.id for scope in one.scopes if scope.kind is ScopeKind.FUND and scope.id is not None
        ),
        parks=tuple(
            scope.id for scope in one.scopes if scope.kind is ScopeKind.PARK and scope.id is not None
        ),
        since=_day(one.at),
        due=desk.due.of(step, end_of(quarter)) if step and quarter else None,
        proposal=one,
    )


def _name_mix(marks: int, navs: int) -> str:
    return "both" if marks and navs else "marks" if marks else "navs"


def _earliest(times: Iterable[str]) -> date:
    return _day(min(times))


def _day(at: str) -> date:
    return date.fromisoformat(city_day(at))
