"""Funds, the parks that they belong to, and the terms of their contracts."""

from collections.abc import Iterator
from datetime import date

from dashboard.sample.amounts import WAN, WHOLE
from dashboard.sample.plan import CITY, CityPlan, FundPlan
from funds.drafts import FundDraft, FundParkDraft, FundTermDraft
from funds.kinds import FundClass, FundStatus, GovernmentLevel, ParkRelation, VehicleType
from funds.measures import parse_figure

PER_CENT = WHOLE // 100
FEE, FEE_SINCE = "管理费率", 2025


def draft_funds(plan: CityPlan) -> list[FundDraft]:
    """Every fund."""
    return [
        FundDraft(
            code=row.code,
            name=row.name,
            vehicle_type=VehicleType(row.type),
            established=row.established,
            fund_class=FundClass(row.fund_class),
            legal_form=row.legal_form,
            level=GovernmentLevel(row.level),
            manager=row.manager,
            custodian=row.custodian,
            target_size_fen=row.target * WAN,
            invest_end=row.invest_end,
            exit_end=row.exit_end,
            status=FundStatus(row.status),
            filing_no=f"示例{row.code}备",
            fields=row.fields,
        )
        for row in plan.funds
    ]


def draft_fund_parks(plan: CityPlan) -> list[FundParkDraft]:
    """Which parks set a fund up and by what share, paid into it, or have it in their place."""
    return [draft for fund in plan.funds for draft in _parks_of(fund)]


def _parks_of(fund: FundPlan) -> Iterator[FundParkDraft]:
    for park, per_cent in fund.parks.items():
        yield FundParkDraft(
            fund=fund.code,
            park=None if park == CITY else park,
            relation=ParkRelation.ESTABLISHED,
            from_date=fund.established,
            share_ppm=per_cent * PER_CENT,
        )
    for place, relation in ((fund.located, ParkRelation.LOCATED), (fund.funded, ParkRelation.FUNDED)):
        if place is not None:
            yield FundParkDraft(fund=fund.code, park=place, relation=relation, from_date=fund.established)


def draft_fund_terms(plan: CityPlan) -> list[FundTermDraft]:
    """The terms of every contract; a fee that fell later has two rows."""
    return [draft for fund in plan.funds for draft in _terms_of(fund)]


def _terms_of(fund: FundPlan) -> Iterator[FundTermDraft]:
    yield _term(fund, FEE, (fund.fee, "%"), fund.established)
    if fund.invest_end.year <= FEE_SINCE:
        yield _term(fund, FEE, (f"{float(fund.fee) * 0.75:g}", "%"), fund.invest_end)
    for term, value in (fund.terms or {}).items():
        yield _term(fund, term, tuple(value), fund.established)


def _term(fund: FundPlan, term: str, value: tuple[str, ...], since: date) -> FundTermDraft:
    """A number with its unit, or words alone."""
    is_number = len(value) > 1
    return FundTermDraft(
        fund=fund.code,
        term=term,
        from_date=since,
        value_e6=parse_figure(value[0]) if is_number else None,
        words=None if is_number else value[0],
        unit=value[1] if is_number else None,
        clause="示例合伙协议",
    )
