"""What the cards of a firm's page are drawn from: the firm, its slice, and its reading worked out once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet
from dashboard.pages.funds.fund_cells import FundCells
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.portfolio.company_ledger import company_of
from dashboard.readings.portfolio.company_view import read_company
from dashboard.tables.shown import ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.permissions import Action
from funds.queries.facts import CompanyFacts, FundFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import company_scope

Row = Mapping[str, Any]
Rows = Sequence[Row]
PATH = "/companies"


@dataclass(frozen=True)
class CompanyState:
    """One firm as a person looks at it."""

    context: PageContext
    slice: LedgerSlice
    company: CompanyFacts
    reading: Reading

    @cached_property
    def is_held(self) -> bool:
        """Whether any fund in sight ever paid into it."""
        return bool(self.rows("company_fund"))

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit of the page's cards."""
        return choose_unit(self.sums[key] for key in ("invested", "proceeds", "fair_value"))

    @property
    def sums(self) -> Row:
        """The amounts over all funds in sight."""
        (row,) = self.rows("company_sum")
        return row

    @property
    def register(self) -> Row:
        """What the register says of the firm."""
        (row,) = self.rows("company")
        return row

    def rows(self, table: str) -> Rows:
        """The rows of one of the reading's tables."""
        return self.reading.table(table)

    def figure(self, code: str) -> Figure:
        """PF10 or PF11."""
        return self.reading.figure(code)

    def cards(self, place: str) -> CardSet:
        """A set of cards with a place of its own."""
        return CardSet(self.context.visit, self.slice.scope.label, self.unit, place)

    def cells(self, unit: MoneyUnit) -> FundCells:
        """Cells of a table whose money is in a unit."""
        return FundCells(self.context.visit, unit)

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions in force of some codes, for the foot of an export."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def amount(self, fen: int, unit: MoneyUnit | None = None) -> str:
        """An amount with the name of its unit, which suits it where none is given."""
        chosen = unit or choose_unit([fen])
        return f"{format_money(fen, chosen)} {self.say(chosen.code)}"

    def titled(self, code: str, unit: MoneyUnit) -> str:
        """The title of a column of money."""
        return self.say("company.with_unit", name=self.say(code), unit=self.say(unit.code))

    def note(self, code: str, unit: MoneyUnit | None = None, /, **params: object) -> str:
        """What stands under a title: the meaning, the unit where there is money, the day."""
        text, day = self.say(code, **params), self.day(self.slice.as_of)
        if unit is None:
            return self.say("company.note_plain", text=text, day=day)
        return self.say("company.note", text=text, unit=self.say(unit.code), day=day)

    def day(self, day: date | str) -> str:
        """A day in running text."""
        return format_date(date.fromisoformat(day) if isinstance(day, str) else day, self.context.language)

    def fund(self, code: str) -> FundFacts:
        """A fund by its code."""
        return next(one for one in self.slice.facts.funds.values() if one.code == code)

    def park_name(self, code: str | None) -> str:
        """A park by its code; nothing where there is none."""
        return next((one.name for one in self.slice.facts.parks.values() if one.code == code), "")

    def fund_link(self, code: str) -> str:
        """The address of a fund's page."""
        return self.context.link(f"/funds/{code}")

    def history_link(self, table: str, row: int) -> str | None:
        """The address of a row's history; nothing for who may not read the trail."""
        may = self.context.visit.may_do(Action.READ_TRAIL)
        return self.context.link(f"/history/{table}/{row}") if may else None

    def join(self, clauses: Iterable[str]) -> str:
        """Clauses as one sentence, which begins with a capital where the language has such."""
        sentence = self.say("company.join").join(clauses)
        return sentence[:1].upper() + sentence[1:]

    def list(self, words: Iterable[str]) -> str:
        """Names in a row."""
        return self.say("company.list").join(words)


def open_company(context: PageContext) -> CompanyState:
    """The firm in the address; its register is everybody's, its money only of the funds that may be seen."""
    visit = context.visit
    scope = company_scope(context.parts["code"])
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    return CompanyState(context, slice_, company_of(slice_), read_company(slice_))


def table_of(make: Callable[[CompanyState], ShownTable]) -> Callable[[PageContext], ShownTable]:
    """A table's maker for export, from its maker on the page."""
    return lambda context: make(open_company(context))


def day_of(row: Row, key: str = "day") -> date:
    """The day in a row."""
    return date.fromisoformat(row[key])


def number_of(text: str | None) -> Fraction | None:
    """The number in a row, which readings print as text."""
    return None if text is None else Fraction(text)


def share_of(ppm: int | None) -> Fraction | None:
    """Millionths as a share."""
    return None if ppm is None else Fraction(ppm, 1_000_000)
