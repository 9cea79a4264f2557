"""Firms of the register that could fill a segment in which no fund holds any, each with why it fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from dashboard.readings.industries.chain_leaders import RECOGNISED
from dashboard.readings.portfolio.holdings import held_firms
from funds.kinds import Confirmation
from funds.queries.chain_facts import CodeMatch, find_match
from funds.queries.facts import CompanyFacts, Facts, SegmentFacts
from funds.queries.ledger_slice import LedgerSlice


class Fit(IntEnum):
    """How a firm fits a segment, the closest first."""

    TAG = 1  # a tag names the segment, or a narrower one that is a part of it
    CODE = 2  # the firm's national code is one of the segment's
    INDUSTRY_TAG = 3  # a tag names the industry and no segment
    INDUSTRY_CODE = 4  # the firm has no tag at all, and its national code is the industry's, not only in part


REASONS: Mapping[Fit, str] = {
    Fit.TAG: "chains.fit_tag",
    Fit.CODE: "chains.fit_code",
    Fit.INDUSTRY_TAG: "chains.fit_industry_tag",
    Fit.INDUSTRY_CODE: "chains.fit_industry_code",
}


@dataclass(frozen=True)
class Candidate:
    """A firm that fits a segment; `match` is the row of national codes that says so, where one does."""

    firm: CompanyFacts
    fit: Fit
    national_code: str | None
    match: CodeMatch | None

    def row(self, facts: Facts) -> dict[str, object]:
        """The candidate in a row: everything in it is the city's reference data."""
        park = facts.parks.get(self.firm.park_id) if self.firm.park_id is not None else None
        return {
            "company": self.firm.code,
            "name": self.firm.name,
            "park": park.code if park else None,
            "park_name": park.name if park else None,
            "is_leader": any(RECOGNISED in tag for tag in self.firm.size_tags),
            "national_code": self.national_code,
            "national_name": facts.chains.name_code(self.national_code) if self.national_code else None,
            "fit": int(self.fit),
            "fit_reason": REASONS[self.fit],
            "matched_code": self.match.national_code if self.match else None,
            "match_partial": bool(self.match and self.match.is_partial),
            "match_unchecked": bool(self.match and self.match.confirmation is Confirmation.UNCHECKED),
        }


class Register:
    """The firms that no fund which the person may see holds; what funds of others hold, they are not told."""

    def __init__(self, slice_: LedgerSlice, park: int | None) -> None:
        self.facts, self.park = slice_.facts, park
        held = held_by_readable(slice_)
        self.free = [firm for firm in slice_.facts.companies.values() if firm.id not in held]
        self._codes: dict[int, list[CodeMatch]] = {}
        for row in slice_.facts.chains.of_segments:
            if row.segment_id is not None:
                self._codes.setdefault(row.segment_id, []).append(row)

    def candidates(self, segment: SegmentFacts) -> list[Candidate]:
        """Those that fit, the park's own first, then the closest, chain leaders before others."""
        found = [fit for firm in self.free if (fit := self._fit(firm, segment)) is not None]
        return sorted(found, key=self._rank)

    def _rank(self, one: Candidate) -> tuple[object, ...]:
        is_leader = any(RECOGNISED in tag for tag in one.firm.size_tags)
        is_here = self.park is not None and one.firm.park_id == self.park
        return (not is_here, one.fit, not is_leader, one.firm.code)

    def _fit(self, firm: CompanyFacts, segment: SegmentFacts) -> Candidate | None:
        facts, chains = self.facts, self.facts.chains
        code = chains.national_codes.get(firm.id)
        known = facts.tags.get(firm.id, ())
        tags = [tag for tag in known if tag.industry_id == segment.industry_id]
        if any(
            tag.segment_id is not None and segment.id in chains.with_broader(tag.segment_id) for tag in tags
        ):
            return Candidate(firm, Fit.TAG, code, None)
        if any(tag.segment_id is not None for tag in tags):
            return None  # it stands elsewhere in this chain
        if match := find_match(code, self._codes.get(segment.id, ())):
            return Candidate(firm, Fit.CODE, code, match)
        if tags:
            return Candidate(firm, Fit.INDUSTRY_TAG, code, None)
        if known:
            return None  # its tags say that it stands in other industries
        match = find_match(code, self._codes_of_industry(segment.industry_id))
        return Candidate(firm, Fit.INDUSTRY_CODE, code, match) if match else None

    def _codes_of_industry(self, industry: int) -> Sequence[CodeMatch]:
        rows = self.facts.chains.of_industries
        return [row for row in rows if row.industry_id == industry and not row.is_partial]


def held_by_readable(slice_: LedgerSlice) -> frozenset[int]:
    """The firms into which a fund that the person may see had paid by the day, even if it has left since."""
    visible = [fund.id for fund in slice_.readable_funds]
    return frozenset(firm.company for firm in held_firms(slice_, visible))


def candidate_rows(
    slice_: LedgerSlice, park: int | None, gaps: Sequence[tuple[str, SegmentFacts]]
) -> Iterator[Mapping[str, object]]:
    """A row for each gap (under the industry that leads) and firm that could fill it."""
    register = Register(slice_, park)
    for industry, segment in gaps:
        for one in register.candidates(segment):
            yield {
                "table": "chain_candidate",
                "industry": industry,
                "chain": slice_.facts.industries[segment.industry_id].code,
                "segment": segment.code,
                "segment_name": segment.name,
                **one.row(slice_.facts),
            }
