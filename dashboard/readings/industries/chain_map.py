"""The chains of the leading industries as graphs: who stands in which segment, with how much, and where nobody does."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.readings.industries.alignment_pieces import aligned_pieces
from dashboard.readings.industries.chain_candidates import candidate_rows
from dashboard.readings.industries.chain_coverage import Coverage, segments_on
from dashboard.readings.industries.chain_leaders import (
    Ground,
    Leader,
    grounds_of,
    leaders_on,
    thresholds_of,
)
from dashboard.readings.industries.tag_parts import TagMode, lay_out_tags, take
from dashboard.readings.lasting_answers import keep_of_firms
from funds.queries.facts import SegmentFacts
from funds.queries.ledger_slice import LedgerSlice

NODE, EDGE, LEADER, CANDIDATE = "chain_node", "chain_edge", "chain_leader", "chain_candidate"
UNPLACED = "chain_unplaced"
Rows = Iterator[Mapping[str, object]]


@keep_of_firms
def chain_rows(slice_: LedgerSlice) -> Sequence[Mapping[str, object]]:
    """The tables `chain_node chain_unplaced chain_edge chain_leader chain_candidate` of a park or an industry."""
    return tuple(row for ground in grounds_of(slice_) for row in _Mapper(slice_, ground).rows())


class _Mapper:
    """Draws up the chains of one ground."""

    def __init__(self, slice_: LedgerSlice, ground: Ground) -> None:
        self.slice, self.facts, self.ground = slice_, slice_.facts, ground
        self.coverage = Coverage(slice_)
        self.costs = _costs_by_tag(slice_)
        (self.threshold, _) = thresholds_of(slice_.facts)
        self.leaders = [one for one in leaders_on(slice_, [ground]) if one.counts_by(self.threshold)]
        known = (one for one in ground.industries if one in slice_.facts.industries)
        self.industries = sorted(known, key=lambda one: slice_.facts.industries[one].code)

    def rows(self) -> Rows:
        """Node by node, then edges, leaders and candidates; of each leading industry in the order of codes."""
        gaps: list[tuple[str, SegmentFacts]] = []
        for industry in self.industries:
            code = self.facts.industries[industry].code
            segments = self._segments(industry)
            for segment in segments:
                row = self._node(code, segment)
                if row["is_gap"]:
                    gaps.append((code, segment))
                yield row
            yield from self._unplaced(industry, code)
            yield from self._edges(code, {one.id for one in segments})
        yield from (self._leader(one) for one in self.leaders)
        yield from candidate_rows(self.slice, self.ground.park, gaps)

    def _segments(self, industry: int) -> list[SegmentFacts]:
        only = Ground(frozenset((industry,)), self.ground.park)
        return sorted(
            segments_on(self.facts, [only]), key=lambda one: (one.industry_id != industry, one.code)
        )

    def _node(self, industry: str, segment: SegmentFacts) -> dict[str, object]:
        """A segment with what is in it and in the narrower ones that are parts of it."""
        chains, firms = self.facts.chains, self.coverage.by_segment.get(segment.id, {})
        within = {one for one in self.facts.segments if segment.id in chains.with_broader(one)}
        parent = self.facts.segments.get(chains.parents.get(segment.id, 0))
        leaders = [one for one in self.leaders if self._stands_in(one, within)]
        return {
            "table": NODE,
            "industry": industry,
            "industry_name": self._name_of(industry),
            "chain": self.facts.industries[segment.industry_id].code,
            "segment": segment.code,
            "name": segment.name,
            "position": str(segment.position) if segment.position else None,
            "parent": parent.code if parent else None,
            "firms": len(firms),
            "cost": sum(self.costs[segment.industry_id, one] for one in within),
            "leaders": len(leaders),
            "leaders_covered": sum(self.coverage.stake_in(one) is not None for one in leaders),
            "is_gap": not firms,
        }

    def _unplaced(self, industry: int, code: str) -> Rows:
        """What is held in the industry by tags that name no segment."""
        branch = {one for one in self.facts.industries if industry in self.facts.with_ancestors(one)}
        firms = {
            company
            for company in self.coverage.held
            for tag in self.facts.tags.get(company, ())
            if tag.industry_id in branch and tag.segment_id is None
        }
        if firms:
            cost = sum(self.costs[one, None] for one in branch)
            yield {"table": UNPLACED, "industry": code, "firms": len(firms), "cost": cost}

    def _edges(self, industry: str, nodes: set[int]) -> Rows:
        """Lines within the chain, and those that lead in from another or out to one."""
        for edge in self.facts.chains.edges:
            source, target = (self.facts.segments.get(one) for one in (edge.source_id, edge.target_id))
            if source is None or target is None or not {source.id, target.id} & nodes:
                continue
            yield {
                "table": EDGE,
                "industry": industry,
                "source_industry": self._code_of(source),
                "source_segment": source.code,
                "source_name": source.name,
                "target_industry": self._code_of(target),
                "target_segment": target.code,
                "target_name": target.name,
            }

    def _leader(self, leader: Leader) -> dict[str, object]:
        firm, stake = leader.firm, self.coverage.stake_in(leader)
        reaches = self.threshold is not None and (leader.amount or 0) >= self.threshold.least
        park = self.facts.parks.get(firm.park_id) if firm.park_id is not None else None
        through = self.facts.companies.get(stake.through) if stake and stake.through else None
        funds = {one.fund for one in stake.holdings} if stake else set()
        return {
            "table": LEADER,
            "company": firm.code,
            "name": firm.name,
            "park": park.code if park else None,
            "park_name": park.name if park else None,
            "segments": sorted(self._segments_of(leader)),
            "is_recognised": leader.is_recognised,
            "output": leader.amount,
            "output_year": leader.output.period if leader.output else None,
            "reaches": reaches,
            "is_covered": stake is not None,
            "through": through.name if through else None,
            "funds": sorted(self.facts.funds[fund].code for fund in funds),
        }

    def _segments_of(self, leader: Leader) -> Iterable[str]:
        for tag in self.facts.tags.get(leader.firm.id, ()):
            segment = self.facts.segments.get(tag.segment_id) if tag.segment_id is not None else None
            if segment is not None and self.facts.with_ancestors(tag.industry_id) & self.ground.industries:
                yield segment.code

    def _stands_in(self, leader: Leader, segments: set[int]) -> bool:
        return any(tag.segment_id in segments for tag in self.facts.tags.get(leader.firm.id, ()))

    def _name_of(self, code: str) -> str:
        return next(one.name for one in self.facts.industries.values() if one.code == code)

    def _code_of(self, segment: SegmentFacts) -> str | None:
        industry = self.facts.industries.get(segment.industry_id)
        return industry.code if industry else None


def _costs_by_tag(slice_: LedgerSlice) -> Counter[tuple[int, int | None]]:
    """The scope's remaining cost by the industry and segment of tags, by their weights.

    Tags lie end to end over a firm, so that the parts of a holding add up to it to the fen.
    """
    costs: Counter[tuple[int, int | None]] = Counter()
    for piece in aligned_pieces(slice_, TagMode.FRACTIONAL):
        tags = slice_.facts.tags.get(piece.firm.company, ())
        for part in lay_out_tags(tags, TagMode.FRACTIONAL):
            if part.industry is not None:
                costs[part.industry, part.segment] += take(part.spans, piece.by_cost.whole)
    return costs
