"""What funds of a scope put into other funds, row by row: the piece that stays in the scope, and what goes beyond."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.money.capital import capital_columns
from dashboard.readings.money.row_groups import RowGroups
from funds.kinds import Basis
from funds.queries.columns import Int
from funds.queries.id_map import IdMap
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class StakePiece:
    """What one fund of the scope put into one fund, in fen, with the rows of the child that say so."""

    mother: int
    child: int
    inside: int
    beyond: int
    rows: Int = field(compare=False)


@keep_answer
def stake_pieces(slice_: LedgerSlice, basis: Basis) -> tuple[StakePiece, ...]:
    """By mother and child; `inside` is the very piece that the child's capital counts as internal."""
    return tuple(_find(slice_, basis))


def _find(slice_: LedgerSlice, basis: Basis) -> Iterator[StakePiece]:
    child, investor, uncut = capital_columns(slice_.whole(), basis)
    mother = IdMap(slice_.fund_of_party).find(investor)
    mine = np.flatnonzero(slice_.holds(mother))
    mother, child, investor, amount = mother[mine], child[mine], investor[mine], uncut.amount[mine]
    inside = slice_.internal(child, investor, amount)
    groups = RowGroups.of(mother, child)
    sums = (groups.sums(inside), groups.sums(slice_.part(mother, amount) - inside))
    columns = zip(*(one.tolist() for one in (*groups.keys, *sums)), strict=True)
    for (giver, taker, within, beyond), rows in zip(columns, groups.split(uncut.id[mine]), strict=True):
        yield StakePiece(giver, taker, within, beyond, rows)
