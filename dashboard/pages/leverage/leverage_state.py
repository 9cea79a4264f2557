"""What every card of the leverage page is drawn from: the slice, the options and readings that the address names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.figure_cards import CardSet
from dashboard.pages.leverage.leverage_address import (
    SCOPE,
    Layer,
    read_basis,
    read_layer,
    read_options,
)
from dashboard.pages.leverage.leverage_cells import LeverageCells
from dashboard.pages.scope_choice import offer_scopes, read_scope
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.leverage_whole import league_table, leverage_table, read_leverage_figures
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.errors import NotAllowed
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import ScopeName

Row = Mapping[str, Any]
Rows = Sequence[Row]
# Tables that are made together with another one, by the name that `leverage_table` knows.
MADE_WITH = {
    "clock_fund": "clock",
    "composition_sum": "composition",
    "yuan_cut": "yuan",
}


@dataclass(frozen=True)
class LeverageState:
    """Leverage as asked for; what no card asks for is not worked out.

    `options` is the question on the basis of the switch, `on_both` the same on both bases.
    """

    context: PageContext
    slice: LedgerSlice
    options: LeverageOptions
    basis: Basis
    layer: Layer

    @property
    def on_both(self) -> LeverageOptions:
        """The question on both bases."""
        return replace(self.options, basis=None)

    @property
    def scope(self) -> str:
        """What the figures are called by."""
        return self.slice.scope.label

    @property
    def is_of_firms(self) -> bool:
        """Whether the scope is an industry: then only money in its firms counts."""
        return self.slice.scope.name is ScopeName.INDUSTRY

    @cached_property
    def figures(self) -> Reading:
        """Every definition on both bases, as `report leverage` has it."""
        return read_leverage_figures(self.slice, self.on_both)

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit of the page's cards: that of the whole money."""
        return choose_unit(row.get("total") for row in self.rows_on_both("lens"))

    @cached_property
    def _made(self) -> dict[tuple[str, bool], Rows]:
        return {}

    def rows(self, table: str) -> Rows:
        """The rows of one table of `report leverage` on the basis of the switch."""
        return self._rows(table, is_on_both=False)

    def rows_on_both(self, table: str) -> Rows:
        """The rows of one table of `report leverage` on both bases."""
        return self._rows(table, is_on_both=True)

    def _rows(self, table: str, *, is_on_both: bool) -> Rows:
        maker = MADE_WITH.get(table, table)
        if (maker, is_on_both) not in self._made:
            options = self.on_both if is_on_both else self.options
            self._made[maker, is_on_both] = tuple(leverage_table(self.slice, maker, options))
        return tuple(row for row in self._made[maker, is_on_both] if row.get("table", maker) == table)

    def league(self, by: str) -> Rows:
        """The rows of one league on the basis of the switch; the others are not worked out for that."""
        return league_table(self.slice, by, self.options)

    def figure(self, code: str, basis: str | None = None) -> Figure:
        """A figure of the reading; raises KeyError where there is none."""
        return self.figures.figure(code, basis)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def cards(self, place: str) -> CardSet:
        """A set of cards with a place of its own."""
        return CardSet(self.context.visit, self.scope, self.unit, place)

    def cells(self, amounts: Iterable[int | None]) -> LeverageCells:
        """Makes the cells of a table whose money these amounts are."""
        return LeverageCells(self.context.visit, choose_unit(amounts))

    def unit_name(self, unit: MoneyUnit) -> str:
        """亿元, 万元 or 元."""
        return self.say(unit.code)

    def amount(self, fen: int) -> str:
        """An amount in running text, in the unit that suits it."""
        unit = choose_unit([fen])
        joint = "" if self.context.language == "zh" else " "
        return f"{format_money(fen, unit)}{joint}{self.unit_name(unit)}"

    def day(self, day: date | str | None = None) -> str:
        """A day in running text; the as-of day where none is given."""
        day = day or self.slice.as_of
        return format_date(date.fromisoformat(day) if isinstance(day, str) else day, self.context.language)

    def titled(self, name: str, cells: LeverageCells) -> str:
        """The title of a column of money."""
        return self.say("overview.with_unit", name=name, unit=self.say(cells.unit.code))

    def column(self, key: str, cells: LeverageCells | None = None, *, is_number: bool = False) -> Column:
        """A column by its key; with cells a column of money in their unit."""
        name = self.say(f"leverage_page.{key}")
        if cells is not None:
            return Column(key, self.titled(name, cells), is_number=True)
        return Column(key, name, is_number=is_number)

    def figure_column(self, code: str) -> Column:
        """A column of a multiple or a share, which names its definition."""
        return Column(code, f"{self.say(f'figure.{code}')} {code}", is_number=True)

    def terms(self, *, is_through: bool | None = None) -> str:
        """How the ratios count, in words: state-owned money, depth (that of the switch or the one given), level."""
        options = self.options
        is_through = options.look_through or self.is_of_firms if is_through is None else is_through
        level = f"report.level_{options.fiscal_level}" if options.fiscal_level else "leverage_page.level_all"
        return self.say(
            "leverage_page.terms",
            soe=self.say(f"overview.soe_{options.soe.value}"),
            look=self.say(f"leverage_page.look_{'through' if is_through else 'first'}"),
            level=self.say(level),
        )

    def basis_name(self, basis: str | None = None) -> str:
        """认缴 or 实缴, or the basis that a figure names."""
        return self.say(f"basis.{basis or self.basis}")

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions that a table rests on, by version."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)


def open_leverage(context: PageContext) -> LeverageState:
    """Leverage at the scope in the address, else the widest that the person may see; refuses what is not hers."""
    visit = context.visit
    if SCOPE in context.query:
        scope = read_scope(context.query[SCOPE])
        if scope.name is ScopeName.COMPANY:
            raise BadAddress("page.bad_scope", text=scope.label[:40])
    else:
        offered = offer_scopes(context)
        if not offered:
            raise NotAllowed("state.refused_text")
        scope = offered[0]
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    basis = read_basis(context)
    return LeverageState(
        context, without_filed(slice_), read_options(context, basis), basis, read_layer(context)
    )


def table_of(make: Callable[[LeverageState], ShownTable]) -> Callable[[PageContext], ShownTable]:
    """A table's maker for export, from its maker on the page."""
    return lambda context: make(open_leverage(context))
