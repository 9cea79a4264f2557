"""Records which industries firms are in; whoever may not confirm them proposes them, firm by firm."""

from collections.abc import Mapping, Sequence

from funds.book import Change
from funds.drafts import CompanyTagDraft
from funds.models import CompanyTag
from funds.permissions import Action
from funds.queries.codes import Known, known_segments
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.instead import propose_instead
from funds.recording.lookups import NOBODY, look_up_companies, look_up_industries
from funds.recording.second_person import must_propose
from funds.recording.sieve import Recorded, Sieve

KIND = "tag"
TAG = Noun(CompanyTag, ("company_id", "industry_id", "segment_id", "from_date"))


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
    plan = plan_facts(sieve, TAG, lines)
    if must_propose(change, KIND, may_confirm=sieve.rights.may(Action.CONFIRM_TAG)):
        return propose_instead(sieve, plan, KIND, "company")
    return keep_facts(sieve, plan)


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
