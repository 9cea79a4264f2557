"""What a scope's money reached through the funds that its funds put money into, tier by tier.

A fund of the scope counts by its own part and not again through another, so that no yuan counts twice: over
the whole city what is looked through equals what is held directly. Of every other fund the scope has the
share that its money has in the capital paid in (`valuation.look_through`, any number of tiers, funds that
hold each other included). Money not yet put into a firm is not in it, so that an idle sub-fund weighs nothing.

To the fen: each holding and each payment of a reached fund is split by the largest remainder into the scope's
share and the rest, then cut to parks and to tags by running shares. A sum is the sum of these whole parts, so
that the parts of any sum make it up. What several scopes reach through others does overlap: it is no partition.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from dashboard.readings.industries.alignment_pieces import (
    aligned_pieces,
    industry_of,
    paid_pieces,
    park_id_of,
)
from dashboard.readings.industries.piece_cutter import AlignedPiece, PaidPiece, PieceCutter, Portion
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.money.capital import CapitalLine, whole_capital
from funds.kinds import Basis
from funds.queries.attribution import WHOLE
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName
from valuation import attribute, look_through

NOT_YOURS = "alignment.sub_fund_not_yours"


@dataclass(frozen=True)
class Parts:
    """Holdings and payments that figures are worked out from; `rows` are the rows that say whose they are.

    `reason` says why they cannot be told; then there are none.
    """

    held: Sequence[AlignedPiece]
    paid: Sequence[PaidPiece]
    rows: tuple[str, ...] = ()
    shares: Mapping[int, float] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True)
class Reach:
    """Funds outside the scope that its money went into, with the scope's share of each, or why none is known."""

    shares: Mapping[int, float]
    rows: tuple[str, ...] = ()
    reason: str | None = None


def direct_parts(slice_: LedgerSlice, mode: TagMode) -> Parts:
    """What the scope's own funds hold and paid."""
    return Parts(aligned_pieces(slice_, mode), paid_pieces(slice_, mode))


def through_parts(slice_: LedgerSlice, mode: TagMode) -> Parts:
    """What the scope's own funds hold and paid, and their share in what other funds do with their money.

    What a fund holds is judged by the parks that own that fund; of a park all of it by the park that asks.
    """
    reach = reach_funds(slice_)
    if reach.reason:
        return Parts((), (), reason=reach.reason)
    return replace(reached_parts(slice_, mode, tuple(reach.shares.items())), rows=reach.rows)


@keep_of_firms
def reached_parts(slice_: LedgerSlice, mode: TagMode, shares: tuple[tuple[int, float], ...]) -> Parts:
    """The same by the share of each fund that was reached: payments of investors tell nothing beside it."""
    own = direct_parts(slice_, mode)
    if not shares:
        return own
    park = park_id_of(slice_)
    portions = {fund: Portion(partial(_take_share, share), park) for fund, share in shares}
    cutter = PieceCutter(slice_.whole(), mode, industry_of(slice_))
    held, paid = tuple(cutter.held(portions)), tuple(cutter.paid(portions))
    return Parts((*own.held, *held), (*own.paid, *paid), shares=dict(shares))


def reach_funds(slice_: LedgerSlice) -> Reach:
    """The scope's share of each fund that its money reached, by paid-in capital.

    It walks only through funds that the person may see: what a share is worth there would tell of the others.
    """
    if slice_.scope.name in (ScopeName.CITY, ScopeName.INDUSTRY, ScopeName.COMPANY):
        return Reach({})  # every fund that may be seen is in the scope
    lines = whole_capital(slice_, Basis.PAID_IN).lines
    seen, hidden = _walk(slice_, lines)
    if hidden:
        return Reach({}, reason=NOT_YOURS)
    if not seen:
        return Reach({})
    inflows = [line for line in lines if line.fund in seen]
    names = [*slice_.members, *seen]
    place = {fund: at for at, fund in enumerate(names)}
    external = np.zeros((len(names), 2), dtype=np.int64)
    held = np.zeros((len(names), len(names)), dtype=np.int64)
    for fund, piece in slice_.members.items():
        part = piece.end - piece.start
        external[place[fund]] = part, WHOLE - part
    for line in inflows:
        if line.investor_fund in place:
            held[place[line.investor_fund], place[line.fund]] += line.amount
        else:
            external[place[line.fund], 1] += line.amount
    found = look_through([str(name) for name in names], external, held)
    shares = found.shares[len(slice_.members) :, 0]
    if not found.solved.all():
        return Reach({}, reason=found.findings[0].code)
    rows = tuple(f"entry:{row}" for row in sorted({row for line in inflows for row in line.rows.tolist()}))
    return Reach(dict(zip(seen, np.clip(shares, 0.0, 1.0).tolist(), strict=True)), rows)


def _walk(slice_: LedgerSlice, lines: Iterable[CapitalLine]) -> tuple[list[int], set[int]]:
    """The funds outside the scope that its money went into, in order, and those that may not be seen."""
    children: dict[int, list[int]] = {}
    for line in lines:
        if line.investor_fund is not None and line.amount > 0:
            children.setdefault(line.investor_fund, []).append(line.fund)
    sight = {fund.id for fund in slice_.readable_funds}
    seen: set[int] = set()
    hidden: set[int] = set()
    waiting = list(slice_.members)
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child in slice_.members or child in seen:
                continue
            if child in sight:
                seen.add(child)
                waiting.append(child)
            else:
                hidden.add(child)
    return sorted(seen), hidden


def _take_share(share: float, amounts: Sequence[int]) -> Sequence[int]:
    """The share of each amount, to the fen."""
    parts: Sequence[int] = attribute(list(amounts), [share, 1.0 - share])[:, 0].tolist()
    return parts
