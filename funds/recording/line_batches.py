"""Many movements of money at once, by column: the plain ones are told apart in one go, the rest one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from funds.book import visible
from funds.drafts import MovementDraft
from funds.models import Entry
from funds.recording.movements import Family, read_corrected, read_family
from funds.recording.sieve import Sieve
from funds.recording.twins import Footprint, Group, Standing, sort_movements
from funds.rules.values import check_values, find_unfit

M = TypeVar("M", bound=MovementDraft)
Key = tuple[int, str]
Content = tuple[object, ...]
# What a line of the ledger must be read for, so that it can be compared with a draft.
COMPARED = (
    Entry.id,
    Entry.fund_id,
    Entry.moved_on,
    Entry.detail,
    Entry.counterparty_id,
    Entry.amount_fen,
    Entry.notice_no,
    Entry.is_inside_commitment,
    Entry.is_recallable,
    Entry.is_in_kind,
    Entry.business_no,
    Entry.occurrence,
)


@dataclass(frozen=True)
class LineBatch(Generic[M]):
    """The drafts of one verb by column: fund, day, kind, counterparty and amount are what groups them."""

    drafts: Sequence[M]
    fund_ids: Sequence[int]
    days: Sequence[date]
    kinds: Sequence[str]
    party_ids: Sequence[int]
    amounts: Sequence[int]
    said: Mapping[str, Sequence[object]] = field(default_factory=dict)

    def footprint(self, place: int) -> Footprint:
        """What makes one of the movements the one it is."""
        rest = tuple((name, values[place]) for name, values in self.said.items())
        fund_id, day, kind = self.fund_ids[place], self.days[place], self.kinds[place]
        return Footprint(fund_id, day, kind, self.party_ids[place], self.amounts[place], rest)

    def groups(self) -> list[Group]:
        """The group of each movement."""
        return list(zip(self.fund_ids, self.days, self.kinds, self.party_ids, self.amounts, strict=True))

    def contents(self) -> list[Content]:
        """All that each movement says."""
        columns = (self.fund_ids, self.days, self.kinds, self.party_ids, self.amounts, *self.said.values())
        return list(zip(*columns, strict=True))


@dataclass
class Fresh:
    """The movements that are new, by their places among the drafts, each with its occurrence in its group."""

    places: list[int] = field(default_factory=list)
    occurrences: list[int] = field(default_factory=list)
    same: int = 0


def check_lines(sieve: Sieve[M], columns: Mapping[str, Sequence[object]], **fields: str) -> None:
    """Rules of single lines; `fields` names the draft's field of a column where the names differ."""
    on = sieve.change.on
    unfit = {name: find_unfit(Entry, name, values, on) for name, values in columns.items()}
    places = {
        place
        for name, found in unfit.items()
        if found
        for place, value in enumerate(columns[name])
        if value in found
    }
    for place in sorted(places):
        values = {name: column[place] for name, column in columns.items()}
        for fault in check_values(Entry, values, on):
            field_name = fields.get(fault.column, fault.column)
            sieve.report(sieve.drafts[place], field_name, fault.code, fault.params)


def sort_lines(sieve: Sieve[M], family: Family, batch: LineBatch[M]) -> Fresh:
    """Sort the sound movements into new ones and ones that the book has; reports those that differ."""
    return _Sorting(sieve, family, batch).sort()


