"""What the page of a fund's calls and distributions is drawn from: the fund, its slice, and each reading once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.readings.portfolio.calls_due import call_line_rows, call_rows
from dashboard.readings.portfolio.overdue import OverdueCall, list_overdue
from dashboard.readings.portfolio.payouts import payout_line_rows, payout_rows, unfunded_rows
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import fund_scope

PATH = "/cash"
# The address says which notice, or which day of distribution, is opened.
NOTICE, PAID = "notice", "paid"

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True)
class CashDesk:
    """One fund as a person looks at it; what nobody asks for is not worked out."""

    context: PageContext
    slice: LedgerSlice
    fund: FundFacts

    @property
    def may_record(self) -> bool:
        """Whether this person may record for the fund; only on what the book says now."""
        scope = Scope(ScopeKind.FUND, self.fund.id)
        is_now = self.context.as_known is None
        return is_now and self.context.visit.rights.may(Action.RECORD_BUSINESS, scope)

    @cached_property
    def calls(self) -> Rows:
        """The notices."""
        return tuple(call_rows(self.slice))

    @cached_property
    def call_lines(self) -> Rows:
        """The notices by investor."""
        return tuple(call_line_rows(self.slice))

    @cached_property
    def payouts(self) -> Rows:
        """The days on which something was given back."""
        return tuple(payout_rows(self.slice))

    @cached_property
    def payout_lines(self) -> Rows:
        """The same by investor."""
        return tuple(payout_line_rows(self.slice))

    @cached_property
    def unfunded(self) -> Rows:
        """What each investor has promised, paid and may still be asked for."""
        return tuple(unfunded_rows(self.slice))

    @cached_property
    def overdue(self) -> Sequence[OverdueCall]:
        """What is owed past its day."""
        return list_overdue(self.slice)

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def cells(self, unit: MoneyUnit) -> CellMaker:
        """Cells of a table whose money is in a unit."""
        return CellMaker(self.context.visit, unit)

    def titled(self, code: str, unit: MoneyUnit) -> str:
        """The title of a column of money."""
        return self.say("cash.with_unit", name=self.say(code), unit=self.say(unit.code))

    def amount(self, fen: int) -> str:
        """An amount with the name of the unit that fits it."""
        return write_amount(self.context, fen)

    def note(self, code: str, /, **params: object) -> str:
        """What stands under a title, with the day."""
        day = format_date(self.slice.as_of, self.context.language)
        return self.say("cash.note", text=self.say(code, **params), day=day)

    def link(self, **state: str | None) -> str:
        """The page of this fund with some of its state."""
        return self.context.link(f"{PATH}/{self.fund.code}", **state)


def open_cash(context: PageContext) -> CashDesk:
    """The fund in the address; refused where it is not the person's to see."""
    visit = context.visit
    code = context.parts.get("code") or context.path.removeprefix(f"{PATH}/").rstrip("/")
    scope = fund_scope(code)
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    (fund,) = slice_.member_funds
    return CashDesk(context, slice_, fund)


def write_amount(context: PageContext, fen: int) -> str:
    """An amount with the name of the unit that fits it."""
    unit = choose_unit([fen])
    return f"{format_money(fen, unit)} {context.say(unit.code)}"
