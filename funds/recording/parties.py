"""Records institutions and firms, who owns them, and what firms report."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts import CompanyDraft, CompanyFigureDraft, OwnershipDraft, PartyDraft
from funds.models import (
    CompanyFact,
    CompanyFigure,
    Fund,
    FundFact,
    NationalIndustry,
    PartyFact,
    PartyOwnership,
)
from funds.permissions import Action
from funds.queries.codes import each_chunk
from funds.recording.dated import require_dated
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_companies, found_parties
from funds.recording.lookups import id_of, look_up_companies, look_up_parks, look_up_parties
from funds.recording.sieve import Recorded, Sieve, codes_in, codes_of
from funds.recording.stakeholders import require_known, require_new

Named = TypeVar("Named", PartyDraft, CompanyDraft)

# Two sheets (机构, 企业名录) speak of the same party, each with blanks that the other fills.
PARTY = Noun(PartyFact, ("party_id", "from_date"), fields={"party_id": "code"}, is_completed=True)
COMPANY = Noun(CompanyFact, ("company_id", "from_date"), fields={"company_id": "code"})
OWNERSHIP = Noun(PartyOwnership, ("owned_id", "owner_id", "from_date"))
COMPANY_FIGURE = Noun(CompanyFigure, ("company_id", "indicator", "period"))


def record_parties(change: Change, drafts: Sequence[PartyDraft]) -> Recorded:
    """Institutions: whoever pays into, manages or keeps a fund."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_REFERENCE)
    ids = found_parties(sieve)
    check_fund_names(sieve, ids)
    lines = [
        Line(
            draft,
            {
                "party_id": ids[draft.code],
                "name": draft.name,
                "credit_code": draft.credit_code,
                "former_names": draft.former_names,
                "kind": draft.kind,
                "manager_registration": draft.manager_registration,
                "registered_in": draft.registered_in,
                "from_date": draft.from_date,
            },
        )
        for draft in sieve.drafts
    ]
    require_dated(sieve, PARTY, lines)
    return keep_facts(sieve, plan_facts(sieve, PARTY, lines))


def record_companies(change: Change, drafts: Sequence[CompanyDraft]) -> Recorded:
    """Firms of the register, invested in or not."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_REFERENCE)
    parks = look_up_parks(sieve, "park")
    _check_national_codes(sieve)
    ids = found_companies(sieve)
    check_fund_names(sieve, {code: company.party_id for code, company in ids.items()})
    names = [
        Line(
            draft,
            {
                "party_id": ids[draft.code].party_id,
                "name": draft.name,
                "credit_code": draft.credit_code,
                **dict.fromkeys(
                    ("former_names", "kind", "manager_registration", "registered_in", "from_date")
                ),
            },
        )
        for draft in sieve.drafts
        if draft.from_date is None  # its name from a day on is a fact of the institution
    ]
    parties = plan_facts(sieve, PARTY, names)
    lines = [
        Line(
            draft,
            {
                "company_id": ids[draft.code].id,
                "national_code": draft.national_code,
                "park_id": id_of(parks, draft.park),
                "produces_in": draft.produces_in,
                "ownership": draft.ownership,
                "size_tags": draft.size_tags,
                "established": draft.established,
                "from_date": draft.from_date,
            },
        )
        for draft in sieve.drafts
    ]
    require_dated(sieve, COMPANY, lines)
    return keep_facts(sieve, plan_facts(sieve, COMPANY, lines), parties)


def record_ownerships(change: Change, drafts: Sequence[OwnershipDraft]) -> Recorded:
    """Who holds how much of whom."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    parties = look_up_parties(sieve, "owner", "owned")
    lines = [
        Line(
            draft,
            {
                "owner_id": parties[draft.owner].id,
                "owned_id": parties[draft.owned].id,
                "share_ppm": draft.share_ppm,
                "from_date": draft.from_date,
                "to_date": draft.to_date,
                "evidence": draft.evidence,
            },
        )
        for draft in sieve.drafts
    ]
    plan = plan_facts(sieve, OWNERSHIP, lines)
    fresh = ((line.draft.owned, line.values) for line, _ in plan.fresh)
    require_new(change, sieve.rights, PartyOwnership, fresh)
    return keep_facts(sieve, plan)


def record_company_figures(change: Change, drafts: Sequence[CompanyFigureDraft]) -> Recorded:
    """Output, jobs and other indicators of firms, by whoever answers for a fund that holds them or for their park."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    companies = look_up_companies(sieve, "company")
    lines = [
        Line(
            draft,
            {
                "company_id": companies[draft.company].id,
                "indicator": draft.indicator,
                "period": draft.period,
                "value_e6": draft.value_e6,
                "unit": draft.unit,
                "source": draft.source,
            },
        )
        for draft in sieve.drafts
    ]
    plan = plan_facts(sieve, COMPANY_FIGURE, lines)
    fresh = ((line.draft.company, line.values) for line, _ in plan.fresh)
    require_known(change, sieve.rights, CompanyFigure, fresh)
    return keep_facts(sieve, plan)


def check_fund_names(sieve: Sieve[Named], parties: dict[str, int]) -> None:
    """A code that is a fund's keeps the fund's name."""
    change = sieve.change
    query = (
        select(Fund.party_id, FundFact.name)
        .join(FundFact, FundFact.fund_id == Fund.id)
        .where(visible(FundFact, change.version))
    )
    names: dict[int, set[str]] = {}
    for piece in each_chunk(parties.values()):
        for row in change.connection.execute(query.where(Fund.party_id.in_(piece))):
            names.setdefault(row.party_id, set()).add(row.name)
    for draft, _, code in sieve.referring("code"):
        known = names.get(parties[code])
        if known is not None and draft.name not in known:
            sieve.report_twin(draft, ["name"], "twin.changed")


def known_national_codes(change: Change, codes: Iterable[str]) -> set[str] | None:
    """Those of the codes that the national classification has; None when the book holds no edition."""
    if change.connection.execute(select(NationalIndustry.id).limit(1)).first() is None:
        return None
    query = select(NationalIndustry.code).where(visible(NationalIndustry, change.version))
    return {
        row.code
        for piece in each_chunk(codes)
        for row in change.connection.execute(query.where(NationalIndustry.code.in_(piece)))
    }


def _check_national_codes(sieve: Sieve[CompanyDraft]) -> None:
    known = known_national_codes(sieve.change, codes_of(sieve.drafts, "national_code"))
    for draft, field, code in codes_in(sieve.drafts, "national_code"):
        if known is not None and code not in known:
            sieve.report(draft, field, "national_code.unknown", {"code": code})
