"""Reads the dated facts of the city as of a day, as known at a version."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from funds.book import visible
from funds.kinds import ParkRelation
from funds.models import (
    Company,
    CompanyTag,
    Definition,
    Fund,
    FundFact,
    FundField,
    FundPark,
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
from funds.queries.facts import (
    Facts,
    FundFacts,
    IndustryFacts,
    LeadingIndustry,
    NamedThing,
    NatureFacts,
    PolicyFacts,
    Tag,
)


def load_facts(connection: Connection, as_of: date, version: int) -> Facts:
    """Every dated fact of the city; a newer 生效日 on or before `as_of` wins over an older one."""
    reader = _Reader(connection, as_of, version)
    parties = reader.parties()
    return Facts(
        as_of=as_of,
        parties=parties,
        funds=reader.funds(),
        parks=reader.parks(),
        industries=reader.industries(),
        leading=reader.leading(),
        natures=reader.natures(),
        companies=reader.companies(parties),
        tags=reader.tags(),
        definitions=reader.definitions(),
        policies=reader.policies(),
    )


class _Reader:
    def __init__(self, connection: Connection, as_of: date, version: int) -> None:
        self.connection = connection
        self.as_of = as_of
        self.version = version

    def rows(self, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
        return self.connection.execute(query).all()

    def begun(self, column: Any) -> ColumnElement[bool]:
        return or_(column.is_(None), column <= self.as_of)

    def parties(self) -> dict[int, NamedThing]:
        query = (
            select(Party.id, Party.code, PartyFact.name)
            .join(PartyFact, PartyFact.party_id == Party.id)
            .where(visible(PartyFact, self.version), self.begun(PartyFact.from_date))
            .order_by(PartyFact.from_date.is_not(None), PartyFact.from_date, PartyFact.id)
        )
        return {row.id: NamedThing(row.id, row.code, row.name) for row in self.rows(query)}

    def parks(self) -> dict[int, NamedThing]:
        query = (
            select(Park.id, Park.code, ParkFact.name)
            .join(ParkFact, ParkFact.park_id == Park.id)
            .where(visible(ParkFact, self.version), self.begun(ParkFact.from_date))
            .order_by(ParkFact.from_date.is_not(None), ParkFact.from_date, ParkFact.id)
        )
        return {row.id: NamedThing(row.id, row.code, row.name) for row in self.rows(query)}

    def industries(self) -> dict[int, IndustryFacts]:
        fact = IndustryFact
        query = (
            select(Industry.id, Industry.code, fact.name, fact.parent_id, fact.category)
            .join(fact, fact.industry_id == Industry.id)
            .where(visible(fact, self.version), self.begun(fact.from_date))
            .where(or_(fact.to_date.is_(None), fact.to_date > self.as_of))
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
            .where(visible(row, self.version), row.from_date <= self.as_of, row.confirmed_by_id.is_not(None))
            .order_by(row.from_date, row.id)
        )
        return {
            found.party_id: NatureFacts(found.id, found.nature, found.level, found.is_fiscal_injection)
            for found in self.rows(query)
        }

    def companies(self, parties: dict[int, NamedThing]) -> dict[int, NamedThing]:
        query = select(Company.id, Company.party_id).where(visible(Company, self.version))
        return {
            row.id: NamedThing(row.id, parties[row.party_id].code, parties[row.party_id].name)
            for row in self.rows(query)
            if row.party_id in parties
        }

    def tags(self) -> dict[int, tuple[Tag, ...]]:
        """The tags of a firm's newest 生效日: each such day states all of its tags anew."""
        row = CompanyTag
        query = (
            select(row.company_id, row.id, row.industry_id, row.weight_ppm, row.is_primary, row.from_date)
            .where(visible(row, self.version), row.from_date <= self.as_of)
            .order_by(row.company_id, row.from_date, row.id)
        )
        newest: dict[int, date] = {}
        tags: dict[int, list[Tag]] = {}
        for found in self.rows(query):
            if newest.get(found.company_id) != found.from_date:
                newest[found.company_id] = found.from_date
                tags[found.company_id] = []
            tag = Tag(found.id, found.industry_id, found.weight_ppm, found.is_primary)
            tags[found.company_id].append(tag)
        return {company: tuple(rows) for company, rows in tags.items()}

    def funds(self) -> dict[int, FundFacts]:
        fact = FundFact
        fields, shares = self._fund_fields(), self._fund_shares()
        query = (
            select(Fund.id, Party.code, fact.name, Fund.party_id, fact.vehicle_type, fact.established)
            .add_columns(fact.manager_id, fact.target_size_fen)
            .join(Party, Party.id == Fund.party_id)
            .join(fact, fact.fund_id == Fund.id)
            .where(visible(fact, self.version), self.begun(fact.from_date), fact.established <= self.as_of)
            .order_by(fact.from_date.is_not(None), fact.from_date, fact.id)
        )
        return {
            row[0]: FundFacts(
                **row._mapping, fields=frozenset(fields.get(row[0], ())), shares=shares.get(row[0], {})
            )
            for row in self.rows(query)
        }

    def _fund_fields(self) -> dict[int, set[int]]:
        query = select(FundField.fund_id, FundField.industry_id).where(
            visible(FundField, self.version), self.begun(FundField.from_date)
        )
        fields: dict[int, set[int]] = {}
        for row in self.rows(query):
            fields.setdefault(row.fund_id, set()).add(row.industry_id)
        return fields

    def _fund_shares(self) -> dict[int, dict[int | None, int]]:
        row = FundPark
        query = (
            select(row.fund_id, row.park_id, row.share_ppm)
            .where(visible(row, self.version), row.relation == ParkRelation.ESTABLISHED)
            .where(row.from_date <= self.as_of, or_(row.to_date.is_(None), row.to_date > self.as_of))
            .order_by(row.from_date, row.id)
        )
        shares: dict[int, dict[int | None, int]] = {}
        for found in self.rows(query):
            shares.setdefault(found.fund_id, {})[found.park_id] = found.share_ppm
        return shares

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
            .where(or_(row.to_date.is_(None), row.to_date > self.as_of))
            .order_by(row.from_date, row.id)
        )
        return {
            found.code: PolicyFacts(found.id, found.name, found.value_e6, found.unit, found.document)
            for found in self.rows(query)
        }
