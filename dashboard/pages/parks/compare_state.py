"""What the comparison is drawn from: two sides in the address, each a park at a day, and their reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.pages.cells import CellMaker
from dashboard.pages.city.soe_choice import read_soe
from dashboard.pages.context import AS_OF, FIRST_DAY, LAST_DAY, BadAddress, PageContext
from dashboard.pages.parks.compare_way import AT, LEFT, PATH, RIGHT, a_year_before
from dashboard.pages.parks.park_switches import read_mode
from dashboard.pages.scope_choice import offer_scopes, read_scope
from dashboard.readings.answers import Reading
from dashboard.readings.industries.compare_parks import read_compare
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.tables.shown import ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.errors import NotAllowed
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, ScopeName, park_scope

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """A park at a day."""

    code: str
    day: date

    @property
    def address(self) -> str:
        """`park:P01@2025-12-31`, as the address writes it and a passport reads it."""
        return f"{park_scope(self.code).label}{AT}{self.day.isoformat()}"


@dataclass(frozen=True)
class CompareState:
    """The two sides as asked for."""

    context: PageContext
    left: Side
    right: Side
    slice: LedgerSlice
    mode: TagMode
    reading: Reading
    offered: Sequence[tuple[str, str]]

    @property
    def is_one_park(self) -> bool:
        """Whether both sides are the same park."""
        return self.left.code == self.right.code

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of one of the reading's tables."""
        return self.reading.table(table)

    def cells(self, unit: MoneyUnit) -> CellMaker:
        """Cells of a table whose money is in a unit."""
        return CellMaker(self.context.visit, unit)

    def amount(self, fen: int, unit: MoneyUnit | None = None, *, is_signed: bool = False) -> str:
        """An amount in running text."""
        unit = unit or choose_unit([fen])
        sign = "+" if is_signed and fen > 0 else ""
        return f"{sign}{format_money(fen, unit)} {self.say(unit.code)}"

    def day(self, day: date | str) -> str:
        """A day in running text."""
        return format_date(date.fromisoformat(day) if isinstance(day, str) else day, self.context.language)

    def name(self, side: str) -> str:
        """A side in words: the park, and the day."""
        (row,) = [one for one in self.rows("compare_side") if one["at_side"] == side]
        return self.say("compare.side", park=row["name"], day=self.day(row["day"]))

    def names(self, codes: Sequence[str]) -> str:
        """Industries by name."""
        known = {one.code: one.name for one in self.slice.facts.industries.values()}
        return self.say("park.list").join(known.get(code, code) for code in codes) or "—"

    def here(self, left: Side, right: Side) -> str:
        """This page with other sides."""
        return self.context.here(**{LEFT: left.address, RIGHT: right.address})

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions that a table rests on, by version."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)


def open_compare(context: PageContext) -> CompareState | None:
    """The sides of the address, else one's first park a year ago and today; None for whoever has no park.

    A park that is not the person's to see is refused where its slice is made.
    """
    offered = list_parks(context)
    if not offered:
        return None
    first = Side(offered[0][0], context.as_of)
    right = _read_side(context, RIGHT) or first
    left = _read_side(context, LEFT) or Side(right.code, a_year_before(right.day))
    slices = [_slice(context, side) for side in (left, right)]
    mode, options = read_mode(context), LeverageOptions(soe=read_soe(context))
    reading = read_compare(slices[0], slices[1], options, mode)
    at_home = replace(context, path=PATH)
    return CompareState(at_home, left, right, slices[1], mode, reading, offered)


def list_parks(context: PageContext) -> list[tuple[str, str]]:
    """The parks that the person may compare, by code, each with its name."""
    scopes = offer_scopes(context)
    own = [scope for scope in scopes if scope.name is ScopeName.PARK]
    if CITY not in scopes and not own:
        return []
    scope: Scope = CITY if CITY in scopes else own[0]
    visit = context.visit
    facts = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known).facts
    codes = {one.codes[0] for one in own}
    parks = sorted(facts.parks.values(), key=lambda park: park.code)
    return [(park.code, park.name) for park in parks if CITY in scopes or park.code in codes]


def read_side(text: str) -> Side:
    """A side from how the address writes it."""
    scope, mark, day = text.partition(AT)
    try:
        found, on = read_scope(scope), date.fromisoformat(day)
    except ValueError as fault:
        raise BadAddress("compare.bad_side", text=text[:40]) from fault
    if not mark or found.name is not ScopeName.PARK or not FIRST_DAY <= on <= LAST_DAY:
        raise BadAddress("compare.bad_side", text=text[:40])
    return Side(found.codes[0], on)


def stand_at_side(context: PageContext, scope: str) -> tuple[PageContext, str]:
    """The day and the scope of a number whose scope names a side, as the numbers of the comparison do."""
    if AT not in scope:
        return context, scope
    side = read_side(scope)
    query = {**context.query, AS_OF: side.day.isoformat()}
    return replace(context, as_of=side.day, query=query), park_scope(side.code).label


def table_of(make: Any, name: str) -> Any:
    """A table's maker for export, from its maker on the page."""

    def make_table(context: PageContext) -> ShownTable:
        state = open_compare(context)
        if state is None:
            raise NotAllowed("state.refused_text")
        table: ShownTable = make(state)
        return table

    make_table.__name__ = f"make_{name}"
    return make_table


def _read_side(context: PageContext, name: str) -> Side | None:
    text = context.query.get(name)
    return None if text is None else read_side(text)


def _slice(context: PageContext, side: Side) -> LedgerSlice:
    visit = context.visit
    return slice_ledger(visit.book, visit.person.login, park_scope(side.code), side.day, context.version)
