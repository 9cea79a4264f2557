"""What one fund called, got, gave back and may still call in sums, and who owes it past the day; whole funds, uncut.

Kept for each fund until one of its own lines or notices changes: of a busy city only one fund is told anew at a time.
"""

from dataclasses import dataclass
from datetime import date

from dashboard.readings.kept_by_lines import last_answers
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.portfolio.calls_due import list_calls
from dashboard.readings.portfolio.cash_lines import read_cash
from dashboard.readings.portfolio.investor_names import name_investor
from dashboard.readings.portfolio.payouts import list_unfunded
from funds.queries.facts import FundFacts, NamedThing
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.memory.known_lines import known_rows
from funds.queries.scopes import fund_scope


@dataclass(frozen=True)
class OverdueCall:
    """One investor who has not paid what one notice asked for; `days` have passed since `due_on`."""

    fund: FundFacts
    investor: NamedThing
    notice_no: str
    due_on: date
    amount: int
    days: int


@dataclass(frozen=True)
class FundCash:
    """One fund in fen: `settled` of what was `called` came in, `unfunded` is what is promised and not in."""

    called: int
    settled: int
    unfunded: int
    distributed: int
    overdue: tuple[OverdueCall, ...]

    @property
    def outstanding(self) -> int:
        """What is still owed, due or not."""
        return self.called - self.settled


def read_fund_cash(slice_: LedgerSlice, fund: FundFacts) -> FundCash:
    """One of the funds of a slice."""
    known, noticed = known_rows(slice_.ledger), slice_.open_cash.last_notices()
    if known is None or noticed is None:
        return _read(slice_, fund)
    rests_on = slice_.as_of, known.of((fund.id,)), noticed.get(fund.id)
    # Names of funds and investors are among the facts that no payment and no park's figure touches.
    _, found = last_answers(without_filed(slice_).facts).find(
        ("fund_cash", fund.id, slice_.readable),
        lambda: (rests_on, _read(slice_, fund)),
        is_good=lambda kept: kept[0] == rests_on,
    )
    cash: FundCash = found
    return cash


def _read(slice_: LedgerSlice, fund: FundFacts) -> FundCash:
    part = slice_.narrow(fund_scope(fund.code))
    lines = list_calls(part)
    overdue = (
        OverdueCall(
            fund,
            name_investor(part, line.investor),
            line.notice_no,
            line.due_on,
            line.outstanding,
            line.overdue_days,
        )
        for line in lines
        if line.overdue_days
    )
    return FundCash(
        called=sum(line.called for line in lines),
        settled=sum(line.received for line in lines),
        unfunded=sum(one.unfunded for one in list_unfunded(part)),
        distributed=sum(paper.amount_fen for paper in read_cash(part).payouts),
        overdue=tuple(overdue),
    )
