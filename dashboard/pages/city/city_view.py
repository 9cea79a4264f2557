"""What the cards of the city's page share: the slice, its reading worked out once, and one unit of money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dashboard.pages.cells import CellMaker
from dashboard.pages.city.soe_choice import read_soe
from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet
from dashboard.pages.parks.park_switches import read_mode
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.readings.places import read_city
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True)
class CityView:
    """The city as a person looks at it."""

    context: PageContext
    slice: LedgerSlice

    @cached_property
    def reading(self) -> Reading:
        """The figures and tables of `report city`, with state-owned money where the address puts it."""
        return read_city(self.slice, LeverageOptions(soe=read_soe(self.context)), read_mode(self.context))

    def narrow(self, *tables: str) -> "CityView":
        """The same with no more of the reading than some of its tables."""
        rows = tuple(row for table in tables for row in self.rows(table))
        part = replace(self)
        vars(part)["reading"] = replace(self.reading, figures=(), rows=rows)
        return part

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit of the page's cards and its funnel."""
        return choose_unit(row["amount"] for row in self.rows("funnel"))

    def rows(self, table: str) -> Rows:
        """The rows of one table of the reading."""
        return self.reading.table(table)

    def figure(self, code: str, basis: str | None = None) -> Figure:
        """A figure of the reading."""
        return self.reading.figure(code, basis)

    def cards(self, place: str) -> CardSet:
        """A set of cards with a place of its own."""
        return CardSet(self.context.visit, self.slice.scope.label, self.unit, place)

    def cells(self, unit: MoneyUnit) -> CellMaker:
        """Cells of a table whose money is in a unit."""
        return CellMaker(self.context.visit, unit)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def amount(self, fen: int, unit: MoneyUnit | None = None) -> str:
        """An amount with the name of its unit."""
        unit = unit or choose_unit([fen])
        return f"{format_money(fen, unit)} {self.say(unit.code)}"

    def titled(self, name: str, unit: MoneyUnit) -> str:
        """The title of a column of money."""
        return self.say("overview.with_unit", name=name, unit=self.say(unit.code))

    @property
    def day(self) -> str:
        """The as-of date in running text."""
        return format_date(self.slice.as_of, self.context.language)

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions in force of some codes, for the foot of an export."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)


def load_city(context: PageContext) -> CityView:
    """The city in the state that the address says; refused where it is not the person's to see."""
    visit = context.visit
    slice_ = slice_ledger(visit.book, visit.person.login, CITY, context.as_of, context.as_known)
    return CityView(context, slice_)
