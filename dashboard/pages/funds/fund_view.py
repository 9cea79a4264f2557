"""What the cards of a fund's page share: the fund, its slice, and each reading worked out once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from dashboard.pages.city.soe_choice import read_soe
from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet
from dashboard.pages.funds.fund_cells import FundCells
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.money.composition import composition_rows
from dashboard.readings.money.investors import investor_rows, investor_sum_rows
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.portfolio.contract_terms import term_rows
from dashboard.readings.portfolio.fund_holdings import holding_rows, holding_sum_rows, stake_rows
from dashboard.readings.portfolio.fund_life import life_rows, pace_rows
from dashboard.readings.returns.index_account import lay_beside
from dashboard.readings.returns.returns import read_returns
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import fund_scope

Row = Mapping[str, Any]
Rows = Sequence[Row]

FILED: Mapping[str, Callable[[LedgerSlice], Iterable[Row]]] = {
    "life": life_rows,
    "pace": pace_rows,
    "investor": investor_rows,
    "investor_sum": investor_sum_rows,
    "composition": composition_rows,
    "composition_sum": composition_rows,
    "holding": holding_rows,
    "holding_sum": holding_sum_rows,
    "stake": stake_rows,
    "term": term_rows,
}


@dataclass(frozen=True)
class FundView:
    """One fund as a person looks at it; what no card asks for is not worked out."""

    context: PageContext
    slice: LedgerSlice
    fund: FundFacts

    @cached_property
    def returns(self) -> Reading:
        """Performance with its tables."""
        return read_returns(self.slice)

    @cached_property
    def leverage(self) -> Reading:
        """Leverage, with state-owned money where the address puts it."""
        return read_leverage(self.slice, LeverageOptions(soe=read_soe(self.context)))

    @cached_property
    def alignment(self) -> Reading:
        """Alignment, directly and looked through."""
        return read_alignment(self.slice, look_through=True)

    @cached_property
    def unit(self) -> MoneyUnit:
        """The unit of the page's cards."""
        values = [self.figure(code).value for code in ("PF01", "PF02", "PF04")]
        return choose_unit([self.fund.target_size_fen, *(v for v in values if isinstance(v, int))])

    def figure(self, code: str, basis: str | None = None) -> Figure:
        """A figure by its code, from the reading that gives it."""
        readings = {"PF": "returns", "LV": "leverage", "AL": "alignment"}
        reading: Reading = getattr(self, readings[code[:2]])
        return reading.figure(code, basis)

    @cached_property
    def filed(self) -> dict[str, Rows]:
        """The rows of the fund's file that some card has asked for."""
        return {}

    def rows(self, table: str) -> Rows:
        """The rows of a table: of the fund's file, else of its returns."""
        if table not in FILED and table != "index_account":
            return self.returns.table(table)
        if table not in self.filed:
            self.filed[table] = tuple(row for row in self._read(table) if row["table"] == table)
        return self.filed[table]

    def _read(self, table: str) -> Iterable[Row]:
        if table == "index_account":
            return lay_beside(self.slice, self.returns.table("j_curve"))
        return FILED[table](self.slice)

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions in force of some codes, for the foot of an export."""
        known = self.slice.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)

    def cards(self, place: str) -> CardSet:
        """A set of cards with a place of its own."""
        return CardSet(self.context.visit, self.slice.scope.label, self.unit, place)

    def cells(self, unit: MoneyUnit) -> FundCells:
        """Cells of a table whose money is in a unit."""
        return FundCells(self.context.visit, unit)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def amount(self, fen: int, unit: MoneyUnit) -> str:
        """An amount with the name of its unit."""
        return f"{format_money(fen, unit)} {self.say(unit.code)}"

    def note(self, unit: MoneyUnit | None, code: str, /, **params: object) -> str:
        """What stands under a title: the meaning, the unit where there is money, the day."""
        day = format_date(self.slice.as_of, self.context.language)
        text = self.say(code, **params)
        if unit is None:
            return self.say("fund.note_plain", text=text, day=day)
        return self.say("fund.note", text=text, unit=self.say(unit.code), day=day)

    def titled(self, code: str, unit: MoneyUnit) -> str:
        """The title of a column of money."""
        return self.say("fund.with_unit", name=self.say(code), unit=self.say(unit.code))


def load_fund(context: PageContext) -> FundView:
    """The fund in the address; refused where it is not the person's to see."""
    visit = context.visit
    scope = fund_scope(context.parts["code"])
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    (fund,) = slice_.member_funds
    return FundView(context, without_filed(slice_), fund)


def day_of(row: Row, key: str = "day") -> date:
    """The day in a row."""
    return date.fromisoformat(row[key])


def number_of(text: str | None) -> Fraction | None:
    """The number in a row, which readings print as text."""
    return None if text is None else Fraction(text)


def numbers_of(texts: Iterable[str]) -> tuple[Fraction, ...]:
    """The numbers in a row that holds several."""
    return tuple(Fraction(text) for text in texts)


def height_of(fen: int, unit: MoneyUnit) -> float:
    """An amount on an axis; what is read is the text beside it."""
    return fen / unit.value


def join_clauses(view: FundView, clauses: Iterable[str]) -> str:
    """Clauses as one sentence, which begins with a capital where the language has such."""
    sentence = view.say("fund.join").join(clauses)
    return sentence[:1].upper() + sentence[1:]
