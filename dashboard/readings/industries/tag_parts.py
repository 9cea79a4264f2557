"""How a firm's whole is laid out over its industries, and how much of it counts for those that lead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from funds.queries.attribution import WHOLE
from funds.queries.facts import Facts, Tag

Span = tuple[int, int]
Spans = tuple[Span, ...]
EVERYTHING: Spans = ((0, WHOLE),)


class TagMode(StrEnum):
    """Which of a firm's tags speak: its main one (0 or 1), each by its weight, or any of them (coverage only)."""

    PRIMARY = "primary"
    FRACTIONAL = "fractional"
    MULTI_TAG = "multi_tag"


@dataclass(frozen=True)
class TagPart:
    """The piece [start, end) of a firm's millionths that a tag stands for; no industry is what no tag names."""

    start: int
    end: int
    industry: int | None = None
    segment: int | None = None

    @property
    def spans(self) -> Spans:
        """The piece as a list of one."""
        return ((self.start, self.end),)


UNTAGGED = TagPart(0, WHOLE)


def main_tag(tags: Sequence[Tag]) -> Tag | None:
    """The tag that speaks for a firm: the one marked 主标签, else the heaviest."""
    return max(tags, key=lambda tag: (tag.is_primary, tag.weight_ppm), default=None)


def weigh(tags: Sequence[Tag], leading: frozenset[int], mode: TagMode, facts: Facts) -> int:
    """How much of a firm counts for some leading industries, in millionths; what lies below them counts too."""
    serving = [tag for tag in tags if facts.with_ancestors(tag.industry_id) & leading]
    if mode is TagMode.FRACTIONAL:
        return sum(tag.weight_ppm for tag in serving)
    if mode is TagMode.MULTI_TAG:
        return WHOLE if serving else 0
    return WHOLE if main_tag(tags) in serving else 0


def lay_out_tags(tags: Sequence[Tag], mode: TagMode) -> tuple[TagPart, ...]:
    """A firm's tags as pieces of its whole.

    By the main tag there is one piece; by weight they lie end to end in the order of their industries, and
    behind them what no tag names: cut like this, an amount's parts make up the amount to the fen. As coverage
    every tag stands for the whole, and the parts of a firm with several exceed it.
    """
    if mode is TagMode.PRIMARY:
        main = main_tag(tags)
        return (UNTAGGED if main is None else _part(main, 0, WHOLE),)
    if mode is TagMode.MULTI_TAG:
        return tuple(_part(tag, 0, WHOLE) for tag in tags) or (UNTAGGED,)
    parts, start = [], 0
    for tag in sorted(tags, key=lambda tag: (tag.industry_id, tag.id)):
        end = min(start + tag.weight_ppm, WHOLE)
        parts.append(_part(tag, start, end))
        start = end
    return (*parts, TagPart(start, WHOLE)) if start < WHOLE else tuple(parts)


def take(spans: Spans, amount: int) -> int:
    """The part of an amount that lies within some millionths of it; laid end to end, parts make up the amount."""
    size = abs(amount)
    found = sum(size * end // WHOLE - size * start // WHOLE for start, end in spans)
    return found if amount >= 0 else -found


def _part(tag: Tag, start: int, end: int) -> TagPart:
    return TagPart(start, end, tag.industry_id, tag.segment_id)


@dataclass(frozen=True)
class Serving:
    """What of a firm counts for some leading industries: where it lies, and its share in millionths."""

    spans: Spans
    weight_ppm: int


class Weigher:
    """Lays out each firm once, and weighs it once for every park and day; `industry` narrows firms to a branch."""

    def __init__(self, facts: Facts, mode: TagMode, industry: int | None = None) -> None:
        self.facts, self.mode, self.industry = facts, mode, industry
        self._parts: dict[int, tuple[TagPart, ...]] = {}
        self._serving: dict[tuple[int, frozenset[int]], Serving] = {}

    def parts(self, company: int) -> tuple[TagPart, ...]:
        """The firm's parts, of a branch only those that belong to it."""
        if company not in self._parts:
            laid = lay_out_tags(self._tags.get(company, ()), self.mode)
            if self.industry is not None:
                laid = tuple(part for part in laid if self.serves(part, frozenset((self.industry,))))
            self._parts[company] = laid
        return self._parts[company]

    def within(self, company: int) -> Spans:
        """What of the firm lies in the branch; all of it where none was asked for."""
        return EVERYTHING if self.industry is None else _join(self.parts(company))

    def serving(self, company: int, park: int | None, day: date) -> Serving:
        """What of the firm counts for the industries that lead in a park (None = the city) on a day.

        Of a firm that is narrowed to a branch the weight is that of what lies in the branch.
        """
        led = self.leading_on(park, day)
        key = company, led
        if key not in self._serving:
            spans = _join(part for part in self.parts(company) if self.serves(part, led))
            whole = _length(self.within(company))
            self._serving[key] = Serving(spans, WHOLE * _length(spans) // whole if whole else 0)
        return self._serving[key]

    def leading_on(self, park: int | None, day: date) -> frozenset[int]:
        """The industries that lead in a park on a day."""
        return self.facts.leading_on(park, day)

    def serves(self, part: TagPart, industries: frozenset[int]) -> bool:
        """Whether a part belongs to one of some industries, or to one below them."""
        if part.industry is None:
            return False
        return not self.facts.with_ancestors(part.industry).isdisjoint(industries)

    def lies_in(self, company: int, park: int | None) -> bool:
        """Whether a firm lies in the park; for the city's own part, whether it lies in any park of the city."""
        firm = self.facts.companies.get(company)
        if firm is None or firm.park_id is None:
            return False
        return park is None or firm.park_id == park

    @property
    def _tags(self) -> Mapping[int, tuple[Tag, ...]]:
        return self.facts.tags


def _join(parts: Iterable[TagPart]) -> Spans:
    """The pieces as spans that do not overlap; neighbours become one."""
    spans: list[Span] = []
    for start, end in sorted((part.start, part.end) for part in parts):
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        elif start < end:
            spans.append((start, end))
    return tuple(spans)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def without(spans: Spans, others: Spans) -> Spans:
    """What of some spans lies in none of the others."""
    left = list(spans)
    for start, end in others:
        left = [
            piece
            for one, other in left
            for piece in ((one, min(other, start)), (max(one, end), other))
            if piece[0] < piece[1]
        ]
    return tuple(left)
