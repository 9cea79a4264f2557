"""What each holding of a slice cost, brought back and is worth, in whole fen before any cut to the scope."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from dashboard.readings.lasting_answers import keep_firms_of_city
from funds.kinds import EntryKind, ExitKind
from funds.queries.columns import NOBODY, EntryColumns, ExitColumns, HoldingColumns, MarkColumns
from funds.queries.costs import Course, Payment, Return, Valuation, follow_holding
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger

EXIT_KIND_BY_NUMBER = tuple(ExitKind)


@dataclass(frozen=True)
class HeldFirm:
    """One holding: the fund, the firm, its course, and the rows that tell it."""

    holding: int
    fund: int
    company: int
    course: Course
    entries: tuple[int, ...]
    exits: tuple[int, ...]
    mark: int | None

    def row_names(self) -> list[str]:
        """The rows of the book behind the holding."""
        names = [f"entry:{row}" for row in self.entries] + [f"exit:{row}" for row in self.exits]
        return names + ([f"mark:{self.mark}"] if self.mark is not None else [])


def held_firms(slice_: LedgerSlice, funds: Iterable[int] | None = None) -> list[HeldFirm]:
    """Every holding of the scope's funds (or of some funds) that had a payment by the slice's day."""
    wanted = set(slice_.members if funds is None else funds)
    firms, places = _follow_all(slice_), _places_of_funds(slice_)
    if places.keys() <= wanted:
        return list(firms)
    return [firms[at] for at in sorted(chain.from_iterable(places.get(fund, ()) for fund in wanted))]


@keep_firms_of_city
def _places_of_funds(slice_: LedgerSlice) -> Mapping[int, Sequence[int]]:
    """Where each fund's holdings stand among all of them."""
    places: dict[int, list[int]] = {}
    for at, firm in enumerate(_follow_all(slice_)):
        places.setdefault(firm.fund, []).append(at)
    return places


@keep_firms_of_city
def _follow_all(slice_: LedgerSlice) -> tuple[HeldFirm, ...]:
    """Every holding of the book."""
    return follow_firms(slice_.ledger)


def follow_firms(ledger: Ledger) -> tuple[HeldFirm, ...]:
    """Every holding of some columns, not kept: for whoever goes through many days of them."""
    payments = _by_holding(ledger.entries.of_kind(EntryKind.INVESTMENT), "id", "day", "amount")
    proceeds = _by_holding(ledger.entries.of_kind(EntryKind.PROCEEDS), "id")
    exits = _by_holding(ledger.exits, "id", "day", "kind", "amount", "cost_out", "transferred")
    marks = _by_holding(ledger.marks, "id", "day", "value")
    firms = []
    for holding, fund, company in _listed(ledger.holdings):
        if holding not in payments:
            continue
        paid, back, gone = payments[holding], proceeds.get(holding, ()), exits.get(holding, ())
        # Marks come by rising day.
        row, mark = _value(*marks[holding][-1]) if holding in marks else (None, None)
        firms.append(
            HeldFirm(
                holding,
                fund,
                company,
                follow_holding(
                    [Payment(day, -amount) for _, day, amount in paid],
                    [_return(*one) for _, *one in gone],
                    mark,
                ),
                (*(one[0] for one in paid), *(one[0] for one in back)),
                tuple(one[0] for one in gone),
                row,
            )
        )
    return tuple(firms)


def _listed(holdings: HoldingColumns) -> Iterator[tuple[int, int, int]]:
    return zip(holdings.id.tolist(), holdings.fund.tolist(), holdings.company.tolist(), strict=True)


def _by_holding(
    columns: EntryColumns | ExitColumns | MarkColumns, *names: str
) -> Mapping[int, list[tuple[int, ...]]]:
    """Some columns of the rows of each holding, in their order."""
    keys = columns.holding
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    rows = list(zip(*(getattr(columns, name)[order].tolist() for name in names), strict=True))
    ends = np.append(starts, len(rows))[1:]
    spans = zip(found.tolist(), starts.tolist(), ends.tolist(), strict=True)
    return {holding: rows[start:end] for holding, start, end in spans}


def _value(row: int, day: int, value: int) -> tuple[int, Valuation]:
    return row, Valuation(day, value)


def _return(day: int, kind: int, amount: int, cost: int, part: int) -> Return:
    return Return(day, EXIT_KIND_BY_NUMBER[kind], amount, _given(cost), _given(part))


def _given(value: int) -> int | None:
    return None if value == NOBODY else value
