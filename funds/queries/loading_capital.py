"""Reads natures over time, owners, rounds with their investors, claims, recognised 返投 and published figures."""

from sqlalchemy import func, select

from funds.book import visible
from funds.kinds import CommitmentChange
from funds.models import (
    Claim,
    CommitmentMovement,
    LocalInvestment,
    PartyNature,
    PartyOwnership,
    PersonFact,
    ReportedFigure,
    Revision,
    Round,
    RoundFact,
    RoundInvestor,
)
from funds.queries.capital_facts import (
    ClaimFacts,
    LocalInvestmentFacts,
    NatureRow,
    OwnershipFacts,
    ReportedFacts,
    RoundFacts,
    RoundPart,
)
from funds.queries.fact_reader import FactReader
from funds.queries.filed_figures import end_of_period


class CapitalReader(FactReader):
    """Everything said of the money by the day, for the whole city."""

    def natures(self) -> dict[int, tuple[NatureRow, ...]]:
        """Every statement that began by the day, corrected ones among them, by party and 生效日."""
        row, people = PartyNature, self._people()
        standing = visible(row, self.version)
        query = (
            select(row.id, row.party_id, row.nature, row.level, row.sub_type, row.is_fiscal_injection)
            .add_columns(row.from_date, row.evidence, row.confirmed_by_id, Revision.person_id)
            .add_columns(row.revision_id, standing.label("standing"))
            .join(Revision, Revision.id == row.revision_id)
            .where(row.revision_id <= self.version, row.from_date <= self.as_of, row.withdrawn.is_(False))
            .order_by(row.party_id, row.from_date, row.id)
        )
        found: dict[int, list[NatureRow]] = {}
        for one in self.rows(query):
            confirmed = None if one.confirmed_by_id is None else people.get(one.confirmed_by_id, "")
            line = NatureRow(
                id=one.id,
                party_id=one.party_id,
                nature=one.nature,
                level=one.level,
                sub_type=one.sub_type,
                is_fiscal_injection=one.is_fiscal_injection,
                from_date=one.from_date,
                evidence=one.evidence,
                confirmed_by=confirmed,
                stated_by=people.get(one.person_id, ""),
                revision=one.revision_id,
                is_current=bool(one.standing),
            )
            found.setdefault(one.party_id, []).append(line)
        return {party: tuple(rows) for party, rows in found.items()}

    def ownership(self) -> tuple[OwnershipFacts, ...]:
        """The newest share of each owner in force on the day."""
        row = PartyOwnership
        query = (
            select(row.id, row.owner_id, row.owned_id, row.share_ppm, row.evidence)
            .where(visible(row, self.version), row.from_date <= self.as_of, self.holds(row.to_date))
            .order_by(row.from_date, row.id)
        )
        newest = {(one.owner_id, one.owned_id): OwnershipFacts(*one) for one in self.rows(query)}
        return tuple(newest[pair] for pair in sorted(newest))

    def rounds(self) -> dict[int, RoundFacts]:
        """Rounds that closed by the day."""
        row, parts = RoundFact, self._parts()
        query = (
            select(row.round_id, Round.code, row.company_id, row.name, row.closed_on, row.total_fen)
            .add_columns(row.secondary_fen, row.post_money_fen, row.loan_fen)
            .join(Round, Round.id == row.round_id)
            .where(visible(row, self.version), row.closed_on <= self.as_of)
            .order_by(row.closed_on, row.round_id)
        )
        return {
            one.round_id: RoundFacts(
                id=one.round_id,
                code=one.code,
                company_id=one.company_id,
                name=one.name,
                closed_on=one.closed_on,
                total=one.total_fen,
                secondary=one.secondary_fen,
                post_money=one.post_money_fen,
                loan=one.loan_fen,
                parts=tuple(parts.get(one.round_id, ())),
            )
            for one in self.rows(query)
        }

    def _parts(self) -> dict[int, list[RoundPart]]:
        row = RoundInvestor
        query = (
            select(row.round_id, row.id, row.investor_id, row.amount_fen, row.share_origin)
            .where(visible(row, self.version))
            .order_by(row.round_id, row.id)
        )
        parts: dict[int, list[RoundPart]] = {}
        for one in self.rows(query):
            parts.setdefault(one.round_id, []).append(RoundPart(*one[1:]))
        return parts

    def claims(self) -> tuple[ClaimFacts, ...]:
        """Claims for quarters that have ended, by fund and quarter."""
        row = Claim
        query = (
            select(row.id, row.fund_id, row.quarter, row.definition, row.basis, row.value_e6, row.social_fen)
            .where(visible(row, self.version))
            .order_by(row.fund_id, row.quarter, row.definition, row.basis, row.id)
        )
        found = [
            ClaimFacts(one.id, one.fund_id, one.quarter, end_of_period(one.quarter), *one[3:])
            for one in self.rows(query)
        ]
        return tuple(one for one in found if one.quarter_end <= self.as_of)

    def local_investments(self) -> tuple[LocalInvestmentFacts, ...]:
        """What was recognised by the day."""
        row = LocalInvestment
        query = (
            select(row.id, row.fund_id, row.company_id, row.amount_fen, row.recognised_on, row.basis)
            .where(visible(row, self.version), row.recognised_on <= self.as_of)
            .order_by(row.recognised_on, row.id)
        )
        return tuple(LocalInvestmentFacts(*one) for one in self.rows(query))

    def reported(self) -> tuple[ReportedFacts, ...]:
        """What was published by the day, newest first."""
        row = ReportedFigure
        query = (
            select(row.id, row.subject, row.statement, row.value_e6, row.stated_on, row.source)
            .where(visible(row, self.version), row.stated_on <= self.as_of)
            .order_by(row.stated_on.desc(), row.id)
        )
        return tuple(ReportedFacts(*one) for one in self.rows(query))

    def cancelled(self) -> frozenset[int]:
        """Changes of commitments that took back a promise; a transfer only hands it on."""
        row, kinds = CommitmentMovement, (CommitmentChange.CANCEL, CommitmentChange.DECREASE)
        query = select(row.id).where(
            visible(row, self.version), row.signed_on <= self.as_of, row.kind.in_(kinds)
        )
        return frozenset(one.id for one in self.rows(query))

    def _people(self) -> dict[int, str]:
        """The names of people, the newest of each."""
        newest = select(func.max(PersonFact.id)).where(PersonFact.revision_id <= self.version)
        query = select(PersonFact.person_id, PersonFact.name).where(
            PersonFact.id.in_(newest.group_by(PersonFact.person_id))
        )
        return {row.person_id: row.name for row in self.rows(query)}
