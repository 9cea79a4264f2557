"""Reads the funds of the city as of a day: what they are, whose they are, and the terms of their contracts."""

from typing import Any

from sqlalchemy import select

from funds.book import visible
from funds.kinds import ParkRelation
from funds.models import Fund, FundFact, FundField, FundPark, FundTerm, Party
from funds.queries.fact_reader import FactReader
from funds.queries.facts import FundFacts, ParkLink, Term


class FundReader(FactReader):
    """Funds set up by the day, with what belongs to them."""

    def funds(self) -> dict[int, FundFacts]:
        """Each fund's newest facts, declared fields and 设立 shares."""
        fact = FundFact
        fields, shares = self._fields(), self._shares()
        query = (
            select(Fund.id, Party.code, fact.name, Fund.party_id, fact.vehicle_type, fact.established)
            .add_columns(fact.manager_id, fact.target_size_fen, fact.fund_class, fact.level)
            .add_columns(fact.legal_form, fact.custodian_id, fact.invest_end, fact.exit_end)
            .add_columns(fact.extension_end, fact.status, fact.filing_no)
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

    def park_links(self) -> tuple[ParkLink, ...]:
        """设立, 出资 and 落地 in force."""
        return tuple(ParkLink(*row) for row in self._links())

    def terms(self) -> dict[int, tuple[Term, ...]]:
        """The newest row of each term of a fund, by the term's name."""
        row = FundTerm
        query = (
            select(
                row.fund_id, row.id, row.term, row.value_e6, row.words, row.unit, row.from_date, row.clause
            )
            .where(visible(row, self.version), row.from_date <= self.as_of)
            .order_by(row.fund_id, row.term, row.from_date, row.id)
        )
        newest: dict[int, dict[str, Term]] = {}
        for found in self.rows(query):
            newest.setdefault(found.fund_id, {})[found.term] = Term(*found[1:])
        return {fund: tuple(terms.values()) for fund, terms in newest.items()}

    def _fields(self) -> dict[int, set[int]]:
        query = select(FundField.fund_id, FundField.industry_id).where(
            visible(FundField, self.version), self.begun(FundField.from_date)
        )
        fields: dict[int, set[int]] = {}
        for row in self.rows(query):
            fields.setdefault(row.fund_id, set()).add(row.industry_id)
        return fields

    def _shares(self) -> dict[int, dict[int | None, int]]:
        shares: dict[int, dict[int | None, int]] = {}
        for found in self._links():
            if found.relation is ParkRelation.ESTABLISHED:
                shares.setdefault(found.fund_id, {})[found.park_id] = found.share_ppm
        return shares

    def _links(self) -> list[Any]:
        row = FundPark
        query = (
            select(row.id, row.fund_id, row.park_id, row.relation, row.share_ppm, row.from_date)
            .where(visible(row, self.version), row.from_date <= self.as_of, self.holds(row.to_date))
            .order_by(row.from_date, row.id)
        )
        return list(self.rows(query))
