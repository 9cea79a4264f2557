"""Rate and Measure: an answer that is either a number or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "ok", "multiple_roots", "no_root", "no_sign_change", "total_loss", "no_time_span", "too_few_flows"
]

LOWEST_RATE = -0.999999
"""Rates are looked for above this one (the bound itself is outside)."""
HIGHEST_RATE = 1e4
"""Rates are looked for up to and including this one."""
LOWEST_FORCE = math.log1p(LOWEST_RATE)
HIGHEST_FORCE = math.log1p(HIGHEST_RATE)
EDGE = 1e-13
"""What rounding may do to a rate that lies on a bound, in ln(1 + r)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """An annual (or per-period) rate, as a fraction: 0.08 is 8 %.

    `value` is set for status `ok` and is −1.0 for `total_loss`; else it is None.
    `roots` holds every rate in (−0.999999, 1e4] at which the value is zero, ascending.
    `reason` is None for `ok`, else a message code: `rate.<status>`, or with status `no_root` one of the
    finer `rate.root_out_of_range` and `rate.flow_missing` (an amount that is not a finite number).
    """

    value: float | None
    status: Status
    roots: tuple[float, ...]
    reason: str | None


def refuse_rate(status: Status, reason: str | None = None) -> Rate:
    """No rate: the status with its reason; a total loss is the one that has a value, −1."""
    value = -1.0 if status == "total_loss" else None
    return Rate(value, status, (), reason or f"rate.{status}")


def judge_roots(roots: list[float], strayed: bool) -> Rate:
    """The rate that a complete list of roots amounts to; `strayed` if some lie outside the range."""
    if len(roots) == 1:
        return Rate(roots[0], "ok", (roots[0],), None)
    if roots:
        return Rate(None, "multiple_roots", tuple(sorted(roots)), "rate.multiple_roots")
    return refuse_rate("no_root", "rate.root_out_of_range" if strayed else None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A ratio or an amount; `value` is None exactly when `reason` holds a message code.

    Where the measure is a ratio its two parts stand beside it, so that bands compare them and not the
    rounded quotient.
    """

    value: float | None
    reason: str | None
    numerator: float | None = None
    denominator: float | None = None


def measure_ratio(numerator: float | None, denominator: float | None, reason: str) -> Measure:
    """Numerator ÷ denominator, or `reason` where either is unknown or the denominator is not positive."""
    if numerator is None or denominator is None or not denominator > 0:
        return Measure(None, reason, numerator, denominator)
    return Measure(numerator / denominator, None, numerator, denominator)


def measure_rate(rate: Rate) -> Measure:
    """The rate's value as a measure, −1 for a total loss, or the rate's reason."""
    return Measure(None, rate.reason) if rate.value is None else Measure(rate.value, None)
