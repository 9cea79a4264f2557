"""A column that grows at its end: as narrow as its values allow, and read as what they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from funds.queries.columns import NOBODY, Flag, Int

Width = type[np.signedinteger[Any]]
Stored = npt.NDArray[np.signedinteger[Any]]
WIDTHS: tuple[Width, ...] = (np.int8, np.int16, np.int32, np.int64)
ID_ROOM = 1 << 40  # ids of one book follow each other from a multiple of this
FIRST_ROOM, SLACK = 1024, 8  # what is left free at the end: an eighth, so that growing costs little per row


@dataclass(frozen=True)
class Room:
    """Where values are stored, and what must be added to them; both change at once or not at all.

    With an origin, 0 stands for nobody.
    """

    cells: Stored
    origin: int = 0

    def read(self, stored: Stored) -> Int:
        """What some of its cells say; the cells themselves where they are stored as they are."""
        if not self.origin:
            return stored.astype(np.int64, copy=False)
        values = stored.astype(np.int64)
        values += self.origin
        values[stored == 0] = NOBODY
        return values


class GrowingColumn:
    """Numbers by position. What was handed out stays as it is: new ones only come behind it.

    Values are kept in the narrowest integers that hold them all; as soon as one does not fit, the column is
    copied into wider ones. Ids are kept as their distance from the book's first one, as far as they follow it.
    """

    def __init__(self, *, is_id: bool = False, width: Width = np.int8) -> None:
        self._is_id = is_id
        self._has_origin = False
        self._size = 0
        self._room = Room(np.empty(0, dtype=width))

    def __len__(self) -> int:
        return self._size

    @property
    def nbytes(self) -> int:
        """What it takes, the free room at its end included."""
        return int(self._room.cells.nbytes)

    def append(self, values: Int) -> None:
        """Put values behind the others."""
        if not len(values):
            return
        if self._is_id:
            self._settle_origin(values)
        stored = self._distances(values)
        end = self._size + len(values)
        self._make_room(end, _narrowest(stored))
        self._room.cells[self._size : end] = stored
        self._size = end

    def values(self, count: int) -> Int:
        """The first so many values; the column's own cells where they are stored as they are."""
        room = self._room
        return _locked(room.read(room.cells[:count]))

    def pick(self, places: Int | Flag, count: int) -> Int:
        """The values at some places, or of a mask, among the first so many."""
        room = self._room
        return _locked(room.read(room.cells[:count][places]))

    def flags(self, count: int, places: Int | Flag | None = None) -> Flag:
        """The first so many values, or some of them, as yes and no."""
        cells = self._room.cells[:count].view(np.bool_)
        found = cells if places is None else cells[places]
        found.flags.writeable = False
        return found

    def find(self, wanted: Int, count: int) -> Flag:
        """Which of the first so many values are among some."""
        room = self._room
        cells = room.cells[:count]
        codes = np.where(wanted == NOBODY, 0, wanted - room.origin) if room.origin else wanted
        limits = np.iinfo(cells.dtype)
        codes = codes[(limits.min <= codes) & (codes <= limits.max)].astype(cells.dtype)
        if len(codes) == 1:
            found: Flag = cells == codes[0]
            return found
        return np.isin(cells, codes)

    def at_most(self, limit: int, count: int) -> Flag:
        """Which of the first so many values (no ids) are no larger than a number."""
        found: Flag = self._room.cells[:count] <= limit
        return found

    def codes(self, count: int) -> Stored:
        """The first so many values as they are stored: equal where the values are, and in their order."""
        return self._room.cells[:count]

    def read_codes(self, codes: Stored) -> Int:
        """The values that some codes stand for."""
        return self._room.read(codes)

    def _settle_origin(self, values: Int) -> None:
        """By the first id that anything has; and back to whole ids when one comes that does not follow it."""
        named = values[values != NOBODY]
        if not len(named):
            return
        if not self._has_origin:
            self._has_origin = True
            if origin := int(named[0]) // ID_ROOM * ID_ROOM:  # so far all were nobody
                self._room = Room(np.zeros_like(self._room.cells), origin)
        origin = self._room.origin
        if origin and not ((named > origin) & (named < origin + ID_ROOM)).all():
            self._room = Room(self._room.read(self._room.cells[: self._size]))

    def _distances(self, values: Int) -> Int:
        origin = self._room.origin
        return np.where(values == NOBODY, 0, values - origin) if origin else values

    def _make_room(self, needed: int, width: np.dtype[Any]) -> None:
        cells = self._room.cells
        width = np.promote_types(cells.dtype, width)
        if needed <= len(cells) and width == cells.dtype:
            return
        size = len(cells) if needed <= len(cells) else max(needed + needed // SLACK, FIRST_ROOM)
        grown = np.empty(size, dtype=width)
        grown[: self._size] = cells[: self._size]
        self._room = Room(grown, self._room.origin)


def _narrowest(values: Int) -> np.dtype[Any]:
    least, most = int(values.min()), int(values.max())
    fitting = (width for width in WIDTHS if np.iinfo(width).min <= least and most <= np.iinfo(width).max)
    return np.dtype(next(fitting))


def _locked(values: Int) -> Int:
    """Read-only, as slices share it; cells that are looked at stay open for what comes behind."""
    values.flags.writeable = False
    return values
