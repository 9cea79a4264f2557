"""Where a firm stands in its chains, and who in the city's register stands beside, above and below it."""

from collections.abc import Iterator, Mapping

from dashboard.readings.industries.alignment_pieces import main_tag
from dashboard.readings.portfolio.company_ledger import company_of
from funds.kinds import SegmentPosition
from funds.queries.facts import CompanyFacts, SegmentFacts, Tag
from funds.queries.ledger_slice import LedgerSlice

Rows = Iterator[Mapping[str, object]]
POSITIONS = tuple(SegmentPosition)
MOST_NEIGHBOURS = 100


def link_rows(slice_: LedgerSlice) -> Rows:
    """A row for each link of the chains that the firm is tagged with, upstream first, and how many firms stand in it.

    `is_own` marks a link that the firm itself stands in; firms are counted by any of their tags.
    """
    facts, company = slice_.facts, company_of(slice_)
    counts: dict[int, set[int]] = {}
    for firm, tags in facts.tags.items():
        for tag in tags:
            if tag.segment_id is not None and firm in facts.companies:
                counts.setdefault(tag.segment_id, set()).add(firm)
    own = {tag.segment_id for tag in _tags(slice_, company)}
    for industry in dict.fromkeys(tag.industry_id for tag in _tags(slice_, company)):
        for segment in _links_of(slice_, industry):
            yield {
                "table": "company_link",
                "industry": facts.industries[industry].code,
                "segment": segment.code,
                "chain_link": segment.name,
                "link_position": str(segment.position) if segment.position else None,
                "is_own_link": segment.id in own,
                "firms_in_link": len(counts.get(segment.id, set())),
            }


def neighbour_rows(slice_: LedgerSlice) -> Rows:
    """The firms of the register in the links of the main tag's chain, those beside it first, at most some.

    Their names, codes, parks and tags are everybody's; `is_held` speaks of the funds that may be seen alone.
    """
    company = company_of(slice_)
    found = sorted(_neighbours(slice_, company), key=lambda one: (one[0], one[1].code))
    held = _held(slice_)
    for _, firm, segment in found[:MOST_NEIGHBOURS]:
        park = slice_.facts.parks.get(firm.park_id) if firm.park_id is not None else None
        yield {
            "table": "company_neighbour",
            "code": firm.code,
            "name": firm.name,
            "segment": segment.code,
            "chain_link": segment.name,
            "link_position": str(segment.position) if segment.position else None,
            "park": park.code if park else None,
            "size_labels": list(firm.size_tags),
            "is_held_by_own": firm.id in held,
        }


def count_neighbours(slice_: LedgerSlice) -> int:
    """How many there are in all."""
    return len(_neighbours(slice_, company_of(slice_)))


def _neighbours(slice_: LedgerSlice, company: CompanyFacts) -> list[tuple[int, CompanyFacts, SegmentFacts]]:
    """Each firm once, by its main tag, with how far it stands from this one along the chain."""
    facts = slice_.facts
    main = main_tag(_tags(slice_, company))
    if main is None:
        return []
    own = facts.segments.get(main.segment_id) if main.segment_id is not None else None
    found = []
    for firm in facts.companies.values():
        tag = main_tag(facts.tags.get(firm.id, ()))
        if firm.id == company.id or tag is None or tag.industry_id != main.industry_id:
            continue
        segment = facts.segments.get(tag.segment_id) if tag.segment_id is not None else None
        if segment is not None:
            found.append((_distance(own, segment), firm, segment))
    return found


def _distance(own: SegmentFacts | None, other: SegmentFacts) -> int:
    """0 in the same link, then by how many positions lie between; a link without a position comes last."""
    if own is not None and own.id == other.id:
        return 0
    if own is None or own.position is None or other.position is None:
        return len(POSITIONS) + 1
    return 1 + abs(POSITIONS.index(own.position) - POSITIONS.index(other.position))


def _tags(slice_: LedgerSlice, company: CompanyFacts) -> list[Tag]:
    known = slice_.facts.industries
    return [tag for tag in slice_.facts.tags.get(company.id, ()) if tag.industry_id in known]


def _links_of(slice_: LedgerSlice, industry: int) -> list[SegmentFacts]:
    links = [one for one in slice_.facts.segments.values() if one.industry_id == industry]
    return sorted(links, key=lambda one: (_rank(one.position), one.code))


def _rank(position: SegmentPosition | None) -> int:
    return len(POSITIONS) if position is None else POSITIONS.index(position)


def _held(slice_: LedgerSlice) -> set[int]:
    """Firms that some fund in sight ever took a stake in."""
    holdings = slice_.ledger.holdings
    return set(holdings.company[slice_.holds(holdings.fund)].tolist())
