"""The facts of the last few days and versions; what no table of theirs changed in between is read once."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from funds.queries.facts import Facts
from funds.queries.loading_facts import PIECES, assemble_facts
from funds.queries.memory.letting_go import let_go
from funds.queries.memory.touched_tables import TouchedTables

KEPT = 8  # days that people look at side by side
OF_A_DAY = 2  # versions of the same day: whoever began with the last one goes on with it
Key = tuple[date, tuple[int, ...]]


class KeptFacts:
    """Facts by their day and the last revision that touched each of their pieces."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[Facts, dict[str, Any]]] = OrderedDict()
        self._lock = Lock()
        self._reading = Lock()

    def read(self, connection: Connection, touched: TouchedTables, version: int, as_of: date) -> Facts:
        """The facts of a day as known at a version; the very same where nothing of them changed."""
        found = self.find(touched, version, as_of)
        if found is None:
            revisions = _list_revisions(touched, version)
            with self._reading:  # whoever comes meanwhile for the same waits instead of reading it too
                found = self._find((as_of, revisions))
                if found is None:
                    found = self._load(connection, (as_of, revisions), version)
        return found

    def find(self, touched: TouchedTables, version: int, as_of: date) -> Facts | None:
        """The same without asking the book, if they are kept."""
        return self._find((as_of, _list_revisions(touched, version)))

    def _find(self, key: Key) -> Facts | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def _load(self, connection: Connection, key: Key, version: int) -> Facts:
        as_of, revisions = key
        pieces: dict[str, Any] = {}
        for number, (piece, kept) in enumerate(zip(PIECES, self._kept_pieces(revisions), strict=True)):
            if as_of in kept or (kept and not piece.is_dated):
                pieces[piece.name] = kept[as_of] if as_of in kept else next(iter(kept.values()))
                continue
            found = self._extend(connection, number, key, version)
            if found is None:
                found = piece.read(connection, as_of, version, pieces)
            # On most days most of it is what it was on another day: then it takes no room twice.
            pieces[piece.name] = next((one for one in kept.values() if _are_same(one, found)), found)
        facts = assemble_facts(as_of, pieces)
        with self._lock:
            self._kept[key] = facts, pieces
            of_a_day = [kept for kept in self._kept if kept[0] == as_of]
            old = [*of_a_day[:-OF_A_DAY], *list(self._kept)[: max(0, len(self._kept) - KEPT)]]
            gone = [self._kept.pop(kept)[0] for kept in dict.fromkeys(old)]
        for one in gone:
            let_go(one)
        return facts

    def _extend(self, connection: Connection, number: int, key: Key, version: int) -> Any:
        """A piece made of what is kept of an earlier revision for the same day; None where that cannot be done."""
        (as_of, revisions), extend = key, PIECES[number].extend
        if extend is None:
            return None
        name = PIECES[number].name
        with self._lock:
            known = [
                (before[number], pieces[name])
                for (day, before), (_, pieces) in self._kept.items()
                if day == as_of and before[number] < revisions[number]
            ]
        if not known:
            return None
        after, piece = max(known, key=lambda one: one[0])
        return extend(connection, as_of, version, piece, after)

    def _kept_pieces(self, revisions: tuple[int, ...]) -> list[dict[date, Any]]:
        """For each piece what is kept of it by day, as far as none of its tables was touched since."""
        with self._lock:
            kept = [(day, known, pieces) for (day, known), (_, pieces) in self._kept.items()]
        return [
            {day: pieces[piece.name] for day, known, pieces in kept if known[number] == revisions[number]}
            for number, piece in enumerate(PIECES)
        ]


def _list_revisions(touched: TouchedTables, version: int) -> tuple[int, ...]:
    return tuple(touched.last(piece.tables, version) for piece in PIECES)


def _are_same(one: Any, other: Any) -> bool:
    """Equal, and where it is a lookup in the same order too: some go through it."""
    return bool(one == other) and (not isinstance(one, Mapping) or list(one) == list(other))
