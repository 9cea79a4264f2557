"""AL10 and AL11: how unlike the funds' and the parks' bets are, and on how few firms and industries they lie."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import cached_property
from itertools import combinations

from dashboard.readings.answers import RATIO_DIGITS, Figure, absent, print_plain, print_ratio
from dashboard.readings.industries.alignment_bases import THROUGH
from dashboard.readings.industries.alignment_pieces import industry_of
from dashboard.readings.industries.alignment_shares import name_pieces
from dashboard.readings.industries.alignment_through import Parts, direct_parts, through_parts
from dashboard.readings.industries.piece_cutter import AlignedPiece
from dashboard.readings.industries.tag_parts import TagMode, Weigher, take
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.lasting_answers import keep_of_firms
from funds.kinds import IndustryCategory
from funds.queries.attribution import ALL, lay_out
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ACROSS_FUNDS, ScopeName, fund_scope, park_scope
from valuation import Likeness, likeness

# The policy row with the cosine above which a pair is shown as a repetition.
ALIKE_FROM = "AL10.similarity"
OVERLAP = "overlap"
FUND, PARK = "fund", "park"
# So many pairs are listed, the most alike first.
MOST_PAIRS = 200
# Room for the root of a product of two sums of squares, whatever the amounts.
EXACT = Context(prec=60)
NO_PAIR, ONE_INDUSTRY = "alignment.no_pair", "alignment.pairs_of_one_industry"
NOT_PARKS = "alignment.parks_of_city_only"

Vector = Mapping[int, int]


@dataclass(frozen=True)
class Unit:
    """A fund or a park with its cost by industry, and the industries that lead where it belongs."""

    kind: str
    code: str
    name: str
    costs: Vector
    leading: frozenset[int]
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two units, how alike their mixes are, and whether they share a leading industry (then by construction)."""

    first: Unit
    second: Unit
    like: Likeness

    @property
    def is_within(self) -> bool:
        """Whether both belong to parks that lead in one and the same industry."""
        return bool(self.first.leading & self.second.leading)

    @cached_property
    def cosine(self) -> Decimal:
        """1 is the same mix, 0 nothing in common."""
        length = EXACT.sqrt(Decimal(self.like.first_square * self.like.second_square))
        return EXACT.divide(Decimal(self.like.product), length)

    @property
    def difference(self) -> str:
        """AL10 of the pair: 1 − cosine."""
        return print_plain(RATIO_DIGITS.plus(EXACT.subtract(Decimal(1), self.cosine)))


def likeness_figures(
    slice_: LedgerSlice, pairs: Sequence[Pair], reason: str | None, *, is_through: bool
) -> Iterator[Figure]:
    """AL10 of the most alike pair of funds and of parks: of all, of those that share a leading industry, across."""
    for kind in (FUND, PARK):
        told = [pair for pair in pairs if pair.first.kind == kind]
        missing = _missing(kind, slice_.scope.name)
        for part, found in (
            ("pairs", told),
            ("pairs_within", [pair for pair in told if pair.is_within]),
            ("pairs_across", [pair for pair in told if not pair.is_within]),
        ):
            basis = f"{kind}_{part}{THROUGH if is_through else ''}"
            if not found:
                yield absent("AL10", basis, reason or missing)
                continue
            most = max(found, key=lambda pair: pair.cosine)
            rows = tuple(sorted({*most.first.rows, *most.second.rows}))
            yield Figure("AL10", basis, most.difference, entries=rows)


def concentration_figures(
    slice_: LedgerSlice, mode: TagMode, parts: Parts, *, is_through: bool
) -> Iterator[Figure]:
    """AL11: HHI = Σ share², and the number of equal holdings it stands for, by firm and by industry."""
    firms: Counter[int] = Counter()
    for piece in parts.held:
        firms[piece.firm.company] += piece.cost
    industries = cost_by_industry(slice_.facts, mode, parts.held, industry_of(slice_))
    rows = (*name_pieces(parts.held), *parts.rows)
    many = "alignment.multi_tag_no_sum" if mode is TagMode.MULTI_TAG else None
    for name, costs, refused in (("firms", firms, None), ("industries", industries, many)):
        squares, whole = sum(cost**2 for cost in costs.values()), sum(costs.values())
        suffix = THROUGH if is_through else ""
        reason = parts.reason or refused or (None if whole > 0 else "alignment.no_holdings")
        for basis in (f"hhi_{name}{suffix}", f"effective_{name}{suffix}"):
            if reason:
                yield absent("AL11", basis, reason, rows)
                continue
            top, bottom = (whole**2, squares) if basis.startswith("effective") else (squares, whole**2)
            yield Figure("AL11", basis, print_ratio(top, bottom), entries=rows)


