"""What funds of a scope put into other funds, row by row: the piece that stays in the scope, and what goes beyond."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.money.capital import capital_columns
from funds.kinds import Basis
from funds.queries.columns import NOBODY
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class StakePiece:
    """What one fund of the scope put into one fund, in fen, with the rows of the child that say so."""

    mother: int
    child: int
    inside: int
    beyond: int
    rows: tuple[int, ...]


@keep_answer
def stake_pieces(slice_: LedgerSlice, basis: Basis) -> tuple[StakePiece, ...]:
    """By mother and child; `inside` is the very piece that the child's capital counts as internal."""
    return tuple(_find(slice_, basis))


def _find(slice_: LedgerSlice, basis: Basis) -> Iterator[StakePiece]:
    child, investor, uncut = capital_columns(slice_.whole(), basis)
    known = slice_.fund_of_party
    mother = np.array([known.get(party, NOBODY) for party in investor.tolist()], np.int64)
    mine = np.flatnonzero(slice_.holds(mother))
    own = slice_.part(mother[mine], uncut.amount[mine])
    inside = slice_.internal(child, investor, uncut.amount)[mine]
    found: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    columns = (mother[mine], child[mine], own, inside, uncut.id[mine])
    for giver, taker, whole, within, row in zip(*(one.tolist() for one in columns), strict=True):
        found.setdefault((giver, taker), []).append((within, whole - within, row))
    for (giver, taker), lines in sorted(found.items()):
        yield StakePiece(
            giver,
            taker,
            sum(within for within, _, _ in lines),
            sum(beyond for _, beyond, _ in lines),
            tuple(row for _, _, row in lines),
        )
