"""A store of answers that were worked out once: the ones asked for longest ago go first, and nobody works twice at one."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Event, Lock, get_ident
from typing import Generic, TypeVar

from funds.book.noting import note_tables, noting_tables

Answer = TypeVar("Answer")


def weigh_alike(_answer: object) -> int:
    """Every answer counts for one."""
    return 1


@dataclass(frozen=True)
class _Kept(Generic[Answer]):
    """An answer, what it weighs, and the tables that were read for it: who is handed it rests on them too."""

    answer: Answer
    weight: int
    tables: frozenset[str]


class _Flight(Generic[Answer]):
    """An answer that somebody is working out; whoever asks meanwhile waits for it."""

    def __init__(self) -> None:
        self.owner = get_ident()
        self.ended = Event()
        self.found: _Kept[Answer] | None = None


class AnswerStore(Generic[Answer]):
    """Answers by key, no more of them than weigh `most` together; safe for threads.

    An answer that failed is nobody's: each of those who waited for it tries for themselves, so that a refusal is
    always the asker's own.
    """

    def __init__(self, most: int, weigh: Callable[[Answer], int] = weigh_alike) -> None:
        self.most = most
        self.weight = 0
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, _Kept[Answer]] = OrderedDict()
        self._flights: dict[Hashable, _Flight[Answer]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def items(self) -> list[tuple[Hashable, Answer]]:
        """All that is kept, the one asked for longest ago first."""
        with self._lock:
            return [(key, kept.answer) for key, kept in self._kept.items()]

    def get(self, key: Hashable) -> Answer | None:
        """The answer of a key, if it is there."""
        found = self._look_up(key)
        return None if found is None else _hand_over(found)

    def find(
        self,
        key: Hashable,
        work_out: Callable[[], Answer],
        may_keep: Callable[[Answer], bool] = lambda _answer: True,
        is_good: Callable[[Answer], bool] = lambda _answer: True,
    ) -> Answer:
        """The answer of a key, worked out if it is not there or no longer good.

        One that may not be kept goes to who asked alone.
        """
        while True:
            found = self._look_up(key)
            if found is not None and is_good(found.answer):
                return _hand_over(found)
            with self._lock:
                if self._kept.get(key) is not found:
                    continue  # somebody was quicker
                flight = self._flights.get(key)
                if flight is None:
                    own = self._flights[key] = _Flight()
            if flight is None:
                return self._fly(key, own, work_out, may_keep)
            # A question that comes up while it is being answered would wait for itself.
            if flight.owner == get_ident():
                return work_out()
            flight.ended.wait()
            if flight.found is None:
                return work_out()
            if is_good(flight.found.answer):
                return _hand_over(flight.found)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def _look_up(self, key: Hashable) -> _Kept[Answer] | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _fly(
        self,
        key: Hashable,
        flight: _Flight[Answer],
        work_out: Callable[[], Answer],
        may_keep: Callable[[Answer], bool],
    ) -> Answer:
        try:
            with noting_tables() as tables:
                answer = work_out()
                is_kept = may_keep(answer)
            if is_kept:
                flight.found = _Kept(answer, self._weigh(answer), frozenset(tables))
                self._put(key, flight.found)
            return answer
        finally:
            with self._lock:
                del self._flights[key]
            flight.ended.set()

    def _put(self, key: Hashable, made: _Kept[Answer]) -> None:
        with self._lock:
            if key in self._kept:
                self.weight -= self._kept.pop(key).weight
            if made.weight > self.most:
                return
            self._kept[key] = made
            self.weight += made.weight
            while self.weight > self.most:
                _, gone = self._kept.popitem(last=False)
                self.weight -= gone.weight


def _hand_over(kept: _Kept[Answer]) -> Answer:
    note_tables(kept.tables)
    return kept.answer
