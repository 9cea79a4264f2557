"""Institutions, the nature of their money, and who owns whom."""

from datetime import date

from dashboard.sample.credit_codes import FIRM, ORGAN, make_credit_code
from dashboard.sample.plan import CityPlan, PartyPlan
from funds.drafts import NatureDraft, OwnershipDraft, PartyDraft
from funds.kinds import GovernmentLevel, Nature

SINCE = date(2018, 1, 1)
PERSON, GOVERNMENT = "自然人", "政府机关"
WHOLE_PER_CENT = 10_000
INDUSTRIAL_CAPITAL = "产业资本"


def draft_parties(plan: CityPlan) -> list[PartyDraft]:
    """Every institution."""
    return [
        PartyDraft(
            code=row.code,
            name=row.name,
            credit_code=_credit_code(row, serial),
            former_names=row.former_names,
            kind=row.kind,
            manager_registration=row.registration,
            registered_in="示例市",
        )
        for serial, row in enumerate(plan.parties, 1)
    ]


def _credit_code(party: PartyPlan, serial: int) -> str | None:
    if party.kind == PERSON:
        return None
    return make_credit_code(ORGAN if party.kind == GOVERNMENT else FIRM, serial)


def draft_natures(plan: CityPlan) -> list[NatureDraft]:
    """Whose money each institution brings; those that nobody confirmed, and custodians, have no row."""
    institutions = [
        NatureDraft(
            party=row.code,
            nature=Nature(row.nature),
            from_date=SINCE,
            level=GovernmentLevel(row.level) if row.level else None,
            sub_type=row.sub_type,
            is_fiscal_injection=row.is_fiscal_injection,
            evidence="示例出资人证明材料",
        )
        for row in plan.parties
        if row.nature
    ]
    reviewed = [
        NatureDraft(
            party=row.code,
            nature=Nature.STATE_OWNED,
            from_date=row.found_state_owned_on,
            level=GovernmentLevel.DISTRICT,
            evidence="示例穿透复核记录",
        )
        for row in plan.parties
        if row.found_state_owned_on
    ]
    firms = {row.party for fund in plan.funds for row in fund.investors} & {firm.code for firm in plan.firms}
    return [*institutions, *reviewed] + [
        NatureDraft(
            party=firm,
            nature=Nature.SOCIAL,
            from_date=SINCE,
            sub_type=INDUSTRIAL_CAPITAL,
            evidence="示例营业执照",
        )
        for firm in sorted(firms)
    ]


def draft_ownership(plan: CityPlan) -> list[OwnershipDraft]:
    """Who holds how much of whom."""
    return [
        OwnershipDraft(
            owner=owner,
            owned=row.code,
            share_ppm=per_cent * WHOLE_PER_CENT,
            from_date=SINCE,
            evidence="示例工商登记",
        )
        for row in plan.parties
        for owner, per_cent in (row.owners or {}).items()
    ]
