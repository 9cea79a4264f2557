"""Names of rows of the book, as `entry:17`: of many rows they are written out only when somebody reads them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import overload

import numpy as np

from funds.queries.columns import Int


class Names(Sequence[str]):
    """Names in order, equal to a tuple of the same ones; they may not be changed."""

    @overload
    def __getitem__(self, at: int, /) -> str: ...

    @overload
    def __getitem__(self, at: slice, /) -> tuple[str, ...]: ...

    def __getitem__(self, at: int | slice, /) -> str | tuple[str, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, (Names, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{tuple(self)!r}"


class RowNames(Names):
    """Rows of one table by rising id; no row stands in two of the pieces that they come in."""

    def __init__(self, table: str, pieces: Sequence[Int]) -> None:
        self.table = table
        self._pieces = pieces

    @cached_property
    def ids(self) -> Int:
        """All ids, rising."""
        found: Int = np.concatenate([np.empty(0, dtype=np.int64), *self._pieces])
        found.sort()
        return found

    def __len__(self) -> int:
        return sum(map(len, self._pieces))

    def __iter__(self) -> Iterator[str]:
        start = f"{self.table}:"
        return (f"{start}{row}" for row in self.ids.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RowNames) or len(self) != len(other):
            return super().__eq__(other)
        # What was worked out again mostly comes in the very same pieces, which need no sorting.
        return self.table == other.table and (
            _are_alike(self._pieces, other._pieces) or bool(np.array_equal(self.ids, other.ids))
        )

    __hash__ = Names.__hash__


class JoinedNames(Names):
    """Names one behind the other."""

    def __init__(self, parts: Iterable[Sequence[str]]) -> None:
        self.parts = tuple(parts)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.parts)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, JoinedNames) and list(map(len, self.parts)) == list(map(len, other.parts)):
            return self.parts == other.parts
        return super().__eq__(other)

    __hash__ = Names.__hash__


def name_rows(table: str, ids: Iterable[int] | Int) -> RowNames:
    """Row ids of a table as text, in order, each once."""
    found = ids if isinstance(ids, np.ndarray) else np.fromiter(ids, dtype=np.int64)
    is_rising = bool((found[1:] > found[:-1]).all())
    return RowNames(table, [found if is_rising else np.unique(found)])


def join_names(*parts: Sequence[str]) -> Sequence[str]:
    """Names one behind the other, none of them written out for that."""
    return JoinedNames(parts)


def rows_by_table(names: Sequence[str]) -> dict[str, Int]:
    """The ids of each table that is named, rising and each once."""
    found: dict[str, list[Int]] = {}
    for part in names.parts if isinstance(names, JoinedNames) else (names,):
        for table, ids in _split(part):
            found.setdefault(table, []).append(ids)
    return {
        table: pieces[0] if len(pieces) == 1 else np.unique(np.concatenate(pieces))
        for table, pieces in found.items()
    }


def _split(names: Sequence[str]) -> Iterator[tuple[str, Int]]:
    if isinstance(names, RowNames):
        yield names.table, names.ids
        return
    ids: dict[str, set[int]] = {}
    for name in names:
        table, _, row = name.partition(":")
        ids.setdefault(table, set()).add(int(row))
    for table, rows in ids.items():
        yield table, np.array(sorted(rows), dtype=np.int64)


def _are_alike(some: Sequence[Int], others: Sequence[Int]) -> bool:
    return len(some) == len(others) and all(map(np.array_equal, some, others))
