"""Leverage by quarter: every quarter's end from the first commitment on, the scope as it is drawn today."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import CLASS_OF, CapitalClass, capital_columns
from dashboard.readings.money.leverage_options import LeverageOptions, take_sides
from dashboard.readings.money.row_groups import RowGroups
from dashboard.readings.returns.earlier_ledgers import quarter_ends
from funds.kinds import Basis, GovernmentLevel
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice

Class = tuple[CapitalClass, GovernmentLevel | None]


def history_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """LV04 and LV05 on the asked bases at each quarter's end and on the day, with the natures of that day.

    Funds, parks' shares and what is known are those of today's question: only money and natures move.
    """
    for basis in options.bases:
        days = _quarters(slice_, basis)
        if not days:
            continue
        investors, sums = _accumulate(slice_, basis, days)
        by_class = _sum_by_class(slice_, investors, sums, days)
        for at, day in enumerate(days):
            sides = take_sides([(*kind, int(amounts[at])) for kind, amounts in by_class.items()], options)
            yield {
                "table": "history",
                "basis": str(basis),
                "day": day.isoformat(),
                "social": sides.social,
                "fiscal": sides.fiscal,
                "total": sides.size,
                "LV04": print_ratio(sides.social, sides.fiscal) if sides.fiscal > 0 else None,
                "LV05": print_ratio(sides.social, sides.size) if sides.size > 0 else None,
            }


def _quarters(slice_: LedgerSlice, basis: Basis) -> list[date]:
    """Quarter ends from the first row of the scope on."""
    _, _, lines = capital_columns(slice_, basis)
    if not len(lines):
        return []
    return quarter_ends(date.fromordinal(int(lines.day.min())), slice_.as_of)


def _accumulate(slice_: LedgerSlice, basis: Basis, days: list[date]) -> tuple[list[int], Int]:
    """What each investor had brought into the funds from outside by each day (investor × day)."""
    fund, investor, lines = capital_columns(slice_, basis)
    outside = slice_.part(fund, lines.amount) - slice_.internal(fund, investor, lines.amount)
    first, last = int(lines.day.min()), int(lines.day.max())
    columns = np.searchsorted([day.toordinal() for day in days], np.arange(first, last + 1))
    groups = RowGroups.of(investor)
    sums = np.zeros(len(groups) * len(days), dtype=np.int64)
    np.add.at(sums, groups.numbers.astype(np.int64) * len(days) + columns[lines.day - first], outside)
    return groups.keys[0].tolist(), np.asarray(sums.reshape(-1, len(days)).cumsum(axis=1))


def _sum_by_class(
    slice_: LedgerSlice, investors: list[int], sums: Int, days: list[date]
) -> Mapping[Class, Int]:
    """The same by the class that each investor had on each day."""
    numbers: dict[Class, int] = {}
    had = np.empty(sums.shape, dtype=np.int64)
    for at, investor in enumerate(investors):
        for start, kind in _classes_over(slice_, investor, days):
            had[at, start:] = numbers.setdefault(kind, len(numbers))
    return {kind: np.where(had == number, sums, 0).sum(axis=0) for kind, number in numbers.items()}


def _classes_over(slice_: LedgerSlice, investor: int, days: list[date]) -> Iterator[tuple[int, Class]]:
    """An investor's class from each day on, the later the stronger: a confirmed statement from the day it began."""
    if investor in slice_.fund_of_party:
        yield 0, (CapitalClass.FUND, None)
        return
    yield 0, (CapitalClass.UNDETERMINED, None)
    for row in slice_.facts.capital.natures.get(investor, ()):
        if row.is_current and row.confirmed_by is not None:
            yield bisect_left(days, row.from_date), (CLASS_OF[row.nature], row.level)
