"""Records parks, and which industry leads in which of them."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import ParkDraft, ParkIndustryDraft
from funds.models import Park, ParkFact, ParkIndustry
from funds.permissions import Action
from funds.queries.codes import known_parks
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_by_code
from funds.recording.lookups import look_up_industries, look_up_parks
from funds.recording.sieve import Recorded, Sieve

PARK = Noun(ParkFact, ("park_id", "from_date"), fields={"park_id": "code"})
PARK_INDUSTRY = Noun(ParkIndustry, ("park_id", "industry_id", "from_date"))


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
