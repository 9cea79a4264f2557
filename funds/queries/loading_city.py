"""Reads what is dated and belongs to the whole city, as of a day, as known at a version."""

from sqlalchemy import func, select

from funds.book import visible
from funds.models import (
    Definition,
    IndexLevel,
    Industry,
    IndustryFact,
    Park,
    ParkFact,
    ParkIndustry,
    Party,
    PartyFact,
    PartyNature,
    Policy,
)
from funds.queries.fact_reader import FactReader
from funds.queries.facts import (
    IndexFacts,
    IndustryFacts,
    LeadingIndustry,
    NamedThing,
    NatureFacts,
    ParkFacts,
    PolicyFacts,
)
from funds.queries.loading_columns import number_indexes


class CityReader(FactReader):
    """Parties, parks, industries, natures, definitions, policy and indexes."""

    def parties(self) -> dict[int, NamedThing]:
        query = (
            select(Party.id, Party.code, PartyFact.name)
            .join(PartyFact, PartyFact.party_id == Party.id)
            .where(visible(PartyFact, self.version), self.begun(PartyFact.from_date))
            .order_by(PartyFact.from_date.is_not(None), PartyFact.from_date, PartyFact.id)
        )
        return {row.id: NamedThing(row.id, row.code, row.name) for row in self.rows(query)}

    def parks(self) -> dict[int, ParkFacts]:
        query = (
            select(Park.id, Park.code, ParkFact.name, ParkFact.level, ParkFact.district)
            .join(ParkFact, ParkFact.park_id == Park.id)
            .where(visible(ParkFact, self.version), self.begun(ParkFact.from_date))
            .order_by(ParkFact.from_date.is_not(None), ParkFact.from_date, ParkFact.id)
        )
        return {row.id: ParkFacts(*row) for row in self.rows(query)}

    def industries(self) -> dict[int, IndustryFacts]:
        fact = IndustryFact
        query = (
            select(Industry.id, Industry.code, fact.name, fact.parent_id, fact.category)
            .join(fact, fact.industry_id == Industry.id)
            .where(visible(fact, self.version), self.begun(fact.from_date))
            .where(self.holds(fact.to_date))
            .order_by(fact.from_date.is_not(None), fact.from_date, fact.id)
        )
        return {
            row.id: IndustryFacts(row.id, row.code, row.name, row.parent_id, row.category)
            for row in self.rows(query)
        }

    def leading(self) -> tuple[LeadingIndustry, ...]:
        row = ParkIndustry
        query = (
            select(row.id, row.park_id, row.industry_id, row.rank, row.from_date, row.to_date)
            .where(visible(row, self.version))
            .order_by(row.park_id, row.rank, row.from_date, row.id)
        )
        return tuple(LeadingIndustry(*found) for found in self.rows(query))

    def natures(self) -> dict[int, NatureFacts]:
        row = PartyNature
        query = (
            select(row.party_id, row.id, row.nature, row.level, row.is_fiscal_injection)
            .add_columns(row.sub_type)
            .where(visible(row, self.version), row.from_date <= self.as_of, row.confirmed_by_id.is_not(None))
            .order_by(row.from_date, row.id)
        )
        return {found.party_id: NatureFacts(*found[1:]) for found in self.rows(query)}

    def definitions(self) -> dict[str, int]:
        row = Definition
        query = (
            select(row.code, row.version)
            .where(visible(row, self.version), row.from_date <= self.as_of)
            .order_by(row.from_date, row.version, row.id)
        )
        return {found.code: found.version for found in self.rows(query)}

    def policies(self) -> dict[str, PolicyFacts]:
        """City-wide policy rows by code; of several in force the one that began last speaks."""
        row = Policy
        query = (
            select(row.code, row.id, row.name, row.value_e6, row.unit, row.document)
            .where(visible(row, self.version), row.park_id.is_(None), row.from_date <= self.as_of)
            .where(self.holds(row.to_date))
            .order_by(row.from_date, row.id)
        )
        return {
            found.code: PolicyFacts(found.id, found.name, found.value_e6, found.unit, found.document)
            for found in self.rows(query)
        }

    def indexes(self) -> dict[int, IndexFacts]:
        """Benchmark indexes by number; one that was ever quoted without dividends is a price index."""
        row = IndexLevel
        query = (
            select(row.index_code, func.count().filter(row.is_total_return.is_(False)))
            .where(visible(row, self.version), row.quoted_on <= self.as_of)
            .group_by(row.index_code)
        )
        found = {code: not priced for code, priced in self.rows(query)}
        numbers = number_indexes(found)
        return {number: IndexFacts(code, found[code]) for code, number in numbers.items()}
