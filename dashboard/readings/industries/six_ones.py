"""The six ones (六个一) of a park or of the city: S01–S20 with what each version of the policy asks, and the gap."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dashboard.readings.answers import Figure, Reading, absent, print_ratio
from dashboard.readings.industries.appraisal_rows import appraisal_rows
from dashboard.readings.industries.filed_of_park import facts_of_park
from dashboard.readings.industries.output_share import output_share_figures, output_share_rows, parks_of
from dashboard.readings.industries.six_ones_catalogue import Level
from dashboard.readings.industries.six_ones_standing import Standing
from dashboard.readings.industries.six_ones_targets import (
    PolicyVersion,
    gap_to,
    is_met,
    list_versions,
    read_target,
)
from dashboard.readings.industries.six_ones_trend import trend_rows
from dashboard.readings.industries.six_ones_values import (
    MULTIPLE,
    PLACE,
    Standings,
    asked_of,
    city_on_file,
    city_standings,
    own_standings,
    park_multiple,
    park_standings,
    parks_meeting,
    standings_on_file,
)
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.lasting_answers import keep_on_facts
from funds.queries.facts import Facts, ParkFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName
from funds.rules.park_figures import PERCENT

SIX_ONES_TABLE, TARGETS, GRID = "six_ones", "six_ones_target", "six_ones_park"
WHOLE_PERCENT = 100
Row = dict[str, object]


def read_six_ones(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """The twenty figures with AL07, and the tables `six_ones six_ones_target six_ones_trend appraisal…`."""
    figures = (*six_ones_figures(slice_), *output_share_figures(slice_, mode))
    rows = tuple(six_ones_rows(slice_, mode))
    return Reading("six_ones", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)


def read_six_ones_figures(slice_: LedgerSlice) -> Reading:
    """The twenty figures alone."""
    figures = six_ones_figures(slice_)
    return Reading("six_ones", slice_.scope.label, slice_.as_of, slice_.version, figures)


@keep_answer
def six_ones_figures(slice_: LedgerSlice) -> tuple[Figure, ...]:
    """S01–S20 of a park or of the city, percentages as shares of one; none of any other scope."""
    if slice_.scope.name not in (ScopeName.CITY, ScopeName.PARK):
        return ()
    versions = slice_.facts.definitions
    return tuple(
        _figure(standing, versions.get(standing.one.code)) for standing in standings_of(slice_).values()
    )


def six_ones_rows(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Iterator[Row]:
    """Every table of the six ones that the scope may be told."""
    facts, parks, standings = slice_.facts, tuple(parks_of(slice_)), standings_of(slice_)
    if slice_.scope.name is ScopeName.PARK:
        known = _rows_of_park(facts_of_park(facts, parks[0].id), parks[0])
        anew = _tell(facts, {code: standings[code] for code in (MULTIPLE, PLACE)}, {}, is_city=False)
    else:
        is_city = slice_.scope.name is ScopeName.CITY
        by_park = {park.code: {MULTIPLE: park_multiple(slice_, park)} for park in parks}
        known = _rows_of_city(facts, parks, is_city=is_city)
        anew = _tell(facts, {MULTIPLE: standings[MULTIPLE]}, by_park, is_city=is_city)
    by_place = {_place_of(row): row for row in anew}
    yield from (by_place.get(_place_of(row), row) for row in known)
    yield from trend_rows(slice_)
    yield from output_share_rows(slice_, mode)
    yield from appraisal_rows(slice_)


@keep_on_facts
def _rows_of_park(own: Facts, park: ParkFacts) -> Sequence[Row]:
    """The rows of all targets, of multiple and place as if they were not counted."""
    return tuple(_tell(own, own_standings(own, park), {}, is_city=False))


@keep_on_facts
def _rows_of_city(facts: Facts, parks: tuple[ParkFacts, ...], *, is_city: bool) -> Sequence[Row]:
    """The rows of all targets, of the multiple as if it were not counted of the ledger."""
    by_park = {park.code: standings_on_file(facts, park) for park in parks}
    return tuple(_tell(facts, city_on_file(facts, parks), by_park, is_city=is_city))


def _tell(
    facts: Facts, standings: Standings, parks: Mapping[str, Standings], *, is_city: bool
) -> Iterator[Row]:
    """The tables of targets, of what is asked, and for the city of each park."""
    yield from (_standing_row(standing) for standing in standings.values())
    for version in list_versions(facts):
        for standing in standings.values():
            yield from _target_rows(facts, standing, version, parks, is_city=is_city)
    for code, found in parks.items() if is_city else ():
        yield from (_park_row(facts, code, standing) for standing in found.values())


def _place_of(row: Row) -> tuple[object, ...]:
    return row["table"], row["code"], row.get("policy_version"), row.get("park")


@keep_answer
def standings_of(slice_: LedgerSlice) -> Standings:
    """Where the slice's park, or the city, stands."""
    parks = parks_of(slice_)
    if slice_.scope.name is ScopeName.PARK:
        return park_standings(slice_, parks[0])
    return city_standings(slice_, parks)


