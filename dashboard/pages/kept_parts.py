"""Parts of a page kept as they were drawn for as long as what they tell is the same, whatever else was entered."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from weakref import ReferenceType, WeakKeyDictionary, ref

import orjson
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.packed_text import pack, unpack
from dashboard.readings.answer_store import AnswerStore
from dashboard.readings.answers import Reading
from dashboard.readings.lasting_answers import facts_unfiled
from funds.book import Book
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

MOST_BYTES = 2 * 1024 * 1024  # as they are kept


@dataclass(frozen=True)
class Told:
    """All that a part is drawn of besides its address and who looks: the slice's facts and a reading, no lines."""

    facts: ReferenceType[Facts]
    members: Hashable
    left_out: int
    reading: Reading

    def is_same(self, other: "Told") -> bool:
        """Whether the same would be drawn; where the facts are the very same and every figure and row is equal."""
        return (
            self.facts() is other.facts()
            and (self.members, self.left_out) == (other.members, other.left_out)
            and self.reading.figures == other.reading.figures
            and self.reading.rows == other.reading.rows
        )


@dataclass(frozen=True)
class _Drawn:
    text: bytes
    told: Told


_parts: WeakKeyDictionary[Book, AnswerStore[_Drawn]] = WeakKeyDictionary()
_lock = Lock()


def tell(slice_: LedgerSlice, reading: Reading) -> Told:
    """What is told of a slice by a reading."""
    members = (slice_.scope, slice_.as_of, tuple(slice_.members.items()))
    return Told(ref(facts_unfiled(slice_.facts)), members, slice_.left_out, reading)


def draw_told(
    context: PageContext, name: str, told: Told, draw: Callable[[], Component | None]
) -> orjson.Fragment:
    """A part of the page, drawn now or as it was drawn when the same was told to somebody with the same rights.

    `draw` may look at the reading and the facts, at nothing of the ledger and at no papers.
    """
    visit = context.visit
    with _lock:
        store = _parts.setdefault(visit.book, AnswerStore[_Drawn](MOST_BYTES, lambda one: len(one.text)))
    rights = visit.rights
    key = (
        (name, context.path, tuple(sorted(context.query.items())), tuple(sorted(context.parts.items()))),
        (context.language, context.scheme, context.as_of, context.as_known, visit.book.today()),
        (frozenset(rights.grants), frozenset(rights.funds_of_parks.items()), rights.readable()),
    )
    found = store.find(
        key,
        lambda: _Drawn(pack(draw()), told),
        is_good=lambda kept: kept.told.is_same(told),
    )
    return unpack(found.text)
