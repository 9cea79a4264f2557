"""What one fund called, got, gave back and may still call in sums, and who owes it past the day; whole funds, uncut.

Kept for each fund until one of its own lines or notices changes: of a busy city only one fund is told anew at a time.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.readings.kept_by_lines import LastAnswers, last_answers
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.portfolio.calls_due import list_calls
from dashboard.readings.portfolio.cash_lines import read_cash, shelved_cash
from dashboard.readings.portfolio.investor_names import name_investor
from dashboard.readings.portfolio.payouts import list_unfunded
from funds.queries.facts import FundFacts, NamedThing
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.memory.known_lines import KnownRows, known_rows
from funds.queries.scopes import fund_scope

TOGETHER = 100  # funds whose papers are read at once: one statement for all, and not all papers in memory


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


def read_each_cash(slice_: LedgerSlice) -> dict[int, FundCash]:
    """Every fund of a slice, by code; what has to be told anew is read of many funds at once."""
    funds, kept = slice_.member_funds, _KeptCash.of_slice(slice_)
    found: dict[int, FundCash] = {}
    for start in range(0, len(funds), TOGETHER):
        some = funds[start : start + TOGETHER]
        with shelved_cash(slice_, [fund.id for fund in some if kept is None or not kept.has(fund)]):
            for fund in some:
                found[fund.id] = _read(slice_, fund) if kept is None else kept.find(fund)
    return found


def read_fund_cash(slice_: LedgerSlice, fund: FundFacts) -> FundCash:
    """One of the funds of a slice."""
    kept = _KeptCash.of_slice(slice_)
    return _read(slice_, fund) if kept is None else kept.find(fund)


@dataclass(frozen=True)
class _KeptCash:
    """What was told of the funds of a slice before, each as long as its lines and notices are the same."""

    slice: LedgerSlice
    known: KnownRows
    noticed: Mapping[int, int]
    answers: LastAnswers

    @classmethod
    def of_slice(cls, slice_: LedgerSlice) -> "_KeptCash | None":
        """None where a slice's lines or notices cannot be told from others."""
        known, noticed = known_rows(slice_.ledger), slice_.open_cash.last_notices()
        if known is None or noticed is None:
            return None
        # Names of funds and investors are among the facts that no payment and no park's figure touches.
        return cls(slice_, known, noticed, last_answers(without_filed(slice_).facts))

    def has(self, fund: FundFacts) -> bool:
        """Whether a fund need not be told anew."""
        kept = self.answers.get(self._key(fund))
        return kept is not None and kept[0] == self._rests_on(fund)

    def find(self, fund: FundFacts) -> FundCash:
        """One of the funds."""
        rests_on = self._rests_on(fund)
        _, found = self.answers.find(
            self._key(fund),
            lambda: (rests_on, _read(self.slice, fund)),
            is_good=lambda kept: kept[0] == rests_on,
        )
        cash: FundCash = found
        return cash

    def _key(self, fund: FundFacts) -> Hashable:
        return "fund_cash", fund.id, self.slice.readable

    def _rests_on(self, fund: FundFacts) -> Hashable:
        return self.slice.as_of, self.known.of((fund.id,)), self.noticed.get(fund.id)


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
        unfunded=sum(one.unfunded for one in list_unfunded(part, lines)),
        distributed=sum(paper.amount_fen for paper in read_cash(part).payouts),
        overdue=tuple(overdue),
    )
