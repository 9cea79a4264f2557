"""Multiples of money: what came back, what is left, and how much of the capital is at work.

All amounts are positive magnitudes in one unit (fen); ratios are plain fractions. An unknown amount is
None and makes only the ratios that need it unknown. Formulas as in GIPS (2020) and ILPA's templates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from valuation.flows import Amounts
from valuation.rate import Measure, measure_ratio


@dataclass(frozen=True, slots=True)
class Multiples:
    """DPI, RVPI, TVPI and PIC beside the amounts they rest on (after `recalled` was taken off)."""

    paid_in: float
    distributed: float
    nav: float | None
    unfunded: float | None
    dpi: Measure
    rvpi: Measure
    tvpi: Measure
    pic: Measure


def multiples(
    paid_in: float, distributed: float, nav: float | None, committed: float | None = None, recalled: float = 0
) -> Multiples:
    """DPI = D ÷ PI, RVPI = NAV ÷ PI, TVPI = (D + NAV) ÷ PI, PIC = PI ÷ committed.

    `recalled` 0 keeps recallable distributions in paid-in and in distributions (GIPS); the recallable
    amount there takes it off both. Reasons: `multiple.no_paid_in`, `multiple.no_nav`,
    `multiple.no_commitment`.
    """
    net_paid_in, net_distributed = paid_in - recalled, distributed - recalled
    no_nav = "multiple.no_nav" if nav is None else "multiple.no_paid_in"
    total = None if nav is None else net_distributed + nav
    return Multiples(
        paid_in=net_paid_in,
        distributed=net_distributed,
        nav=nav,
        unfunded=None if committed is None else committed - net_paid_in,
        dpi=measure_ratio(net_distributed, net_paid_in, "multiple.no_paid_in"),
        rvpi=measure_ratio(nav, net_paid_in, no_nav),
        tvpi=measure_ratio(total, net_paid_in, no_nav),
        pic=measure_ratio(net_paid_in, committed, "multiple.no_commitment"),
    )


def moic(invested: float, realised: float, unrealised: float | None) -> Measure:
    """(realised + unrealised) ÷ invested cost, on deals, before fees and carry.

    Reasons: `multiple.no_cost`, `multiple.no_mark`.
    """
    if unrealised is None:
        return Measure(None, "multiple.no_mark")
    return measure_ratio(realised + unrealised, invested, "multiple.no_cost")


@dataclass(frozen=True, slots=True)
class LossRatio:
    """Share of cost lost on holdings below cost, the loss itself, and how many are written off."""

    ratio: Measure
    lost: float
    cost: float
    write_offs: int


def loss_ratio(costs: Amounts, values: Amounts) -> LossRatio:
    """Σ max(cost − value, 0) ÷ Σ cost over holdings; a holding with cost and value 0 is a write-off.

    A value is what came back plus what is left. Reason: `multiple.no_cost`.
    """
    cost, value = np.asarray(costs), np.asarray(values)
    lost = np.maximum(cost - value, 0).sum().item()
    total = cost.sum().item()
    write_offs = int(np.count_nonzero((cost > 0) & (value == 0)))
    return LossRatio(measure_ratio(lost, total, "multiple.no_cost"), lost, total, write_offs)


@dataclass(frozen=True, slots=True)
class Deployment:
    """How much of the paid-in money was put to work and how much lies idle."""

    deployed: Measure
    idle: Measure


def deployment(invested: float, paid_in: float, cash: float | None = None) -> Deployment:
    """Deployed = invested cost ÷ paid-in; idle = cash ÷ paid-in.

    Reasons: `multiple.no_paid_in`, `multiple.no_balance` where no cash balance is known.
    """
    no_idle = "multiple.no_balance" if cash is None else "multiple.no_paid_in"
    return Deployment(
        deployed=measure_ratio(invested, paid_in, "multiple.no_paid_in"),
        idle=measure_ratio(cash, paid_in, no_idle),
    )
