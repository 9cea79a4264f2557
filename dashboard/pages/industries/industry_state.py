"""What the pages of industries are drawn from: the person's slice and readings in the state that the address names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.industries.chain_state import ChainState
from dashboard.pages.parks.park_switches import read_mode
from dashboard.pages.scope_choice import offer_scopes
from dashboard.readings.answers import Reading
from dashboard.readings.industries.industry_list import INDUSTRY, read_industries
from dashboard.readings.industries.industry_view import read_industry
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.tables.shown import ShownTable
from dashboard.words.numbers import choose_unit, format_date, format_money
from funds.errors import NotAllowed
from funds.queries.facts import IndustryFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import industry_scope

Row = Mapping[str, Any]
PATH = "/industries"


@dataclass(frozen=True)
class IndustriesState:
    """All industries as asked for, or one of them with its own tables."""

    context: PageContext
    slice: LedgerSlice
    mode: TagMode
    reading: Reading

    @property
    def rows(self) -> tuple[Row, ...]:
        """The industries, each below its broader one."""
        return self.reading.table(INDUSTRY)

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of one of the reading's tables."""
        return self.reading.table(name)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def cells(self, amounts: Iterable[int | None]) -> CellMaker:
        """Makes the cells of a table whose money these amounts are."""
        return CellMaker(self.context.visit, choose_unit(amounts))

    def amount(self, fen: int) -> str:
        """An amount in running text, in the unit that suits it."""
        unit = choose_unit([fen])
        joint = "" if self.context.language == "zh" else " "
        return f"{format_money(fen, unit)}{joint}{self.say(unit.code)}"

    def day(self) -> str:
        """The as-of day in running text."""
        return format_date(self.context.as_of, self.context.language)

    def list(self, names: Iterable[str]) -> str:
        """Names in a row."""
        return self.say("park.list").join(names)

    def park_names(self) -> Mapping[str, str]:
        """Names of parks by code."""
        return {park.code: park.name for park in self.slice.facts.parks.values()}

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions that a table rests on, by version."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)


@dataclass(frozen=True)
class IndustryState(IndustriesState):
    """One industry as asked for."""

    industry: IndustryFacts

    @property
    def row(self) -> Row:
        """What the list says of it."""
        return self.rows[0]

    @property
    def chains(self) -> ChainState:
        """Its chain, for the cards of chains."""
        return ChainState(self.context, self.slice, self.reading, is_park=False)


def open_industries(context: PageContext) -> IndustriesState:
    """The list, over the widest slice that the person may see."""
    visit, mode = context.visit, read_mode(context)
    offered = offer_scopes(context)
    if not offered:
        raise NotAllowed("state.refused_text")
    slice_ = slice_ledger(visit.book, visit.person.login, offered[0], context.as_of, context.as_known)
    return IndustriesState(context, slice_, mode, read_industries(slice_, mode))


def open_industry(context: PageContext, code: str) -> IndustryState:
    """The industry of a code on the day; who sees no fund yet still sees what is everybody's to know."""
    visit, mode = context.visit, read_mode(context)
    scope = industry_scope(code)
    try:
        slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    except NotAllowed:
        slice_ = replace(open_industries(context).slice, scope=scope, members={})
    (industry,) = [one for one in slice_.facts.industries.values() if one.code == code]
    return IndustryState(context, slice_, mode, read_industry(slice_, mode), industry)


def table_of_list(make: Callable[[IndustriesState], ShownTable]) -> Callable[[PageContext], ShownTable]:
    """A table's maker for export, from its maker on the page of the list."""
    return lambda context: make(open_industries(context))


def table_of(make: Callable[[IndustryState], ShownTable]) -> Callable[[PageContext], ShownTable]:
    """A table's maker for export, from its maker on the page of an industry."""
    return lambda context: make(open_industry(context, context.parts["code"]))
