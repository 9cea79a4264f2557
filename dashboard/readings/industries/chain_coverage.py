"""How much of the chains the funds stand in: chain leaders (AL08) and segments (AL09), as of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.readings.answers import Figure, absent, name_rows, ratio
from dashboard.readings.industries.chain_leaders import (
    Ground,
    Leader,
    Threshold,
    grounds_of,
    leaders_on,
    thresholds_of,
)
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from funds.queries.facts import Facts, SegmentFacts, Tag
from funds.queries.ledger_slice import LedgerSlice

# AL08 by the threshold in force, and by the one before it.
LEADER_BASES = ("leaders", "leaders_before")
SEGMENT_BASIS = "segments"


@dataclass(frozen=True)
class Stake:
    """How the funds stand in a leader: the holdings, by way of which firm, and the rows that tie it to the leader."""

    holdings: tuple[HeldFirm, ...]
    through: int | None = None
    controls: tuple[int, ...] = ()


class Coverage:
    """What the scope's funds still hold (with cost or value), looked up by firm, leader and segment."""

    def __init__(self, slice_: LedgerSlice) -> None:
        self.slice, self.facts = slice_, slice_.facts
        self.held: dict[int, list[HeldFirm]] = {}
        for firm in held_firms(slice_):
            if firm.course.cost or firm.course.value:
                self.held.setdefault(firm.company, []).append(firm)

    def stake_in(self, leader: Leader) -> Stake | None:
        """Directly, or in a firm that the leader controls (more than half, step by step); None for neither."""
        own = self.held.get(leader.firm.id)
        if own:
            return Stake(tuple(own))
        controlled = self.facts.chains.subsidiaries(leader.firm.party_id)
        for party, control in controlled.items():
            company = self._company_of_party.get(party)
            if company in self.held:
                return Stake(tuple(self.held[company]), company, (control,))
        return None

    @cached_property
    def by_segment(self) -> Mapping[int, dict[int, Tag]]:
        """The held firms of each segment, by any of their tags, and of the broader ones that it is a part of."""
        found: dict[int, dict[int, Tag]] = {}
        for company in self.held:
            for tag in self.facts.tags.get(company, ()):
                if tag.segment_id is not None:
                    for segment in self.facts.chains.with_broader(tag.segment_id):
                        found.setdefault(segment, {})[company] = tag
        return found

    @cached_property
    def _company_of_party(self) -> Mapping[int, int]:
        return {firm.party_id: firm.id for firm in self.facts.companies.values()}


def coverage_figures(slice_: LedgerSlice) -> tuple[Figure, ...]:
    """AL08 by both thresholds and AL09; nothing for a single firm.

    A holding counts as long as it has cost or value: after a partial exit and a write-off it still does,
    after a whole exit or a liquidation no more. Only what the scope's funds hold themselves counts.
    """
    grounds = grounds_of(slice_)
    if not grounds:
        return ()
    if not any(ground.industries for ground in grounds):
        reason = "alignment.no_leading_industry"
        leaders = [absent("AL08", basis, reason) for basis in LEADER_BASES]
        return (*leaders, absent("AL09", SEGMENT_BASIS, reason))
    coverage = Coverage(slice_)
    known = leaders_on(slice_, grounds)
    thresholds = zip(LEADER_BASES, thresholds_of(slice_.facts), strict=True)
    figures = [_leader_figure(coverage, basis, known, threshold) for basis, threshold in thresholds]
    return (*figures, _segment_figure(coverage, segments_on(slice_.facts, grounds)))


def segments_on(facts: Facts, grounds: Iterable[Ground]) -> list[SegmentFacts]:
    """The segments of the chains of some industries and of what lies below them."""
    wanted = {industry for ground in grounds for industry in ground.industries}
    return [one for one in facts.segments.values() if facts.with_ancestors(one.industry_id) & wanted]


def _leader_figure(
    coverage: Coverage, basis: str, known: Iterable[Leader], threshold: Threshold | None
) -> Figure:
    if threshold is None and basis != LEADER_BASES[0]:
        return absent("AL08", basis, "chains.no_earlier_threshold")
    leaders = [one for one in known if one.counts_by(threshold)]
    stakes = [stake for one in leaders if (stake := coverage.stake_in(one)) is not None]
    rows = {
        *name_rows("company", (one.firm.id for one in leaders)),
        *name_rows("company_figure", (one.output.id for one in leaders if one.output)),
        *name_rows("party_ownership", (row for stake in stakes for row in stake.controls)),
        *(name for stake in stakes for firm in stake.holdings for name in firm.row_names()),
        *name_rows("policy", () if threshold is None else (threshold.row,)),
    }
    return ratio("AL08", basis, len(stakes), len(leaders), "chains.no_leaders", sorted(rows))


def _segment_figure(coverage: Coverage, segments: list[SegmentFacts]) -> Figure:
    covered = [one for one in segments if one.id in coverage.by_segment]
    told = [coverage.by_segment[one.id] for one in covered]
    rows = {
        *name_rows("segment", (one.id for one in segments)),
        *name_rows("company_tag", (tag.id for tags in told for tag in tags.values())),
        *(
            name
            for tags in told
            for company in tags
            for firm in coverage.held[company]
            for name in firm.row_names()
        ),
    }
    return ratio("AL09", SEGMENT_BASIS, len(covered), len(segments), "chains.no_segments", sorted(rows))
