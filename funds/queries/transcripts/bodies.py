"""Funds, parties, firms, rounds and what is said of them as drafts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from funds.drafts import (
    CompanyDraft,
    CompanyTagDraft,
    FundDraft,
    FundParkDraft,
    FundTermDraft,
    NatureDraft,
    OwnershipDraft,
    PartyDraft,
    RoundDraft,
    RoundInvestorDraft,
)
from funds.models import (
    CompanyFact,
    CompanyTag,
    FundFact,
    FundField,
    FundPark,
    FundTerm,
    PartyFact,
    PartyNature,
    PartyOwnership,
    RoundFact,
    RoundInvestor,
)
from funds.queries.transcripts.extent import Source, newest_facts


def draft_funds(source: Source) -> Iterator[FundDraft]:
    """Funds of the extent; of others that are pointed at the book keeps what it has."""
    fields: dict[tuple[int, date | None], list[str]] = defaultdict(list)
    for row in source.rows(FundField):
        if source.extent.holds_fund(row.fund_id):
            source.industries.add(row.industry_id)
            fields[row.fund_id, row.from_date].append(source.codes.industry[row.industry_id])
    for row in source.rows(FundFact):
        if not source.extent.holds_fund(row.fund_id):
            continue
        named = [party for party in (row.manager_id, row.custodian_id) if party is not None]
        source.parties.update(named)
        source.point_at_fund(row.fund_id)
        yield FundDraft(
            code=source.codes.fund[row.fund_id],
            name=row.name,
            vehicle_type=row.vehicle_type,
            fund_class=row.fund_class,
            legal_form=row.legal_form,
            level=row.level,
            manager=source.codes.party.get(row.manager_id),
            custodian=source.codes.party.get(row.custodian_id),
            target_size_fen=row.target_size_fen,
            established=row.established,
            invest_end=row.invest_end,
            exit_end=row.exit_end,
            extension_end=row.extension_end,
            status=row.status,
            filing_no=row.filing_no,
            fields=tuple(fields[row.fund_id, row.from_date]),
            from_date=row.from_date,
        )


def draft_fund_parks(source: Source) -> Iterator[FundParkDraft]:
    """How funds belong to parks."""
    for row in source.rows(FundPark):
        if source.extent.holds_fund(row.fund_id):
            if row.park_id is not None:
                source.parks.add(row.park_id)
            yield FundParkDraft(
                fund=source.codes.fund[row.fund_id],
                park=None if row.park_id is None else source.codes.park[row.park_id],
                relation=row.relation,
                share_ppm=row.share_ppm,
                from_date=row.from_date,
                to_date=row.to_date,
            )


def draft_fund_terms(source: Source) -> Iterator[FundTermDraft]:
    """Terms of contracts."""
    for row in source.rows(FundTerm):
        if source.extent.holds_fund(row.fund_id):
            yield FundTermDraft(
                fund=source.codes.fund[row.fund_id],
                term=row.term,
                value_e6=row.value_e6,
                words=row.words,
                unit=row.unit,
                from_date=row.from_date,
                clause=row.clause,
            )


def draft_natures(source: Source) -> Iterator[NatureDraft]:
    """Whose money the parties hold, as far as they pay into the funds of the extent."""
    for row in source.rows(PartyNature):
        if source.extent.is_whole or row.party_id in source.parties:
            yield NatureDraft(
                party=source.codes.party[row.party_id],
                nature=row.nature,
                level=row.level,
                sub_type=row.sub_type,
                is_fiscal_injection=row.is_fiscal_injection,
                from_date=row.from_date,
                evidence=row.evidence,
            )


def draft_ownerships(source: Source) -> Iterator[OwnershipDraft]:
    """Who owns the parties that are pointed at."""
    for row in source.rows(PartyOwnership):
        if source.extent.is_whole or {row.owner_id, row.owned_id} & source.parties:
            source.parties.update((row.owner_id, row.owned_id))
            yield OwnershipDraft(
                owner=source.codes.party[row.owner_id],
                owned=source.codes.party[row.owned_id],
                share_ppm=row.share_ppm,
                from_date=row.from_date,
                to_date=row.to_date,
                evidence=row.evidence,
            )


def draft_rounds(source: Source) -> Iterator[RoundDraft]:
    """Rounds in which the funds of the extent took part."""
    for row in source.rows(RoundFact):
        if source.extent.is_whole or row.round_id in source.rounds:
            source.rounds.add(row.round_id)
            source.point_at_company(row.company_id)
            yield RoundDraft(
                code=source.codes.round[row.round_id],
                company=source.codes.company[row.company_id],
                name=row.name,
                closed_on=row.closed_on,
                total_fen=row.total_fen,
                secondary_fen=row.secondary_fen,
                post_money_fen=row.post_money_fen,
                loan_fen=row.loan_fen,
            )


def draft_round_investors(source: Source) -> Iterator[RoundInvestorDraft]:
    """Everybody who took part in those rounds."""
    for row in source.rows(RoundInvestor):
        if row.round_id in source.rounds:
            source.parties.add(row.investor_id)
            yield RoundInvestorDraft(
                round=source.codes.round[row.round_id],
                investor=source.codes.party[row.investor_id],
                amount_fen=row.amount_fen,
                share_origin=row.share_origin,
            )


def draft_companies(source: Source) -> Iterator[CompanyDraft]:
    """Firms that are pointed at, with the names that they have as parties."""
    named = {row.party_id: row for row in newest_facts(source.rows(PartyFact), "party_id")}
    for row in source.rows(CompanyFact):
        if not (
            source.extent.is_whole or row.company_id in source.companies or _lies_in(source, row.park_id)
        ):
            continue
        source.companies.add(row.company_id)
        party = named[source.codes.party_of_company[row.company_id]]
        if row.park_id is not None:
            source.parks.add(row.park_id)
        yield CompanyDraft(
            code=source.codes.company[row.company_id],
            name=party.name,
            credit_code=party.credit_code,
            national_code=row.national_code,
            park=source.codes.park.get(row.park_id),
            produces_in=row.produces_in,
            ownership=row.ownership,
            size_tags=row.size_tags,
            established=row.established,
            from_date=row.from_date,
        )


def draft_parties(source: Source) -> Iterator[PartyDraft]:
    """Institutions that are pointed at and have facts of their own beside those of a firm or a fund."""
    firms = set(source.codes.party_of_company.values())
    for row in source.rows(PartyFact):
        is_named = source.extent.is_whole or row.party_id in source.parties
        # A firm's name stands in the register of firms; here only what that has no column for.
        more = (row.former_names, row.kind, row.manager_registration, row.registered_in, row.from_date)
        has_more = any(part is not None for part in more)
        if is_named and (row.party_id not in firms or has_more):
            yield PartyDraft(
                code=source.codes.party[row.party_id],
                name=row.name,
                credit_code=row.credit_code,
                former_names=row.former_names,
                kind=row.kind,
                manager_registration=row.manager_registration,
                registered_in=row.registered_in,
                from_date=row.from_date,
            )


def draft_company_tags(source: Source) -> Iterator[CompanyTagDraft]:
    """Industries and links of the firms that are pointed at."""
    for row in source.rows(CompanyTag):
        if source.extent.is_whole or row.company_id in source.companies:
            source.industries.add(row.industry_id)
            yield CompanyTagDraft(
                company=source.codes.company[row.company_id],
                industry=source.codes.industry[row.industry_id],
                segment=None if row.segment_id is None else source.codes.segment[row.segment_id][1],
                weight_ppm=row.weight_ppm,
                is_primary=row.is_primary,
                from_date=row.from_date,
                basis=row.basis,
            )


def _lies_in(source: Source, park: int | None) -> bool:
    parks = source.extent.parks
    return parks is not None and park in parks
