"""What each version of the policy asks of the six ones: the draft and the final text side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dashboard.readings.industries.six_ones_catalogue import SIX_ONES, SixOne
from dashboard.readings.lasting_answers import keep_on_facts
from funds.kinds import Confirmation
from funds.queries.facts import Facts
from funds.queries.filed_figures import PolicyRow

MICRO = 10**6
DUE = ".due"


@dataclass(frozen=True)
class PolicyVersion:
    """A paper that set targets of the six ones, numbered in the order in which they came out."""

    number: int
    pack: str
    document: str
    from_date: date


@dataclass(frozen=True)
class Target:
    """What a version asks: a number in its unit or words, the year it is due, and where it is written.

    `is_kept` marks a row of an earlier paper that this version left as it was.
    """

    version: int
    row: int
    value: Fraction | None
    words: str | None
    unit: str | None
    due: int | None
    document: str
    clause: str | None
    is_kept: bool
    is_checked: bool


@keep_on_facts
def list_versions(facts: Facts) -> tuple[PolicyVersion, ...]:
    """The papers known by the day, the oldest first."""
    papers = sorted(
        {(row.from_date, row.pack, row.document) for row in facts.policy_rows if row.code in SIX_ONES}
    )
    return tuple(
        PolicyVersion(number, pack, document, from_date)
        for number, (from_date, pack, document) in enumerate(papers, 1)
    )


@keep_on_facts
def read_target(facts: Facts, code: str, version: PolicyVersion) -> Target | None:
    """What a version asks of an indicator; rows that a newer paper does not name stay in force."""
    row = _row_in_force(facts, code, version)
    if row is None:
        return None
    due = _row_in_force(facts, f"{code}{DUE}", version)
    return Target(
        version.number,
        row.id,
        None if row.value_e6 is None else Fraction(row.value_e6, MICRO),
        row.words,
        row.unit,
        None if due is None or due.value_e6 is None else due.value_e6 // MICRO,
        row.document,
        row.clause,
        is_kept=row.document != version.document,
        is_checked=row.confirmation is Confirmation.CONFIRMED,
    )


def gap_to(one: SixOne, value: Fraction, asked: Fraction) -> Fraction:
    """How far a value lies on the right side of what is asked; negative where it falls short."""
    return asked - value if one.is_ceiling else value - asked


def is_met(one: SixOne, value: Fraction, asked: Fraction) -> bool:
    """Whether the target is reached."""
    gap = gap_to(one, value, asked)
    return gap > 0 if one.is_strict else gap >= 0


def _row_in_force(facts: Facts, code: str, version: PolicyVersion) -> PolicyRow | None:
    rows = [row for row in _rows_by_code(facts).get(code, ()) if row.holds_on(version.from_date)]
    return rows[-1] if rows else None


@keep_on_facts
def _rows_by_code(facts: Facts) -> Mapping[str, Sequence[PolicyRow]]:
    found: dict[str, list[PolicyRow]] = {}
    for row in facts.policy_rows:
        found.setdefault(row.code, []).append(row)
    return found
