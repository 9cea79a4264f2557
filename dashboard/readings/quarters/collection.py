"""How far a quarter is: every fund with what it filed, which checks hold and whether it is locked, parks and city."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.readings.portfolio.quarter_days import code_of_quarter, newest_end
from dashboard.readings.quarters.deadlines import Deadline, read_deadlines
from funds.kinds import FundStatus
from funds.queries.facts import FundFacts, NamedThing
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.periods import Locking
from funds.queries.quarter_checks import CheckResult
from funds.queries.quarter_papers import (
    FiledPaper,
    QuarterPapers,
    RemindedPaper,
    RestatedRows,
    TotalPaper,
    WaitingPaper,
)

ENDED = (FundStatus.CLOSED, FundStatus.ABANDONED)


@dataclass(frozen=True)
class FundQuarter:
    """One fund at one quarter; `late_days` counts from the last day for filing."""

    fund: FundFacts
    filed: FiledPaper | None
    reminders: tuple[RemindedPaper, ...]
    checks: tuple[CheckResult, ...]
    lock: Locking | None
    waiting: tuple[WaitingPaper, ...]
    restated: tuple[RestatedRows, ...]
    late_days: int

    @property
    def green(self) -> int:
        """How many checks hold."""
        return sum(result.is_green for result in self.checks)

    @property
    def is_green(self) -> bool:
        """Whether nothing stands in the way of a lock."""
        return self.green == len(self.checks)

    @property
    def is_late(self) -> bool:
        """Whether the last day for filing is past and nothing was filed."""
        return self.filed is None and self.late_days > 0

    def waits_for(self, kind: str) -> WaitingPaper | None:
        """The open proposal of a kind, if there is one."""
        return next((one for one in self.waiting if one.kind == kind), None)


@dataclass(frozen=True)
class ParkQuarter:
    """The funds that a park (None = the city) set up: the park's quarter is locked when all of theirs are."""

    park: NamedThing | None
    funds: int
    filed: int
    green: int
    locked: int

    @property
    def is_locked(self) -> bool:
        """Whether every fund's quarter is locked."""
        return self.funds == self.locked


@dataclass(frozen=True)
class QuarterState:
    """A whole quarter as far as one person may see it."""

    quarter: str
    end: date
    deadlines: tuple[Deadline, ...]
    funds: tuple[FundQuarter, ...]
    parks: tuple[ParkQuarter, ...]
    totals: tuple[TotalPaper, ...] = ()
    people: Mapping[int, str] = field(default_factory=dict)

    @property
    def late(self) -> list[FundQuarter]:
        """The funds that have not filed in time."""
        return [one for one in self.funds if one.is_late]

    @property
    def locked(self) -> int:
        """How many funds are locked."""
        return sum(one.lock is not None for one in self.funds)

    @property
    def parks_locked(self) -> int:
        """How many parks are locked as a whole."""
        return sum(one.is_locked for one in self.parks if one.park is not None)

    @property
    def parks_counted(self) -> int:
        """How many parks have a fund in the quarter."""
        return sum(one.park is not None for one in self.parks)

    def find(self, code: str) -> FundQuarter | None:
        """The fund with a code."""
        return next((one for one in self.funds if one.fund.code == code), None)

    def name(self, person_id: int) -> str:
        """What a person is called."""
        return self.people.get(person_id, f"#{person_id}")


def read_state(slice_: LedgerSlice, end: date, *, with_checks: bool = True) -> QuarterState:
    """How far the funds of a slice are with the quarter that ends on a day."""
    taking = [fund for fund in slice_.member_funds if _takes_part(fund, end)]
    papers = slice_.open_quarter(code_of_quarter(end), [fund.id for fund in taking], with_checks=with_checks)
    deadlines = read_deadlines(slice_, end)
    funds = tuple(_read_fund(papers, fund, deadlines[0].day, slice_.as_of) for fund in taking)
    parks = tuple(_count_parks(slice_, funds))
    return QuarterState(papers.quarter, end, deadlines, funds, parks, papers.totals, papers.people)


def read_late_filers(slice_: LedgerSlice) -> list[FundQuarter]:
    """The funds that are late with the last quarter that is over, for whoever has them to look after."""
    return read_state(slice_, newest_end(slice_.as_of), with_checks=False).late


def _takes_part(fund: FundFacts, end: date) -> bool:
    return fund.established <= end and fund.status not in ENDED


def _read_fund(papers: QuarterPapers, fund: FundFacts, due: date | None, today: date) -> FundQuarter:
    filed = papers.filed.get(fund.id)
    until = today if filed is None else filed.filed_on
    return FundQuarter(
        fund,
        filed,
        papers.reminders.get(fund.id, ()),
        papers.checks.get(fund.id, ()),
        papers.locks.get(fund.id),
        tuple(one for one in papers.waiting if one.fund_id == fund.id),
        tuple(one for one in papers.restated if one.restated.fund_id == fund.id),
        0 if due is None else max((until - due).days, 0),
    )


def _count_parks(slice_: LedgerSlice, funds: Sequence[FundQuarter]) -> Iterator[ParkQuarter]:
    """Parks by code, the city's own funds last."""
    by_park: dict[int | None, list[FundQuarter]] = {}
    for one in funds:
        for park_id in one.fund.shares or {None: 0}:
            by_park.setdefault(park_id, []).append(one)
    parks = [slice_.facts.parks[park_id] for park_id in by_park if park_id is not None]
    for park in sorted(parks, key=lambda named: named.code):
        yield _count(park, by_park[park.id])
    if None in by_park:
        yield _count(None, by_park[None])


def _count(park: NamedThing | None, found: Sequence[FundQuarter]) -> ParkQuarter:
    return ParkQuarter(
        park,
        len(found),
        sum(one.filed is not None for one in found),
        sum(one.is_green for one in found),
        sum(one.lock is not None for one in found),
    )
