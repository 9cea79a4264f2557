"""Records S02–S20 of parks and of the city, with source, owner and evidence."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import ParkFigureDraft
from funds.models import ParkFigure
from funds.permissions import Action
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.lookups import id_of, look_up_parks
from funds.recording.sieve import Recorded, Sieve

# Unit, source, owner or evidence may be added to a figure that came without.
PARK_FIGURE = Noun(ParkFigure, ("indicator", "period", "park_id"), is_completed=True)


def record_park_figures(change: Change, drafts: Sequence[ParkFigureDraft]) -> Recorded:
    """Figures of the parks that this person looks after; one that comes again with another value is refused."""
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
                "evidence": draft.evidence,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, PARK_FIGURE, lines))
