"""Reads the firms of the register as of a day, their weighted industries, and the links of the chains."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import and_, select

from funds.book import visible
from funds.models import Company, CompanyFact, CompanyTag, Segment, SegmentFact
from funds.queries.fact_reader import FactReader
from funds.queries.facts import CompanyFacts, NamedThing, SegmentFacts, Tag


class CompanyReader(FactReader):
    """Firms, tags and segments."""

    def companies(self, parties: Mapping[int, NamedThing]) -> dict[int, CompanyFacts]:
        """Firms whose name is known by the day, with the newest of their facts where any were stated."""
        fact = CompanyFact
        holds = and_(fact.company_id == Company.id, visible(fact, self.version), self.begun(fact.from_date))
        query = (
            select(
                Company.id, Company.party_id, fact.park_id, fact.produces_in, fact.ownership, fact.size_tags
            )
            .outerjoin(fact, holds)
            .where(visible(Company, self.version))
            .order_by(fact.from_date.is_not(None), fact.from_date, fact.id)
        )
        return {
            row.id: CompanyFacts(
                row.id,
                parties[row.party_id].code,
                parties[row.party_id].name,
                row.party_id,
                row.park_id,
                row.produces_in,
                row.ownership,
                tuple(tag for tag in (row.size_tags or "").split(";") if tag),
            )
            for row in self.rows(query)
            if row.party_id in parties
        }

    def tags(self) -> dict[int, tuple[Tag, ...]]:
        """The tags of a firm's newest 生效日: each such day states all of its tags anew."""
        row = CompanyTag
        query = (
            select(row.company_id, row.id, row.industry_id, row.weight_ppm, row.is_primary, row.from_date)
            .add_columns(row.segment_id)
            .where(visible(row, self.version), row.from_date <= self.as_of)
            .order_by(row.company_id, row.from_date, row.id)
        )
        newest: dict[int, date] = {}
        tags: dict[int, list[Tag]] = {}
        for found in self.rows(query):
            if newest.get(found.company_id) != found.from_date:
                newest[found.company_id] = found.from_date
                tags[found.company_id] = []
            tag = Tag(found.id, found.industry_id, found.weight_ppm, found.is_primary, found.segment_id)
            tags[found.company_id].append(tag)
        return {company: tuple(rows) for company, rows in tags.items()}

    def segments(self) -> dict[int, SegmentFacts]:
        """The links of every chain."""
        fact = SegmentFact
        query = (
            select(Segment.id, Segment.code, fact.name, Segment.industry_id, fact.position)
            .join(fact, fact.segment_id == Segment.id)
            .where(visible(fact, self.version))
            .order_by(Segment.id)
        )
        return {row.id: SegmentFacts(*row) for row in self.rows(query)}
