"""Reads the tree of industries with all its editions, the graph of chains, national codes and control."""

from sqlalchemy import literal, select

from funds.book import visible
from funds.models import (
    CompanyFact,
    Industry,
    IndustryCrosswalk,
    IndustryFact,
    NationalIndustry,
    PartyOwnership,
    SegmentCrosswalk,
    SegmentEdge,
    SegmentFact,
)
from funds.queries import chain_facts
from funds.queries.chain_facts import ChainFacts, CodeMatch, Control, IndustryEdition
from funds.queries.fact_reader import FactReader

HALF = 500_000  # millionths: who holds more than this controls


class ChainReader(FactReader):
    """Everything that chains are made of."""

    def chains(self) -> ChainFacts:
        """As of the day, as known at the version."""
        return ChainFacts(
            editions=self.editions(),
            edges=self.edges(),
            parents=self.parents(),
            of_industries=self.of_industries(),
            of_segments=self.of_segments(),
            controls=self.controls(),
            national_codes=self.national_codes(),
            national_names=self.national_names(),
        )

    def editions(self) -> tuple[IndustryEdition, ...]:
        """By industry and beginning; also those that ended or have not begun."""
        fact = IndustryFact
        query = (
            select(fact.id, fact.industry_id, Industry.code, fact.name, fact.parent_id, fact.category)
            .add_columns(fact.aliases, fact.from_date, fact.to_date, fact.basis)
            .join(Industry, Industry.id == fact.industry_id)
            .where(visible(fact, self.version))
            .order_by(Industry.code, fact.from_date.is_not(None), fact.from_date, fact.id)
        )
        return tuple(IndustryEdition(*row) for row in self.rows(query))

    def edges(self) -> tuple[chain_facts.SegmentEdge, ...]:
        """The lines of the graph."""
        row = SegmentEdge
        query = select(row.id, row.source_id, row.target_id).where(visible(row, self.version))
        return tuple(chain_facts.SegmentEdge(*found) for found in self.rows(query.order_by(row.id)))

    def parents(self) -> dict[int, int]:
        """Broader segments by segment."""
        fact = SegmentFact
        query = select(fact.segment_id, fact.parent_id).where(
            visible(fact, self.version), fact.parent_id.is_not(None)
        )
        return {row.segment_id: row.parent_id for row in self.rows(query)}

    def of_industries(self) -> tuple[CodeMatch, ...]:
        """National codes of whole industries that hold by the day."""
        row = IndustryCrosswalk
        query = (
            select(row.id, row.national_code, row.is_partial, row.confirmation, row.basis, row.industry_id)
            .where(visible(row, self.version), self.begun(row.from_date))
            .order_by(row.national_code, row.id)
        )
        return tuple(CodeMatch(*found) for found in self.rows(query))

    def of_segments(self) -> tuple[CodeMatch, ...]:
        """National codes of single segments."""
        row = SegmentCrosswalk
        query = (
            select(row.id, row.national_code, row.is_partial, row.confirmation, row.basis)
            .add_columns(literal(None), row.segment_id)
            .where(visible(row, self.version))
            .order_by(row.national_code, row.id)
        )
        return tuple(CodeMatch(*found) for found in self.rows(query))

    def controls(self) -> tuple[Control, ...]:
        """Ownership of more than half, as of the day."""
        row = PartyOwnership
        query = (
            select(row.id, row.owner_id, row.owned_id)
            .where(visible(row, self.version), row.from_date <= self.as_of, self.holds(row.to_date))
            .where(row.share_ppm > HALF)
            .order_by(row.id)
        )
        return tuple(Control(*found) for found in self.rows(query))

    def national_codes(self) -> dict[int, str]:
        """The national code of each firm that names one, from the newest of its facts."""
        fact = CompanyFact
        query = (
            select(fact.company_id, fact.national_code)
            .where(visible(fact, self.version), self.begun(fact.from_date))
            .order_by(fact.from_date.is_not(None), fact.from_date, fact.id)
        )
        return {row.company_id: row.national_code for row in self.rows(query) if row.national_code}

    def national_names(self) -> dict[str, str]:
        """What national codes are called; of several editions the one that came into the book last speaks."""
        row = NationalIndustry
        query = select(row.code, row.name).where(visible(row, self.version)).order_by(row.id)
        return {found.code: found.name for found in self.rows(query)}
