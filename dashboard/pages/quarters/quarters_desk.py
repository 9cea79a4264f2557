"""What the cards of a quarter share: the quarter and the fund of the address, and how far everybody is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.readings.portfolio.quarter_days import code_of_quarter, end_of, newest_end, opening_of
from dashboard.readings.quarters.collection import FundQuarter, QuarterState, read_state
from dashboard.words.numbers import format_quarter
from funds.errors import NotFound
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope
from funds.queries.ledger_slice import LedgerSlice

PATH = "/quarters"
FUND, QUARTER = "fund", "quarter"
QUARTERS_BACK = 12
_QUARTER = re.compile(r"(?:19|20|21)\d\d-Q[1-4]")


@dataclass(frozen=True)
class QuartersDesk:
    """One quarter as one person sees it; `chosen` is the fund of the address."""

    context: PageContext
    end: date
    slice: LedgerSlice | None
    state: QuarterState
    chosen: FundQuarter | None

    @property
    def quarter(self) -> str:
        """`2025-Q4`."""
        return code_of_quarter(self.end)

    @property
    def quarter_name(self) -> str:
        """The quarter in words."""
        return format_quarter(self.end, self.context.language)

    @property
    def is_now(self) -> bool:
        """Whether the page shows what is known now, so that something can be done about it."""
        return self.context.as_known is None

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def may(self, action: Action, one: FundQuarter) -> bool:
        """Whether the person holds a right for a fund."""
        return self.context.visit.rights.may(action, Scope(ScopeKind.FUND, one.fund.id))

    def late_ones(self) -> list[FundQuarter]:
        """The late funds whose managers this person may remind."""
        return [one for one in self.state.late if self.may(Action.LOCK_QUARTER, one)]

    def lockable(self) -> list[FundQuarter]:
        """The funds that this person may propose to lock now."""
        return [
            one
            for one in self.state.funds
            if one.is_green
            and one.lock is None
            and one.waits_for("lock") is None
            and self.may(Action.LOCK_QUARTER, one)
        ]

    def approvable(self) -> list[FundQuarter]:
        """The funds whose proposed lock this person may approve."""
        person = self.context.visit.person.person_id
        found = ((one, one.waits_for("lock")) for one in self.state.funds)
        return [
            one
            for one, waiting in found
            if waiting is not None and waiting.proposer_id != person and self.may(Action.APPROVE_LOCK, one)
        ]


def open_desk(context: PageContext) -> QuartersDesk:
    """The quarter and the fund that the address names; the last quarter that is over where it names none."""
    end = _choose_end(context)
    slice_ = slice_readable(context)
    if slice_ is None:
        return QuartersDesk(context, end, None, QuarterState(code_of_quarter(end), end, (), (), ()), None)
    state = read_state(slice_, end)
    code = context.query.get(FUND)
    chosen = None if code is None else state.find(code)
    if code is not None and chosen is None:
        raise NotFound("quarters.no_fund", fund=code[:64])
    return QuartersDesk(context, end, slice_, state, chosen)


def list_ends(context: PageContext, end: date) -> Sequence[date]:
    """The quarters to choose from, newest first; the chosen one is always among them."""
    ends = [newest_end(context.as_of)]
    while len(ends) < QUARTERS_BACK:
        ends.append(opening_of(ends[-1]))
    return sorted({*ends, end}, reverse=True)


def _choose_end(context: PageContext) -> date:
    text = context.query.get(QUARTER)
    if text is None:
        return newest_end(context.as_of)
    if _QUARTER.fullmatch(text) is None:
        raise BadAddress("quarters.bad_quarter", text=text[:20])
    return end_of(text)
