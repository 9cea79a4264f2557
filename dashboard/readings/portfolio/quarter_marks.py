"""Every holding that stands at a quarter's end: its last mark, the mark that waits, and why it asks for a new one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.readings.lasting_answers import keep_firms_of_city
from dashboard.readings.portfolio.holdings import EXIT_KIND_BY_NUMBER, HeldFirm, held_firms
from dashboard.readings.portfolio.implied_stakes import SoldPart
from dashboard.readings.portfolio.mark_triggers import (
    HeldFacts,
    Thresholds,
    Trigger,
    find_triggers,
    read_thresholds,
)
from dashboard.readings.portfolio.quarter_days import quarter_number
from funds.kinds import EntryKind
from funds.queries.columns import NOBODY
from funds.queries.facts import CompanyFacts, FundFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.value_papers import HeldRound, MadeMark, StakePaper, ValuePapers


class MarkState(StrEnum):
    MARKED = "marked"
    WAITING = "waiting"
    MISSING = "missing"


@dataclass(frozen=True)
class Valuation:
    """One holding at a quarter's end, in fen; `value` is what counts today, with or without a mark."""

    fund: FundFacts
    company: CompanyFacts
    cost: int
    value: int
    last: MadeMark | None
    waiting: MadeMark | None
    triggers: tuple[Trigger, ...]
    state: MarkState


def tell_state(end: date, last: date | None, waiting: date | None) -> MarkState:
    """By the days of the last approved mark and of the last one that nobody approved, both up to a quarter's end."""
    quarter = quarter_number(end)
    is_overtaken = waiting is not None and last is not None and waiting < last
    if waiting is not None and not is_overtaken and quarter_number(waiting) == quarter:
        return MarkState.WAITING
    if last is not None and quarter_number(last) == quarter:
        return MarkState.MARKED
    return MarkState.MISSING


def stands(firm: HeldFirm) -> bool:
    """Whether a holding needs marks: what was sold whole or written off needs none."""
    course = firm.course
    return not course.is_written_off and bool(course.cost or course.value)


def list_valuations(slice_: LedgerSlice) -> list[Valuation]:
    """The holdings of the scope's funds on the slice's day, by fund, those without a mark of the quarter first.

    What was sold whole or written off needs no mark and is left out.
    """
    papers = slice_.open_values(slice_.members, until=slice_.as_of)
    shelf = _Shelf(slice_, papers)
    found = [shelf.value(firm) for firm in held_firms(slice_) if stands(firm)]
    order = (MarkState.MISSING, MarkState.WAITING, MarkState.MARKED)
    return sorted(
        found,
        key=lambda one: (
            one.fund.code,
            order.index(one.state),
            -len(one.triggers),
            -one.cost,
            one.company.id,
        ),
    )


def valuation_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """A row for each holding as at the slice's day, then one for each reason to mark it anew."""
    listed = list_valuations(slice_)
    for one in listed:
        yield {
            "table": "valuation",
            "fund": one.fund.code,
            "company": one.company.code,
            "name": one.company.name,
            "cost": one.cost,
            "fair_value": one.value,
            "mark_state": str(one.state),
            **_mark_columns(one.last, "last"),
            **_mark_columns(one.waiting, "waiting"),
            "triggers": [str(trigger.kind) for trigger in one.triggers],
        }
    for one in listed:
        for trigger in one.triggers:
            yield {
                "table": "mark_trigger",
                "fund": one.fund.code,
                "company": one.company.code,
                "trigger": str(trigger.kind),
                "since": None if trigger.day is None else trigger.day.isoformat(),
                "trigger_about": trigger.about,
                "trigger_amount": trigger.amount,
                "implied_value": None if trigger.implied is None else trigger.implied.value,
                "reason": None if trigger.implied is None else trigger.implied.reason,
                "quarters_unmarked": trigger.quarters,
                "drop_ppm": trigger.drop_ppm,
            }


