"""What each holding of a slice cost, brought back and is worth, in whole fen before any cut to the scope."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from dashboard.readings.kept_answers import keep_for_city
from funds.kinds import EntryKind, ExitKind
from funds.queries.columns import NOBODY, EntryColumns, ExitColumns, HoldingColumns, MarkColumns
from funds.queries.costs import Course, Payment, Return, Valuation, follow_holding
from funds.queries.ledger_slice import LedgerSlice

EXIT_KIND_BY_NUMBER = tuple(ExitKind)
C = TypeVar("C", EntryColumns, ExitColumns, MarkColumns)


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
    return [firm for firm in _follow_all(slice_) if firm.fund in wanted]


@keep_for_city
def _follow_all(slice_: LedgerSlice) -> tuple[HeldFirm, ...]:
    """Every holding of the book."""
    ledger = slice_.ledger
    payments = _by_holding(ledger.entries.of_kind(EntryKind.INVESTMENT))
    proceeds = _by_holding(ledger.entries.of_kind(EntryKind.PROCEEDS))
    exits = _by_holding(ledger.exits)
    marks = _by_holding(ledger.marks)
    firms = []
    for holding, fund, company in _listed(ledger.holdings):
        paid = payments.get(holding)
        if paid is None:
            continue
        back = proceeds.get(holding)
        gone = exits.get(holding)
        mark = marks.get(holding)
        last = (
            (int(mark.id[-1]), Valuation(int(mark.day[-1]), int(mark.value[-1])))
            if mark is not None
            else None
        )
        firms.append(
            HeldFirm(
                holding,
                fund,
                company,
                follow_holding(_payments(paid), _returns(gone), last[1] if last else None),
                tuple(paid.id.tolist()) + (tuple(back.id.tolist()) if back is not None else ()),
                tuple(gone.id.tolist()) if gone is not None else (),
                last[0] if last else None,
            )
        )
    return tuple(firms)


def _listed(holdings: HoldingColumns) -> Iterator[tuple[int, int, int]]:
    return zip(holdings.id.tolist(), holdings.fund.tolist(), holdings.company.tolist(), strict=True)


def _by_holding(columns: C) -> dict[int, C]:
    if not len(columns):
        return {}
    keys = columns.holding
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    return {
        int(key): columns.take(piece) for key, piece in zip(found, np.split(order, starts[1:]), strict=True)
    }


def _payments(entries: EntryColumns) -> list[Payment]:
    return [
        Payment(day, -amount)
        for day, amount in zip(entries.day.tolist(), entries.amount.tolist(), strict=True)
    ]


def _returns(exits: ExitColumns | None) -> list[Return]:
    if exits is None:
        return []
    columns = (exits.day, exits.kind, exits.amount, exits.cost_out, exits.transferred)
    return [
        Return(day, EXIT_KIND_BY_NUMBER[kind], amount, _given(cost), _given(part))
        for day, kind, amount, cost, part in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _given(value: int) -> int | None:
    return None if value == NOBODY else value
