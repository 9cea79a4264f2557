"""The only way to rows for any figure: the ledger of one scope, as of a day, as known at a version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from funds.book import Book, Look
from funds.errors import NotAllowed, NotFound
from funds.narrowing import Narrowing, narrow_rights
from funds.permissions import Readable
from funds.queries.attribution import ALL, Interval, lay_out
from funds.queries.cash_papers import OpenCash, no_cash
from funds.queries.columns import CommitmentColumns, EntryColumns, Flag, Int
from funds.queries.company_papers import CompanyPapers, no_papers
from funds.queries.facts import Facts, FundFacts, NamedThing
from funds.queries.id_map import IdMap
from funds.queries.keeping import load_once
from funds.queries.loading_cash_papers import CashReader
from funds.queries.loading_columns import Ledger
from funds.queries.loading_company_papers import PaperReader
from funds.queries.loading_quarter_papers import QuarterReader
from funds.queries.loading_value_papers import ValueReader
from funds.queries.memory.flow_sums import FlowSums
from funds.queries.memory.kept_sums import sum_lines
from funds.queries.pieces import Pieces
from funds.queries.quarter_papers import OpenQuarter, no_quarters
from funds.queries.scopes import ACROSS_FUNDS, CITY, Scope, ScopeName
from funds.queries.standing_rights import standing_person, standing_rights
from funds.queries.value_papers import OpenValues, no_values

Lines = TypeVar("Lines", CommitmentColumns, EntryColumns)


@dataclass(frozen=True)
class LedgerSlice:
    """Columns and facts of a scope; money of a fund that a park shares is cut line by line to the park's part.

    `members` are the funds of the scope with the piece of each that belongs to it. `ledger` holds all funds,
    uncut: a figure takes from it only what a fund of the scope points at (a stake's value, a child's size).
    `shelf` is shared with every slice narrowed from this one: for what depends on facts and ledger alone.
    `open_company` reads the papers of one firm by its id, `open_values` what stands behind the values of some
    funds, `open_cash` their calls and payouts, `open_quarter` how a quarter was collected, all as far as they
    are the person's to see.
    """

    scope: Scope
    as_of: date
    version: int
    facts: Facts
    ledger: Ledger
    readable: Readable
    members: Mapping[int, Interval]
    shelf: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    open_company: Callable[[int], CompanyPapers] = field(default=no_papers, compare=False, repr=False)
    open_values: OpenValues = field(default=no_values, compare=False, repr=False)
    open_cash: OpenCash = field(default=no_cash, compare=False, repr=False)
    open_quarter: OpenQuarter = field(default=no_quarters, compare=False, repr=False)

    @cached_property
    def commitments(self) -> CommitmentColumns:
        """Changes of commitments to the funds of the scope."""
        return self._cut(self.uncut_commitments)

    @cached_property
    def entries(self) -> EntryColumns:
        """Ledger lines of the funds of the scope."""
        return self._cut(self.uncut_entries)

    @cached_property
    def uncut_commitments(self) -> CommitmentColumns:
        """The same rows as `commitments`, in the same order, with the whole funds' amounts."""
        return self.ledger.commitments.where("fund", self.members)

    @cached_property
    def uncut_entries(self) -> EntryColumns:
        """The same lines as `entries`, in the same order, with the whole funds' amounts."""
        return self.ledger.entries.where("fund", self.members)

    @cached_property
    def flow_sums(self) -> FlowSums:
        """The lines summed by account and quarter; where all funds are whole, from what new lines keep up to date."""
        if self._pieces.are_whole:
            return sum_lines(self.ledger.entries).of(funds=self.members)
        return sum_lines(self.entries)

    @cached_property
    def fund_of_party(self) -> Mapping[int, int]:
        """The fund that a party is, for parties that are funds of the book."""
        return self.facts.fund_of_party()

    @property
    def readable_funds(self) -> list[FundFacts]:
        """The funds that the person may read, in the scope or not, by code."""
        found = (fund for fund in self.facts.funds.values() if self.readable.covers(fund.id))
        return sorted(found, key=lambda fund: fund.code)

    @property
    def left_out(self) -> int:
        """How many funds were the park's on the day and are not this person's to read today: no figure holds them."""
        if self.scope.name is not ScopeName.PARK:
            return 0
        (park,) = self._parks_of(self.scope.codes)
        owned = (fund.id for fund in self.facts.funds.values() if park.id in fund.shares)
        return sum(not self.readable.covers(fund) for fund in owned)

    @property
    def member_funds(self) -> list[FundFacts]:
        """The funds of the scope by code."""
        return sorted((self.facts.funds[fund] for fund in self.members), key=lambda fund: fund.code)

    def holds(self, funds: Int) -> Flag:
        """Which of some fund ids are in the scope."""
        return self._pieces.hold(funds)

    def part(self, funds: Int, amounts: Int) -> Int:
        """The scope's piece of amounts that belong to some funds of the scope, to the fen."""
        return self._pieces.cut(funds, amounts)

    def internal(self, funds: Int, counterparties: Int, amounts: Int) -> Int:
        """The piece of some funds' uncut lines that stays within the scope, because both sides lie in it.

        Where a park owns different shares of the two funds, it is the smaller piece: the rest of the larger
        one came from, or went to, money of somebody else.
        """
        others = self._funds_by_party.find(counterparties)
        both = np.flatnonzero(self.holds(funds) & self.holds(others))
        own, other = self.part(funds[both], amounts[both]), self.part(others[both], amounts[both])
        pieces = np.zeros_like(amounts)
        pieces[both] = np.where(np.abs(own) < np.abs(other), own, other)
        return pieces

    def owners(self, fund: int) -> dict[int | None, Interval]:
        """The parks (None = the city) that own a fund of the scope, as far as they lie in the scope."""
        intervals = lay_out(self.facts.funds[fund].shares)
        if self.scope.name is ScopeName.PARK:
            (park,) = self._parks_of(self.scope.codes)
            return {park.id: intervals[park.id]}
        return intervals

    def narrow(self, scope: Scope) -> "LedgerSlice":
        """The same columns for a scope within this one; refuses what the person may not see."""
        members = _members(self.facts, scope, self.readable)
        _require_readable(self.readable, scope, self.facts, members)
        return replace(self, scope=scope, members=members)

    def whole(self) -> "LedgerSlice":
        """Every fund, uncut: for what a fund of the scope points at, never for a figure of its own."""
        return replace(self, scope=CITY, members=dict.fromkeys(self.facts.funds, ALL))

    def _parks_of(self, codes: tuple[str, ...]) -> list[NamedThing]:
        return [park for park in self.facts.parks.values() if park.code in codes]

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self.members)

    @cached_property
    def _funds_by_party(self) -> IdMap:
        return IdMap(self.fund_of_party)

    def _cut(self, uncut: Lines) -> Lines:
        """The same rows with the scope's piece of each amount; the very rows where all funds are whole."""
        if self._pieces.are_whole:
            return uncut
        return uncut.replaced("amount", self.part(uncut.fund, uncut.amount))


