"""Chance that repeats itself: a stream of numbers named by the seed and by what it is for."""

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One stream per name, so that a new park or firm leaves every other one as it was.

    Everything rests on `Random.random`, the one method whose numbers Python promises to keep.
    """

    def __init__(self, seed: int, *names: object) -> None:
        # A sample needs to repeat itself, not to be hard to guess.
        self._random = random.Random(":".join(str(name) for name in (seed, *names)))  # noqa: S311

    def between(self, low: float, high: float) -> float:
        """A number from low up to high."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both possible."""
        return low + int(self._random.random() * (high - low + 1))

    def happens(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random.random() < probability

    def pick(self, things: Sequence[T]) -> T:
        """Any one of the things."""
        return things[self.whole(0, len(things) - 1)]

    def weigh(self, things: Sequence[T], weights: Sequence[float]) -> T:
        """One of the things, each as likely as its weight."""
        point = self.between(0, math.fsum(weights))
        for thing, weight in zip(things, weights, strict=True):
            point -= weight
            if point < 0:
                return thing
        return things[-1]

    def shuffle(self, things: Sequence[T]) -> list[T]:
        """The things in another order."""
        keys = [(self._random.random(), place) for place in range(len(things))]
        return [things[place] for _, place in sorted(keys)]

    def later(self, day: date, low: int, high: int) -> date:
        """A day some days after another."""
        return day + timedelta(self.whole(low, high))
