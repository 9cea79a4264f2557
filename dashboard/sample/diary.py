"""What is to happen on which day, told in order."""

import heapq
from collections.abc import Callable
from datetime import date
from enum import IntEnum

Step = Callable[[date], None]


class Turn(IntEnum):
    """The order of things within a day."""

    IN = 0
    OUT = 1
    ASK = 2
    GIVE = 3
    EARN = 4


class Diary:
    """Steps by day and turn, first come first served; a step may note further ones."""

    def __init__(self, until: date) -> None:
        self.until = until
        self._steps: list[tuple[date, Turn, int, Step]] = []
        self._count = 0

    def note(self, day: date, turn: Turn, step: Step) -> None:
        """Has a step happen on a day; what lies beyond the last day never does."""
        if day <= self.until:
            self._count += 1
            heapq.heappush(self._steps, (day, turn, self._count, step))

    def play(self) -> None:
        """Lets everything happen."""
        while self._steps:
            day, _, _, step = heapq.heappop(self._steps)
            step(day)
