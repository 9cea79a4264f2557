"""What part of a firm a holding still is after later rounds and sales, and what a round's price makes of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from funds.kinds import ExitKind
from funds.measures import WHOLE_PPM
from funds.queries.costs import NO_COST
from funds.queries.value_papers import HeldRound, StakePaper

NO_POST_MONEY, NO_STAKE = "quarter_end.no_post_money", "quarter_end.no_stake"


@dataclass(frozen=True)
class SoldPart:
    """An exit as far as it changes the stake; None where only its cost was stated."""

    day: date
    kind: ExitKind
    transferred_ppm: int | None


@dataclass(frozen=True)
class Implied:
    """What the post-money of a round makes a holding worth, or why that cannot be said."""

    value: int | None
    reason: str | None = None


def imply_value(
    last: HeldRound, rounds: Sequence[HeldRound], stakes: Sequence[StakePaper], sold: Iterable[SoldPart]
) -> Implied:
    """The stake held after a round times its post-money, rounded half up to the fen."""
    if last.post_money_fen is None:
        return Implied(None, NO_POST_MONEY)
    part = _follow(last, rounds, stakes, list(sold))
    if part is None:
        return Implied(None, NO_STAKE)
    return Implied(int(last.post_money_fen * part + Fraction(1, 2)))


def _follow(
    last: HeldRound, rounds: Sequence[HeldRound], stakes: Sequence[StakePaper], sold: Sequence[SoldPart]
) -> Fraction | None:
    """Payments add what they brought, later rounds dilute, sales take their part; None where one is unknown."""
    closed = {one.round_id: one for one in rounds if one.closed_on <= last.closed_on}
    steps: list[tuple[date, int, HeldRound | StakePaper | SoldPart]] = []
    steps += [(one.closed_on, 0, one) for one in closed.values()]
    for stake in stakes:
        day = closed[stake.round_id].closed_on if stake.round_id in closed else stake.paid_on
        if day <= last.closed_on:
            steps.append((day, 1, stake))
    steps += [(one.day, 2, one) for one in sold if one.day <= last.closed_on and one.kind not in NO_COST]
    part: Fraction | None = Fraction(0)
    for _, _, step in sorted(steps, key=lambda found: found[:2]):
        part = _step(part, step)
        if part is None:
            return None
    return part or None


def _step(part: Fraction | None, step: HeldRound | StakePaper | SoldPart) -> Fraction | None:
    if part is None:
        return None
    if isinstance(step, StakePaper):
        return None if step.stake_ppm is None else part + Fraction(step.stake_ppm, WHOLE_PPM)
    if isinstance(step, SoldPart):
        if step.transferred_ppm is None:
            return None if step.kind is not ExitKind.LIQUIDATION else Fraction(0)
        return part * (WHOLE_PPM - step.transferred_ppm) / WHOLE_PPM
    return _dilute(part, step)


def _dilute(part: Fraction, step: HeldRound) -> Fraction | None:
    """Only new money dilutes; without a post-money nobody can say by how much."""
    new = step.total_fen - (step.secondary_fen or 0)
    if not part or new <= 0:
        return part
    if not step.post_money_fen or step.post_money_fen < new:
        return None
    return part * (step.post_money_fen - new) / step.post_money_fen
