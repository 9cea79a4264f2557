"""Firms that are supposed to be in the register, with their industries."""

from collections.abc import Callable
from datetime import date

from funds.drafts import CompanyDraft, CompanyTagDraft
from funds.errors import NotFound
from funds.queries.facts import CompanyFacts, Facts, Tag


class FirmRows:
    """The firms of the book and those supposed beside them."""

    def __init__(self, facts: Facts, as_of: date, new_id: Callable[[], int]) -> None:
        self.companies = dict(facts.companies)
        self.tags = dict(facts.tags)
        self._parks = {one.code: one.id for one in facts.parks.values()}
        self._industries = {one.code: one.id for one in facts.industries.values()}
        self._segments = {(one.industry_id, one.code): one.id for one in facts.segments.values()}
        self._by_code = {one.code: one for one in facts.companies.values()}
        self._as_of, self._new_id = as_of, new_id
        self._newest: dict[int, date] = {}

    def find(self, code: str) -> CompanyFacts:
        """A firm by its code; one that is neither in the book nor supposed is refused."""
        if code not in self._by_code:
            raise NotFound("company.unknown", code=code)
        return self._by_code[code]

    def add(self, draft: CompanyDraft, party_id: int) -> None:
        """A firm, unless the book has it."""
        if draft.code in self._by_code:
            return
        marks = tuple(mark for mark in (draft.size_tags or "").split(";") if mark)
        firm = CompanyFacts(
            self._new_id(),
            draft.code,
            draft.name,
            party_id,
            None if draft.park is None else _find(self._parks, draft.park, "park.unknown"),
            draft.produces_in,
            draft.ownership,
            marks,
        )
        self.companies[firm.id] = self._by_code[firm.code] = firm

    def add_tag(self, draft: CompanyTagDraft) -> None:
        """An industry of a firm that the book knows none of; of several days the newest states them all."""
        firm = self.find(draft.company).id
        is_known = firm in self.tags and firm not in self._newest
        newest = self._newest.get(firm, draft.from_date)
        if is_known or draft.from_date > self._as_of or draft.from_date < newest:
            return
        industry = _find(self._industries, draft.industry, "industry.unknown")
        segment = None if draft.segment is None else self._segments.get((industry, draft.segment))
        tag = Tag(self._new_id(), industry, draft.weight_ppm, draft.is_primary, segment)
        kept = self.tags.get(firm, ()) if draft.from_date == newest else ()
        self.tags[firm] = (*kept, tag)
        self._newest[firm] = draft.from_date


def _find(codes: dict[str, int], code: str, fault: str) -> int:
    if code not in codes:
        raise NotFound(fault, code=code)
    return codes[code]
