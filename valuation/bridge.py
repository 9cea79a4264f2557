"""Bridges: how one net asset value became the next, and how a claim became what is confirmed, to the fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import product


@dataclass(frozen=True, slots=True)
class Movements:
    """What moved a fund's NAV over a period, positive magnitudes in fen except gains, which are signed.

    Calls add and distributions take away; fees, carry and other costs are what they cost.
    """

    calls: int = 0
    distributions: int = 0
    realised: int = 0
    unrealised: int = 0
    income: int = 0
    fees: int = 0
    carry: int = 0
    other: int = 0


_COSTS = frozenset({"distributions", "fees", "carry", "other"})


@dataclass(frozen=True, slots=True)
class NavBridge:
    """The steps from opening to closing NAV, each with its sign, and what they leave unexplained.

    `difference` = closing as reported − closing as the steps give it; None where no closing is known.
    """

    opening: int
    steps: tuple[tuple[str, int], ...]
    expected: int
    closing: int | None
    difference: int | None
    ties: bool


def nav_bridge(opening: int, movements: Movements, closing: int | None) -> NavBridge:
    """NAV₀ + calls − distributions + realised + unrealised + income − fees − carry − other = NAV₁.

    The roll-forward of ILPA's reporting template; it ties to the fen or says by how much it does not.
    """
    steps = tuple(
        (field.name, -value if field.name in _COSTS else value)
        for field in fields(movements)
        for value in [getattr(movements, field.name)]
    )
    expected = opening + sum(value for _, value in steps)
    difference = None if closing is None else closing - expected
    return NavBridge(opening, steps, expected, closing, difference, difference == 0)


@dataclass(frozen=True, slots=True)
class Stock:
    """Money of one kind, in fen: paid in, promised and not paid, and promised once but cancelled since."""

    paid: int = 0
    unpaid: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class ClaimBridge:
    """What a claim must have counted in to come nearest to what it says, and what is left unexplained.

    claimed = confirmed.paid + Σ deductions + unpaid + cancelled + unexplained, always.
    """

    claimed: int
    confirmed: int
    included: frozenset[str]
    counts_unpaid: bool
    counts_cancelled: bool
    deductions: Mapping[str, int]
    unpaid: int
    cancelled: int
    unexplained: int


def explain_claim(claimed: int, confirmed: Stock, others: Mapping[str, Stock]) -> ClaimBridge:
    """The kinds of money (besides the confirmed one) whose sum comes nearest to a claim, the fewest among equals.

    A claim names a sum and not its parts; every set of kinds is tried, with and without what was promised
    and not paid, and with and without what was cancelled. Kinds without money are never taken in.
    """
    kinds = [name for name, stock in others.items() if stock != Stock()]
    tried = (
        _count_in(
            claimed,
            confirmed,
            others,
            [name for name, is_taken in zip(kinds, rest, strict=True) if is_taken],
            counts_unpaid=counts_unpaid,
            counts_cancelled=counts_cancelled,
        )
        for counts_unpaid, counts_cancelled, *rest in product((False, True), repeat=len(kinds) + 2)
    )
    return min(tried, key=_rank)


def _rank(found: ClaimBridge) -> tuple[int, int]:
    steps = len(found.included) + found.counts_unpaid + found.counts_cancelled
    return abs(found.unexplained), steps


def _count_in(
    claimed: int,
    confirmed: Stock,
    others: Mapping[str, Stock],
    taken: list[str],
    *,
    counts_unpaid: bool,
    counts_cancelled: bool,
) -> ClaimBridge:
    stocks = [confirmed, *(others[name] for name in taken)]
    deductions = {name: others[name].paid if name in taken else 0 for name in others}
    unpaid = sum(stock.unpaid for stock in stocks) if counts_unpaid else 0
    cancelled = sum(stock.cancelled for stock in stocks) if counts_cancelled else 0
    left = claimed - confirmed.paid - sum(deductions.values()) - unpaid - cancelled
    return ClaimBridge(
        claimed,
        confirmed.paid,
        frozenset(taken),
        counts_unpaid,
        counts_cancelled,
        deductions,
        unpaid,
        cancelled,
        left,
    )
