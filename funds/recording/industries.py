"""Records the city's industries by edition, and the national codes that speak for an industry or a link of its chain."""

from collections.abc import Iterable, Sequence

from funds.book import Change
from funds.drafts import CrosswalkDraft, IndustryDraft
from funds.kinds import Confirmation
from funds.models import Industry, IndustryCrosswalk, IndustryFact, SegmentCrosswalk
from funds.permissions import Action
from funds.queries.codes import known_industries
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_by_code
from funds.recording.lookups import NOBODY, look_up_industries, look_up_segments
from funds.recording.parties import known_national_codes
from funds.recording.sieve import Recorded, Sieve, codes_in, codes_of

INDUSTRY = Noun(IndustryFact, ("industry_id", "from_date"), fields={"industry_id": "code"})
CROSSWALK = Noun(IndustryCrosswalk, ("industry_id", "national_code", "from_date"))
# The same rows as the sheet of industries names them, several codes in one cell.
NAMED_CODES = Noun(IndustryCrosswalk, CROSSWALK.key, fields={"national_code": "national_codes"})
SEGMENT_CROSSWALK = Noun(SegmentCrosswalk, ("segment_id", "national_code"))


def record_industries(change: Change, drafts: Sequence[IndustryDraft]) -> Recorded:
    """Industries of one or more editions of the city's list, with the national codes named beside them."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    known = known_industries(change.connection, change.version, (draft.code for draft in drafts))
    ids = found_by_code(sieve, Industry, known)
    parents = _look_up_parents(sieve, ids)
    lines = [
        Line(
            draft,
            {
                "industry_id": ids[draft.code],
                "name": draft.name,
                "parent_id": None if draft.parent is None else parents.get(draft.parent, NOBODY),
                "category": draft.category,
                "aliases": draft.aliases,
                "from_date": draft.from_date,
                "to_date": draft.to_date,
                "basis": draft.basis,
            },
        )
        for draft in sieve.drafts
    ]
    plan = plan_facts(sieve, INDUSTRY, lines)
    crosswalk = plan_facts(sieve, NAMED_CODES, list(_crosswalk_lines(sieve.drafts, ids)))
    _check_national_codes(sieve)
    return keep_facts(sieve, plan, crosswalk)


def record_crosswalks(change: Change, drafts: Sequence[CrosswalkDraft]) -> Recorded:
    """Which national codes speak for a city industry, or for one link of its chain."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    industries = look_up_industries(sieve, "industry")
    segments = look_up_segments(sieve, industries, ("industry", "segment"))
    known = known_national_codes(change, codes_of(drafts, "national_code"))
    for draft, field, code in codes_in(drafts, "national_code"):
        if known is not None and code not in known:
            sieve.report(draft, field, "national_code.unknown", {"code": code})
    wide, narrow = [], []
    for draft in sieve.drafts:
        values: dict[str, object] = {
            "national_code": draft.national_code,
            "is_partial": draft.is_partial,
            "confirmation": draft.confirmation,
            "basis": draft.basis,
        }
        industry = industries[draft.industry].id
        if draft.segment is None:
            wide.append(Line(draft, {"industry_id": industry, **values, "from_date": draft.from_date}))
        else:
            narrow.append(
                Line(draft, {"segment_id": segments.get((industry, draft.segment), NOBODY), **values})
            )
    return _keep_both(sieve, wide, narrow)


def _keep_both(sieve: Sieve[CrosswalkDraft], wide: list[Line], narrow: list[Line]) -> Recorded:
    """Rows of industries and rows of links; the numbers are those of both together."""
    plans = plan_facts(sieve, CROSSWALK, wide), plan_facts(sieve, SEGMENT_CROSSWALK, narrow)
    sieve.settle()
    new = sum(plan.write(sieve) for plan in plans)
    return sieve.conclude(new, sum(plan.same for plan in plans), 0)


def _look_up_parents(sieve: Sieve[IndustryDraft], ids: dict[str, int]) -> dict[str, int]:
    """Parents may stand in the same sheet, before or after."""
    change = sieve.change
    wanted = {draft.parent for draft in sieve.drafts if draft.parent is not None} - ids.keys()
    known = known_industries(change.connection, change.version, wanted)
    parents = ids | {code: industry.id for code, industry in known.items() if industry.is_visible}
    for draft, field, code in codes_in(sieve.drafts, "parent"):
        if code not in parents:
            sieve.report_unknown(draft, field, {"code": code}, code)
    return parents


def _crosswalk_lines(drafts: Iterable[IndustryDraft], ids: dict[str, int]) -> Iterable[Line]:
    for draft in drafts:
        for code in draft.national_codes:
            values = {
                "industry_id": ids[draft.code],
                "national_code": code,
                "is_partial": False,
                "confirmation": Confirmation.UNCHECKED,
                "from_date": draft.from_date,
            }
            yield Line(draft, values, frozenset({"is_partial", "confirmation"}))


def _check_national_codes(sieve: Sieve[IndustryDraft]) -> None:
    named = {code for draft in sieve.drafts for code in draft.national_codes}
    known = known_national_codes(sieve.change, named)
    for draft in sieve.drafts:
        for code in draft.national_codes:
            if known is not None and code not in known:
                sieve.report(draft, "national_codes", "national_code.unknown", {"code": code})
