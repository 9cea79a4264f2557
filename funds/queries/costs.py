"""The course of a holding: what it cost, what is left of that, what came back and what it is worth."""

from collections.abc import Iterable
from dataclasses import dataclass

from funds.kinds import ExitKind
from funds.queries.attribution import WHOLE

NO_COST = frozenset({ExitKind.DIVIDEND, ExitKind.INTEREST, ExitKind.WRITE_OFF})


@dataclass(frozen=True)
class Payment:
    """Money paid into a holding (fen, positive)."""

    day: int
    amount: int


@dataclass(frozen=True)
class Return:
    """Money back from a holding, or its write-off; a sale names its cost or the part of the holding sold."""

    day: int
    kind: ExitKind
    amount: int
    cost_out: int | None
    transferred_ppm: int | None


@dataclass(frozen=True)
class Valuation:
    """A mark of the whole holding at the end of a day."""

    day: int
    value: int


@dataclass(frozen=True)
class Course:
    """Where a holding stands, in fen: `cost` is what remains of `invested`; `is_marked` says what `value` rests on."""

    invested: int
    cost: int
    returned: int
    value: int
    is_marked: bool
    is_written_off: bool


def follow_holding(
    payments: Iterable[Payment], returns: Iterable[Return], mark: Valuation | None = None
) -> Course:
    """The course of one holding over its whole ledger up to a day, whose last approved mark is `mark`.

    Remaining cost goes by 成本转出, else by 转让比例 of what was held just before, else (清算) to nothing;
    a write-off keeps its cost until 清算 or 转让. Value = last mark × remaining stake + follow-ons, without
    a mark the remaining cost, after a write-off nothing.
    """
    steps: list[Payment | Return] = sorted(
        [*payments, *returns], key=lambda step: (step.day, _is_return(step))
    )
    state = _State(mark)
    for step in steps:
        state.reach(step.day)
        if isinstance(step, Return):
            state.give_back(step)
        else:
            state.pay(step)
    return state.finish()


def cost_given_up(cost: int, step: Return) -> int:
    """How much of the cost held just before a return it takes out."""
    if step.kind in NO_COST:
        return 0
    if step.cost_out is not None:
        return min(step.cost_out, cost)
    if step.transferred_ppm is not None:
        return cost * step.transferred_ppm // WHOLE
    return cost


def _is_return(step: Payment | Return) -> bool:
    return isinstance(step, Return)


class _State:
    def __init__(self, mark: Valuation | None) -> None:
        self.mark = mark
        self.invested = self.cost = self.returned = self.value = 0
        self.is_marked = self.is_written_off = False

    def reach(self, day: int) -> None:
        """Once past the mark's day, the mark speaks."""
        if self.mark is not None and not self.is_marked and day > self.mark.day:
            self._take_mark(self.mark)

    def _take_mark(self, mark: Valuation) -> None:
        self.value = mark.value
        self.is_marked = True
        # A quarter's mark at nothing only says again what the write-off said.
        self.is_written_off = self.is_written_off and mark.value == 0

    def pay(self, step: Payment) -> None:
        self.invested += step.amount
        self.cost += step.amount
        self.value += step.amount

    def give_back(self, step: Return) -> None:
        self.returned += step.amount
        if step.kind is ExitKind.WRITE_OFF:
            self.value, self.is_written_off = 0, True
            return
        out = cost_given_up(self.cost, step)
        if step.kind not in NO_COST:
            self.value = self._value_left(step, out)
        self.cost -= out

    def _value_left(self, step: Return, out: int) -> int:
        if step.transferred_ppm is not None:
            return self.value - self.value * step.transferred_ppm // WHOLE
        return self.value * (self.cost - out) // self.cost if self.cost else 0

    def finish(self) -> Course:
        if self.mark is not None and not self.is_marked:
            self._take_mark(self.mark)
        return Course(
            self.invested, self.cost, self.returned, self.value, self.is_marked, self.is_written_off
        )
