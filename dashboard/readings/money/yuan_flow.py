"""Every yuan from its source through the tiers of funds to industries and parks, nature by nature, to the fen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dashboard.readings.money.capital import Capital, CapitalClass, capital_by_investor
from dashboard.readings.money.exact_shares import portion, share_out
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.money_flow import KEPT, OUTSIDE_GIVER, OUTSIDE_TAKER, REUSED, place_money
from dashboard.readings.money.money_flow_tiers import CITY_PARK, fund_tiers
from dashboard.readings.money.money_pools import Pool, Way
from dashboard.readings.money.sources import Source, fund_sources
from dashboard.readings.money.stake_pieces import stake_pieces
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice

YUAN, CUT = "yuan", "yuan_cut"
# What was promised to the scope's funds, has not arrived, and is not promised on to other funds.
UNPAID = "unpaid"
ENDS = (KEPT, UNPAID, OUTSIDE_TAKER)
NATURES = (
    CapitalClass.FISCAL,
    CapitalClass.STATE_OWNED,
    CapitalClass.SOCIAL,
    CapitalClass.UNDETERMINED,
)
# By two nodes, the place of the nature in NATURES, and whether it leads: to number natures is quicker than to hash them.
Amounts = dict[tuple[tuple[str, str], int, bool], int]


@dataclass(frozen=True, order=True)
class Band:
    """Two nodes, whose money it is in the end, and whether it serves a leading industry of the owning park."""

    giver: str
    taker: str
    nature: CapitalClass
    is_leading: bool = False


@dataclass(frozen=True)
class YuanFlow:
    """The bands of a scope on one basis; with a reason there are none."""

    basis: Basis
    bands: Mapping[Band, int]
    reason: str | None = None


def yuan_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """Tables `yuan` (bands) and `yuan_cut` (what crosses between two columns, the same at each)."""
    for basis in options.bases:
        flow = trace_yuan(slice_, basis)
        if flow.reason is not None:
            yield {"table": YUAN, "basis": str(basis), "reason": flow.reason}
            continue
        for band, amount in sorted(flow.bands.items()):
            if amount:
                yield {
                    "table": YUAN,
                    "basis": str(basis),
                    "giver": band.giver,
                    "taker": band.taker,
                    "nature": str(band.nature),
                    "is_leading": band.is_leading,
                    "amount": amount,
                }
        yield from _cut_rows(flow)


def trace_yuan(slice_: LedgerSlice, basis: Basis) -> YuanFlow:
    """The bands, pool by pool from the first tier down.

    A pool's money is one: whatever it pays is split as what came in is (等比例), each payment and each
    nature to the fen. What came in = what went into firms and funds + what is left; where more went out,
    the rest had come back and was used again, and is split alike.
    """
    pools, at = _make_pools(slice_)
    bands: Amounts = {}
    capital = capital_by_investor(slice_, basis)
    if reason := _take_in(slice_, capital, pools, at, bands):
        return YuanFlow(basis, {}, reason)
    _add_ways(slice_, basis, pools, at)
    for key in sorted(pools, key=lambda one: (pools[one].tier, one)):
        if reason := _settle(pools[key], pools, bands):
            return YuanFlow(basis, {}, reason)
    named = {Band(*path, NATURES[at], is_leading): amount for (path, at, is_leading), amount in bands.items()}
    return YuanFlow(basis, named)


def source_node(kind: CapitalClass, level: object) -> str:
    """How a source is called as a node: its nature, and the level of government behind it."""
    return f"nature:{kind}" if level is None else f"nature:{kind}:{level}"


def column_of(node: str, last_tier: int) -> float:
    """Where a node stands: sources at 0, funds outside before the first tier, parks and what is left at the end."""
    if node.startswith("tier:"):
        return int(node.partition(":")[2])
    if node.startswith("industry:"):
        return last_tier + 1
    if node.startswith("park:") or node in ENDS:
        return last_tier + 2
    return 0.5 if node == OUTSIDE_GIVER else 0


def _make_pools(slice_: LedgerSlice) -> tuple[dict[int, Pool], dict[int, int]]:
    """A pool for each fund of the scope; funds in a circle (which share a tier) have one together."""
    tiers = fund_tiers(slice_)
    at = {fund: fund for fund in slice_.members}
    for basis in Basis:
        for line in capital_by_investor(slice_, basis).between():
            mother = line.investor_fund
            if mother is not None and tiers[mother] == tiers[line.fund] and at[mother] != at[line.fund]:
                joined, gone = sorted((at[mother], at[line.fund]))
                at = {fund: joined if pool == gone else pool for fund, pool in at.items()}
    return {pool: Pool(tiers[pool]) for pool in sorted(set(at.values()))}, at


def _take_in(
    slice_: LedgerSlice,
    capital: Capital,
    pools: Mapping[int, Pool],
    at: Mapping[int, int],
    bands: Amounts,
) -> str | None:
    """Money from outside the scope; that of funds by what these are made of. Returns why it cannot be told."""
    for line in capital.lines:
        pool = pools[at[line.fund]]
        if not line.outside:
            continue
        if line.investor_fund is None:
            pool.received[line.capital_class] += line.outside
            node = source_node(line.capital_class, line.level)
            _add(bands, (node, pool.node), line.capital_class, line.outside)
            continue
        found = fund_sources(slice_, capital.basis)
        if reason := found.reason_of([line.investor_fund]):
            return reason
        parts = found.split([line.investor_fund], [line.outside])[0].tolist()
        for source, part in zip(found.sources, parts, strict=True):
            _take_through(source, part, pool, bands)
    return None


def _take_through(source: Source, part: int, pool: Pool, bands: Amounts) -> None:
    """A source's money that comes through a fund outside the scope."""
    kind = source.capital_class
    pool.received[kind] += part
    _add(bands, (source_node(kind, source.level), OUTSIDE_GIVER), kind, part)
    _add(bands, (OUTSIDE_GIVER, pool.node), kind, part)


