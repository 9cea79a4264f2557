"""Cost and value of a firm over time: at every payment, return and mark, and on the day itself."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.portfolio.company_ledger import slice_company
from dashboard.readings.portfolio.holdings import follow_firms
from dashboard.readings.returns.earlier_ledgers import slice_until
from funds.kinds import EntryKind
from funds.queries.ledger_slice import LedgerSlice


def course_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """A row for each day on which something happened, over all funds: what it cost, brought back and was worth.

    Values are those that the marks of the time gave, as they are known today; without a mark the cost stands.
    """
    yield from _follow(slice_)


@keep_of_firms
def _follow(slice_: LedgerSlice) -> tuple[Mapping[str, object], ...]:
    return tuple(_make_rows(slice_))


def _make_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    own = slice_company(slice_)
    for day in _days(own):
        courses = [firm.course for firm in follow_firms(slice_until(own, day).ledger)]
        yield {
            "table": "company_course",
            "day": day.isoformat(),
            "invested": sum(one.invested for one in courses),
            "cost": sum(one.cost for one in courses),
            "proceeds": sum(one.returned for one in courses),
            "fair_value": sum(one.value for one in courses),
            "is_marked": all(one.is_marked or not one.value for one in courses),
        }


def _days(own: LedgerSlice) -> list[date]:
    ledger = own.ledger
    paid = ledger.entries.of_kind(EntryKind.INVESTMENT)
    if not len(paid):
        return []
    days = np.concatenate([paid.day, ledger.exits.day, ledger.marks.day, [own.as_of.toordinal()]])
    return [date.fromordinal(day) for day in np.unique(days[days >= paid.day.min()]).tolist()]
