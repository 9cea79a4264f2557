"""Look-through: whose money is in each fund, through every layer of funds that hold funds.

With z the fund sizes, E what outside sources paid into each fund and W what funds paid into funds, the
composition X solves (diag z − Wᵀ)·X = E, after Brioschi, Buzzacchi and Colombo (1989) on integrated
ownership. Money in a fund is one pool: every source has its share in whatever leaves it. Chains are
solved tier by tier, funds that hold each other by a sparse factorisation. Where there is no composition
the funds are named with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from valuation.flows import Floats, Ints, Whole
from valuation.loops import solve_loops

Dense = Floats | Whole | Sequence[Sequence[float]]
Sparse: TypeAlias = sparse.csr_array | sparse.csc_array | sparse.coo_array
MOST_TIERS = 64
"""Deeper chains than this are left to the factorisation."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why funds have no composition: a message code and their names.

    `look_through.closed_loop`: funds that hold each other without outside money, or with too little to be
    seen beside the loop's; `look_through.no_money`: nothing was paid in; `look_through.bad_money`: an amount
    paid in is below 0 or no number; `look_through.behind_unsolved`: money comes from one of these.
    """

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """Shares of each source (columns) in each fund (rows); rows sum to 1, or are NaN where unsolved.

    `sizes` is the money paid into each fund, `external` the part of it from outside: Σ sizes counts
    money between funds again at every layer, Σ external counts it once.
    """

    names: tuple[str, ...]
    shares: Floats
    sizes: Floats
    external: Floats
    findings: tuple[Finding, ...]

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Which funds have a composition."""
        return np.asarray(~np.isnan(self.shares).any(axis=1))

    def amounts(self) -> Floats:
        """Money of each source in each fund, unrounded; `attribute` splits it to the fen."""
        return np.asarray(self.shares * self.sizes[:, None])


def look_through(names: Sequence[str], external: Dense | Sparse, holdings: Dense | Sparse) -> Composition:
    """Composition of the funds `names` from `external` (fund × source) and `holdings` (holder × held).

    Amounts are int64 or float64, dense or sparse, all on one basis (committed or paid-in).
    """
    outside = external.toarray() if isinstance(external, Sparse) else np.asarray(external)
    outside = outside.astype(np.float64)
    held = sparse.csr_array(holdings, dtype=np.float64, copy=True)
    if outside.ndim != 2 or outside.shape[0] != len(names) or held.shape != (len(names), len(names)):
        raise ValueError("one row of external money per fund, and holdings of fund × fund")
    held.eliminate_zeros()
    into = sparse.csr_array(held.T)
    bad = ~np.isfinite(outside).all(axis=1) | (outside < 0).any(axis=1)
    bad[held.indices[~(held.data > 0) | ~np.isfinite(held.data)]] = True
    from_outside = outside.sum(axis=1)
    sizes = from_outside + np.bincount(held.indices, weights=held.data, minlength=len(names))
    shares, done = _solve_tiers(outside, held, into, np.where(bad, 0.0, sizes))
    loops = solve_loops(shares, np.flatnonzero(~done), outside, into, sizes, bad)
    findings = _explain(names, np.asarray(np.isnan(shares).any(axis=1)), loops, (sizes == 0) & ~bad, bad)
    return Composition(tuple(names), shares, sizes, from_outside, findings)


def _solve_tiers(
    outside: Floats, held: sparse.csr_array, into: sparse.csr_array, sizes: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Shares of the funds whose holders are all known before them; a fund of size 0 passes NaN on."""
    shares = np.full(outside.shape, np.nan)
    done = np.zeros(len(sizes), dtype=bool)
    waiting = np.diff(into.indptr)
    tier = np.flatnonzero(waiting == 0)
    for _ in range(MOST_TIERS):
        if not len(tier):
            break
        money = outside[tier] + into[tier] @ shares
        size = sizes[tier][:, None]
        shares[tier] = np.divide(money, size, out=np.full_like(money, np.nan), where=size > 0)
        done[tier] = True
        fed = np.bincount(held[tier].indices, minlength=len(sizes))
        waiting = waiting - fed
        tier = np.flatnonzero((fed > 0) & (waiting == 0))
    return shares, done


def _explain(
    names: Sequence[str],
    unsolved: NDArray[np.bool_],
    loops: list[Ints],
    empty: NDArray[np.bool_],
    bad: NDArray[np.bool_],
) -> tuple[Finding, ...]:
    behind = unsolved & ~empty & ~bad
    findings = []
    for loop in loops:
        behind[loop] = False
        findings.append(Finding("look_through.closed_loop", tuple(names[i] for i in loop.tolist())))
    for fault, which in (("no_money", empty), ("bad_money", bad), ("behind_unsolved", behind)):
        if which.any():
            named = tuple(names[i] for i in np.flatnonzero(which).tolist())
            findings.append(Finding(f"look_through.{fault}", named))
    return tuple(findings)
