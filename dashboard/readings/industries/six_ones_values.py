"""Where all twenty stand, for one park and for the city, each by the way in which its value comes about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from dashboard.readings.industries.appraisal import Appraisal, appraise_parks
from dashboard.readings.industries.filed_of_park import facts_of_park
from dashboard.readings.industries.six_ones_catalogue import CITY_ONLY, SIX_ONES, Level, Origin, SixOne
from dashboard.readings.industries.six_ones_counted import (
    count_funds,
    count_leaders,
    count_parks,
    read_multiple,
)
from dashboard.readings.industries.six_ones_standing import (
    NOT_FILED,
    Standing,
    filed_standing,
    newest,
    read_filed,
    sum_filed,
    value_of,
)
from dashboard.readings.industries.six_ones_targets import PolicyVersion, is_met, list_versions, read_target
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.lasting_answers import facts_unfiled, keep_on_facts
from funds.queries.facts import Facts, ParkFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, park_scope

Standings = Mapping[str, Standing]
MULTIPLE = "S19"  # the one that rests on the ledger
PLACE = "S20"  # the one that rests on the other parks' figures


@keep_answer
def park_standings(slice_: LedgerSlice, park: ParkFacts) -> Standings:
    """Every target in one park; what holds for the city alone says so."""
    return {**standings_on_file(slice_.facts, park), MULTIPLE: park_multiple(slice_, park)}


def park_multiple(slice_: LedgerSlice, park: ParkFacts) -> Standing:
    """The multiple of a park, with what was filed of it."""
    filed = standings_on_file(slice_.facts, park)[MULTIPLE]
    return _beside(read_multiple(slice_.narrow(park_scope(park.code))), filed)


def city_standings(slice_: LedgerSlice, parks: Sequence[ParkFacts]) -> Standings:
    """Every target in the city: what it files itself, what its parks sum up to, and what is counted."""
    found = dict(city_on_file(slice_.facts, tuple(parks)))
    found[MULTIPLE] = read_multiple(slice_.narrow(CITY))
    return found


@keep_on_facts
def city_on_file(facts: Facts, parks: tuple[ParkFacts, ...]) -> Standings:
    """The same of facts alone: of the multiple stands what the city filed."""
    filed = read_filed(facts)
    by_park = {park.code: standings_on_file(facts, park) for park in parks}
    found = {}
    for code, one in SIX_ONES.items():
        if code == "S01":
            found[code] = count_parks(facts)
        elif one.is_summed and one.origin is not Origin.FILED:
            found[code] = _sum_counted(one, by_park)
        elif one.is_summed:
            found[code] = sum_filed(filed, one, parks)
        elif one.origin is Origin.APPRAISAL:
            found[code] = Standing(one, None, "six_ones.by_park")
        else:
            reason = "six_ones.by_park" if one.level is Level.EACH else NOT_FILED
            found[code] = filed_standing(one, newest(filed, None, code), reason)
    found["S06"] = replace(found["S06"], asked=_leaders_asked(found["S05"], facts))
    return found


def parks_meeting(
    facts: Facts, one: SixOne, version: PolicyVersion, standings: Mapping[str, Standings]
) -> tuple[int, int] | None:
    """How many parks reach what a version asks of each, and how many have a value; None where it asks none of each."""
    if one.level is not Level.EACH:
        return None
    met = known = 0
    for found in standings.values():
        standing = found[one.code]
        asked = asked_of(facts, standing, version)
        value = standing.value_under(version.number)
        if value is not None and asked is not None:
            known += 1
            met += is_met(one, value, asked)
    return met, known


def asked_of(facts: Facts, standing: Standing, version: PolicyVersion) -> Fraction | None:
    """The number that a value is held against under a version; of S06 one team for each chain leader."""
    target = read_target(facts, standing.one.code, version)
    if target is None or target.value is None or standing.one.level is Level.TRACKED:
        return None
    if standing.one.code != "S06":
        return target.value
    leaders = standing.asked.get(version.number)
    return None if leaders is None else leaders * target.value


@keep_on_facts
def standings_on_file(facts: Facts, park: ParkFacts) -> Standings:
    """The targets of a park as far as facts alone tell them: of the multiple stands what was filed."""
    own = facts_of_park(facts, park.id)
    found = dict(own_standings(own, park))
    found[PLACE] = _place(appraise_parks(facts, None, None), own, park, found[PLACE])
    return found


@keep_on_facts
def own_standings(facts: Facts, park: ParkFacts) -> Standings:
    """The same as far as the park's own figures tell it: of the place among all parks stands what was filed."""
    filed = read_filed(facts)
    found = {
        code: filed_standing(
            one,
            newest(filed, park.id, code),
            "six_ones.city_only" if code in CITY_ONLY else NOT_FILED,
        )
        for code, one in SIX_ONES.items()
    }
    for standing in _count_on_register(facts_unfiled(facts), park.id):
        found[standing.one.code] = _beside(standing, found[standing.one.code])
    found["S06"] = replace(found["S06"], asked=_leaders_asked(found["S05"], facts))
    return found


@keep_on_facts
def _count_on_register(facts: Facts, park: int) -> tuple[Standing, ...]:
    return count_leaders(facts, park, list_versions(facts)), count_funds(facts, park)


def _beside(counted: Standing, filed: Standing) -> Standing:
    """What is counted leads; what was filed for the same thing stands beside it."""
    return replace(counted, told=filed.value, source=filed.source, owner=filed.owner, evidence=filed.evidence)


def _leaders_asked(leaders: Standing, facts: Facts) -> dict[int, Fraction]:
    """The chain leaders by version: each asks for a team of its own."""
    return {
        version.number: leaders.values[version.number]
        for version in list_versions(facts)
        if version.number in leaders.values
    }


def _place(appraisal: Appraisal, own: Facts, park: ParkFacts, filed: Standing) -> Standing:
    """S20: the place in the last appraisal; where no weights are set, the place that was filed."""
    placed = appraisal.placed.get(park.code)
    if placed is None:
        if not appraisal.weights and filed.value is not None:
            return replace(filed, origin=Origin.FILED)
        unplaced = Standing(SIX_ONES[PLACE], None, appraisal.reason or "appraisal.lacks")
        return _beside(unplaced, filed)
    rows = [row for row in read_filed(own).get((park.id, PLACE), ()) if row.period == appraisal.year]
    counted = Standing(SIX_ONES[PLACE], Fraction(placed.rank), period=appraisal.year)
    return replace(_beside(counted, filed), told=value_of(rows[-1]) if rows else None)


def _sum_counted(one: SixOne, by_park: Mapping[str, Standings]) -> Standing:
    """The sum of what is counted in each park, version by version, with the parks that have no count."""
    found = {park: standings[one.code] for park, standings in by_park.items()}
    known = {park: standing for park, standing in found.items() if standing.value is not None}
    if not known:
        return Standing(one, None, next((s.reason for s in found.values()), NOT_FILED))
    versions = {number for standing in known.values() for number in standing.values}
    zero = Fraction(0)
    # Each thing counts once, though a fund may serve two parks.
    entries = tuple(sorted({name for standing in known.values() for name in standing.entries}))
    return Standing(
        one,
        Fraction(len(entries)),
        period=max((standing.period for standing in known.values() if standing.period), default=None),
        entries=entries,
        missing=tuple(park for park in found if park not in known),
        values={
            number: sum((s.value_under(number) or zero for s in known.values()), zero) for number in versions
        },
    )
