"""Everything that waits for one person, in groups, each line in words with the way to where it is done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select

from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.pages.inbox.inbox_acts import ActDesk
from dashboard.pages.inbox.inbox_item import Item, Kind, sort_items
from dashboard.pages.inbox.inbox_reminders import ReminderDesk
from dashboard.pages.proposals.proposal_desk import ProposalDesk, open_proposals
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_date, format_money
from funds.book import Look
from funds.models import Fund, Party
from funds.permissions import Action, Readable
from funds.queries.codes import each_chunk
from funds.queries.deal_clauses import BuybackClause, read_buybacks
from funds.queries.noted_answers import NotedAnswers
from funds.queries.trail_readers import make_reader

PATH = "/inbox"
# A line names so many funds or parks; the rest are counted.
MOST_NAMES = 2
FUND = "fund"


@dataclass(frozen=True)
class InboxDesk:
    """One look at what waits; `groups` holds the kinds that have something, in their order."""

    proposals: ProposalDesk
    groups: Mapping[Kind, Sequence[Item]]

    @property
    def context(self) -> PageContext:
        """The page."""
        return self.proposals.context

    @property
    def today(self) -> date:
        """The day by which lateness is told."""
        return self.context.as_of

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    @cached_property
    def items(self) -> list[Item]:
        """All of them."""
        return [one for found in self.groups.values() for one in found]

    @cached_property
    def unit(self) -> MoneyUnit:
        """The one unit of every amount on the page; in 亿元 what one investor owes would hardly be seen."""
        amounts = (one.params.get("fen") for one in self.items)
        unit = choose_unit(fen for fen in amounts if isinstance(fen, int))
        return MoneyUnit.WAN if unit is MoneyUnit.YI else unit

    def count_late(self, kinds: Iterable[Kind]) -> int:
        """How many of some kinds are past their last day."""
        return sum(one.late_days(self.today) > 0 for kind in kinds for one in self.groups.get(kind, ()))

    def write_what(self, one: Item) -> str:
        """What is to be done, in a sentence."""
        if one.proposal is not None:
            return self.say(
                one.what,
                **one.params,
                kind=self.proposals.name_kind(one.proposal),
                subject=self._subjects[one.proposal.id],
                person=self.proposals.trail.write_person(one.proposal.proposer_id),
            )
        return self.say(one.what, **{name: self._write(value, name) for name, value in one.params.items()})

    def write_whose(self, one: Item) -> str:
        """The funds and parks it concerns; the city where it is nobody's in particular."""
        names = [self._name("fund", fund) for fund in one.funds] + [
            self._name("park", park) for park in one.parks
        ]
        if not names:
            return self.say("inbox.city")
        shown = self.say("inbox.comma").join(names[:MOST_NAMES])
        if len(names) <= MOST_NAMES:
            return shown
        return self.say("inbox.and_more", names=shown, count=format_count(len(names)))

    def link(self, one: Item) -> str:
        """The very place."""
        state = dict(one.state)
        if one.is_at_fund and one.funds:
            state[FUND] = self._codes[one.funds[0]]
        return self.context.link(one.path, **state)

    def _write(self, value: object, name: str) -> object:
        if name == "fen" and isinstance(value, int):
            return f"{format_money(value, self.unit)} {self.say(self.unit.code)}"
        if isinstance(value, date):
            return format_date(value, self.context.language)
        return value

    def _name(self, table: str, one: int) -> str:
        return self.proposals.trail.names.of(table, one)

    @cached_property
    def _subjects(self) -> dict[int, str]:
        return self.proposals.name_subjects(one.proposal for one in self.items if one.proposal is not None)

    @cached_property
    def _codes(self) -> Mapping[int, str]:
        ids = frozenset(one.funds[0] for one in self.items if one.is_at_fund and one.funds)
        whole = self.proposals.whole
        return _codes.find(self.context.visit.book, whole, ids, lambda: _read_codes(whole, ids))


# Codes of funds, and their names, by the funds that somebody's inbox tells of.
_codes = NotedAnswers[frozenset[int], Mapping[int, str]]()
_names = NotedAnswers[frozenset[int], Mapping[int, str]]()
_clauses = NotedAnswers[Readable, Sequence[BuybackClause]]()


def _read_codes(look: Look, ids: Iterable[int]) -> Mapping[int, str]:
    query = select(Fund.id, Party.code).join(Party, Party.id == Fund.party_id)
    return {
        row.id: row.code
        for piece in each_chunk(sorted(ids))
        for row in look.connection.execute(query.where(Fund.id.in_(piece)))
    }


@contextmanager
def open_inbox(context: PageContext) -> Iterator[InboxDesk]:
    """What waits as known at the page's version, late or not by the page's day."""
    with open_proposals(context) as desk:
        known = ActDesk(desk.look, desk.trail.reader, desk.rights, context.as_of).read(context.visit.book)
        found = [*known.acts, *_find_reminders(context, desk.look), *known.mine]
        groups: dict[Kind, list[Item]] = {kind: [] for kind in Kind}
        for one in found:
            groups[one.kind].append(one)
        sorted_ = {kind: sort_items(ones, context.as_of) for kind, ones in groups.items() if ones}
        opened = InboxDesk(desk, sorted_)
        funds = frozenset(fund for one in opened.items for fund in one.funds)
        names = desk.trail.names
        names.take(FUND, _names.find(context.visit.book, desk.whole, funds, lambda: names.find(FUND, funds)))
        yield opened


def count_acts(visit: Visit) -> int:
    """How many things are the person's to do today."""
    with visit.look() as look:
        reader = make_reader(visit.person.person_id, visit.rights)
        return len(ActDesk(look, reader, visit.rights, visit.book.today()).read(visit.book).acts)


def _find_reminders(context: PageContext, look: Look) -> Iterator[Item]:
    slice_, rights = slice_readable(context), context.visit.rights
    if slice_ is None:
        return
    may_record = rights.may_somewhere(Action.RECORD_BUSINESS)
    clauses: Sequence[BuybackClause] = []
    if may_record:
        key = rights.readable()  # on PostgreSQL each sees the deals of the own funds
        book = context.visit.book
        clauses = _clauses.find(book, look, key, lambda: read_buybacks(look.connection, look.version))
    yield from ReminderDesk(slice_, rights, clauses).find_reminders()
