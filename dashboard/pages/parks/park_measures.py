"""Which measures of alignment a park's page shows in the state that its address names, and what they are called."""

from collections.abc import Sequence

from dashboard.pages.parks.park_state import ParkState
from dashboard.pages.parks.park_switches import name_mode
from dashboard.readings.industries.alignment_bases import (
    AT_DECISION,
    FLOW_PERIOD,
    MEASURES,
    NARROWER,
    THROUGH,
)

OWN_WORDS = frozenset({"AL05", "AL06"})
Measure = tuple[str, str, str]


def shown_measures(state: ParkState) -> Sequence[Measure]:
    """Code, basis at as-of and basis at the decision; payments of the chosen period where one was chosen."""
    found = [*MEASURES, *NARROWER]
    if state.since is not None:
        period = ("AL03", FLOW_PERIOD, AT_DECISION[FLOW_PERIOD])
        found = [period if one[0] == "AL03" else one for one in found]
    return [(code, end_basis(state, now), end_basis(state, then)) for code, now, then in found]


def end_basis(state: ParkState, basis: str) -> str:
    """A basis as the page counts: direct, or looked through."""
    return f"{basis}{THROUGH}" if state.is_through else basis


def name_measure(state: ParkState, code: str, basis: str) -> str:
    """By cost, by fair value, by payments, by count, in the park, of commitments."""
    if basis.removesuffix(THROUGH) == FLOW_PERIOD:
        return state.say("alignment.measure_period")
    return state.say(f"alignment.measure_{code}" if code in OWN_WORDS else f"park.measure_{code}")


def name_way(state: ParkState) -> str:
    """The mode, and looked through or not, in words."""
    way = state.say("alignment.through" if state.is_through else "alignment.direct")
    return state.say("alignment.way", mode=name_mode(state.context, state.mode), way=way)