class _Sorting(Generic[M]):
    def __init__(self, sieve: Sieve[M], family: Family, batch: LineBatch[M]) -> None:
        self.sieve, self.family, self.batch = sieve, family, batch
        self.groups, self.contents = batch.groups(), batch.contents()
        numbers = [draft.business_no or "" for draft in batch.drafts]
        self.has_nameless = "" in numbers
        self.keys: list[Key] = list(zip(batch.fund_ids, numbers, strict=True))
        self.standing = self._read_standing()

    def sort(self) -> Fresh:
        """Plain ones first; what shares its group with one that is not plain is not plain either."""
        drafts = self.batch.drafts
        sound = [place for place, draft in enumerate(drafts) if self.sieve.is_sound(draft)]
        fresh, same, special = self._sift(sound)
        if special:
            unclear = {self.groups[place] for place in special}
            special += [place for place in (*fresh, *same) if self.groups[place] in unclear]
            fresh = [place for place in fresh if self.groups[place] not in unclear]
            same = [place for place in same if self.groups[place] not in unclear]
        found = self._count(fresh)
        found.same = len(same)
        if special:
            self._sort_special(sorted(special), {self.keys[place] for place in same}, found)
        return found

    def _sift(self, sound: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
        """Places of the plainly new, of those that the book has word for word, and of all others."""
        known = {_key_of(one): _content_of(one.footprint) for one in self.standing if one.business_no}
        nameless = {one.footprint.group for one in self.standing if not one.business_no}
        near = {one.footprint.group[:4] for one in self.standing} if self.has_nameless else set()
        corrected = {*self._read_corrected()} if self.has_nameless else set()
        repeated = self._find_repeated(sound)
        fresh: list[int] = []
        same: list[int] = []
        special: list[int] = []
        for place in sound:
            group, key = self.groups[place], self.keys[place]
            if not key[1]:
                is_plain = group[:4] not in near and group not in corrected
                (fresh if is_plain else special).append(place)
            elif key in repeated:
                special.append(place)
            elif key in known:
                (same if known[key] == self.contents[place] else special).append(place)
            else:
                (special if group in nameless else fresh).append(place)
        return fresh, same, special

    def _count(self, fresh: Sequence[int]) -> Fresh:
        """Which of its group each new movement is, after those of the book."""
        last: dict[Group, int] = {}
        for one in self.standing:
            last[one.footprint.group] = max(last.get(one.footprint.group, 0), one.occurrence)
        found = Fresh()
        for place in fresh:
            group = self.groups[place]
            last[group] = last.get(group, 0) + 1
            found.places.append(place)
            found.occurrences.append(last[group])
        return found

    def _sort_special(self, special: Sequence[int], met: set[Key], found: Fresh) -> None:
        """Sort what is not plain against the rows of the book that nothing plain has met."""
        place_of = {id(self.batch.drafts[place]): place for place in special}
        left = [one for one in self.standing if _key_of(one) not in met]
        movements = [(self.batch.drafts[place], self.batch.footprint(place)) for place in special]
        names = replace(self.family.names, model=self.family.model)
        result = sort_movements(self.sieve, movements, names, left, self._read_corrected)
        found.same += result.same
        pairs = [
            *zip(found.places, found.occurrences, strict=True),
            *((place_of[id(one.draft)], one.occurrence) for one in result.fresh),
        ]
        pairs.sort()
        found.places, found.occurrences = [place for place, _ in pairs], [number for _, number in pairs]

    def _find_repeated(self, sound: Sequence[int]) -> set[Key]:
        """The business numbers that come more than once."""
        keys = [self.keys[place] for place in sound if self.keys[place][1]]
        if len({*keys}) == len(keys):
            return set()
        return {key for key, count in Counter(keys).items() if count > 1}

    def _read_standing(self) -> list[Standing]:
        """The visible rows of the family in the funds of the batch."""
        change = self.sieve.change
        query = self.family.query.with_only_columns(*COMPARED)
        rows = read_family(change, self.family, query, self.batch.fund_ids, visible(Entry, change.version))
        build = self.family.build
        return [Standing(build(row), row.business_no, row.occurrence, row.id) for row in rows]

    def _read_corrected(self) -> Iterable[Group]:
        return read_corrected(self.sieve.change, self.family, self.batch.fund_ids)


def _key_of(standing: Standing) -> Key:
    return standing.footprint.fund_id, standing.business_no or ""


def _content_of(footprint: Footprint) -> Content:
    return (*footprint.group, *(value for _, value in footprint.rest))
