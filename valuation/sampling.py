"""Draws lines for audit, each with a chance in proportion to its amount, so that anybody can draw them again.

Systematic, without replacement: lines whose amount reaches the step between two hits are taken for certain;
the rest are put into an order that only the seed decides, and hit at equal steps from a start that only the
seed decides. All of it is whole numbers and SHA-256: the same seed gives the same lines on any machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

METHOD = "systematic-pps-1"
_DIGITS = 2**256


@dataclass(frozen=True)
class Drawn:
    """The place of a line in the list that was drawn from, and the chance that it had."""

    place: int
    chance: Fraction

    @property
    def is_certain(self) -> bool:
        """Whether no seed would have left it out."""
        return self.chance == 1


def draw_lines(keys: Sequence[int], amounts: Sequence[int], wanted: int, seed: str) -> list[Drawn]:
    """At most `wanted` of the lines, in their own order; `keys` name them, and an amount of 0 or less has no chance."""
    chances = chances_of(amounts, wanted)
    certain = [place for place, chance in enumerate(chances) if chance == 1]
    open_places = [place for place, chance in enumerate(chances) if 0 < chance < 1]
    hits = wanted - len(certain)
    if open_places and hits > 0:
        open_places.sort(key=lambda place: (_digest(seed, f"line:{keys[place]}"), keys[place]))
        certain += _hit([(place, int(amounts[place])) for place in open_places], hits, seed)
    return [Drawn(place, chances[place]) for place in sorted(certain)]


def chances_of(amounts: Sequence[int], wanted: int) -> list[Fraction]:
    """The chance of each line: 1 for the large ones, for the others hits × amount ÷ all that is left."""
    certain = _find_certain(amounts, wanted)
    rest = sum(int(amount) for place, amount in enumerate(amounts) if amount > 0 and place not in certain)
    share = Fraction(max(wanted - len(certain), 0), rest) if rest else Fraction(0)
    return [
        Fraction(1) if place in certain else share * max(int(amount), 0)
        for place, amount in enumerate(amounts)
    ]


def _find_certain(amounts: Sequence[int], wanted: int) -> set[int]:
    """Lines as large as the step between two hits of the others; taking one out makes the step smaller."""
    certain: set[int] = set()
    rest = sum(int(amount) for amount in amounts if amount > 0)
    for place in sorted(range(len(amounts)), key=lambda one: (-int(amounts[one]), one)):
        hits = wanted - len(certain)
        if hits <= 0 or amounts[place] <= 0 or int(amounts[place]) * hits < rest:
            break
        certain.add(place)
        rest -= int(amounts[place])
    return certain


def _hit(lines: Sequence[tuple[int, int]], hits: int, seed: str) -> list[int]:
    """The lines in which the equal steps end; amounts are stretched by `hits` so that a step is the whole."""
    total = sum(amount for _, amount in lines)
    following = _digest(seed, "start") * total // _DIGITS
    found, reached = [], 0
    for place, amount in lines:
        reached += amount * hits
        if following < reached:
            found.append(place)
            following += total
    return found


def _digest(seed: str, name: str) -> int:
    return int.from_bytes(sha256(f"{METHOD}\n{seed}\n{name}".encode()).digest())
