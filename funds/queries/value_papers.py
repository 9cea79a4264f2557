"""What stands behind the values of funds: marks and reports with who made them, rounds, stakes and call notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from funds.kinds import NavSource
from funds.queries.company_papers import MarkPaper, RoundPaper


@dataclass(frozen=True)
class MadeMark(MarkPaper):
    """A mark with whoever recorded it."""

    maker_id: int
    maker: str


@dataclass(frozen=True)
class MadeNav:
    """A reported net asset value (no investor = the whole fund); one without an approver is 待复核."""

    id: int
    fund_id: int
    valued_on: date
    value_fen: int
    investor_id: int | None
    source: NavSource | None
    is_approved: bool
    maker_id: int
    maker: str


@dataclass(frozen=True)
class HeldRound(RoundPaper):
    """A round of a firm that some fund holds."""

    company_id: int


@dataclass(frozen=True)
class StakePaper:
    """The part of a firm that one payment brought, where that was stated."""

    holding_id: int
    round_id: int | None
    paid_on: date
    stake_ppm: int | None


@dataclass(frozen=True)
class CalledPaper:
    """What one call notice asked one investor for."""

    fund_id: int
    investor_id: int
    amount_fen: int
    noticed_on: date


@dataclass(frozen=True)
class ValuePapers:
    """What of it was asked for, for some funds, up to a day, as known at a version, each kind by rising day."""

    marks: tuple[MadeMark, ...] = ()
    navs: tuple[MadeNav, ...] = ()
    rounds: tuple[HeldRound, ...] = ()
    stakes: tuple[StakePaper, ...] = ()
    called: tuple[CalledPaper, ...] = ()


class OpenValues(Protocol):
    """Reads them for some funds, as they stood on the slice's day or an earlier one.

    Either all but the reports, and of the marks of a holding the last one that was approved and the last one that
    was not; or, if only what waits is wanted, every mark and report that nobody approved yet.
    """

    def __call__(
        self, funds: Collection[int], /, *, until: date | None = None, only_waiting: bool = False
    ) -> ValuePapers:
        """The papers of those of the funds that may be seen."""


def no_values(
    _funds: Collection[int], *, until: date | None = None, only_waiting: bool = False
) -> ValuePapers:
    """For a slice that was made of columns alone."""
    return ValuePapers()
