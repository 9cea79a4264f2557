"""Records industries, parks, which industry leads where, and the segments of chains."""

from collections.abc import Iterable, Sequence

from funds.book import Change
from funds.drafts import IndustryDraft, ParkDraft, ParkFigureDraft, ParkIndustryDraft, SegmentDraft
from funds.kinds import Confirmation
from funds.models import (
    Industry,
    IndustryCrosswalk,
    IndustryFact,
    Park,
    ParkFact,
    ParkFigure,
    ParkIndustry,
    Segment,
    SegmentFact,
)
from funds.permissions import Action
from funds.queries.codes import known_industries, known_parks, known_segments
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_by_code
from funds.recording.lookups import NOBODY, id_of, look_up_industries, look_up_parks
from funds.recording.parties import known_national_codes
from funds.recording.sieve import Recorded, Sieve, codes_in
from funds.rules.rows import check_row

INDUSTRY = Noun(IndustryFact, ("industry_id", "from_date"), fields={"industry_id": "code"})
CROSSWALK = Noun(
    IndustryCrosswalk,
    ("industry_id", "national_code", "from_date"),
    fields={"national_code": "national_codes"},
)
PARK = Noun(ParkFact, ("park_id", "from_date"), fields={"park_id": "code"})
PARK_INDUSTRY = Noun(ParkIndustry, ("park_id", "industry_id", "from_date"))
SEGMENT = Noun(SegmentFact, ("segment_id",), fields={"segment_id": "code"})
PARK_FIGURE = Noun(ParkFigure, ("indicator", "period", "park_id"))


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
    crosswalk = plan_facts(sieve, CROSSWALK, list(_crosswalk_lines(sieve.drafts, ids)))
    _check_national_codes(sieve)
    return keep_facts(sieve, plan, crosswalk)


def record_parks(change: Change, drafts: Sequence[ParkDraft]) -> Recorded:
    """Parks, however many a city has."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    known = known_parks(change.connection, change.version, (draft.code for draft in drafts))
    ids = found_by_code(sieve, Park, known)
    lines = [
        Line(
            draft,
            {
                "park_id": ids[draft.code],
                "name": draft.name,
                "level": draft.level,
                "district": draft.district,
                "from_date": draft.from_date,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, PARK, lines))


def record_park_industries(change: Change, drafts: Sequence[ParkIndustryDraft]) -> Recorded:
    """Which industries lead in which park, ranked and dated."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    parks = look_up_parks(sieve, "park")
    industries = look_up_industries(sieve, "industry")
    lines = [
        Line(
            draft,
            {
                "park_id": parks[draft.park].id,
                "industry_id": industries[draft.industry].id,
                "rank": draft.rank,
                "from_date": draft.from_date,
                "to_date": draft.to_date,
                "basis": draft.basis,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, PARK_INDUSTRY, lines))


def record_segments(change: Change, drafts: Sequence[SegmentDraft]) -> Recorded:
    """The links of industries' chains."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    industries = look_up_industries(sieve, "industry")
    ids = _found_segments(sieve, {code: industry.id for code, industry in industries.items()})
    for draft in sieve.sound():
        if draft.parent is not None and (industries[draft.industry].id, draft.parent) not in ids:
            suspicion = f"segment/{draft.industry}/{draft.parent}"
            sieve.report_unknown(draft, "parent", {"code": draft.parent}, suspicion)

    def id_behind(draft: SegmentDraft, code: str | None) -> int | None:
        return None if code is None else ids.get((industries[draft.industry].id, code), NOBODY)

    lines = [
        Line(
            draft,
            {
                "segment_id": id_behind(draft, draft.code),
                "name": draft.name,
                "parent_id": id_behind(draft, draft.parent),
                "position": draft.position,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, SEGMENT, lines))


def record_park_figures(change: Change, drafts: Sequence[ParkFigureDraft]) -> Recorded:
    """S02–S20 of a park or of the city, with source and owner."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_PARK_FIGURES)
    parks = look_up_parks(sieve, "park")
    sieve.rights.require_parks(
        Action.RECORD_PARK_FIGURES, {id_of(parks, draft.park) for draft in sieve.sound()}
    )
    lines = [
        Line(
            draft,
            {
                "park_id": id_of(parks, draft.park),
                "indicator": draft.indicator,
                "period": draft.period,
                "value_e6": draft.value_e6,
                "unit": draft.unit,
                "source": draft.source,
                "owner": draft.owner,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, PARK_FIGURE, lines))


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


def _found_segments(sieve: Sieve[SegmentDraft], industries: dict[str, int]) -> dict[tuple[int, str], int]:
    change = sieve.change
    known = known_segments(change.connection, change.version, list(industries.values()))
    ids = {pair: segment.id for pair, segment in known.items() if segment.is_visible}
    rows: dict[tuple[int, str], dict[str, object]] = {}
    for draft in sieve.drafts:
        pair = (industries[draft.industry], draft.code)
        for fault in check_row(Segment, {"code": draft.code}, change.on):
            sieve.report(draft, "code", fault.code, fault.params)
        if pair in known:
            ids[pair] = known[pair].id
        elif sieve.is_sound(draft):
            row = {"industry_id": pair[0], "code": pair[1], "origin": draft.place.origin}
            rows.setdefault(pair, row)
    return ids | dict(zip(rows, change.add(Segment, list(rows.values())), strict=True))
