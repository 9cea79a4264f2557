"""What the page of exits is drawn from: the funds of a person, their exits, and the holdings that may be recorded for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.forms.holding_moves import APART
from dashboard.pages.context import PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.readings.portfolio.exits import exit_rows
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from dashboard.words.numbers import choose_unit, format_date, format_money
from funds.errors import NotFound
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope
from funds.queries.ledger_slice import LedgerSlice

PATH = "/exits"


@dataclass(frozen=True)
class ExitsDesk:
    """All the funds of a person, whole."""

    context: PageContext
    slice: LedgerSlice

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The exits, the latest first."""
        return sorted(exit_rows(self.slice), key=lambda row: row["exited_on"], reverse=True)

    @cached_property
    def own_funds(self) -> Mapping[int, str]:
        """The funds that this person may record for, by id; none where an earlier version is looked at."""
        if self.context.as_known is not None:
            return {}
        rights = self.context.visit.rights
        return {
            fund.id: fund.name
            for fund in self.slice.member_funds
            if rights.may(Action.RECORD_BUSINESS, Scope(ScopeKind.FUND, fund.id))
        }

    @property
    def holdings(self) -> list[tuple[str, str]]:
        """The holdings of those funds as choices, with the cost that is left."""
        held = [one for one in held_firms(self.slice) if one.fund in self.own_funds]
        known = [one for one in held if one.company in self.slice.facts.companies]
        return sorted((self._choice(one) for one in known), key=lambda choice: choice[1])

    def _choice(self, one: HeldFirm) -> tuple[str, str]:
        fund, firm = self.slice.facts.funds[one.fund], self.slice.facts.companies[one.company]
        words = self.say("exits.holding", fund=fund.name, firm=firm.name, cost=self.amount(one.course.cost))
        return f"{fund.code}{APART}{firm.code}", words

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def amount(self, fen: int) -> str:
        """An amount with the name of the unit that fits it."""
        unit = choose_unit([fen])
        return f"{format_money(fen, unit)} {self.say(unit.code)}"

    def note(self, code: str) -> str:
        """What stands under a title, with the day."""
        day = format_date(self.slice.as_of, self.context.language)
        return self.say("cash.note", text=self.say(code), day=day)


def open_exits(context: PageContext) -> ExitsDesk | None:
    """Every fund that the person may read; None where there is none."""
    slice_ = slice_readable(context)
    return None if slice_ is None else ExitsDesk(context, slice_)


def need_exits(context: PageContext) -> ExitsDesk:
    """The same where there must be one."""
    desk = open_exits(context)
    if desk is None:
        raise NotFound("cash.no_funds_title")
    return desk
