"""Where columns come from that are read one by one: of what nobody looks at, nothing is copied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Int = npt.NDArray[np.int64]
Flag = npt.NDArray[np.bool_]
NOBODY = -1  # stands for "no such id" in a column of ids


class Source(Protocol):
    """Rows whose columns can be read by name."""

    @property
    def size(self) -> int:
        """How many rows there are."""

    def read(self, name: str) -> npt.NDArray[Any]:
        """One column, in int64 or bool."""

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """One column at some rows, in that order."""

    def picked(self, places: Int) -> "Source":
        """Some rows, in that order."""

    def found(self, name: str, wanted: Int) -> "Source | None":
        """The rows whose value is among some, in their order; None where all are."""


@dataclass(frozen=True)
class Arrays:
    """Columns that lie there as arrays."""

    columns: Mapping[str, npt.NDArray[Any]]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.columns["id"])

    def read(self, name: str) -> npt.NDArray[Any]:
        """The array itself."""
        return self.columns[name]

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """A copy of some of it."""
        return self.columns[name][places]

    def picked(self, places: Int) -> Source:
        """Copied when it is read."""
        return Picked(self, places)

    def found(self, name: str, wanted: Int) -> Source | None:
        """By looking at every row."""
        return find_rows(self, name, wanted)


@dataclass(frozen=True)
class Picked:
    """Some rows of another source."""

    base: Source
    places: Int

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.places)

    def read(self, name: str) -> npt.NDArray[Any]:
        """The base's at these places."""
        return self.base.pick(name, self.places)

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """The base's at some of these places."""
        return self.base.pick(name, self.places[places])

    def picked(self, places: Int) -> Source:
        """Some of these places."""
        return Picked(self.base, self.places[places])

    def found(self, name: str, wanted: Int) -> Source | None:
        """By looking at every row."""
        return find_rows(self, name, wanted)


@dataclass(frozen=True)
class Replaced:
    """The rows of another source with one column of one's own."""

    base: Source
    name: str
    values: npt.NDArray[Any]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.base.size

    def read(self, name: str) -> npt.NDArray[Any]:
        """One's own column, or the base's."""
        return self.values if name == self.name else self.base.read(name)

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """Some of it."""
        return self.values[places] if name == self.name else self.base.pick(name, places)

    def picked(self, places: Int) -> Source:
        """Both picked alike."""
        return Replaced(self.base.picked(places), self.name, self.values[places])

    def found(self, name: str, wanted: Int) -> Source | None:
        """By looking at every row."""
        return find_rows(self, name, wanted)


@dataclass(frozen=True)
class Joined:
    """The rows of one source and those of another behind them."""

    first: Source
    second: Source

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.first.size + self.second.size

    def read(self, name: str) -> npt.NDArray[Any]:
        """Both, one behind the other."""
        return np.concatenate([self.first.read(name), self.second.read(name)])

    def pick(self, name: str, places: Int) -> npt.NDArray[Any]:
        """Each place from the one it lies in."""
        is_later = places >= self.first.size
        early = self.first.pick(name, places[~is_later])
        values = np.empty(len(places), dtype=early.dtype)
        values[~is_later] = early
        values[is_later] = self.second.pick(name, places[is_later] - self.first.size)
        return values

    def picked(self, places: Int) -> Source:
        """Places of both."""
        return Picked(self, places)

    def found(self, name: str, wanted: Int) -> Source | None:
        """Each finds its own."""
        first, second = self.first.found(name, wanted), self.second.found(name, wanted)
        if first is None and second is None:
            return None
        return Joined(self.first if first is None else first, self.second if second is None else second)


def find_rows(source: Source, name: str, wanted: Int) -> Source | None:
    """The rows whose value is among some, by looking at every row."""
    flags = np.isin(source.read(name), wanted)
    return None if flags.all() else source.picked(np.flatnonzero(flags))
