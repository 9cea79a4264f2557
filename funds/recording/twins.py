"""Tells movements that come again from new ones: by their business number, else by what they say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from funds.book import Clash
from funds.drafts import MovementDraft
from funds.models import Entry, Replaceable
from funds.money import format_fen
from funds.recording.sieve import Sieve

M = TypeVar("M", bound=MovementDraft)
Group = tuple[int, date, str, int, int]

NOBODY = 0  # the counterparty of fees


@dataclass(frozen=True)
class Footprint:
    """What makes a movement the one it is: its group and, by draft field, the rest of what it says."""

    fund_id: int
    day: date
    kind: str
    counterparty_id: int
    amount_fen: int
    rest: tuple[tuple[str, object], ...] = ()

    @property
    def group(self) -> Group:
        """The natural key of a movement without a business number, save for its occurrence."""
        return (self.fund_id, self.day, self.kind, self.counterparty_id, self.amount_fen)

    def say(self, names: "FieldNames") -> dict[str, object]:
        """What the movement says, by draft field."""
        return {
            "fund": self.fund_id,
            names.day: self.day,
            "kind": self.kind,
            names.counterparty: self.counterparty_id,
            "amount_fen": self.amount_fen,
            **dict(self.rest),
        }

    def contradicts(self, other: "Footprint", names: "FieldNames") -> list[str]:
        """The draft fields that say otherwise; a blank says nothing."""
        blank = {name for name, value in self.rest if value is None}
        said = other.say(names)
        return [name for name, value in self.say(names).items() if name not in blank and value != said[name]]


@dataclass(frozen=True)
class FieldNames:
    """What a kind of movement calls its day and its counterparty, and the table that holds it."""

    day: str
    counterparty: str = "investor"
    model: type[Replaceable] = Entry


@dataclass(frozen=True)
class Standing:
    """A visible movement of the book."""

    footprint: Footprint
    business_no: str | None
    occurrence: int
    row_id: int = 0


@dataclass
class Fresh(Generic[M]):
    """A movement not yet in the book, and the how-many-th of its group it is."""

    draft: M
    footprint: Footprint
    occurrence: int


@dataclass
class Sorted(Generic[M]):
    """Movements to write, and how many were there already."""

    fresh: list[Fresh[M]] = field(default_factory=list)
    same: int = 0


def sort_movements(
    sieve: Sieve[M],
    movements: Sequence[tuple[M, Footprint]],
    names: FieldNames,
    standing: Sequence[Standing],
    read_corrected: Callable[[], Iterable[Group]],
) -> Sorted[M]:
    """Sort the sound movements into new ones and ones that the book has; reports those that differ."""
    matching = _Matching(sieve, names, standing)
    left = matching.match_numbers([found for found in movements if sieve.is_sound(found[0])])
    for is_exact in (True, False):
        left = matching.match_contents(left, is_exact)
    matching.accept(left, read_corrected)
    return matching.result


class _Matching(Generic[M]):
    def __init__(self, sieve: Sieve[M], names: FieldNames, standing: Sequence[Standing]) -> None:
        self.sieve = sieve
        self.names = names
        self.result: Sorted[M] = Sorted()
        self.numbered = {(s.footprint.fund_id, s.business_no): s for s in standing if s.business_no}
        self.unmatched = list(standing)
        self.occurrences: Counter[Group] = Counter()
        for stands in standing:
            group = stands.footprint.group
            self.occurrences[group] = max(self.occurrences[group], stands.occurrence)

    def match_numbers(self, movements: Iterable[tuple[M, Footprint]]) -> list[tuple[M, Footprint]]:
        """Those with a business number that the book (or this call) has are the same, or refused."""
        left = []
        earlier: dict[tuple[int, str], Footprint] = {}
        found: set[int] = set()
        for draft, footprint in movements:
            key = (footprint.fund_id, draft.business_no or "")
            stands = self.numbered.get(key)
            if draft.business_no and key in earlier:
                self._compare(draft, footprint, earlier[key], "twin.contradicted")
                continue
            earlier[key] = footprint
            if stands is not None and draft.business_no:
                found.add(id(stands))
                self._compare(draft, footprint, stands.footprint, "twin.changed", stands.row_id)
            else:
                left.append((draft, footprint))
        self.unmatched = [stands for stands in self.unmatched if id(stands) not in found]
        return left

    def match_contents(
        self, movements: Iterable[tuple[M, Footprint]], is_exact: bool
    ) -> list[tuple[M, Footprint]]:
        """Those that say the same as a row of the book, where one of the two has no business number."""
        groups = self._by_group()
        left = []
        for draft, footprint in movements:
            stands = next(
                (
                    candidate
                    for candidate in groups.get(footprint.group, [])
                    if not (draft.business_no and candidate.business_no)
                    and self._agree(footprint, candidate.footprint, is_exact)
                ),
                None,
            )
            if stands is None:
                left.append((draft, footprint))
                continue
            groups[footprint.group].remove(stands)
            self.result.same += 1
        self.unmatched = [stands for group in groups.values() for stands in group]
        return left

    def accept(
        self, movements: Sequence[tuple[M, Footprint]], read_corrected: Callable[[], Iterable[Group]]
    ) -> None:
        """What is left is new, unless it is an old row changed, or one that was corrected since."""
        groups = self._by_group()
        nameless = [found for found in movements if not found[0].business_no]
        corrected = Counter(read_corrected() if nameless else [])
        likenesses = self._likenesses()
        for draft, footprint in movements:
            if not draft.business_no:
                changed = [s for s in groups.get(footprint.group, []) if not s.business_no]
                if changed:
                    groups[footprint.group].remove(changed[0])
                    stands = changed[0]
                    self._compare(draft, footprint, stands.footprint, "twin.changed", stands.row_id)
                    continue
                if corrected[footprint.group] > 0:
                    corrected[footprint.group] -= 1
                    self.sieve.report(draft, "amount_fen", "twin.corrected")
                    continue
                self._warn_alike(draft, footprint, likenesses.get(footprint.group[:4], ()))
            self.occurrences[footprint.group] += 1
            self.result.fresh.append(Fresh(draft, footprint, self.occurrences[footprint.group]))

    def _likenesses(self) -> dict[tuple[object, ...], list[Standing]]:
        """Unmatched rows of the book by their group without the amount, the newest first."""
        found: dict[tuple[object, ...], list[Standing]] = defaultdict(list)
        for stands in reversed(self.unmatched):
            found[stands.footprint.group[:4]].append(stands)
        return found

    def _warn_alike(self, draft: M, footprint: Footprint, near: Iterable[Standing]) -> None:
        """Contradicts an unmatched row of the book in nothing but the amount: perhaps a correction in disguise."""
        other = next(
            (one for one in near if footprint.contradicts(one.footprint, self.names) == ["amount_fen"]), None
        )
        if other is not None:
            amount = other.footprint.amount_fen
            self.sieve.report(draft, "amount_fen", "twin.alike", {"amount": format_fen(amount)})
            self._note_clash(draft, "twin.alike", other.row_id, {"amount_fen": amount})

    def _compare(
        self, draft: M, footprint: Footprint, other: Footprint, code: str, row_id: int | None = None
    ) -> None:
        fields = footprint.contradicts(other, self.names)
        if not fields:
            self.result.same += 1
            return
        self.sieve.report_twin(draft, fields, code)
        if row_id is not None:
            said = other.say(self.names)
            self._note_clash(draft, code, row_id, {name: said[name] for name in fields})

    def _note_clash(self, draft: M, code: str, row_id: int, said: Mapping[str, object]) -> None:
        self.sieve.note_clash(Clash(draft, code, self.names.model, row_id, said))

    def _agree(self, footprint: Footprint, other: Footprint, is_exact: bool) -> bool:
        return footprint == other if is_exact else not footprint.contradicts(other, self.names)

    def _by_group(self) -> dict[Group, list[Standing]]:
        """Unmatched rows of the book by group, those without a business number first."""
        groups: dict[Group, list[Standing]] = defaultdict(list)
        for stands in sorted(self.unmatched, key=lambda stands: stands.business_no is not None):
            groups[stands.footprint.group].append(stands)
        return groups
