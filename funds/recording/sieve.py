"""Sorts drafts into sound and faulty ones while a verb looks at them, and hands over what it found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Generic, TypeVar

from funds.book import Change, Clash
from funds.drafts import Draft
from funds.narrowing import narrow_rights
from funds.permissions import Rights, read_rights
from funds.problems import Problem, Severity
from funds.recording.suspicions import leave_suspicions
from funds.recording.whole import check_whole, hand_over
from funds.rules.catalogue import break_rule

D = TypeVar("D", bound=Draft)


@dataclass(frozen=True)
class Recorded:
    """What a verb did: rows new and rows that were there already, and the amounts of the new ones in fen."""

    new: int
    same: int
    total_fen: int
    warnings: tuple[Problem, ...] = ()


class Sieve(Generic[D]):
    """The drafts of one call of a verb, and the problems found with them."""

    def __init__(self, change: Change, drafts: Sequence[D]) -> None:
        self.change = change
        self.drafts = drafts
        self.rights: Rights = _read_rights(change)
        self._problems: list[Problem] = []
        self._faulty: dict[int, D] = {}

    def report(self, draft: D, field: str, code: str, params: Mapping[str, object] | None = None) -> None:
        """Note a broken rule at a field; a fatal one makes the draft faulty."""
        problem = break_rule(code, draft.place.of(field), params or {})
        self._problems.append(problem)
        if problem.severity is Severity.FATAL:
            self.drop(draft)

    def report_twin(self, draft: D, fields: Sequence[str], code: str) -> None:
        """Note that a row comes again and says otherwise in some fields, naming their cells."""
        self.report(draft, fields[0], code, {"cells": ", ".join(draft.place.of(field) for field in fields)})

    def note_clash(self, clash: Clash) -> None:
        """Remember which row of the book a draft contradicts, where somebody gathers."""
        if self.change.findings is not None:
            self.change.findings.clashes.append(clash)

    def report_unknown(self, draft: D, field: str, params: Mapping[str, object], *suspicions: str) -> None:
        """Note that what a field refers to is not there, unless a refused row explains it."""
        if self.is_suspect(*suspicions):
            self.drop(draft)
        else:
            self.report(draft, field, "code.unknown", params)

    def drop(self, draft: D) -> None:
        """Leave a draft out without a word: what it rests on was refused before."""
        self._faulty[id(draft)] = draft

    def is_sound(self, draft: D) -> bool:
        """Whether nothing fatal is known of the draft so far."""
        return id(draft) not in self._faulty

    def sound(self) -> list[D]:
        """The drafts that nothing fatal is known of so far."""
        self.change.beat()
        if not self._faulty:
            return list(self.drafts)
        return [draft for draft in self.drafts if self.is_sound(draft)]

    def is_suspect(self, *suspicions: str) -> bool:
        """Whether a refused row explains what is missing."""
        findings = self.change.findings
        return findings is not None and not findings.suspects.isdisjoint(suspicions)

    def referring(self, *fields: str) -> Iterator[tuple[D, str, str]]:
        """Each sound draft with each of the fields that holds a code, and the code."""
        return codes_in(self.sound(), *fields)

    def settle(self) -> None:
        """End of looking: raise what was found, or (in gather mode) hand it over and go on with the sound."""
        if self.change.findings is not None:
            for draft in self._faulty.values():
                self.change.findings.suspects |= leave_suspicions(type(draft), vars(draft))
        hand_over(self.change.findings, self._problems)

    def conclude(self, new: int, same: int, total_fen: int) -> Recorded:
        """End of writing: judge the whole, unless it is postponed to the end of a gathering."""
        if self.change.findings is None:
            self._problems += check_whole(self.change, self.drafts)
        return Recorded(new, same, total_fen, tuple(self._problems))


def _read_rights(change: Change) -> Rights:
    """The rights of whoever makes the change, and of whoever proposed it."""
    own = read_rights(change.connection, change.person_id, change.on, change.version)
    if change.within is not None:
        own = narrow_rights(change.connection, own, change.within, change.on, change.version)
    if change.on_behalf_of in (None, change.person_id):
        return own
    return own.joined(read_rights(change.connection, change.on_behalf_of, change.on, change.version))


def codes_in(drafts: Iterable[D], *fields: str) -> Iterator[tuple[D, str, str]]:
    """Each draft with each of the fields that holds a code, and the code."""
    for draft in drafts:
        for field in fields:
            if (code := getattr(draft, field)) is not None:
                yield draft, field, code


def codes_of(drafts: Iterable[Draft], *fields: str) -> list[str]:
    """The distinct codes that some fields of drafts hold, in order."""
    read = attrgetter(*fields)
    said = map(read, drafts) if len(fields) == 1 else chain.from_iterable(map(read, drafts))
    return [code for code in dict.fromkeys(said) if code is not None]
