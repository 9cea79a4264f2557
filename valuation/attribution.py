"""Attribution: an amount of fen split by shares so that the parts make up the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from valuation.flows import Floats, Ints, Whole

Shares = Sequence[float] | Sequence[Sequence[float]] | Floats | Whole


def attribute(amounts: Sequence[int] | Whole | int, shares: Shares) -> Ints:
    """Each amount (n of them, or one) split over its row of shares (n × s, or s for all), to the fen.

    Largest remainder: every part is its quota rounded down or up, the fen left over go to the largest
    remainders, the earlier part first among equals; a negative amount is split like its opposite.
    Shares are weights of any scale, not negative; an amount other than 0 needs a positive one.
    """
    wholes = np.atleast_1d(np.asarray(amounts, dtype=np.int64))
    weights = np.atleast_2d(np.asarray(shares, dtype=np.float64))
    weights = np.broadcast_to(weights, (len(wholes), weights.shape[1]))
    totals = weights.sum(axis=1)
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise ValueError("shares are finite and not negative")
    if ((totals <= 0) & (wholes != 0)).any():
        raise ValueError("an amount without a share to go to")
    scaled = np.divide(weights, totals[:, None], out=np.zeros_like(weights), where=totals[:, None] > 0)
    parts = _round_parts(np.abs(wholes), scaled) * np.sign(wholes)[:, None]
    return parts if np.ndim(amounts) else parts[0]


def _round_parts(wholes: Ints, shares: Floats) -> Ints:
    quotas = wholes[:, None] * shares
    parts = np.floor(quotas).astype(np.int64)
    over = wholes - parts.sum(axis=1)
    order = np.argsort(np.where(shares > 0, parts - quotas, np.inf), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    parts += rank < over[:, None]
    return _settle(parts, wholes, shares)


def _settle(parts: Ints, wholes: Ints, shares: Floats) -> Ints:
    """Amounts beyond 2**53 / s fen: what floats could not carry goes to the largest share."""
    left: NDArray[np.int64] = wholes - parts.sum(axis=1)
    parts[np.arange(len(parts)), shares.argmax(axis=1)] += left
    return parts


@dataclass(frozen=True, slots=True)
class Claims:
    """What came beside the money of some claimants (columns), fund by fund (rows), shared and claimed whole.

    `shared` sums to what came, row by row, with `unshared` where no claimant has money; `whole` is what
    everybody claims who counts all of it as their own, and sums to more.
    """

    shared: Ints
    unshared: Ints
    whole: Ints


def share_claims(brought: Sequence[int] | Whole, own: Sequence[Sequence[int]] | Whole) -> Claims:
    """Money brought into each fund, attributed to claimants in proportion to their own money in it, to the fen."""
    came = np.asarray(brought, dtype=np.int64)
    held = np.asarray(own, dtype=np.int64)
    if held.ndim != 2 or len(held) != len(came):
        raise ValueError("one row of claimants' money per fund")
    if (held < 0).any():
        raise ValueError("money of a claimant is not negative")
    claimed = (held > 0).any(axis=1)
    shared = np.zeros_like(held)
    if claimed.any():
        shared[claimed] = attribute(came[claimed], held[claimed].astype(np.float64))
    return Claims(shared, np.where(claimed, 0, came), np.where(held > 0, came[:, None], 0))
