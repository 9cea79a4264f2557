"""Leverage by quarter: every quarter's end from the first commitment on, the scope as it is drawn today."""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import CapitalClass, InvestorClasses, capital_columns
from dashboard.readings.money.leverage_options import LeverageOptions, take_sides
from dashboard.readings.returns.earlier_ledgers import quarter_ends
from funds.kinds import Basis, GovernmentLevel, Nature
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice

CLASS_OF: Mapping[Nature, CapitalClass] = {
    Nature.FISCAL: CapitalClass.FISCAL,
    Nature.STATE_OWNED: CapitalClass.STATE_OWNED,
    Nature.SOCIAL: CapitalClass.SOCIAL,
}
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
    parties, place = np.unique(investor, return_inverse=True)
    last = np.array([day.toordinal() for day in days])
    sums = np.zeros((len(parties), len(days)), dtype=np.int64)
    np.add.at(sums, (place, np.searchsorted(last, lines.day)), outside)
    return parties.tolist(), np.asarray(sums.cumsum(axis=1))


def _sum_by_class(
    slice_: LedgerSlice, investors: list[int], sums: Int, days: list[date]
) -> Mapping[Class, Int]:
    """The same by the class that each investor had on each day."""
    found: dict[Class, Int] = {}
    for investor, amounts in zip(investors, sums, strict=True):
        classes = _classes_over(slice_, investor, days)
        for kind in set(classes):
            had = np.array([one == kind for one in classes])
            found[kind] = found.get(kind, 0) + np.where(had, amounts, 0)
    return found


def _classes_over(slice_: LedgerSlice, investor: int, days: list[date]) -> list[Class]:
    """An investor's class on each day: by the confirmed statement that had begun last."""
    if InvestorClasses(slice_).fund_of(investor) is not None:
        return [(CapitalClass.FUND, None)] * len(days)
    rows = [
        row
        for row in slice_.facts.capital.natures.get(investor, ())
        if row.is_current and row.confirmed_by is not None
    ]
    found: list[Class] = []
    for day in days:
        begun = [row for row in rows if row.from_date <= day]
        if begun:
            found.append((CLASS_OF[begun[-1].nature], begun[-1].level))
        else:
            found.append((CapitalClass.UNDETERMINED, None))
    return found
