"""Why a park's alignment differs between two days, or two parks' do: the parts of the difference, to the fen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dashboard.readings.industries.alignment_pieces import AlignedPiece, aligned_pieces
from dashboard.readings.industries.compare_courses import Happening, Histories
from dashboard.readings.industries.tag_parts import Spans, TagMode, Weigher, take
from funds.queries.attribution import Interval
from funds.queries.costs import Course
from funds.queries.ledger_slice import LedgerSlice

NO_PART = Interval(0, 0)


class ChangeKind(StrEnum):
    """What a part of the difference comes from, in the order in which the parts are told."""

    NEW_DEAL = Happening.NEW_DEAL.value
    FOLLOW_ON = Happening.FOLLOW_ON.value
    EXIT = Happening.EXIT.value
    WRITE_OFF = Happening.WRITE_OFF.value
    MARK = Happening.MARK.value
    LEADING = "leading"  # another industry leads
    TAG = "tag"  # the firm is tagged otherwise
    SHARE = "share"  # another part of the fund is the park's
    ONLY_LEFT = "only_left"
    ONLY_RIGHT = "only_right"
    BOTH = "both"


@dataclass(frozen=True)
class Amounts:
    """Remaining cost and fair value, and what of each is in a leading industry; differences of these."""

    cost: int = 0
    aligned: int = 0
    value: int = 0
    aligned_value: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(one + two for one, two in zip(self._all(), other._all(), strict=True)))

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(one - two for one, two in zip(self._all(), other._all(), strict=True)))

    def __bool__(self) -> bool:
        return any(self._all())

    def _all(self) -> tuple[int, ...]:
        return (self.cost, self.aligned, self.value, self.aligned_value)


@dataclass(frozen=True)
class Change:
    """One part of the difference; `count` is how many steps it stands for, `day` the last of them."""

    kind: ChangeKind
    fund: int
    company: int
    amounts: Amounts
    day: date | None = None
    count: int = 1


def total_of(slice_: LedgerSlice, mode: TagMode) -> Amounts:
    """What AL01 and AL02 of the slice divide."""
    return sum((_of_piece(piece) for piece in aligned_pieces(slice_, mode)), Amounts())


def list_changes(left: LedgerSlice, right: LedgerSlice, mode: TagMode) -> list[Change]:
    """The parts of right minus left, larger effects first; together they are the difference to the fen.

    Of one park, the park's share of a fund changes first, then what leads, then the tags, each on what was
    held at the earlier day; deals, exits and marks follow in their order and count as the later day counts.
    Of two parks, every holding of theirs is a part.
    """
    if left.scope != right.scope:
        changes = _between_parks(left, right, mode)
    elif left.as_of <= right.as_of:
        changes = _merge_marks(_between_days(left, right, mode))
    else:
        changes = (
            replace(one, amounts=Amounts() - one.amounts)
            for one in _merge_marks(_between_days(right, left, mode))
        )
    told = [one for one in changes if one.amounts]
    return sorted(told, key=lambda one: (-abs(one.amounts.aligned), -abs(one.amounts.cost), _rank(one)))


def sum_kinds(changes: Iterable[Change]) -> Mapping[ChangeKind, Amounts]:
    """The parts added up by kind, in the order in which kinds are told."""
    sums: dict[ChangeKind, Amounts] = {}
    for one in changes:
        sums[one.kind] = sums.get(one.kind, Amounts()) + one.amounts
    return {kind: sums[kind] for kind in ChangeKind if kind in sums}


def park_of_scope(slice_: LedgerSlice) -> int:
    """The park that a slice is of."""
    (park,) = [park.id for park in slice_.facts.parks.values() if park.code in slice_.scope.codes]
    return park


def _rank(change: Change) -> tuple[object, ...]:
    return -abs(change.amounts.value), list(ChangeKind).index(change.kind), change.fund, change.company


def _between_days(earlier: LedgerSlice, later: LedgerSlice, mode: TagMode) -> Iterator[Change]:
    """The changes of one park from an earlier to a later day."""
    park, since = park_of_scope(later), earlier.as_of.toordinal()
    histories = Histories(later.ledger)
    # What leads at the later day, with the tags of the earlier one: it parts the two reasons.
    led = Weigher(replace(later.facts, tags=earlier.facts.tags), mode)
    before, after = Weigher(earlier.facts, mode), Weigher(later.facts, mode)
    for holding, fund, company in _holdings(later):
        was, is_ = earlier.members.get(fund, NO_PART), later.members.get(fund, NO_PART)
        if was == is_ == NO_PART:
            continue
        counted = before.serving(company, park, earlier.as_of).spans
        course = histories.course_on(holding, since)
        held = _measure(course, is_, counted)
        yield Change(ChangeKind.SHARE, fund, company, held - _measure(course, was, counted))
        newly_led = _measure(course, is_, led.serving(company, park, later.as_of).spans)
        yield Change(ChangeKind.LEADING, fund, company, newly_led - held)
        counts = after.serving(company, park, later.as_of).spans
        yield Change(ChangeKind.TAG, fund, company, _measure(course, is_, counts) - newly_led)
        for step in histories.after(holding, since):
            effect = _measure(step.after, is_, counts) - _measure(step.before, is_, counts)
            yield Change(ChangeKind(step.what.value), fund, company, effect, date.fromordinal(step.day))


def _merge_marks(changes: Iterable[Change]) -> Iterator[Change]:
    """Every mark of a holding as one change, since quarters bring many of them."""
    marks: dict[tuple[int, int], Change] = {}
    for one in changes:
        if one.kind is not ChangeKind.MARK:
            yield one
            continue
        key = one.fund, one.company
        known = marks.get(key)
        marks[key] = (
            one
            if known is None
            else replace(known, amounts=known.amounts + one.amounts, day=one.day, count=known.count + 1)
        )
    yield from marks.values()


def _between_parks(left: LedgerSlice, right: LedgerSlice, mode: TagMode) -> Iterator[Change]:
    """Every holding of either park; one of a fund that they share is one change."""
    sides: list[dict[tuple[int, int], Amounts]] = [{}, {}]
    for side, held in zip((left, right), sides, strict=True):
        for piece in aligned_pieces(side, mode):
            key = piece.firm.fund, piece.firm.company
            held[key] = held.get(key, Amounts()) + _of_piece(piece)
    for key in dict.fromkeys((*sides[0], *sides[1])):
        ours, theirs = (side.get(key) for side in sides)
        kind = ChangeKind.BOTH
        if ours is None or theirs is None:
            kind = ChangeKind.ONLY_RIGHT if ours is None else ChangeKind.ONLY_LEFT
        yield Change(kind, *key, (theirs or Amounts()) - (ours or Amounts()))


def _of_piece(piece: AlignedPiece) -> Amounts:
    cost, value = piece.by_cost, piece.by_value
    return Amounts(cost.amount, cost.leading, value.amount, value.leading)


def _holdings(slice_: LedgerSlice) -> Iterator[tuple[int, int, int]]:
    holdings = slice_.ledger.holdings
    return zip(holdings.id.tolist(), holdings.fund.tolist(), holdings.company.tolist(), strict=True)


def _measure(course: Course, part: Interval, counts: Spans) -> Amounts:
    """The park's part of a holding, and what of it counts."""
    cost, value = (take(((part.start, part.end),), whole) for whole in (course.cost, course.value))
    return Amounts(cost, take(counts, cost), value, take(counts, value))
