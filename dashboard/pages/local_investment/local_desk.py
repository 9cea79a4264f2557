"""What the page of recognised local investment is drawn from: the duty of each fund, and every recognition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dashboard.pages.city.soe_choice import read_soe
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.reinvestment import reinvestment_rows
from dashboard.readings.portfolio.local_firms import local_firm_rows
from dashboard.words.numbers import choose_unit, format_date, format_money
from funds.errors import NotFound
from funds.kinds import Basis, ScopeKind
from funds.permissions import Action, Scope
from funds.queries.ledger_slice import LedgerSlice

PATH = "/local-investment"
BASIS = "basis"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class LocalDesk:
    """All the funds of a person, on one basis of the government's money."""

    context: PageContext
    slice: LedgerSlice
    basis: Basis

    @cached_property
    def duties(self) -> Sequence[Row]:
        """The funds with a multiple in their contract or something recognised."""
        options = LeverageOptions(basis=self.basis, soe=read_soe(self.context))
        return tuple(reinvestment_rows(self.slice, capital_by_investor(self.slice, self.basis), options))

    @cached_property
    def firms(self) -> Sequence[Row]:
        """Every recognition."""
        return tuple(local_firm_rows(self.slice))

    @property
    def own_funds(self) -> list[tuple[str, str]]:
        """The funds that this person may record for; none where an earlier version is looked at."""
        if self.context.as_known is not None:
            return []
        rights = self.context.visit.rights
        return [
            (fund.code, fund.name)
            for fund in self.slice.member_funds
            if rights.may(Action.RECORD_BUSINESS, Scope(ScopeKind.FUND, fund.id))
        ]

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def amount(self, fen: int) -> str:
        """An amount with the name of the unit that fits it."""
        unit = choose_unit([fen])
        return f"{format_money(fen, unit)} {self.say(unit.code)}"

    def note(self, code: str, /, **params: object) -> str:
        """What stands under a title, with the day."""
        day = format_date(self.slice.as_of, self.context.language)
        return self.say("cash.note", text=self.say(code, **params), day=day)


def open_local(context: PageContext) -> LocalDesk | None:
    """Every fund that the person may read; None where there is none."""
    text = context.query.get(BASIS, Basis.PAID_IN.value)
    if text not in list(Basis):
        raise BadAddress("page.bad_address")
    slice_ = slice_readable(context)
    return None if slice_ is None else LocalDesk(context, slice_, Basis(text))


def need_local(context: PageContext) -> LocalDesk:
    """The same where there must be one."""
    desk = open_local(context)
    if desk is None:
        raise NotFound("cash.no_funds_title")
    return desk