@keep_answer
def read_pairs(
    slice_: LedgerSlice, mode: TagMode, *, is_through: bool
) -> tuple[tuple[Pair, ...], str | None]:
    """Pairs of the scope's funds, and for the city of its parks, the most alike first; or why there are none."""
    return _pair_up(slice_, mode, is_through=True) if is_through else _direct_pairs(slice_, mode)


@keep_of_firms
def _direct_pairs(slice_: LedgerSlice, mode: TagMode) -> tuple[tuple[Pair, ...], str | None]:
    return _pair_up(slice_, mode, is_through=False)


def _pair_up(slice_: LedgerSlice, mode: TagMode, *, is_through: bool) -> tuple[tuple[Pair, ...], str | None]:
    units: list[Unit] = []
    for part in (*_funds(slice_), *_parks(slice_)):
        found = through_parts(part, mode) if is_through else direct_parts(part, mode)
        if found.reason:
            return (), found.reason
        rows = (*name_pieces(found.held), *found.rows)
        units.append(_unit(part, cost_by_industry(slice_.facts, mode, found.held), rows))
    pairs = [
        Pair(first, second, like)
        for first, second in combinations(units, 2)
        if first.kind == second.kind
        if (like := likeness(first.costs, second.costs)) is not None
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.cosine, pair.first.code, pair.second.code))), None


def overlap_rows(slice_: LedgerSlice, pairs: Sequence[Pair]) -> Iterator[dict[str, object]]:
    """The pairs that have something in common, the most alike first; `is_alike` marks those above the policy's line."""
    asked = slice_.facts.policies.get(ALIKE_FROM)
    line = None if asked is None else asked.value_e6
    for pair in [pair for pair in pairs if pair.like.product][:MOST_PAIRS]:
        yield {
            "table": OVERLAP,
            "pair_of": pair.first.kind,
            "first": pair.first.code,
            "second": pair.second.code,
            "is_within": pair.is_within,
            "cosine": print_plain(RATIO_DIGITS.plus(pair.cosine)),
            "AL10": pair.difference,
            "line_ppm": line,
            "is_alike": None if line is None else pair.like.exceeds(line),
        }


def cost_by_industry(
    facts: Facts, mode: TagMode, held: Iterable[AlignedPiece], branch: int | None = None
) -> Counter[int]:
    """Remaining cost by industry of the city's list, perhaps of one branch; what is not tagged is in none."""
    weigher, costs = Weigher(facts, mode, branch), Counter[int]()
    for piece in held:
        for part in weigher.parts(piece.firm.company):
            if part.industry is not None:
                costs[_listed(facts, part.industry)] += take(part.spans, piece.by_cost.whole)
    return costs


def _listed(facts: Facts, industry: int) -> int:
    """The key or frontier industry that an industry lies in, else itself."""
    wanted = (IndustryCategory.KEY, IndustryCategory.FRONTIER)
    current: int | None = industry
    while current is not None and current in facts.industries:
        if facts.industries[current].category in wanted:
            return current
        current = facts.industries[current].parent_id
    return industry


def _missing(kind: str, scope: ScopeName) -> str:
    if kind == PARK and scope is not ScopeName.CITY:
        return NOT_PARKS
    return ONE_INDUSTRY if scope in ACROSS_FUNDS else NO_PAIR


def _funds(slice_: LedgerSlice) -> Iterator[LedgerSlice]:
    """Each fund of the scope by itself, as a whole."""
    if len(slice_.members) < 2 or slice_.scope.name in ACROSS_FUNDS:
        return
    for fund in slice_.member_funds:
        yield replace(slice_, scope=fund_scope(fund.code), members={fund.id: ALL})


def _parks(slice_: LedgerSlice) -> Iterator[LedgerSlice]:
    """Each park of the city."""
    if slice_.scope.name is not ScopeName.CITY:
        return
    for park in sorted(slice_.facts.parks.values(), key=lambda park: park.code):
        yield park_part(slice_, park.id)


def park_part(slice_: LedgerSlice, park: int) -> LedgerSlice:
    """A park's part of its funds, whoever asks: for what is told of it as one among many, never by itself."""
    members = {
        fund.id: lay_out(fund.shares)[park] for fund in slice_.facts.funds.values() if park in fund.shares
    }
    return replace(slice_, scope=park_scope(slice_.facts.parks[park].code), members=members)


def _unit(part: LedgerSlice, costs: Vector, rows: tuple[str, ...]) -> Unit:
    facts = part.facts
    if part.scope.name is ScopeName.PARK:
        (park,) = [park for park in facts.parks.values() if park.code in part.scope.codes]
        return Unit(PARK, park.code, park.name, costs, facts.leading_on(park.id, part.as_of), rows)
    (fund,) = part.member_funds
    owners = [park for park in part.owners(fund.id) if park is not None]
    leading = frozenset(one for park in owners for one in facts.leading_on(park, part.as_of))
    return Unit(FUND, fund.code, fund.name, costs, leading, rows)
