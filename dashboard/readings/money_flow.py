"""Where paid-in money came from and what it went into: natures → funds → industries, balanced to the fen."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.readings.alignment import TagMode, weigh
from dashboard.readings.answers import Reading
from dashboard.readings.capital import CapitalClass, InvestorClasses
from funds.kinds import EntryKind
from funds.queries.attribution import WHOLE, cut
from funds.queries.ledger_slice import LedgerSlice

# What a fund did not put into firms or funds; and what it put in beyond the money paid in.
KEPT, REUSED = "kept", "reused"
# Funds of the book that lie outside the scope, or the part of one that belongs to another park.
OUTSIDE_GIVER, OUTSIDE_TAKER = "outside_giver", "outside_taker"
NO_INDUSTRY = "industry:"


@dataclass(frozen=True, order=True)
class Link:
    """Two nodes, and whether the money serves a leading industry of the park that owns it."""

    source: str
    target: str
    is_leading: bool = False


Flows = Counter[Link]


def read_money_flow(slice_: LedgerSlice) -> Reading:
    """Every yuan paid into the scope's funds, by whose it is and what it went into.

    Of each fund: money paid in (+ reused) = paid into firms + paid into funds + kept. Kept is the
    remainder: fees, money given back and cash; where more was put in than was paid in, the rest is
    money that had come back and was used again. Amounts are the ledger's, cut to the scope line by line.
    """
    flows = _capital_flows(slice_)
    flows.update(_fund_flows(slice_))
    flows.update(_industry_flows(slice_))
    flows.update(_remainders(flows, [f"fund:{fund.code}" for fund in slice_.member_funds]))
    rows = tuple(
        {"source": link.source, "target": link.target, "amount": amount, "is_leading": link.is_leading}
        for link, amount in sorted(flows.items())
        if amount
    )
    return Reading("money_flow", slice_.scope.label, slice_.as_of, slice_.version, (), rows)


def _node(slice_: LedgerSlice, fund: int) -> str:
    return f"fund:{slice_.facts.funds[fund].code}"


def _capital_flows(slice_: LedgerSlice) -> Flows:
    """Money of investors that are no funds of the book."""
    classes = InvestorClasses(slice_)
    paid = slice_.entries.of_kind(EntryKind.PAID_IN)
    flows: Flows = Counter()
    for fund, party, amount in zip(
        paid.fund.tolist(), paid.counterparty.tolist(), paid.amount.tolist(), strict=True
    ):
        kind, _ = classes.of(party)
        if kind is not CapitalClass.FUND:
            flows[Link(f"nature:{kind}", _node(slice_, fund))] += amount
    return flows


def _fund_flows(slice_: LedgerSlice) -> Flows:
    """Money between funds: what both sides hold in the scope is one link, what one side holds alone crosses it."""
    given = _by_pair(slice_, EntryKind.STAKE_PAYMENT)
    taken = {
        (mother, child): amount for (child, mother), amount in _by_pair(slice_, EntryKind.PAID_IN).items()
    }
    flows: Flows = Counter()
    for mother, child in sorted(given.keys() | taken.keys()):
        out, into = -given.get((mother, child), 0), taken.get((mother, child), 0)
        shared = max(0, min(out, into))
        if shared:
            flows[Link(_node(slice_, mother), _node(slice_, child))] += shared
        if into != shared:
            flows[Link(OUTSIDE_GIVER, _node(slice_, child))] += into - shared
        if out != shared:
            flows[Link(_node(slice_, mother), OUTSIDE_TAKER)] += out - shared
    return flows


def _by_pair(slice_: LedgerSlice, kind: EntryKind) -> dict[tuple[int, int], int]:
    """Sums by fund of the scope and fund at the other side."""
    lines = slice_.entries.of_kind(kind)
    sums: Counter[tuple[int, int]] = Counter()
    for fund, party, amount in zip(
        lines.fund.tolist(), lines.counterparty.tolist(), lines.amount.tolist(), strict=True
    ):
        other = slice_.fund_of_party.get(party)
        if other is not None:
            sums[fund, other] += amount
    return dict(sums)


def _industry_flows(slice_: LedgerSlice) -> Flows:
    """Money paid into firms, by the industry of the firm's main tag, for each park that owns the fund."""
    holdings = slice_.ledger.holdings
    firms = dict(zip(holdings.id.tolist(), holdings.company.tolist(), strict=True))
    lines = slice_.ledger.entries.of_kind(EntryKind.INVESTMENT)
    lines = lines.take(slice_.holds(lines.fund))
    flows: Flows = Counter()
    for fund in slice_.members:
        own = lines.take(lines.fund == fund)
        for park, piece in slice_.owners(fund).items():
            amounts = cut(-own.amount, piece.start, piece.end).tolist()
            for holding, amount in zip(own.holding.tolist(), amounts, strict=True):
                industry, is_leading = _industry_of(slice_, firms.get(holding, -1), park)
                flows[Link(_node(slice_, fund), industry, is_leading)] += amount
    return flows


def _industry_of(slice_: LedgerSlice, company: int, park: int | None) -> tuple[str, bool]:
    facts = slice_.facts
    tags = facts.tags.get(company, ())
    main = max(tags, key=lambda tag: (tag.is_primary, tag.weight_ppm), default=None)
    if main is None or main.industry_id not in facts.industries:
        return NO_INDUSTRY, False
    leading = facts.leading_on(park, slice_.as_of)
    weight = weigh(tags, leading, TagMode.PRIMARY, facts)
    return f"industry:{facts.industries[main.industry_id].code}", weight == WHOLE


def _remainders(flows: Flows, funds: Iterable[str]) -> dict[Link, int]:
    return dict(_remainder_links(flows, funds))


def _remainder_links(flows: Flows, funds: Iterable[str]) -> Iterator[tuple[Link, int]]:
    for fund in funds:
        into = sum(amount for link, amount in flows.items() if link.target == fund)
        out = sum(amount for link, amount in flows.items() if link.source == fund)
        if into >= out:
            yield Link(fund, KEPT), into - out
        else:
            yield Link(REUSED, fund), out - into
