"""Records whose money a party holds (confirmed only by the commission) and which industries a firm is in."""

from collections.abc import Mapping, Sequence

from funds.book import Change
from funds.drafts import CompanyTagDraft, NatureDraft
from funds.models import CompanyTag, PartyNature
from funds.permissions import Action
from funds.queries.codes import Known, known_segments
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.lookups import NOBODY, look_up_companies, look_up_industries, look_up_parties
from funds.recording.sieve import Recorded, Sieve
from funds.recording.vetting import plan_vetted

CONFIRMED_BY = "confirmed_by_id"
NATURE = Noun(PartyNature, ("party_id", "from_date"))
TAG = Noun(CompanyTag, ("company_id", "industry_id", "segment_id", "from_date"))


def record_natures(change: Change, drafts: Sequence[NatureDraft]) -> Recorded:
    """The nature of parties' money: confirmed by whoever may confirm, otherwise 待定."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_REFERENCE)
    confirmer = change.person_id if sieve.rights.may(Action.CONFIRM_NATURE) else None
    parties = look_up_parties(sieve, "party")
    lines = [
        Line(
            draft,
            {
                "party_id": parties[draft.party].id,
                "nature": draft.nature,
                "level": draft.level,
                "sub_type": draft.sub_type,
                "is_fiscal_injection": draft.is_fiscal_injection,
                "from_date": draft.from_date,
                "evidence": draft.evidence,
                CONFIRMED_BY: confirmer,
            },
            frozenset({CONFIRMED_BY}),
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_vetted(sieve, NATURE, CONFIRMED_BY, lines))


def record_company_tags(change: Change, drafts: Sequence[CompanyTagDraft]) -> Recorded:
    """Weighted industries (and segments) of firms; those of one date replace those of earlier dates."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_REFERENCE)
    companies = look_up_companies(sieve, "company")
    industries = look_up_industries(sieve, "industry")
    segments = _look_up_segments(sieve, industries)
    lines = [
        Line(
            draft,
            {
                "company_id": companies[draft.company].id,
                "industry_id": industries[draft.industry].id,
                "segment_id": draft.segment and segments.get((draft.industry, draft.segment), NOBODY),
                "weight_ppm": draft.weight_ppm,
                "is_primary": draft.is_primary,
                "from_date": draft.from_date,
                "basis": draft.basis,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, TAG, lines))


def _look_up_segments(
    sieve: Sieve[CompanyTagDraft], industries: Mapping[str, Known]
) -> dict[tuple[str, str], int]:
    """Segments by the codes of their industry and their own."""
    change = sieve.change
    named = {draft.industry: industries[draft.industry].id for draft in sieve.sound()}
    known = known_segments(change.connection, change.version, list(named.values()))
    segments: dict[tuple[str, str], int] = {
        (industry, code): known[industry_id, code].id
        for industry, industry_id in named.items()
        for owner, code in known
        if owner == industry_id and known[owner, code].is_visible
    }
    for draft, field, code in sieve.referring("segment"):
        if (draft.industry, code) not in segments:
            sieve.report_unknown(draft, field, {"code": code}, f"segment/{draft.industry}/{code}")
    return segments
