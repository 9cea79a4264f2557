"""How a quarter was collected, fund by fund: filings, reminders, checks, locks, late entries and what is proposed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from funds.queries.periods import Locking, Restated
from funds.queries.quarter_checks import CheckResult


@dataclass(frozen=True)
class FiledPaper:
    """That a fund's quarter was filed, when, by whom."""

    id: int
    fund_id: int
    filed_on: date
    person_id: int
    note: str | None


@dataclass(frozen=True)
class RemindedPaper:
    """One reminder and who sent it."""

    id: int
    fund_id: int
    reminded_on: date
    person_id: int
    note: str | None


@dataclass(frozen=True)
class TotalPaper:
    """What a mother counted of a quarter with one of her children, in fen."""

    id: int
    mother_id: int
    child_id: int
    called_fen: int
    distributed_fen: int


@dataclass(frozen=True)
class WaitingPaper:
    """A proposal about the quarter that waits for a second person: its number, kind and proposer."""

    id: int
    fund_id: int
    kind: str
    proposer_id: int


@dataclass(frozen=True)
class RestatedRows:
    """What one late entry wrote into the quarter: how many rows of each table."""

    restated: Restated
    rows: Mapping[str, int]


@dataclass(frozen=True)
class QuarterPapers:
    """All of it for some funds at one quarter, as known at a version; `people` are names by id."""

    quarter: str = ""
    filed: Mapping[int, FiledPaper] = field(default_factory=dict)
    reminders: Mapping[int, tuple[RemindedPaper, ...]] = field(default_factory=dict)
    totals: tuple[TotalPaper, ...] = ()
    checks: Mapping[int, tuple[CheckResult, ...]] = field(default_factory=dict)
    locks: Mapping[int, Locking] = field(default_factory=dict)
    waiting: tuple[WaitingPaper, ...] = ()
    restated: tuple[RestatedRows, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)


class OpenQuarter(Protocol):
    """Opens the papers of some funds at a quarter; the checks take longest and can be left out."""

    def __call__(
        self, quarter: str, funds: Collection[int], *, with_checks: bool = True
    ) -> QuarterPapers: ...


def no_quarters(quarter: str, funds: Collection[int], *, with_checks: bool = True) -> QuarterPapers:
    """For a slice that was made of columns alone."""
    del funds, with_checks
    return QuarterPapers(quarter)
