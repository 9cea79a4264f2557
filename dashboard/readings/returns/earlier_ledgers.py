"""The ledger as it stood on an earlier day, by the rows that are known today."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard.readings.reached_funds import reach
from funds.queries.ledger_slice import LedgerSlice


def slice_until(slice_: LedgerSlice, day: date) -> LedgerSlice:
    """The same funds and facts with every movement, mark and report on or before a day."""
    ledger, last = slice_.ledger, day.toordinal()
    earlier = replace(
        ledger,
        commitments=ledger.commitments.take(ledger.commitments.day <= last),
        entries=ledger.entries.take(ledger.entries.day <= last),
        decisions=ledger.decisions.take(ledger.decisions.paid <= last),
        exits=ledger.exits.take(ledger.exits.day <= last),
        marks=ledger.marks.take(ledger.marks.day <= last),
        navs=ledger.navs.take(ledger.navs.day <= last),
        balances=ledger.balances.take(ledger.balances.day <= last),
        indexes=ledger.indexes.take(ledger.indexes.day <= last),
    )
    return replace(slice_, as_of=day, ledger=earlier, shelf={})


def slice_own_until(slice_: LedgerSlice, day: date) -> LedgerSlice:
    """The same for what rests on the lines of the scope's funds and of those below them: others are not there."""
    ledger = slice_.ledger
    own = replace(ledger, entries=ledger.entries.where("fund", reach(slice_, slice_.members)))
    return slice_until(replace(slice_, ledger=own), day)


def slice_before_values(slice_: LedgerSlice, day: date) -> LedgerSlice:
    """The same movements up to the slice's day, but no mark and no report after another day."""
    ledger, last = slice_.ledger, day.toordinal()
    earlier = replace(
        ledger,
        marks=ledger.marks.take(ledger.marks.day <= last),
        navs=ledger.navs.take(ledger.navs.day <= last),
    )
    return replace(slice_, ledger=earlier, shelf={})


def quarter_ends(first: date, last: date) -> list[date]:
    """The last day of every quarter that ends between two days, and the last day itself."""
    ends = []
    day = end_of_quarter(first)
    while day < last:
        ends.append(day)
        day = end_of_quarter(day + timedelta(days=1))
    return [*ends, last]


def end_of_quarter(day: date) -> date:
    """The last day of the quarter that a day lies in."""
    month = (day.month + 2) // 3 * 3
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def last_quarter_end(day: date) -> date:
    """The last day of the quarter before the one that a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