def _add(bands: Amounts, path: tuple[str, str], kind: CapitalClass, amount: int) -> None:
    key = path, NATURES.index(kind), False
    bands[key] = bands.get(key, 0) + amount


def _add_ways(slice_: LedgerSlice, basis: Basis, pools: Mapping[int, Pool], at: Mapping[int, int]) -> None:
    """Where each pool's money went: funds of the scope, funds outside it, firms of an industry for a park."""
    for piece in stake_pieces(slice_, basis):
        mother, pool = at[piece.mother], pools[at[piece.mother]]
        child = at.get(piece.child)
        # Money inside a circle of funds neither comes nor goes.
        if child is not None and child != mother and piece.inside:
            pool.ways.append(Way((pools[child].node,), piece.inside, pool=child))
        if piece.beyond:
            pool.ways.append(Way((OUTSIDE_TAKER,), piece.beyond))
    for place, amount in sorted(place_money(slice_).items(), key=lambda one: str(one[0])):
        park = CITY_PARK if place.park is None else f"park:{slice_.facts.parks[place.park].code}"
        pools[at[place.fund]].ways.append(Way((place.industry, park), amount, place.is_leading))
    if basis is Basis.COMMITTED:
        _add_uncalled(slice_, pools, at)


def _add_uncalled(slice_: LedgerSlice, pools: Mapping[int, Pool], at: Mapping[int, int]) -> None:
    """What each pool may still call, less what its own commitments may still be called for."""
    for basis, sign in ((Basis.COMMITTED, 1), (Basis.PAID_IN, -1)):
        for line in capital_by_investor(slice_, basis).lines:
            pools[at[line.fund]].uncalled += sign * line.amount
        for piece in stake_pieces(slice_, basis):
            pools[at[piece.mother]].uncalled -= sign * (piece.inside + piece.beyond)


def _settle(pool: Pool, pools: Mapping[int, Pool], bands: Amounts) -> str | None:
    """Split all that a pool paid, hand it on, and name what is left; the reason where an amount is below nothing."""
    if any(amount < 0 for amount in (*pool.received.values(), *(way.amount for way in pool.ways))):
        return "look_through.bad_money"
    if pool.left < 0:
        _reuse(pool, bands)
    ways = [*pool.ways, *_leave(pool)]
    columns = [pool.received[kind] for kind in NATURES]
    for way, cells in zip(ways, share_out([way.amount for way in ways], columns), strict=True):
        for path in pairwise((pool.node, *way.nodes)):
            for at, amount in enumerate(cells):
                key = path, at, way.is_leading
                bands[key] = bands.get(key, 0) + amount
        if way.pool is not None:
            for kind, amount in zip(NATURES, cells, strict=True):
                pools[way.pool].received[kind] += amount
    return None


def _reuse(pool: Pool, bands: Amounts) -> None:
    """What went out beyond what came in, split as what came in; of a pool without any, nobody knows whose it is."""
    again = -pool.left
    columns = [pool.received[kind] for kind in NATURES]
    if not any(columns):
        columns = [int(kind is CapitalClass.UNDETERMINED) for kind in NATURES]
    for kind, amount in zip(NATURES, portion(again, columns), strict=True):
        pool.received[kind] += amount
        _add(bands, (REUSED, pool.node), kind, amount)


def _leave(pool: Pool) -> Iterator[Way]:
    unpaid = min(pool.left, max(0, pool.uncalled))
    for node, amount in ((UNPAID, unpaid), (KEPT, pool.left - unpaid)):
        if amount:
            yield Way((node,), amount)


def _cut_rows(flow: YuanFlow) -> Iterator[Mapping[str, object]]:
    """What crosses each line between two columns: after the sources, each tier, and the industries."""
    tiers = {int(node[5:]) for band in flow.bands for node in (band.giver, band.taker) if node[:5] == "tier:"}
    if not tiers:
        return
    last = max(tiers)
    again = sum(amount for band, amount in flow.bands.items() if band.giver == REUSED)
    names = {0.75: "source", **{tier + 0.5: f"tier:{tier}" for tier in sorted(tiers)}, last + 1.5: "industry"}
    for line, name in names.items():
        crossing = sum(
            amount
            for band, amount in flow.bands.items()
            if column_of(band.giver, last) < line < column_of(band.taker, last)
        )
        yield {"table": CUT, "basis": str(flow.basis), "cut": name, "amount": crossing, "reused": again}
