"""The same flow of money for many funds: natures → tiers of funds → industries → parks, balanced to the fen."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from dashboard.readings.answers import Reading
from dashboard.readings.kept_answers import keep_answer, keep_for_city
from dashboard.readings.lasting_answers import without_filed
from dashboard.readings.money.money_flow import Flows, Link, flow_rows, fund_links, fund_node, place_money
from dashboard.readings.money.row_groups import RowGroups
from funds.kinds import EntryKind
from funds.queries.columns import NOBODY
from funds.queries.id_map import IdMap
from funds.queries.ledger_slice import LedgerSlice

CITY_PARK = "park:"  # the part of a fund that belongs to no park


def read_tier_flow(slice_: LedgerSlice) -> Reading:
    """Every yuan paid into the scope's funds, by nature, tier of fund, industry and the park that owns it.

    Money between two funds of one tier (which hold one another in a circle) stays inside the tier. The
    part of a fund that belongs to no park goes to the city itself; kept and reused are as fund by fund.
    """
    return _tier_flow(without_filed(slice_))


@keep_answer
def _tier_flow(slice_: LedgerSlice) -> Reading:
    tiers = fund_tiers(slice_)
    names = {fund_node(slice_, fund): f"tier:{tiers[fund]}" for fund in slice_.members}
    placed = place_money(slice_)
    flows: Flows = Counter()
    for link, amount in fund_links(slice_, placed).items():
        giver, taker = names.get(link.giver, link.giver), names.get(link.taker, link.taker)
        if giver != taker:
            flows[Link(giver, taker, link.is_leading)] += amount
    for place, amount in placed.items():
        flows[Link(place.industry, _park_node(slice_, place.park), place.is_leading)] += amount
    return Reading(
        "money_flow", slice_.scope.label, slice_.as_of, slice_.version, (), tuple(flow_rows(flows))
    )


def tier_rows(slice_: LedgerSlice) -> list[dict[str, object]]:
    """How many funds of the scope stand in each tier, from the first on."""
    tiers = fund_tiers(slice_)
    counts = Counter(tiers[fund] for fund in slice_.members)
    return [{"table": "tier", "tier": tier, "funds": counts[tier]} for tier in sorted(counts)]


@keep_for_city
def fund_tiers(slice_: LedgerSlice) -> Mapping[int, int]:
    """The tier of each fund of the book: 1 without a mother in it, else one below its lowest mother.

    Mothers are funds that committed or paid to it by the day. Funds that hold one another in a circle
    share a tier, so that no path leads back.
    """
    return _work_out_tiers(list(slice_.facts.funds), _mother_pairs(slice_))


def _mother_pairs(slice_: LedgerSlice) -> set[tuple[int, int]]:
    """Mother and child, each pair once."""
    promised = slice_.ledger.commitments
    paid = slice_.ledger.entries.of_kind(EntryKind.PAID_IN)
    known, pairs = IdMap(slice_.fund_of_party), set[tuple[int, ...]]()
    for parties, funds in ((promised.investor, promised.fund), (paid.counterparty, paid.fund)):
        mothers = known.find(parties)
        held = np.flatnonzero(mothers != NOBODY)
        pairs.update(RowGroups.of(mothers[held], funds[held]).names())
    return {(mother, child) for mother, child in pairs}


def _work_out_tiers(funds: list[int], pairs: set[tuple[int, int]]) -> Mapping[int, int]:
    at = {fund: place for place, fund in enumerate(funds)}
    if not funds:
        return {}
    arrows = [(at[mother], at[child]) for mother, child in pairs if mother in at and child in at]
    sides = np.array(arrows, dtype=np.int64).reshape(-1, 2).T
    shape = (len(funds), len(funds))
    circles = connected_components(
        coo_array((np.ones(sides.shape[1], dtype=np.int64), (sides[0], sides[1])), shape=shape),
        connection="strong",
    )[1]
    above = {(int(circles[mother]), int(circles[child])) for mother, child in arrows}
    tiers = _rank_circles(int(circles.max()) + 1, {pair for pair in above if pair[0] != pair[1]})
    return {fund: tiers[int(circles[place])] for place, fund in enumerate(funds)}


def _rank_circles(count: int, above: set[tuple[int, int]]) -> list[int]:
    """The longest path to each from those with nothing above; there are no circles left among them."""
    tiers = [1] * count
    waiting = Counter(child for _, child in above)
    children: dict[int, list[int]] = {}
    for mother, child in above:
        children.setdefault(mother, []).append(child)
    ready = [circle for circle in range(count) if not waiting[circle]]
    while ready:
        mother = ready.pop()
        for child in children.get(mother, []):
            tiers[child] = max(tiers[child], tiers[mother] + 1)
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return tiers


def _park_node(slice_: LedgerSlice, park: int | None) -> str:
    return CITY_PARK if park is None else f"park:{slice_.facts.parks[park].code}"
