"""Marks, net asset values, balances, claims and figures as drafts."""

from collections.abc import Iterator

from funds.drafts import (
    BalanceDraft,
    ClaimDraft,
    CompanyFigureDraft,
    IndexLevelDraft,
    LocalInvestmentDraft,
    MarkDraft,
    NavDraft,
    ParkFigureDraft,
    ReportedFigureDraft,
)
from funds.models import (
    Balance,
    Claim,
    CompanyFigure,
    FundNav,
    IndexLevel,
    LocalInvestment,
    Mark,
    ParkFigure,
    ReportedFigure,
)
from funds.queries.transcripts.extent import Source


def draft_balances(source: Source) -> Iterator[BalanceDraft]:
    """Filed balances."""
    for row in source.rows(Balance):
        if source.extent.holds_fund(row.fund_id):
            fund = source.codes.fund[row.fund_id]
            yield BalanceDraft(fund=fund, filed_on=row.filed_on, item=row.item, amount_fen=row.amount_fen)


def draft_marks(source: Source) -> Iterator[MarkDraft]:
    """Marks of holdings, approved or not: what is imported gets the standing that its importer may give."""
    for row in source.rows(Mark):
        fund, company = source.codes.holding[row.holding_id]
        if source.extent.holds_fund(fund):
            source.point_at_company(company)
            yield MarkDraft(
                fund=source.codes.fund[fund],
                company=source.codes.company[company],
                valued_on=row.valued_on,
                fair_value_fen=row.fair_value_fen,
                method=row.method,
                evidence=row.evidence,
            )


def draft_navs(source: Source) -> Iterator[NavDraft]:
    """Reported net asset values."""
    for row in source.rows(FundNav):
        if source.extent.holds_fund(row.fund_id):
            if row.investor_id is not None:
                source.parties.add(row.investor_id)
            yield NavDraft(
                fund=source.codes.fund[row.fund_id],
                valued_on=row.valued_on,
                nav_fen=row.nav_fen,
                investor=None if row.investor_id is None else source.codes.party[row.investor_id],
                source=row.source,
            )


def draft_claims(source: Source) -> Iterator[ClaimDraft]:
    """What managers claim."""
    for row in source.rows(Claim):
        if source.extent.holds_fund(row.fund_id):
            yield ClaimDraft(
                fund=source.codes.fund[row.fund_id],
                quarter=row.quarter,
                definition=row.definition,
                basis=row.basis,
                value_e6=row.value_e6,
                social_fen=row.social_fen,
            )


def draft_local_investments(source: Source) -> Iterator[LocalInvestmentDraft]:
    """Recognised local investment."""
    for row in source.rows(LocalInvestment):
        if source.extent.holds_fund(row.fund_id):
            source.point_at_company(row.company_id)
            yield LocalInvestmentDraft(
                fund=source.codes.fund[row.fund_id],
                company=source.codes.company[row.company_id],
                amount_fen=row.amount_fen,
                recognised_on=row.recognised_on,
                basis=row.basis,
            )


def draft_company_figures(source: Source) -> Iterator[CompanyFigureDraft]:
    """Figures of the firms that are pointed at."""
    for row in source.rows(CompanyFigure):
        if source.extent.is_whole or row.company_id in source.companies:
            yield CompanyFigureDraft(
                company=source.codes.company[row.company_id],
                indicator=row.indicator,
                period=row.period,
                value_e6=row.value_e6,
                unit=row.unit,
                source=row.source,
            )


def draft_park_figures(source: Source) -> Iterator[ParkFigureDraft]:
    """Figures of parks; the city's belong to the whole."""
    for row in source.rows(ParkFigure):
        parks = source.extent.parks
        if parks is None or row.park_id in parks:
            if row.park_id is not None:
                source.parks.add(row.park_id)
            yield ParkFigureDraft(
                park=None if row.park_id is None else source.codes.park[row.park_id],
                indicator=row.indicator,
                period=row.period,
                value_e6=row.value_e6,
                unit=row.unit,
                source=row.source,
                owner=row.owner,
                evidence=row.evidence,
            )


def draft_index_levels(source: Source) -> Iterator[IndexLevelDraft]:
    """Levels of indexes."""
    for row in source.rows(IndexLevel):
        yield IndexLevelDraft(
            index_code=row.index_code,
            quoted_on=row.quoted_on,
            level_e6=row.level_e6,
            is_total_return=row.is_total_return,
        )


def draft_reported_figures(source: Source) -> Iterator[ReportedFigureDraft]:
    """What stands in publications only."""
    for row in source.rows(ReportedFigure):
        yield ReportedFigureDraft(
            subject=row.subject,
            statement=row.statement,
            value_e6=row.value_e6,
            stated_on=row.stated_on,
            source=row.source,
        )
