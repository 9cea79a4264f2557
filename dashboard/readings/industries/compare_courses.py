"""What happened to a holding after a day, step by step: each payment, exit and mark with the course it led to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from dashboard.readings.portfolio.holdings import EXIT_KIND_BY_NUMBER
from funds.kinds import EntryKind, ExitKind
from funds.queries.columns import NOBODY
from funds.queries.costs import Course, Payment, Return, Valuation, follow_holding
from funds.queries.loading_columns import Ledger

NOT_HELD = Course(0, 0, 0, 0, is_marked=False, is_written_off=False)
Step = Payment | Return | Valuation
# On one day money goes in first, then something comes back, and the mark closes it.
ORDER: Mapping[type[Step], int] = {Payment: 0, Return: 1, Valuation: 2}


class Happening(StrEnum):
    """What a step is."""

    NEW_DEAL = "new_deal"
    FOLLOW_ON = "follow_on"
    EXIT = "exit"
    WRITE_OFF = "write_off"
    MARK = "mark"


@dataclass(frozen=True)
class Moved:
    """One step with the whole holding's course before and after it."""

    what: Happening
    day: int
    before: Course
    after: Course


class Histories:
    """The steps of every holding of a ledger, looked up by holding."""

    def __init__(self, ledger: Ledger) -> None:
        self._steps: dict[int, list[Step]] = {}
        lines: Iterable[tuple[int, Step]] = chain(_payments(ledger), _returns(ledger), _marks(ledger))
        for holding, step in lines:
            self._steps.setdefault(holding, []).append(step)
        for steps in self._steps.values():
            steps.sort(key=lambda step: (step.day, ORDER[type(step)]))

    def course_on(self, holding: int, day: int) -> Course:
        """Where a holding stood at the end of a day."""
        return _follow([step for step in self._steps.get(holding, ()) if step.day <= day])

    def after(self, holding: int, day: int) -> Iterator[Moved]:
        """The steps after a day, in order; each begins where the one before it ended."""
        steps = self._steps.get(holding, [])
        begun = sum(step.day <= day for step in steps)
        course = _follow(steps[:begun])
        for at in range(begun, len(steps)):
            then = _follow(steps[: at + 1])
            is_first = not any(isinstance(step, Payment) for step in steps[:at])
            yield Moved(_name(steps[at], is_first=is_first), steps[at].day, course, then)
            course = then


def _follow(steps: Sequence[Step]) -> Course:
    payments = [step for step in steps if isinstance(step, Payment)]
    returns = [step for step in steps if isinstance(step, Return)]
    marks = [step for step in steps if isinstance(step, Valuation)]
    return follow_holding(payments, returns, marks[-1] if marks else None) if payments else NOT_HELD


def _name(step: Step, *, is_first: bool) -> Happening:
    if isinstance(step, Valuation):
        return Happening.MARK
    if isinstance(step, Return):
        return Happening.WRITE_OFF if step.kind is ExitKind.WRITE_OFF else Happening.EXIT
    return Happening.NEW_DEAL if is_first else Happening.FOLLOW_ON


def _payments(ledger: Ledger) -> Iterator[tuple[int, Payment]]:
    lines = ledger.entries.of_kind(EntryKind.INVESTMENT)
    for holding, day, amount in zip(
        lines.holding.tolist(), lines.day.tolist(), lines.amount.tolist(), strict=True
    ):
        yield holding, Payment(day, -amount)


def _returns(ledger: Ledger) -> Iterator[tuple[int, Return]]:
    exits = ledger.exits
    columns = (exits.holding, exits.day, exits.kind, exits.amount, exits.cost_out, exits.transferred)
    for holding, day, kind, amount, cost, part in zip(*(column.tolist() for column in columns), strict=True):
        yield holding, Return(day, EXIT_KIND_BY_NUMBER[kind], amount, _given(cost), _given(part))


def _marks(ledger: Ledger) -> Iterator[tuple[int, Valuation]]:
    marks = ledger.marks
    for holding, day, value in zip(
        marks.holding.tolist(), marks.day.tolist(), marks.value.tolist(), strict=True
    ):
        yield holding, Valuation(day, value)


def _given(value: int) -> int | None:
    return None if value == NOBODY else value
