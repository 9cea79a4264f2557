"""The pieces of funds that belong to a scope, for many lines at once."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from funds.queries.attribution import ALL, Interval, cut
from funds.queries.column_sources import NOBODY, Flag, Int
from funds.queries.id_map import IdMap


class Pieces:
    """The funds of a scope with the piece of each that belongs to it."""

    def __init__(self, members: Mapping[int, Interval]) -> None:
        self._members = members
        self.are_whole = all(piece == ALL for piece in members.values())

    @cached_property
    def _places(self) -> IdMap:
        return IdMap({fund: place for place, fund in enumerate(self._members)})

    @cached_property
    def _bounds(self) -> tuple[Int, Int]:
        pieces = self._members.values()
        return (
            np.array([piece.start for piece in pieces], dtype=np.int64),
            np.array([piece.end for piece in pieces], dtype=np.int64),
        )

    def hold(self, funds: Int) -> Flag:
        """Which of some fund ids are in the scope."""
        found: Flag = self._places.find(funds) != NOBODY
        return found

    def cut(self, funds: Int, amounts: Int) -> Int:
        """The scope's piece of amounts that belong to some funds of the scope, to the fen."""
        places = self._places.find(funds)
        if (places == NOBODY).any():
            raise KeyError(int(funds[places == NOBODY][0]))
        if self.are_whole:
            return amounts
        start, end = self._bounds
        return cut(amounts, start[places], end[places])
