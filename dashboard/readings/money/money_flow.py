"""Where paid-in money came from and what it went into: natures → funds → industries, balanced to the fen."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.readings.answers import Reading
from dashboard.readings.industries.alignment import TagMode, weigh
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.money.capital import CapitalClass, InvestorClasses
from dashboard.readings.money.row_groups import RowGroups
from funds.kinds import EntryKind
from funds.queries.attribution import WHOLE, cut
from funds.queries.columns import Int
from funds.queries.ledger_slice import LedgerSlice

# What a fund did not put into firms or funds; and what it put in beyond the money paid in.
KEPT, REUSED = "kept", "reused"
# Funds of the book that lie outside the scope, or the part of one that belongs to another park.
OUTSIDE_GIVER, OUTSIDE_TAKER = "outside_giver", "outside_taker"
NO_INDUSTRY = "industry:"


@dataclass(frozen=True, order=True)
class Link:
    """Two nodes, and whether the money serves a leading industry of the park that owns it."""

    giver: str
    taker: str
    is_leading: bool = False


@dataclass(frozen=True)
class Placement:
    """Where a fund's money went: into which industry, on whose part (None = the city's), leading there or not."""

    fund: int
    industry: str
    park: int | None
    is_leading: bool


Flows = Counter[Link]


def read_money_flow(slice_: LedgerSlice) -> Reading:
    """Every yuan paid into the scope's funds, by whose it is and what it went into.

    Of each fund: money paid in (+ reused) = paid into firms + paid into funds + kept. Kept is the
    remainder: fees, money given back and cash; where more was put in than was paid in, the rest is
    money that had come back and was used again. Amounts are the ledger's, cut to the scope line by line.
    """
    rows = flow_rows(fund_links(slice_, place_money(slice_)))
    return Reading("money_flow", slice_.scope.label, slice_.as_of, slice_.version, (), tuple(rows))


def flow_rows(flows: Flows) -> Iterator[dict[str, object]]:
    """The links that carry money, in order."""
    for link, amount in sorted(flows.items()):
        if amount:
            yield {
                "table": "flow",
                "giver": link.giver,
                "taker": link.taker,
                "amount": amount,
                "is_leading": link.is_leading,
            }


def fund_node(slice_: LedgerSlice, fund: int) -> str:
    """How a fund is called as a node."""
    return f"fund:{slice_.facts.funds[fund].code}"


def fund_links(slice_: LedgerSlice, placed: Counter[Placement]) -> Flows:
    """All links of the scope, fund by fund, with what each kept or used again."""
    flows = _capital_flows(slice_)
    flows.update(_between_flows(slice_))
    for place, amount in placed.items():
        flows[Link(fund_node(slice_, place.fund), place.industry, place.is_leading)] += amount
    flows.update(dict(_remainders(flows, [fund_node(slice_, fund) for fund in slice_.members])))
    return flows


@keep_of_firms
def place_money(slice_: LedgerSlice) -> Counter[Placement]:
    """Money paid into firms, by the industry of the firm's main tag, for each park that owns the fund."""
    holdings = slice_.ledger.holdings
    firms = dict(zip(holdings.id.tolist(), holdings.company.tolist(), strict=True))
    lines = slice_.ledger.entries.of_kind(EntryKind.INVESTMENT)
    lines = lines.take(slice_.holds(lines.fund))
    placed: Counter[Placement] = Counter()
    for fund in slice_.members:
        own = lines.take(lines.fund == fund)
        for park, piece in slice_.owners(fund).items():
            amounts = cut(-own.amount, piece.start, piece.end)
            for (_, holding), amount in sum_pairs(own.fund, own.holding, amounts).items():
                industry, is_leading = industry_of(slice_, firms.get(holding, -1), park)
                placed[Placement(fund, industry, park, is_leading)] += amount
    return placed


def sum_pairs(first: Int, second: Int, amounts: Int) -> dict[tuple[int, int], int]:
    """Sums of amounts by two columns of ids, exact and without a loop over lines."""
    pairs = RowGroups.of(first, second)
    sums = zip(*(key.tolist() for key in pairs.keys), pairs.sums(amounts).tolist(), strict=True)
    return {(one, other): total for one, other, total in sums}


def _capital_flows(slice_: LedgerSlice) -> Flows:
    """Money of investors that are no funds of the book."""
    classes = InvestorClasses(slice_)
    flows: Flows = Counter()
    for (fund, party), amount in slice_.flow_sums.of(EntryKind.PAID_IN).by_pair().items():
        kind, _ = classes.of(party)
        if kind is not CapitalClass.FUND:
            flows[Link(f"nature:{kind}", fund_node(slice_, fund))] += amount
    return flows


def _between_flows(slice_: LedgerSlice) -> Flows:
    """Money between funds: what both sides hold in the scope is one link, what one side holds alone crosses it."""
    given = _by_fund_pair(slice_, EntryKind.STAKE_PAYMENT)
    taken = {
        (mother, child): amount
        for (child, mother), amount in _by_fund_pair(slice_, EntryKind.PAID_IN).items()
    }
    flows: Flows = Counter()
    for mother, child in sorted(given.keys() | taken.keys()):
        out, into = -given.get((mother, child), 0), taken.get((mother, child), 0)
        shared = max(0, min(out, into))
        if shared:
            flows[Link(fund_node(slice_, mother), fund_node(slice_, child))] += shared
        if into != shared:
            flows[Link(OUTSIDE_GIVER, fund_node(slice_, child))] += into - shared
        if out != shared:
            flows[Link(fund_node(slice_, mother), OUTSIDE_TAKER)] += out - shared
    return flows


def _by_fund_pair(slice_: LedgerSlice, kind: EntryKind) -> dict[tuple[int, int], int]:
    """Sums by fund of the scope and fund at the other side."""
    known = slice_.fund_of_party
    pairs = slice_.flow_sums.of(kind).by_pair().items()
    return {(fund, known[party]): amount for (fund, party), amount in pairs if party in known}


def industry_of(slice_: LedgerSlice, company: int, park: int | None) -> tuple[str, bool]:
    """The industry of a firm's main tag as a node, and whether it leads in a park (None = the city)."""
    facts = slice_.facts
    tags = facts.tags.get(company, ())
    main = max(tags, key=lambda tag: (tag.is_primary, tag.weight_ppm), default=None)
    # An industry that the code book did not know yet on the day may lead all the same, as in AL01.
    is_leading = weigh(tags, facts.leading_on(park, slice_.as_of), TagMode.PRIMARY, facts) == WHOLE
    if main is None or main.industry_id not in facts.industries:
        return NO_INDUSTRY, is_leading
    return f"industry:{facts.industries[main.industry_id].code}", is_leading


def _remainders(flows: Flows, funds: Iterable[str]) -> Iterator[tuple[Link, int]]:
    into: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for link, amount in flows.items():
        out[link.giver] += amount
        into[link.taker] += amount
    for fund in funds:
        if into[fund] >= out[fund]:
            yield Link(fund, KEPT), into[fund] - out[fund]
        else:
            yield Link(REUSED, fund), out[fund] - into[fund]
