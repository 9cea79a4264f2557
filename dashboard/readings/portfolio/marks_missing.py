"""How many holdings have no approved mark of a quarter, by fund: for whoever counts them and looks at none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.readings.kept_answers import answers_of
from dashboard.readings.lasting_answers import firms_alone, keep_firms_of_city
from dashboard.readings.portfolio.holdings import held_firms
from dashboard.readings.portfolio.quarter_days import end_of
from dashboard.readings.portfolio.quarter_marks import MarkState, stands, tell_state
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger


@dataclass(frozen=True)
class MissingMarks:
    """Of one fund's holdings: those without any mark of the quarter, and those whose mark waits for approval."""

    missing: int
    waiting: int

    @property
    def unmarked(self) -> int:
        """All without an approved one."""
        return self.missing + self.waiting


@dataclass(frozen=True)
class _Standing:
    """A holding that needs a mark, with the day of the last approved one."""

    holding: int
    fund: int
    marked_on: date | None


def count_missing(slice_: LedgerSlice, quarter: str) -> Mapping[int, MissingMarks]:
    """The funds of the scope that lack a mark at a quarter's end, by code."""
    end = end_of(quarter)
    waits: dict[int, date] = {}
    for mark in slice_.open_values(slice_.members, only_waiting=True).marks:  # by rising day
        if mark.valued_on <= end:
            waits[mark.holding_id] = mark.valued_on
    counts: dict[int, dict[MarkState, int]] = {}
    for one in _list_standing(_firms_until(slice_, end)):
        if one.fund in slice_.members:
            state = tell_state(end, one.marked_on, waits.get(one.holding))
            of_fund = counts.setdefault(one.fund, dict.fromkeys(MarkState, 0))
            of_fund[state] += 1
    found = {
        fund: MissingMarks(of_fund[MarkState.MISSING], of_fund[MarkState.WAITING])
        for fund, of_fund in counts.items()
    }
    codes = {fund: slice_.facts.funds[fund].code for fund in found}
    return {fund: found[fund] for fund in sorted(found, key=codes.__getitem__) if found[fund].unmarked}


@keep_firms_of_city
def _list_standing(slice_: LedgerSlice) -> tuple[_Standing, ...]:
    """Every holding of the book that stands on the slice's day."""
    marks = slice_.ledger.marks
    last = dict(zip(marks.holding.tolist(), marks.day.tolist(), strict=True))  # by rising day: the last stays
    days = {holding: date.fromordinal(day) for holding, day in last.items()}
    return tuple(
        _Standing(firm.holding, firm.fund, days.get(firm.holding))
        for firm in held_firms(slice_)
        if stands(firm)
    )


def _firms_until(slice_: LedgerSlice, end: date) -> LedgerSlice:
    """What was held in firms at the end of a day; the very same columns as long as nothing of that changes."""
    firms = firms_alone(slice_)
    ledger: Ledger = answers_of(firms.ledger).find(("firms_until", end), lambda: _cut(firms.ledger, end))
    return replace(firms, as_of=end, ledger=ledger)


def _cut(ledger: Ledger, end: date) -> Ledger:
    last = end.toordinal()
    made = Ledger.__new__(Ledger)  # what is not held in firms is not there to be cut
    vars(made).update(
        entries=ledger.entries.take(ledger.entries.day <= last),
        holdings=ledger.holdings,
        decisions=ledger.decisions.take(ledger.decisions.paid <= last),
        exits=ledger.exits.take(ledger.exits.day <= last),
        marks=ledger.marks.take(ledger.marks.day <= last),
    )
    return made
