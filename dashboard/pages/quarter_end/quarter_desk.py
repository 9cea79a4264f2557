"""What the cards of a quarter's end share: the fund and the quarter of the address, and each reading once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.funds.readable_funds import list_readable, slice_readable
from dashboard.readings.portfolio.quarter_days import code_of_quarter, end_of, newest_end, opening_of
from dashboard.readings.portfolio.quarter_marks import Valuation, list_valuations
from dashboard.readings.returns.quarter_roll import QuarterRoll, read_quarter
from dashboard.words.numbers import MoneyUnit, format_date, format_quarter
from funds.errors import NotFound
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from funds.queries.value_papers import MadeNav

PATH = "/quarter-end"
FUND, QUARTER = "fund", "quarter"
QUARTERS_BACK = 12
_QUARTER = re.compile(r"(?:19|20|21)\d\d-Q[1-4]")


@dataclass(frozen=True)
class QuarterDesk:
    """One fund at one quarter's end; no fund where the person may read none on that day."""

    context: PageContext
    end: date
    everything: LedgerSlice | None
    fund: FundFacts | None

    @cached_property
    def slice(self) -> LedgerSlice:
        """The chosen fund, whole."""
        if self.everything is None or self.fund is None:
            raise NotFound("quarter_end.no_fund")
        return self.everything.narrow(fund_scope(self.fund.code))

    @property
    def chosen(self) -> FundFacts:
        """The fund, where there must be one."""
        if self.fund is None:
            raise NotFound("quarter_end.no_fund")
        return self.fund

    @property
    def funds(self) -> Sequence[FundFacts]:
        """The funds to choose from, by code."""
        return [] if self.everything is None else list_readable(self.everything)

    @cached_property
    def all_valuations(self) -> Sequence[Valuation]:
        """The holdings of every fund that the person may read."""
        return [] if self.everything is None else list_valuations(self.everything)

    @cached_property
    def valuations(self) -> Sequence[Valuation]:
        """The holdings of the chosen fund."""
        return [one for one in self.all_valuations if self.fund and one.fund.id == self.fund.id]

    @cached_property
    def by_company(self) -> Mapping[str, Valuation]:
        """The same by the code of the firm."""
        return {one.company.code: one for one in self.valuations}

    @cached_property
    def roll(self) -> QuarterRoll:
        """The fund's value item by item, and its bridge."""
        return read_quarter(self.slice)

    @cached_property
    def waiting_navs(self) -> Sequence[MadeNav]:
        """Reports of the fund that nobody approved yet, up to the quarter's end."""
        return self.slice.open_values([self.chosen.id], only_waiting=True).navs

    def name_party(self, party: int) -> str:
        """An investor by name; a fund of the book goes by its own."""
        facts, fund = self.slice.facts, self.slice.fund_of_party.get(party)
        return facts.parties[party].name if fund is None else facts.funds[fund].name

    @property
    def quarter(self) -> str:
        """`2025-Q4`."""
        return code_of_quarter(self.end)

    @property
    def person_id(self) -> int:
        """Who looks."""
        return self.context.visit.person.person_id

    def may(self, action: Action) -> bool:
        """Whether something may be done about this fund, which a past version leaves to be looked at only."""
        if self.fund is None or self.context.as_known is not None:
            return False
        return self.context.visit.rights.may(action, Scope(ScopeKind.FUND, self.fund.id))

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def cells(self, unit: MoneyUnit) -> CellMaker:
        """Cells of a table whose money is in a unit."""
        return CellMaker(self.context.visit, unit)

    def titled(self, code: str, unit: MoneyUnit) -> str:
        """The title of a column of money."""
        return self.say("fund.with_unit", name=self.say(code), unit=self.say(unit.code))

    def note(self, unit: MoneyUnit, code: str, /, **params: object) -> str:
        """What stands under a title: the meaning, the unit, the day."""
        day = format_date(self.end, self.context.language)
        return self.say("fund.note", text=self.say(code, **params), unit=self.say(unit.code), day=day)

    def name_quarter(self, end: date) -> str:
        """A quarter in words."""
        return format_quarter(end, self.context.language)

    def versions(self, *codes: str) -> tuple[tuple[str, int], ...]:
        """The definitions in force of some codes."""
        known = {} if self.everything is None else self.everything.facts.definitions
        return tuple((code, known[code]) for code in codes if code in known)

    def list_quarters(self) -> list[date]:
        """The ends of the newest quarters up to the page's day, and of the chosen one."""
        ends = [newest_end(self.context.as_of)]
        while len(ends) < QUARTERS_BACK:
            ends.append(opening_of(ends[-1]))
        return sorted({*ends, self.end}, reverse=True)


def open_desk(context: PageContext) -> QuarterDesk:
    """The fund and the quarter in the address; without them the first fund that holds firms, and the last quarter."""
    end = read_end(context)
    everything = slice_readable(replace(context, as_of=end))
    funds = [] if everything is None else list_readable(everything)
    asked = context.query.get(FUND)
    if asked is not None:
        fund = next((one for one in funds if one.code == asked), None)
        if fund is None:
            # Whose it is not, and what is not there at all, are told alike.
            raise NotFound("quarter_end.unknown_fund", code=asked[:40])
        return QuarterDesk(context, end, everything, fund)
    return QuarterDesk(context, end, everything, _first(everything, funds))


def read_end(context: PageContext) -> date:
    """The last day of the quarter in the address, or of the newest one that is over."""
    text = context.query.get(QUARTER)
    if text is None:
        return newest_end(context.as_of)
    if _QUARTER.fullmatch(text) is None:
        raise BadAddress("quarter_end.bad_quarter", text=text[:20])
    return end_of(text)


def fine_unit(unit: MoneyUnit) -> MoneyUnit:
    """A unit in which sums can be followed: two decimals of 亿元 would hide up to half a million."""
    return MoneyUnit.WAN if unit is MoneyUnit.YI else unit


def _first(everything: LedgerSlice | None, funds: Sequence[FundFacts]) -> FundFacts | None:
    """The first fund that holds firms, else the first."""
    if everything is None or not funds:
        return None
    holding = set(everything.ledger.holdings.fund.tolist())
    return next((fund for fund in funds if fund.id in holding), funds[0])
