"""All columns of a book together: what a day's figures are worked out on."""

from collections.abc import Iterable
from dataclasses import dataclass

from funds.queries.columns import (
    BalanceColumns,
    CommitmentColumns,
    DecisionColumns,
    EntryColumns,
    ExitColumns,
    HoldingColumns,
    IndexColumns,
    MarkColumns,
    NavColumns,
)


@dataclass(frozen=True)
class Ledger:
    """All columns of the book."""

    commitments: CommitmentColumns
    entries: EntryColumns
    holdings: HoldingColumns
    decisions: DecisionColumns
    exits: ExitColumns
    marks: MarkColumns
    navs: NavColumns
    balances: BalanceColumns
    indexes: IndexColumns


def number_indexes(codes: Iterable[str]) -> dict[str, int]:
    """Indexes have no identity but their code: their numbers are its rank among those quoted so far."""
    return {code: number for number, code in enumerate(sorted(set(codes)))}
