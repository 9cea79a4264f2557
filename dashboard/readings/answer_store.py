"""A store of answers that were worked out once: the ones asked for longest ago go first, and nobody works twice at one."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock, get_ident
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


def weigh_alike(_answer: object) -> int:
    """Every answer counts for one."""
    return 1


class _Flight(Generic[Answer]):
    """An answer that somebody is working out; whoever asks meanwhile waits for it."""

    def __init__(self) -> None:
        self.owner = get_ident()
        self.ended = Event()
        self.found: list[Answer] = []


class AnswerStore(Generic[Answer]):
    """Answers by key, no more of them than weigh `most` together; safe for threads.

    An answer that failed is nobody's: each of those who waited for it tries for themselves, so that a refusal is
    always the asker's own.
    """

    def __init__(self, most: int, weigh: Callable[[Answer], int] = weigh_alike) -> None:
        self.most = most
        self.weight = 0
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()
        self._flights: dict[Hashable, _Flight[Answer]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Answer | None:
        """The answer of a key, if it is there."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def find(
        self, key: Hashable, work_out: Callable[[], Answer], may_keep: Callable[[Answer], bool] | None = None
    ) -> Answer:
        """The answer of a key, worked out if it is not there; one that may not be kept goes to who asked alone."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found[0]
            flight = self._flights.get(key)
            is_mine = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
        if is_mine:
            return self._fly(key, flight, work_out, may_keep)
        # A question that comes up while it is being answered would wait for itself.
        if flight.owner != get_ident():
            flight.ended.wait()
        return flight.found[0] if flight.found else work_out()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.weight = 0

    def _fly(
        self,
        key: Hashable,
        flight: _Flight[Answer],
        work_out: Callable[[], Answer],
        may_keep: Callable[[Answer], bool] | None,
    ) -> Answer:
        try:
            answer = work_out()
            if may_keep is None or may_keep(answer):
                flight.found.append(answer)
                self._put(key, answer)
            return answer
        finally:
            with self._lock:
                del self._flights[key]
            flight.ended.set()

    def _put(self, key: Hashable, answer: Answer) -> None:
        weight = self._weigh(answer)
        if weight > self.most:
            return
        with self._lock:
            if key in self._kept:
                self.weight -= self._kept.pop(key)[1]
            self._kept[key] = (answer, weight)
            self.weight += weight
            while self.weight > self.most:
                _, (_, gone) = self._kept.popitem(last=False)
                self.weight -= gone
