"""Scores of the yearly appraisal, their ranks, and the smallest change that would lift a park by a rank; pure sums."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

Values = Mapping[str, Fraction]
# Beyond this many steps a change is no longer a small one.
MOST_STEPS = 2**20


@dataclass(frozen=True)
class Criterion:
    """An indicator with its weight; `asked` None means that it is held against the best park.

    `step` is the smallest change that can be filed, `most` the largest value there can be.
    """

    code: str
    weight: Fraction
    asked: Fraction | None
    is_ceiling: bool = False
    step: Fraction = Fraction(1)
    most: Fraction | None = None


@dataclass(frozen=True)
class Lift:
    """What one indicator would have to become for the park to stand a rank higher, all else as it is."""

    code: str
    value: Fraction
    needed: Fraction
    share: Fraction  # of what full points ask for, by which changes are compared


@dataclass(frozen=True)
class Placed:
    """A park with its points by indicator, the sum of them, and its rank (equal sums share one)."""

    park: str
    points: Values
    score: Fraction
    rank: int
    ties: int


@dataclass(frozen=True)
class Ranking:
    """The parks by their values; what would lift one is worked out when it is first asked for."""

    criteria: Sequence[Criterion]
    parks: Mapping[str, Values]

    @cached_property
    def placed(self) -> Mapping[str, Placed]:
        """The parks with their places."""
        return {one.park: one for one in place_parks(self.criteria, self.parks)}

    def lifts(self, park: str) -> Sequence[Lift]:
        """What would lift a park by a rank; nothing of one without a place."""
        if park not in self._lifts:
            found = find_lifts(self.criteria, self.parks, park, self.placed) if park in self.parks else []
            self._lifts[park] = tuple(found)
        return self._lifts[park]

    @cached_property
    def _lifts(self) -> dict[str, Sequence[Lift]]:
        return {}


def place_parks(criteria: Sequence[Criterion], parks: Mapping[str, Values]) -> list[Placed]:
    """The parks by rank; every park must have a value for every criterion."""
    best = {one.code: best_of(one, parks) for one in criteria} if parks else {}
    points = {
        park: {one.code: one.weight * attained(one, values[one.code], best[one.code]) for one in criteria}
        for park, values in parks.items()
    }
    scores = {park: sum(found.values(), Fraction(0)) for park, found in points.items()}
    placed = [
        Placed(park, points[park], score, _rank(score, scores), sum(s == score for s in scores.values()) - 1)
        for park, score in scores.items()
    ]
    return sorted(placed, key=lambda one: (one.rank, one.park))


def attained(one: Criterion, value: Fraction, best: Fraction) -> Fraction:
    """The part of the weight that a value earns, from 0 to 1."""
    full = best if one.asked is None else one.asked
    if one.is_ceiling:
        return Fraction(1) if value <= full else full / value
    if full <= 0:
        return Fraction(1) if value >= full else Fraction(0)
    return min(value / full, Fraction(1))


def best_of(one: Criterion, parks: Mapping[str, Values]) -> Fraction:
    """The best value of a criterion among the parks."""
    values = [values[one.code] for values in parks.values()]
    return min(values) if one.is_ceiling else max(values)


def find_lifts(
    criteria: Sequence[Criterion],
    parks: Mapping[str, Values],
    park: str,
    placed: Mapping[str, Placed] | None = None,
) -> list[Lift]:
    """For each criterion the smallest change that lifts a park, the smallest of all first; none where none can.

    `placed` are the places of the parks as they are, where they are at hand.
    """
    if placed is None:
        placed = {one.park: one for one in place_parks(criteria, parks)}
    if placed[park].rank == 1:
        return []
    found = [lift for one in criteria for lift in _find_lift(one, parks, placed, park)]
    return sorted(found, key=lambda lift: (lift.share, lift.code))


def _find_lift(
    one: Criterion, parks: Mapping[str, Values], placed: Mapping[str, Placed], park: str
) -> Iterator[Lift]:
    """Worked out from the points that are missing; a park that must pass the best one is tried by halving."""
    now, own = parks[park][one.code], placed[park]
    full = best_of(one, parks) if one.asked is None else one.asked
    next_above = min(other.score for other in placed.values() if other.score > own.score)
    share = attained(one, now, full) + (next_above - own.score) / one.weight
    if share <= 1:
        needed = full / share if one.is_ceiling else full * share
        steps = -int(-abs(needed - now) // one.step)
    elif one.asked is None:
        steps = _pass_the_best(one, parks, placed, park)
    else:
        return
    needed = _moved(one, now, steps)
    if steps and (one.most is None or needed <= one.most):
        yield Lift(one.code, now, needed, abs(needed - now) / (full or Fraction(1)))


def _pass_the_best(
    one: Criterion, parks: Mapping[str, Values], placed: Mapping[str, Placed], park: str
) -> int:
    """The steps by which the park becomes the best by so much that another falls behind it; 0 where none are enough.

    By halving: the more an indicator improves, the better the rank. In whole numbers of one denominator for the
    values and one for the points, since fractions would be made anew at every try.
    """
    now = parks[park][one.code]
    size = lcm(one.step.denominator, *(values[one.code].denominator for values in parks.values()))
    others = [name for name in parks if name != park]
    column = [int(parks[name][one.code] * size) for name in others]
    rest = {name: found.score - found.points[one.code] for name, found in placed.items()}
    unit = lcm(one.weight.denominator, *(left.denominator for left in rest.values()))
    without, own, weight = (
        [int(rest[name] * unit) for name in others],
        int(rest[park] * unit),
        int(one.weight * unit),
    )
    best_other = min(column) if one.is_ceiling else max(column)

    def lifts(steps: int) -> bool:
        value = int(_moved(one, now, steps) * size)
        best = min(value, best_other) if one.is_ceiling else max(value, best_other)
        top, bottom = _attained_part(one, value, best)
        score = own * bottom + weight * top  # ÷ bottom
        above = 0
        for left, other in zip(without, column, strict=True):
            part, whole = _attained_part(one, other, best)
            above += (left * whole + weight * part) * bottom > score * whole
        return 1 + above < placed[park].rank

    low, high = 0, _most_steps(one, now)
    if not lifts(high):
        return 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if lifts(middle) else (middle, high)
    return high


def _attained_part(one: Criterion, value: int, best: int) -> tuple[int, int]:
    """What `attained` says where the best park is the measure, as numerator and denominator."""
    if one.is_ceiling:
        return (1, 1) if value <= best else (best, value)
    if best <= 0:
        return (1, 1) if value >= best else (0, 1)
    return value, best


def _moved(one: Criterion, value: Fraction, steps: int) -> Fraction:
    if one.is_ceiling:
        return max(value - steps * one.step, Fraction(0))
    return value + steps * one.step


def _most_steps(one: Criterion, now: Fraction) -> int:
    """As far as a value can go, or a long way beyond the best."""
    end = Fraction(0) if one.is_ceiling else one.most
    return MOST_STEPS if end is None else max(int(abs(end - now) // one.step), 1)


def _rank(score: Fraction, scores: Mapping[str, Fraction]) -> int:
    return 1 + sum(other > score for other in scores.values())
