"""What stands behind one band of the flow: who paid whom, and the rows of the book that say so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.readings.money.capital import TABLES, capital_by_investor
from dashboard.readings.money.money_flow import OUTSIDE_GIVER, OUTSIDE_TAKER, industry_of
from dashboard.readings.money.money_flow_tiers import CITY_PARK, fund_tiers
from dashboard.readings.money.stake_pieces import stake_pieces
from dashboard.readings.money.yuan_flow import source_node
from funds.kinds import Basis, EntryKind
from funds.queries.attribution import cut
from funds.queries.facts import NamedThing
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class YuanLine:
    """What passed between a fund of the scope and one other side, in fen, and the rows behind it."""

    fund: str
    fund_name: str
    other: str
    other_name: str
    amount: int
    entries: tuple[str, ...]


def read_band_lines(slice_: LedgerSlice, basis: Basis, giver: str, taker: str) -> list[YuanLine]:
    """The lines of a band between two nodes, the largest first; bands of what is left have none of their own.

    Bands that pass a fund outside the scope name the payments of that fund: whose money these are is
    shared out by what it is made of.
    """
    if giver.startswith("nature:") or giver == OUTSIDE_GIVER:
        found = _from_outside(slice_, basis, giver, taker)
    elif taker.startswith("tier:") or taker == OUTSIDE_TAKER:
        found = _between(slice_, basis, giver, taker)
    elif taker.startswith(("industry:", "park:")):
        found = _into_firms(slice_, giver, taker)
    else:
        return []
    return sorted(found, key=lambda line: (-line.amount, line.fund, line.other))


def _from_outside(slice_: LedgerSlice, basis: Basis, giver: str, taker: str) -> Iterator[YuanLine]:
    tiers, facts = fund_tiers(slice_), slice_.facts
    through = OUTSIDE_GIVER in (giver, taker)
    for line in capital_by_investor(slice_, basis).lines:
        into = f"tier:{tiers[line.fund]}"
        is_of_fund = line.investor_fund is not None
        if not line.outside or is_of_fund != through or taker not in (into, OUTSIDE_GIVER):
            continue
        if not through and source_node(line.capital_class, line.level) != giver:
            continue
        is_known = line.investor in facts.parties
        other = (
            facts.funds[line.investor_fund]
            if line.investor_fund is not None
            else facts.parties[line.investor]
            if is_known
            else None
        )
        yield _line(slice_, line.fund, other, line.outside, _name(basis, line.rows.tolist()))


def _between(slice_: LedgerSlice, basis: Basis, giver: str, taker: str) -> Iterator[YuanLine]:
    tiers = fund_tiers(slice_)
    for piece in stake_pieces(slice_, basis):
        amount = piece.beyond if taker == OUTSIDE_TAKER else piece.inside
        to_there = taker in (OUTSIDE_TAKER, f"tier:{tiers[piece.child]}")
        if amount and to_there and giver == f"tier:{tiers[piece.mother]}":
            child = slice_.facts.funds[piece.child]
            yield _line(slice_, piece.mother, child, amount, _name(basis, piece.rows.tolist()))


def _into_firms(slice_: LedgerSlice, giver: str, taker: str) -> Iterator[YuanLine]:
    """Payments into firms, cut to the parks that own the fund, of those that the band's ends name."""
    tiers, facts = fund_tiers(slice_), slice_.facts
    for (fund, company, park), (amount, rows) in _payments(slice_).items():
        industry, _ = industry_of(slice_, company, park)
        owner = CITY_PARK if park is None else f"park:{facts.parks[park].code}"
        ends = {f"tier:{tiers[fund]}", industry} if taker == industry else {industry, owner}
        if {giver, taker} == ends and amount:
            entries = tuple(f"entry:{row}" for row in rows)
            yield _line(slice_, fund, facts.companies.get(company), amount, entries)


def _payments(slice_: LedgerSlice) -> Mapping[tuple[int, int, int | None], tuple[int, list[int]]]:
    """By fund, firm and owning park: the amount cut line by line, and the lines."""
    holdings, lines = slice_.ledger.holdings, slice_.uncut_entries.of_kind(EntryKind.INVESTMENT)
    firms = dict(zip(holdings.id.tolist(), holdings.company.tolist(), strict=True))
    owners = {fund: slice_.owners(fund) for fund in slice_.members}
    found: dict[tuple[int, int, int | None], tuple[int, list[int]]] = {}
    columns = (lines.id, lines.fund, lines.holding, lines.amount)
    for row, fund, holding, amount in zip(*(one.tolist() for one in columns), strict=True):
        for park, piece in owners[fund].items():
            part = int(cut(np.array([-amount]), piece.start, piece.end)[0])
            total, rows = found.get((fund, firms.get(holding, -1), park), (0, []))
            rows.append(row)
            found[fund, firms.get(holding, -1), park] = total + part, rows
    return found


def _name(basis: Basis, rows: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{TABLES[basis]}:{row}" for row in rows)


def _line(
    slice_: LedgerSlice, fund: int, other: NamedThing | None, amount: int, entries: tuple[str, ...]
) -> YuanLine:
    known = slice_.facts.funds[fund]
    code, name = ("", "") if other is None else (other.code, other.name)
    return YuanLine(known.code, known.name, code, name, amount, entries)
