"""The amounts behind AL01–AL03, cut to funds, parks, industries, links of the chain and places: parts that sum."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.readings.industries.alignment_pieces import industry_of
from dashboard.readings.industries.alignment_through import Parts
from dashboard.readings.industries.tag_parts import TagMode, TagPart, Weigher, take
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

BREAKDOWN = "breakdown"
DIMENSIONS = ("fund", "park", "industry", "position", "place")
HERE, ELSEWHERE = "alignment.place_here", "alignment.place_elsewhere"
NOWHERE = "alignment.place_unknown"
WHOLE, NONE = "alignment.whole", "alignment.no_part"
SUMS, EXCEEDS = "alignment.parts_sum", "alignment.parts_exceed"


@dataclass(frozen=True)
class IndustryPart:
    """The part of a holding (or of a payment on a day) that belongs to one park and to one tag of the firm, in fen."""

    fund: int
    company: int
    park: int | None
    industry: int | None
    segment: int | None
    is_inside: bool
    is_leading: bool
    cost: int = 0
    value: int = 0
    paid: int = 0
    day: date | None = None


def list_parts(slice_: LedgerSlice, mode: TagMode, parts: Parts) -> Iterator[IndustryPart]:
    """Every holding and payment cut to the firm's tags.

    By the main tag and by weights the parts of each amount make it up to the fen, so that they sum to the whole
    however they are filtered; by any tag a firm with several stands in each of them whole.
    """
    weigher = Weigher(slice_.facts, mode, industry_of(slice_))
    for held in parts.held:
        for part, is_leading in _serving(weigher, held.firm.company, held.park, slice_.as_of):
            cost, value = (take(part.spans, counted.whole) for counted in (held.by_cost, held.by_value))
            place = held.firm.fund, held.firm.company, held.park
            yield IndustryPart(
                *place, part.industry, part.segment, held.is_inside, is_leading, cost=cost, value=value
            )
    for one in parts.paid:
        for part, is_leading in _serving(weigher, one.company, one.park, slice_.as_of):
            place = one.fund, one.company, one.park
            paid = take(part.spans, one.paid.whole)
            yield IndustryPart(
                *place, part.industry, part.segment, one.is_inside, is_leading, paid=paid, day=one.day
            )


def breakdown_rows(slice_: LedgerSlice, mode: TagMode, parts: Parts) -> Iterator[dict[str, object]]:
    """For each dimension a row for each of its values, and one with the whole that says whether these sum to it."""
    listed = list(list_parts(slice_, mode, parts))
    whole = (
        sum(piece.cost for piece in parts.held),
        sum(piece.by_cost.leading for piece in parts.held),
        sum(piece.value for piece in parts.held),
        sum(piece.amount for piece in parts.paid if piece.day.year == slice_.as_of.year),
    )
    sums = EXCEEDS if mode is TagMode.MULTI_TAG else SUMS
    for dimension in DIMENSIONS:
        groups: dict[tuple[str, str], list[IndustryPart]] = {}
        name = _namer(slice_.facts, dimension)
        for part in listed:
            groups.setdefault(name(part), []).append(part)
        for (code, told), found in sorted(groups.items()):
            yield _row(dimension, code or None, told, _add_up(found, slice_.as_of.year), None)
        yield _row(dimension, None, WHOLE, whole, sums)


def _serving(weigher: Weigher, company: int, park: int | None, day: date) -> Iterable[tuple[TagPart, bool]]:
    led = weigher.leading_on(park, day)
    return [(part, weigher.serves(part, led)) for part in weigher.parts(company)]


def _add_up(parts: Iterable[IndustryPart], year: int) -> tuple[int, int, int, int]:
    """Cost, of it in leading industries, fair value, and what was paid in a year."""
    found = list(parts)
    return (
        sum(part.cost for part in found),
        sum(part.cost for part in found if part.is_leading),
        sum(part.value for part in found),
        sum(part.paid for part in found if part.day is not None and part.day.year == year),
    )


def _row(
    dimension: str, code: str | None, name: str, amounts: tuple[int, ...], reason: str | None
) -> dict[str, object]:
    names = ("cost", "leading_cost", "fair_value", "flow_ytd")
    told = {"table": f"{BREAKDOWN}_{dimension}", "code": code, "name": name}
    return {**told, **dict(zip(names, amounts, strict=True)), "sum_reason": reason}


def _namer(facts: Facts, dimension: str) -> Callable[[IndustryPart], tuple[str, str]]:
    """How a part is called in a dimension: a code (sorted by it) and a name or a message code."""

    def of_fund(part: IndustryPart) -> tuple[str, str]:
        return facts.funds[part.fund].code, facts.funds[part.fund].name

    def of_park(part: IndustryPart) -> tuple[str, str]:
        park = facts.parks.get(part.park) if part.park is not None else None
        return ("", "alignment.city_part") if park is None else (park.code, park.name)

    def of_industry(part: IndustryPart) -> tuple[str, str]:
        industry = facts.industries.get(part.industry) if part.industry is not None else None
        return ("", NONE) if industry is None else (industry.code, industry.name)

    def of_position(part: IndustryPart) -> tuple[str, str]:
        segment = facts.segments.get(part.segment) if part.segment is not None else None
        position = segment.position if segment is not None else None
        return (
            ("", "alignment.no_position")
            if position is None
            else (position, f"alignment.position_{position}")
        )

    def of_place(part: IndustryPart) -> tuple[str, str]:
        firm = facts.companies.get(part.company)
        if firm is None or firm.park_id is None:
            return "", NOWHERE
        return ("in", HERE) if part.is_inside else ("out", ELSEWHERE)

    makers = {
        "fund": of_fund,
        "park": of_park,
        "industry": of_industry,
        "position": of_position,
        "place": of_place,
    }
    return makers[dimension]
