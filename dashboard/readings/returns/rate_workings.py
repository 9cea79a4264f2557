"""How a rate was found: its flows, its roots, the curve that crosses nothing at each of them, and the last mark."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.readings.returns.dated_flows import Flows, SolvedRate
from dashboard.readings.returns.last_marks import Sensitivity, gross_sensitivity, net_sensitivity
from dashboard.readings.returns.pools import Pool
from funds.queries.ledger_slice import LedgerSlice
from valuation import xnpv

SAMPLES = 81
# A city has a million flows: the newest of them are listed.
MOST_FLOWS = 200
NARROWEST = 0.1  # how far to look to each side of the roots at least
WITHOUT_ROOTS = (-0.5, 1.0)
DRAWN = frozenset({"ok", "multiple_roots", "no_root", "no_sign_change"})


@dataclass(frozen=True)
class DatedFlow:
    """One flow in fen, money out −, with its row; the value at the end has none."""

    day: date
    amount: int
    row: str | None


@dataclass(frozen=True)
class WorthAtRate:
    """What the flows are worth on their first day, in fen, at an annual rate."""

    rate: float
    worth: float


@dataclass(frozen=True)
class RateWorking:
    """A rate with the newest of its `count` flows by day, samples of its curve, and what the last mark does to it.

    `samples` is empty where there is nothing to draw: fewer than two days, or a total loss.
    """

    solved: SolvedRate
    flows: tuple[DatedFlow, ...]
    count: int
    samples: tuple[WorthAtRate, ...]
    last_mark: Sensitivity


def net_working(slice_: LedgerSlice, pool: Pool) -> RateWorking:
    """How the net rate of a scope was found."""
    return _show(pool.net_flows, pool.net_rate, net_sensitivity(slice_, pool))


def gross_working(slice_: LedgerSlice, pool: Pool) -> RateWorking:
    """How the gross rate of a scope was found."""
    return _show(pool.gross_flows, pool.gross_rate, gross_sensitivity(slice_, pool))


def _show(flows: Flows, solved: SolvedRate, last_mark: Sensitivity) -> RateWorking:
    count = len(flows.days)
    return RateWorking(solved, tuple(_list_newest(flows)), count, tuple(_sample(flows, solved)), last_mark)


def _list_newest(flows: Flows) -> Iterator[DatedFlow]:
    """By day, those of one day in their own order; the value at the end is behind the rows."""
    for at in np.argsort(flows.days, kind="stable")[-MOST_FLOWS:].tolist():
        row = f"entry:{flows.rows[at]}" if at < len(flows.rows) else None
        yield DatedFlow(date.fromordinal(int(flows.days[at])), int(flows.amounts[at]), row)


def _sample(flows: Flows, solved: SolvedRate) -> Iterator[WorthAtRate]:
    """The curve over all roots and some way beyond them, never as far as −100 %."""
    if solved.rate.status not in DRAWN:
        return
    low, high = WITHOUT_ROOTS
    if roots := solved.rate.roots:
        reach = max(NARROWEST, roots[-1] - roots[0], abs(roots[0]))
        low, high = max(roots[0] - reach, (roots[0] - 1) / 2), roots[-1] + reach
    for rate in np.linspace(low, high, SAMPLES).tolist():
        yield WorthAtRate(rate, xnpv(rate, flows.days, flows.amounts))
