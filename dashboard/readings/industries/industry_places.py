"""Which parks lead in an industry, how much of their money is in it, and where they compete."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from dashboard.readings.answers import print_ratio
from dashboard.readings.industries.alignment_pieces import whole_city
from dashboard.readings.industries.comparison import FEWEST_OTHERS
from dashboard.readings.industries.comparison_quantiles import SPREAD, quantiles_of, round_percent
from dashboard.readings.industries.likeness import PARK, Pair, Unit, cost_by_industry
from dashboard.readings.industries.tag_parts import TagMode
from funds.queries.facts import LeadingIndustry, ParkFacts
from funds.queries.ledger_slice import LedgerSlice
from valuation import likeness

PLACE, SPREAD_TABLE, RIVAL = "industry_park", "industry_spread", "industry_rival"
NOT_YOURS = "industry.park_not_yours"
Rows = Iterator[Mapping[str, object]]


class ParkShares:
    """The remaining cost of every park's part of its funds, and what of it is in one industry."""

    def __init__(self, slice_: LedgerSlice, industry: int, mode: TagMode) -> None:
        self.slice, self.mode = slice_, mode
        self.inside: dict[int, int] = {}
        self.whole: dict[int, int] = {}
        for piece in whole_city(slice_, mode).held:
            if piece.park is not None:
                self.whole[piece.park] = self.whole.get(piece.park, 0) + piece.cost
        for piece in whole_city(slice_, mode, industry).held:
            if piece.park is not None:
                self.inside[piece.park] = self.inside.get(piece.park, 0) + piece.cost

    def share(self, park: int) -> Fraction | None:
        """How much of a park's cost is in the industry; None where it holds nothing."""
        whole = self.whole.get(park, 0)
        return Fraction(self.inside.get(park, 0), whole) if whole else None

    def is_readable(self, park: int) -> bool:
        """Whether what the park holds is the person's to read."""
        readable = self.slice.readable
        return readable.is_city or park in readable.park_ids


def place_rows(slice_: LedgerSlice, branch: frozenset[int], shares: ParkShares) -> Rows:
    """A row for each time of leading, today's first; money of a park only where the person may read it."""
    facts = slice_.facts
    led = [
        row
        for row in facts.leading
        if row.industry_id in branch and row.park_id in facts.parks and row.from_date <= slice_.as_of
    ]
    led.sort(
        key=lambda row: (not row.holds_on(slice_.as_of), row.rank, facts.parks[row.park_id].code, row.id)
    )
    for row in led:
        yield _place(slice_, row, shares)


def spread_row(slice_: LedgerSlice, branch: frozenset[int], shares: ParkShares) -> dict[str, object]:
    """How the share of cost is spread over the other parks that lead in the industry: told like any spread.

    Only of at least FEWEST_OTHERS parks, to the whole percent, and without the ends.
    """
    led = {row.park_id for row in _led_now(slice_, branch)}
    others = [park for park in led if not shares.is_readable(park)]
    known = [share for park in others if (share := shares.share(park)) is not None]
    row: dict[str, object] = {"table": SPREAD_TABLE, "n": len(known)}
    if len(known) < FEWEST_OTHERS:
        return row | dict.fromkeys(SPREAD) | {"reason": "park.too_few_others"}
    found = {name: round_percent(value) for name, value in quantiles_of(known).items()}
    return (
        row
        | {name: print_ratio(*value.as_integer_ratio()) for name, value in found.items()}
        | {"reason": None}
    )


def rival_rows(slice_: LedgerSlice, branch: frozenset[int], shares: ParkShares) -> Rows:
    """Pairs of parks that lead in the industry, as far as the person may read one of them.

    How alike their holdings are is only for who may read both.
    """
    facts = slice_.facts
    parks = sorted(
        {row.park_id: facts.parks[row.park_id] for row in _led_now(slice_, branch)}.values(),
        key=lambda park: park.code,
    )
    units = {park.id: _unit(slice_, park, shares.mode) for park in parks if shares.is_readable(park.id)}
    for first, second in combinations(parks, 2):
        if first.id not in units and second.id not in units:
            continue
        row: dict[str, object] = {
            "table": RIVAL,
            "first": first.code,
            "first_name": first.name,
            "second": second.code,
            "second_name": second.name,
            "AL10": None,
        }
        if first.id not in units or second.id not in units:
            yield row | {"reason": NOT_YOURS}
            continue
        one, other = units[first.id], units[second.id]
        like = likeness(one.costs, other.costs)
        if like is None:
            yield row | {"reason": "alignment.no_holdings"}
        else:
            yield row | {"AL10": Pair(one, other, like).difference, "reason": None}


def _led_now(slice_: LedgerSlice, branch: frozenset[int]) -> list[LeadingIndustry]:
    facts = slice_.facts
    return [
        row
        for row in facts.leading
        if row.industry_id in branch and row.park_id in facts.parks and row.holds_on(slice_.as_of)
    ]


def _place(slice_: LedgerSlice, row: LeadingIndustry, shares: ParkShares) -> dict[str, object]:
    facts, park = slice_.facts, slice_.facts.parks[row.park_id]
    industry = facts.industries[row.industry_id]
    is_readable, share = shares.is_readable(park.id), shares.share(park.id)
    reason = NOT_YOURS if not is_readable else None if share is not None else "alignment.no_holdings"
    return {
        "table": PLACE,
        "park": park.code,
        "park_name": park.name,
        "industry": industry.code,
        "industry_name": industry.name,
        "rank": row.rank,
        "from": row.from_date.isoformat(),
        "to": row.to_date.isoformat() if row.to_date else None,
        "is_leading": row.holds_on(slice_.as_of),
        "cost": shares.inside.get(park.id, 0) if is_readable else None,
        "share": print_ratio(share.numerator, share.denominator)
        if is_readable and share is not None
        else None,
        "reason": reason,
    }


def _unit(slice_: LedgerSlice, park: ParkFacts, mode: TagMode) -> Unit:
    held = [piece for piece in whole_city(slice_, mode).held if piece.park == park.id]
    costs = cost_by_industry(slice_.facts, mode, held)
    return Unit(PARK, park.code, park.name, costs, slice_.facts.leading_on(park.id, slice_.as_of), ())