def _figure(standing: Standing, version: int | None) -> Figure:
    code, basis, value = standing.one.code, standing.basis, standing.value
    if value is None:
        made = absent(code, basis, standing.reason or "six_ones.not_filed", standing.entries)
    else:
        if standing.one.unit == PERCENT:
            value /= WHOLE_PERCENT
        made = Figure(code, basis, _text(value), entries=standing.entries)
    return Figure(**{**vars(made), "definition_version": version})


def _standing_row(standing: Standing) -> Row:
    return {
        "table": SIX_ONES_TABLE,
        "code": standing.one.code,
        "name": f"figure.{standing.one.code}",
        "basis": standing.basis,
        "value": _maybe(standing.value),
        "unit": standing.one.unit,
        "period": standing.period,
        "from_whom": standing.source,
        "responsible": standing.owner,
        "evidence": standing.evidence,
        "reason": standing.reason,
        "missing_parks": list(standing.missing),
        "told": _maybe(standing.told),
        "newer": standing.newer,
        "definition": standing.definition,
    }


def _target_rows(
    facts: Facts,
    standing: Standing,
    version: PolicyVersion,
    parks: Mapping[str, Standings],
    *,
    is_city: bool,
) -> Iterator[Row]:
    """What a version asks of one indicator, beside the value as that version counts it."""
    one = standing.one
    target = read_target(facts, one.code, version)
    if target is None:
        return
    value, asked = (
        standing.value_under(version.number),
        _asked_here(facts, standing, version, is_city=is_city),
    )
    met = None
    if value is not None and asked is not None:
        met = _judge(standing, value, asked)
    meeting = (parks_meeting(facts, one, version, parks) if is_city else None) or (None, None)
    yield {
        "table": TARGETS,
        "code": one.code,
        "policy_version": version.number,
        "from": version.from_date.isoformat(),
        "document": version.document,
        "level": str(one.level),
        "value": _maybe(value),
        "target_value": _maybe(target.value),
        "target_unit": target.unit,
        "target_words": target.words,
        "asked": _maybe(asked),
        "due": target.due,
        "gap": None if value is None or asked is None else _text(gap_to(one, value, asked)),
        "is_met": met,
        "parks_met": meeting[0],
        "parks_known": meeting[1],
        "clause": target.clause,
        "is_kept": target.is_kept,
        "is_confirmed": target.is_checked,
    }


def _asked_here(
    facts: Facts, standing: Standing, version: PolicyVersion, *, is_city: bool
) -> Fraction | None:
    """A number asked of the city holds at the city; one asked of each park at a park, or of what the city filed."""
    level = standing.one.level
    if level in (Level.CITY, Level.TOTAL) and not is_city:
        return None
    if level is Level.EACH and is_city and standing.one.is_summed and standing.one.code != "S06":
        return None
    return asked_of(facts, standing, version)


def _judge(standing: Standing, value: Fraction, asked: Fraction) -> bool | None:
    """Whether it is met; a sum that lacks a park and falls short is undecided."""
    met = is_met(standing.one, value, asked)
    return None if standing.missing and not met else met


def _park_row(facts: Facts, code: str, standing: Standing) -> Row:
    """One cell of the grid of parks and targets, under each version."""
    row: Row = {
        "table": GRID,
        "park": code,
        "code": standing.one.code,
        "basis": standing.basis,
        "value": _maybe(standing.value),
        "period": standing.period,
        "reason": standing.reason,
    }
    for version in list_versions(facts):
        value = standing.value_under(version.number)
        is_own = standing.one.level is Level.EACH
        asked = asked_of(facts, standing, version) if is_own else None
        row[f"value.{version.number}"] = _maybe(value)
        row[f"is_met.{version.number}"] = (
            None if value is None or asked is None else is_met(standing.one, value, asked)
        )
    return row


def _maybe(value: Fraction | None) -> str | None:
    return None if value is None else _text(value)


def _text(value: Fraction) -> str:
    return print_ratio(value.numerator, value.denominator)
