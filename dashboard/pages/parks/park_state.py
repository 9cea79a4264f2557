"""What every card of a park's page is drawn from: the park's slice and reading in the state that the address names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.pages.cells import CellMaker
from dashboard.pages.city.soe_choice import read_soe
from dashboard.pages.context import PageContext
from dashboard.pages.parks.park_switches import read_mode, read_since, read_through
from dashboard.readings.answers import Reading
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.park_view import park_of, read_park_view
from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.tables.shown import ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.queries.facts import ParkFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import park_scope

Row = Mapping[str, Any]
PATH = "/parks"


@dataclass(frozen=True)
class ParkState:
    """A park as asked for."""

    context: PageContext
    slice: LedgerSlice
    park: ParkFacts
    mode: TagMode
    soe: SoeTreatment
    reading: Reading
    is_through: bool = False
    since: date | None = None

    @property
    def scope(self) -> str:
        """What the park's figures are called by."""
        return self.slice.scope.label

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of one of the reading's tables."""
        return self.reading.table(table)

    def cells(self, amounts: Iterable[int | None]) -> CellMaker:
        """Makes the cells of a table whose money these amounts are."""
        return CellMaker(self.context.visit, choose_unit(amounts))

    def unit_name(self, unit: MoneyUnit) -> str:
        """亿元, 万元 or 元."""
        return self.say(unit.code)

    def amount(self, fen: int) -> str:
        """An amount in running text, in the unit that suits it."""
        unit = choose_unit([fen])
        joint = "" if self.context.language == "zh" else " "
        return f"{format_money(fen, unit)}{joint}{self.unit_name(unit)}"

    def day(self, day: date | str) -> str:
        """A day in running text."""
        return format_date(date.fromisoformat(day) if isinstance(day, str) else day, self.context.language)

    def names(self, codes: Iterable[str | None]) -> str:
        """Industries by name, in a row; one that is not in the list of the day says so."""
        known = {industry.code: industry.name for industry in self.slice.facts.industries.values()}
        unlisted = self.say("park.unlisted")
        return self.say("park.list").join(known.get(code or "", code or unlisted) for code in codes)

    def fund_names(self) -> Mapping[str, str]:
        """Names of funds by code."""
        return {fund.code: fund.name for fund in self.slice.facts.funds.values()}

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions that a table rests on, by version."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)


def open_park(context: PageContext, code: str) -> ParkState:
    """The park of a code, wherever the page is shown; refuses one that is not the person's to see.

    Links, sorting and exports lead to the park's own address, so that it does not matter whether
    this stands at `/`, `/parks` or `/parks/CODE`.
    """
    at_home = replace(context, path=f"{PATH}/{code}", parts={"code": code})
    mode, soe = read_mode(at_home), read_soe(at_home)
    visit = context.visit
    slice_ = slice_ledger(visit.book, visit.person.login, park_scope(code), context.as_of, context.as_known)
    is_through, since = read_through(at_home), read_since(at_home)
    reading = read_park_view(slice_, LeverageOptions(soe=soe), mode, look_through=is_through, since=since)
    return ParkState(at_home, slice_, park_of(slice_), mode, soe, reading, is_through, since)


def table_of(make: Callable[[ParkState], ShownTable]) -> Callable[[PageContext], ShownTable]:
    """A table's maker for export, from its maker on the page."""
    return lambda context: make(open_park(context, context.parts["code"]))
