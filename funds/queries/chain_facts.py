"""The tree of industries by edition, chains as graphs, national codes, and who controls whom, as of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from funds.kinds import Confirmation, IndustryCategory


@dataclass(frozen=True)
class IndustryEdition:
    """What one edition of the city's list says of an industry, in force on the day or not."""

    id: int
    industry_id: int
    code: str
    name: str
    parent_id: int | None
    category: IndustryCategory
    aliases: str | None
    from_date: date | None
    to_date: date | None
    basis: str | None

    def holds_on(self, day: date) -> bool:
        """Whether the edition is in force on a day."""
        begun = self.from_date is None or self.from_date <= day
        return begun and (self.to_date is None or day < self.to_date)


@dataclass(frozen=True)
class SegmentEdge:
    """What leaves one segment goes into another."""

    id: int
    source_id: int
    target_id: int


@dataclass(frozen=True)
class CodeMatch:
    """A national code that speaks for an industry (or for one segment), wholly or in part, checked or not."""

    id: int
    national_code: str
    is_partial: bool
    confirmation: Confirmation
    basis: str | None
    industry_id: int | None = None
    segment_id: int | None = None


@dataclass(frozen=True)
class Control:
    """A party that holds more than half of another."""

    id: int
    owner_id: int
    owned_id: int


@dataclass(frozen=True)
class ChainFacts:
    """What chains are made of; `parents` lead from a segment to the broader one that it is a part of."""

    editions: tuple[IndustryEdition, ...] = ()
    edges: tuple[SegmentEdge, ...] = ()
    parents: Mapping[int, int] = field(default_factory=dict)
    of_industries: tuple[CodeMatch, ...] = ()
    of_segments: tuple[CodeMatch, ...] = ()
    controls: tuple[Control, ...] = ()
    national_codes: Mapping[int, str] = field(default_factory=dict)
    national_names: Mapping[str, str] = field(default_factory=dict)

    def with_broader(self, segment_id: int) -> set[int]:
        """A segment and every broader one that it is a part of."""
        found: set[int] = set()
        current: int | None = segment_id
        while current is not None and current not in found:
            found.add(current)
            current = self.parents.get(current)
        return found

    def subsidiaries(self, party_id: int) -> dict[int, int]:
        """The parties that one controls, by way of others too, each with the row that ties it in."""
        found: dict[int, int] = {}
        waiting = [party_id]
        while waiting:
            owner = waiting.pop()
            for control in self.controls:
                if (
                    control.owner_id == owner
                    and control.owned_id not in found
                    and control.owned_id != party_id
                ):
                    found[control.owned_id] = control.id
                    waiting.append(control.owned_id)
        return found

    def name_code(self, code: str) -> str:
        """What a national code stands for; the code itself where the book has no such edition."""
        return self.national_names.get(code, code)


NO_CHAINS = ChainFacts()


def find_match(code: str | None, matches: Iterable[CodeMatch]) -> CodeMatch | None:
    """The row that speaks most closely for a national code: the longest that it begins with."""
    if code is None:
        return None
    fitting = [row for row in matches if code.startswith(row.national_code)]
    return max(fitting, key=lambda row: (len(row.national_code), not row.is_partial, -row.id), default=None)
