"""The NAV bridge: how one net asset value became the next, to the fen."""

from __future__ import annotations

from dataclasses import dataclass, fields


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
