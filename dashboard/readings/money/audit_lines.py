"""What a sample for audit is drawn from: money that came from outside the book, line by line; and the draw itself."""

from dataclasses import dataclass

import numpy as np

from funds.kinds import Basis, EntryKind
from funds.queries.ledger_slice import LedgerSlice
from valuation.sampling import METHOD, draw_lines

TABLES = {Basis.PAID_IN: "entry", Basis.COMMITTED: "commitment_movement"}


@dataclass(frozen=True)
class AuditLine:
    """A line that was drawn."""

    fund_id: int
    table: str
    row_id: int
    amount: int
    is_certain: bool


@dataclass(frozen=True)
class AuditDraw:
    """The lines drawn, and how many lines with how much money they were drawn from."""

    method: str
    lines: int
    total: int
    drawn: tuple[AuditLine, ...]


def draw_audit(slice_: LedgerSlice, basis: Basis, wanted: int, seed: str) -> AuditDraw:
    """A sample of what investors who are no funds of the book put in (or promised) up to the slice's day.

    Whole lines in the order of their ids; what was given back or taken away is no line to look at.
    """
    if basis is Basis.PAID_IN:
        entries = slice_.uncut_entries.of_kind(EntryKind.PAID_IN)
        ids, funds, amounts, others = entries.id, entries.fund, entries.amount, entries.counterparty
    else:
        changes = slice_.uncut_commitments
        ids, funds, amounts, others = changes.id, changes.fund, changes.amount, changes.investor
    outside = ~np.isin(others, list(slice_.fund_of_party)) & (amounts > 0)
    order = np.flatnonzero(outside)[np.argsort(ids[outside], kind="stable")]
    keys, sizes = [int(one) for one in ids[order]], [int(one) for one in amounts[order]]
    drawn = tuple(
        AuditLine(
            int(funds[order[one.place]]), TABLES[basis], keys[one.place], sizes[one.place], one.is_certain
        )
        for one in draw_lines(keys, sizes, wanted, seed)
    )
    return AuditDraw(METHOD, len(keys), sum(sizes), drawn)