def slice_ledger(
    book: Book,
    person: str,
    scope: Scope,
    as_of: date,
    as_known: int | datetime | None = None,
    within: Narrowing | None = None,
) -> LedgerSlice:
    """The slice that a person asks for; refuses an unknown code, and a scope that is not theirs to see."""
    with book.look(as_known) as look:
        readable = _readable(book, look, person, within)
        facts, ledger = load_once(book, look, as_of)
        members = _members(facts, scope, readable)
        _require_readable(readable, scope, facts, members)
    seen = None if readable.is_city else frozenset(_visible_funds(readable, facts))
    papers = PaperReader(book, as_of, look.version, seen, readable.sight)
    values = ValueReader(book, as_of, look.version, seen, readable.sight)
    cash = CashReader(book, as_of, look.version, seen, readable.sight, look.head)
    return LedgerSlice(
        scope,
        as_of,
        look.version,
        facts,
        ledger,
        readable,
        members,
        open_company=papers,
        open_values=values,
        open_cash=cash,
        open_quarter=QuarterReader(book, look.version, seen),
    )


def _readable(book: Book, look: Look, person: str, within: Narrowing | None) -> Readable:
    """What the person may read today: rights are never those of the version that is looked at."""
    head, today = look.head, book.today()
    person_id = standing_person(book, look, person)
    rights = standing_rights(book, look, person_id, today)
    if within is None:
        return rights.readable()
    return narrow_rights(look.connection, rights, within, today, head.version).readable()


def _members(facts: Facts, scope: Scope, readable: Readable) -> dict[int, Interval]:
    if scope.name is ScopeName.CITY:
        return dict.fromkeys(facts.funds, ALL)
    if scope.name is ScopeName.PARK:
        park = _find(facts.parks, scope.codes[0], "park.unknown")
        owned = (fund for fund in facts.funds.values() if park in fund.shares)
        return {fund.id: lay_out(fund.shares)[park] for fund in owned if readable.covers(fund.id)}
    if scope.name is ScopeName.MANAGER:
        party = _find(facts.parties, scope.codes[0], "manager.unknown")
        return {fund.id: ALL for fund in facts.funds.values() if fund.manager_id == party}
    if scope.name in ACROSS_FUNDS:
        _find_subject(facts, scope)
        return dict.fromkeys(_visible_funds(readable, facts), ALL)
    return {_find(facts.funds, code, "fund.unknown"): ALL for code in scope.codes}


def _find_subject(facts: Facts, scope: Scope) -> int:
    if scope.name is ScopeName.INDUSTRY:
        return _find(facts.industries, scope.codes[0], "industry.unknown")
    return _find(facts.companies, scope.codes[0], "company.unknown")


def _find(things: Mapping[int, NamedThing], code: str, fault: str) -> int:
    for thing in things.values():
        if thing.code == code:
            return thing.id
    raise NotFound(fault, code=code)


def _visible_funds(readable: Readable, facts: Facts) -> list[int]:
    return [fund for fund in facts.funds if readable.covers(fund)]


def _require_readable(
    readable: Readable, scope: Scope, facts: Facts, members: Mapping[int, Interval]
) -> None:
    if readable.is_city:
        return
    if (
        scope.name is ScopeName.PARK
        and _find(facts.parks, scope.codes[0], "park.unknown") in readable.park_ids
    ):
        return
    # Industries and firms are the city's register: whoever reads anything may look, and sees the own funds in it.
    if scope.name in ACROSS_FUNDS and (readable.park_ids or readable.fund_ids):
        return
    may_see = set(_visible_funds(readable, facts))
    if scope.name not in (ScopeName.FUND, ScopeName.MANAGER) or not set(members) <= may_see:
        raise NotAllowed("slice.not_yours", scope=scope.label)