def _mark_columns(mark: MadeMark | None, which: str) -> Mapping[str, object]:
    return {
        f"{which}_mark_day": None if mark is None else mark.valued_on.isoformat(),
        f"{which}_mark_value": None if mark is None else mark.value_fen,
        f"{which}_mark_method": None if mark is None else str(mark.method),
        f"{which}_mark_evidence": None if mark is None else mark.evidence,
    }


class _Shelf:
    """What the holdings of a slice are judged by, laid out by holding and firm once."""

    def __init__(self, slice_: LedgerSlice, papers: ValuePapers) -> None:
        self.slice = slice_
        self.end = slice_.as_of
        self.limits: Thresholds = read_thresholds(slice_)
        self.marks: dict[int, list[MadeMark]] = {}
        self.rounds: dict[int, list[HeldRound]] = {}
        self.stakes: dict[int, list[StakePaper]] = {}
        for mark in papers.marks:
            self.marks.setdefault(mark.holding_id, []).append(mark)
        for one in papers.rounds:
            self.rounds.setdefault(one.company_id, []).append(one)
        for stake in papers.stakes:
            self.stakes.setdefault(stake.holding_id, []).append(stake)
        self.sold, self.exits = _read_exits(slice_)
        self.paid = _read_first_payments(slice_)

    def value(self, firm: HeldFirm) -> Valuation:
        """One holding."""
        marks = self.marks.get(firm.holding, [])
        last = next((mark for mark in reversed(marks) if mark.is_approved), None)
        waiting = next((mark for mark in reversed(marks) if not mark.is_approved), None)
        if waiting is not None and last is not None and waiting.valued_on < last.valued_on:
            waiting = None  # overtaken by a later mark that was approved
        return Valuation(
            self.slice.facts.funds[firm.fund],
            self.slice.facts.companies[firm.company],
            firm.course.cost,
            firm.course.value,
            last,
            waiting,
            find_triggers(self._facts_of(firm, last), self.limits, self.end),
            self._state(last, waiting),
        )

    def _facts_of(self, firm: HeldFirm, last: MadeMark | None) -> HeldFacts:
        return HeldFacts(
            last_mark=None if last is None else last.valued_on,
            first_paid=self.paid[firm.holding],
            rounds=self.rounds.get(firm.company, []),
            stakes=self.stakes.get(firm.holding, []),
            sold=self.sold.get(firm.holding, []),
            exits=self.exits.get(firm.holding, []),
            figures=self.slice.facts.company_figures.get(firm.company, ()),
        )

    def _state(self, last: MadeMark | None, waiting: MadeMark | None) -> MarkState:
        days = [None if mark is None else mark.valued_on for mark in (last, waiting)]
        return tell_state(self.end, *days)


Sold = dict[int, list[SoldPart]]
Exits = dict[int, list[tuple[date, int]]]


@keep_firms_of_city
def _read_exits(slice_: LedgerSlice) -> tuple[Sold, Exits]:
    """Exits by holding: what they did to the stake, and what they brought."""
    sold: Sold = {}
    brought: Exits = {}
    exits = slice_.ledger.exits
    columns: Sequence[list[int]] = [
        column.tolist() for column in (exits.holding, exits.kind, exits.day, exits.amount, exits.transferred)
    ]
    for holding, kind, day, amount, part in zip(*columns, strict=True):
        on = date.fromordinal(day)
        given = None if part == NOBODY else part
        sold.setdefault(holding, []).append(SoldPart(on, EXIT_KIND_BY_NUMBER[kind], given))
        brought.setdefault(holding, []).append((on, amount))
    return sold, brought


@keep_firms_of_city
def _read_first_payments(slice_: LedgerSlice) -> dict[int, date]:
    paid = slice_.ledger.entries.of_kind(EntryKind.INVESTMENT)
    first: dict[int, int] = {}
    for holding, day in zip(paid.holding.tolist(), paid.day.tolist(), strict=True):
        first[holding] = min(day, first.get(holding, day))
    return {holding: date.fromordinal(day) for holding, day in first.items()}
