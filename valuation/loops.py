"""Funds that hold each other: the part of a look-through that no order of solving unties."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from valuation.flows import Floats, Ints

Mask = NDArray[np.bool_]


def solve_loops(
    shares: Floats, core: Ints, outside: Floats, into: sparse.csr_array, sizes: Floats, bad: Mask
) -> list[Ints]:
    """Fill in the shares of the funds `core`, all others being known; gives the closed loops found.

    A fund that no outside money reaches is in a closed loop or behind one; both, and whatever lies behind
    a fund without a composition, keep NaN. What is left is solvable: every fund in it is fed from outside.
    """
    if not len(core):
        return []
    known = shares.copy()
    known[core] = 0.0
    money = outside[core] + into[core] @ known
    inner = sparse.csr_array(into[core][:, core])
    lost = _spread(np.isnan(money).any(axis=1) | bad[core], inner)
    starved = ~_spread((money > 0).any(axis=1), inner) & ~lost
    good = np.flatnonzero(~lost & ~_spread(starved, inner))
    solved = _solve_fed(sizes[core[good]], inner[good][:, good], money[good]) if len(good) else None
    if solved is None:
        starved[good] = True
    else:
        shares[core[good]] = solved
    return [core[loop] for loop in _find_loops(np.flatnonzero(starved), inner)]


def _solve_fed(sizes: Floats, inner: sparse.csr_array, money: Floats) -> Floats | None:
    """Shares of funds fed from outside; None where that money is too little to be seen beside the loop's."""
    matrix = sparse.csc_array(sparse.diags_array(sizes) - inner)
    try:
        # Pivots stay on the diagonal: of these matrices it loses no digits there, elsewhere it does.
        factors = splu(matrix, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0)
    except RuntimeError:
        return None
    parts = np.maximum(factors.solve(money), 0.0)
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def _spread(which: Mask, inner: sparse.csr_array) -> Mask:
    """The marked funds and all that money of theirs reaches (`inner` is held × holder)."""
    reached, count = which.copy(), -1
    while count != (count := int(reached.sum())):
        reached |= inner @ reached.astype(np.float64) != 0
    return reached


def _find_loops(starved: Ints, inner: sparse.csr_array) -> list[Ints]:
    """Strongly connected groups among the starved: two funds or more, or one that holds itself."""
    among = sparse.csr_array(inner[starved][:, starved])
    _, label = connected_components(among, directed=True, connection="strong")
    groups = (np.flatnonzero(label == one) for one in np.unique(label))
    selfish = among.diagonal() != 0
    return [starved[group] for group in groups if len(group) > 1 or selfish[group[0]]]
