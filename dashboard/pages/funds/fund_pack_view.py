"""What the papers of a fund's quarter share: the fund at the quarter's end, its roll, its accounts and its marks."""

from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_view import FundView, load_fund
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk, fine_unit, read_end
from dashboard.readings.money.capital_accounts import (
    AccountState,
    CapitalAccount,
    CapitalAccounts,
    read_capital_accounts,
)
from dashboard.readings.portfolio.quarter_marks import MarkState, Valuation
from dashboard.words.numbers import MoneyUnit, format_date, format_quarter
from funds.errors import NotFound

INVESTOR = "investor"


@dataclass(frozen=True)
class PackView:
    """One fund on the last day of a quarter; what no part of the paper asks for is not worked out."""

    desk: QuarterDesk
    view: FundView

    @property
    def context(self) -> PageContext:
        """The page, as of the quarter's end."""
        return self.view.context

    @property
    def unit(self) -> MoneyUnit:
        """The unit of the paper's amounts: what must sum is not told in hundred millions."""
        return fine_unit(self.view.unit)

    @property
    def quarter(self) -> str:
        """The quarter in words."""
        return format_quarter(self.desk.end, self.context.language)

    @property
    def day(self) -> str:
        """Its last day in words."""
        return format_date(self.desk.end, self.context.language)

    @cached_property
    def accounts(self) -> CapitalAccounts:
        """The capital accounts, which sum to the fund."""
        return read_capital_accounts(self.view.slice)

    @cached_property
    def chosen(self) -> tuple[CapitalAccount, ...]:
        """The accounts that a paper to investors tells of: the one in the address, else all, each by itself."""
        asked = self.context.query.get(INVESTOR)
        if asked is None:
            return self.accounts.accounts
        one = self.accounts.of(asked)
        if one is None:
            raise NotFound("fund_pack.no_investor", code=asked[:40])
        return (one,)

    @property
    def waiting(self) -> list[Valuation]:
        """Holdings whose mark of the quarter waits for a second person and is left out."""
        return [one for one in self.desk.valuations if one.state is MarkState.WAITING]

    @property
    def missing(self) -> list[Valuation]:
        """Holdings without any mark of the quarter."""
        return [one for one in self.desk.valuations if one.state is MarkState.MISSING]

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.view.say(code, **params)


def open_pack(context: PageContext) -> PackView:
    """The fund in the address at the end of the quarter in it; refused where it is not the person's to see."""
    end = read_end(context)
    at_end = replace(context, as_of=end)
    view = load_fund(at_end)
    return PackView(QuarterDesk(at_end, end, view.slice, view.fund), view)


def sum_states(states: list[AccountState]) -> AccountState:
    """The accounts of several investors as one."""
    return AccountState(
        sum(one.committed for one in states),
        sum(one.paid_in for one in states),
        sum(one.distributed for one in states),
        sum(one.value for one in states),
    )
