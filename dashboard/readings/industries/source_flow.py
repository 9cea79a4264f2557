"""The scope's money from end to end: natures → funds → links of the chains, balanced fund by fund to the fen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from dashboard.readings.industries.alignment_pieces import TagMode, paid_pieces
from dashboard.readings.industries.segments_flow import place_firm
from dashboard.readings.money.capital import Capital, CapitalClass, capital_by_investor
from dashboard.readings.money.composition import look_through_scope
from dashboard.readings.money.money_flow import (
    OUTSIDE_GIVER,
    Flows,
    Link,
    Placement,
    flow_rows,
    fund_links,
    fund_node,
)
from funds.kinds import Basis
from funds.queries.attribution import WHOLE
from funds.queries.ledger_slice import LedgerSlice
from valuation import attribute

SOURCE_FLOW = "source_flow"


def source_flow_rows(slice_: LedgerSlice, *, look_through: bool = False) -> Iterator[dict[str, object]]:
    """The links that carry money; an industry's node is `industry:CODE/SEGMENT`, by the firm's main tag.

    Looked through, money of funds outside the scope is told by its own natures, as far as these can be known.
    """
    placed: Counter[Placement] = Counter()
    for piece in paid_pieces(slice_, TagMode.PRIMARY):
        industry, segment = place_firm(slice_.facts, piece.company)
        node = f"industry:{industry or ''}/{segment or ''}"
        placed[Placement(piece.fund, node, piece.park, piece.weight_ppm == WHOLE)] += piece.amount
    flows = fund_links(slice_, placed)
    if look_through:
        flows = _tell_natures(slice_, flows)
    for row in flow_rows(flows):
        yield {**row, "table": SOURCE_FLOW}


def _tell_natures(slice_: LedgerSlice, flows: Flows) -> Flows:
    """The flows with money of funds outside the scope split as those funds' own money is."""
    capital = capital_by_investor(slice_, Basis.PAID_IN)
    told: Flows = Counter(flows)
    for fund in slice_.members:
        link = Link(OUTSIDE_GIVER, fund_node(slice_, fund))
        amount = told[link]
        parts = _split(slice_, capital, fund, amount) if amount > 0 else {}
        for kind, part in parts.items():
            told[Link(f"nature:{kind}", link.taker)] += part
            told[link] -= part
    return told


def _split(slice_: LedgerSlice, capital: Capital, fund: int, amount: int) -> dict[CapitalClass, int]:
    """An amount by the natures of the money of the funds that put it in; nothing where these are not known."""
    lines = [line for line in capital.lines if line.fund == fund and line.investor_fund is not None]
    seen = look_through_scope(slice_, replace(capital, lines=tuple(lines)))
    kinds = [kind for kind, part in seen.amounts.items() if part > 0]
    if seen.reason or not kinds:
        return {}
    parts = attribute(amount, [float(seen.amounts[kind]) for kind in kinds])
    return dict(zip(kinds, parts.tolist(), strict=True))
