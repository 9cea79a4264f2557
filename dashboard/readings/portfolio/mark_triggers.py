"""Why a holding asks for a new mark: a round, a falling indicator, quarters without a mark, none at all, an exit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.readings.portfolio.implied_stakes import Implied, SoldPart, imply_value
from dashboard.readings.portfolio.quarter_days import quarter_number
from funds.measures import MICRO, WHOLE_PPM
from funds.queries.filed_figures import CompanyFigureFacts, PolicyRow, end_of_period
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.value_papers import HeldRound, StakePaper

QUARTERS, DROP, INDICATORS = "mark.trigger_quarters", "mark.trigger_drop", "mark.trigger_indicators"
PERCENT_PPM = 10_000
APART = "、"


class TriggerKind(StrEnum):
    NO_MARK = "no_mark"
    OLD_MARK = "old_mark"
    NEW_ROUND = "new_round"
    DROP = "drop"
    EXIT = "exit"


@dataclass(frozen=True)
class Thresholds:
    """What policy says about marks; None or nothing where it says nothing, and then nothing is judged by it."""

    quarters: int | None
    drop_ppm: int | None
    indicators: tuple[str, ...]
    rows: tuple[PolicyRow, ...]


@dataclass(frozen=True)
class Trigger:
    """One reason, with the day from which it holds and what it is about."""

    kind: TriggerKind
    day: date | None = None
    about: str | None = None  # the round, the indicator with its periods
    amount: int | None = None  # post-money of the round, money of the exit, in fen
    implied: Implied | None = None
    quarters: int | None = None
    drop_ppm: int | None = None


@dataclass(frozen=True)
class HeldFacts:
    """What triggers of one holding are judged by; everything up to the quarter's end."""

    last_mark: date | None
    first_paid: date
    rounds: Sequence[HeldRound]
    stakes: Sequence[StakePaper]
    sold: Sequence[SoldPart]
    exits: Sequence[tuple[date, int]]
    figures: Sequence[CompanyFigureFacts]


def read_thresholds(slice_: LedgerSlice) -> Thresholds:
    """The rows in force on the slice's day; of several the one that began last speaks."""
    held = (row for row in slice_.facts.policy_rows if row.holds_on(slice_.as_of))
    found = {row.code: row for row in held if row.code in (QUARTERS, DROP, INDICATORS)}
    quarters, drop, words = (found.get(code) for code in (QUARTERS, DROP, INDICATORS))
    return Thresholds(
        quarters.value_e6 // MICRO if quarters and quarters.value_e6 is not None else None,
        drop.value_e6 * PERCENT_PPM // MICRO if drop and drop.value_e6 is not None else None,
        tuple((words.words or "").split(APART)) if words else (),
        tuple(found.values()),
    )


def find_triggers(facts: HeldFacts, limits: Thresholds, end: date) -> tuple[Trigger, ...]:
    """The reasons at a quarter's end, in the order in which they weigh."""
    return (
        *_find_unmarked(facts, limits, end),
        *_find_rounds(facts),
        *_find_drops(facts, limits, end),
        *_find_exits(facts),
    )


def _find_unmarked(facts: HeldFacts, limits: Thresholds, end: date) -> Iterator[Trigger]:
    """Never marked, or not for as many quarters as policy allows; the quarter that ends now counts."""
    if facts.last_mark is None:
        yield Trigger(TriggerKind.NO_MARK, facts.first_paid)
        return
    gone = quarter_number(end) - quarter_number(facts.last_mark)
    if limits.quarters is not None and gone >= limits.quarters:
        yield Trigger(TriggerKind.OLD_MARK, facts.last_mark, quarters=gone)


def _find_rounds(facts: HeldFacts) -> Iterator[Trigger]:
    """Rounds after the last mark; before any mark, those after the first payment."""
    for one in facts.rounds:
        since = facts.last_mark or facts.first_paid
        if one.closed_on > since:
            implied = imply_value(one, facts.rounds, facts.stakes, facts.sold)
            yield Trigger(TriggerKind.NEW_ROUND, one.closed_on, one.name, one.post_money_fen, implied)


def _find_drops(facts: HeldFacts, limits: Thresholds, end: date) -> Iterator[Trigger]:
    """The newest figure of an indicator lies further below the same period a year before than policy allows.

    A mark made in the quarter itself has seen the figure.
    """
    if limits.drop_ppm is None or (
        facts.last_mark is not None and quarter_number(facts.last_mark) == quarter_number(end)
    ):
        return
    for indicator in limits.indicators:
        filed = {one.period: one for one in facts.figures if one.indicator == indicator}
        newest = max(filed.values(), key=lambda one: (end_of_period(one.period), one.period), default=None)
        if newest is None or (facts.last_mark and end_of_period(newest.period) < facts.last_mark):
            continue
        before = filed.get(_year_before(newest.period))
        if before is None or before.value_e6 <= 0 or before.unit != newest.unit:
            continue
        lost = before.value_e6 - newest.value_e6
        if lost * WHOLE_PPM > limits.drop_ppm * before.value_e6:
            yield Trigger(
                TriggerKind.DROP,
                end_of_period(newest.period),
                f"{indicator} {before.period} → {newest.period}",
                drop_ppm=lost * WHOLE_PPM // before.value_e6,
            )


def _find_exits(facts: HeldFacts) -> Iterator[Trigger]:
    for day, amount in facts.exits:
        if facts.last_mark is not None and day > facts.last_mark:
            yield Trigger(TriggerKind.EXIT, day, amount=amount)


def _year_before(period: str) -> str:
    year, sign, part = period.partition("-")
    return f"{int(year) - 1:04d}{sign}{part}"
