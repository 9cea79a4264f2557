"""The appraisal as rows: every park for the city; for one park its own place, what would lift it, and quantiles."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dashboard.readings.answers import print_ratio
from dashboard.readings.industries.appraisal import Appraisal, Weight, appraise_parks
from dashboard.readings.industries.appraisal_ranks import Lift
from dashboard.readings.industries.comparison import FEWEST_OTHERS
from dashboard.readings.industries.comparison_quantiles import SPREAD, quantiles_of
from dashboard.readings.industries.output_share import parks_of
from dashboard.readings.industries.six_ones_targets import PolicyVersion
from dashboard.readings.lasting_answers import keep_on_facts
from funds.queries.facts import Facts, ParkFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

APPRAISAL, WEIGHTS, LIFTS, QUANTILES = (
    "appraisal",
    "appraisal_weight",
    "appraisal_lift",
    "appraisal_quantiles",
)
Row = dict[str, object]


def appraisal_rows(
    slice_: LedgerSlice, version: PolicyVersion | None = None, year: str | None = None
) -> Sequence[Row]:
    """What may be told in the scope; of the other parks a park hears whole points of quantiles, from five on.

    What would lift a park is told in whole steps of what is filed, so that the next park's score is not told
    with it, and not at all among fewer parks.
    """
    is_park = slice_.scope.name is ScopeName.PARK
    return _rows(slice_.facts, tuple(parks_of(slice_)), version, year, is_park=is_park)


@keep_on_facts
def _rows(
    facts: Facts,
    parks: tuple[ParkFacts, ...],
    version: PolicyVersion | None,
    year: str | None,
    *,
    is_park: bool,
) -> Sequence[Row]:
    return tuple(_tell(appraise_parks(facts, version, year), parks, is_park=is_park))


def _tell(appraisal: Appraisal, parks: Sequence[ParkFacts], *, is_park: bool) -> Iterator[Row]:
    for park in _ordered(appraisal, parks):
        yield _park_row(appraisal, park, is_park=is_park)
    yield from (_weight_row(one) for one in appraisal.weights)
    if is_park:
        (own,) = parks
        for lift in _lifts(appraisal, own.code, is_park=is_park):
            yield {"table": LIFTS, "code": lift.code, **_lift_values(lift)}
        yield _quantile_row(appraisal, own.code)


def _ordered(appraisal: Appraisal, parks: Sequence[ParkFacts]) -> list[ParkFacts]:
    placed = appraisal.placed
    return sorted(parks, key=lambda park: (park.code not in placed, _rank(appraisal, park.code), park.code))


def _rank(appraisal: Appraisal, park: str) -> int:
    return appraisal.placed[park].rank if park in appraisal.placed else 0


def _park_row(appraisal: Appraisal, park: ParkFacts, *, is_park: bool) -> Row:
    placed = appraisal.placed.get(park.code)
    reason = None if placed else (appraisal.reason or "appraisal.lacks")
    row: Row = {
        "table": APPRAISAL,
        "park": park.code,
        "name": park.name,
        "year": appraisal.year,
        "policy_version": appraisal.version,
        "place": placed.rank if placed else None,
        "sharing": placed.ties if placed else None,
        "score": _text(placed.score) if placed else None,
        "ranked": len(appraisal.placed),
        "parks": appraisal.parks,
        "lacks": list(appraisal.lacks.get(park.code, ())),
        "reason": reason,
    }
    for one in appraisal.weights:
        code = one.criterion.code
        row[f"points.{code}"] = _text(placed.points[code]) if placed else None
    first = next(iter(_lifts(appraisal, park.code, is_park=is_park)), None)
    row["lift"] = first.code if first else None
    return row | (_lift_values(first) if first else {"lift_from": None, "lift_to": None})


def _lifts(appraisal: Appraisal, park: str, *, is_park: bool) -> Sequence[Lift]:
    is_among_few = len(appraisal.placed) - 1 < FEWEST_OTHERS
    if is_park and is_among_few:
        return []
    return appraisal.lifts(park)


def _lift_values(lift: Lift) -> Row:
    return {"lift_from": _text(lift.value), "lift_to": _text(lift.needed)}


def _weight_row(one: Weight) -> Row:
    asked = one.criterion.asked
    return {
        "table": WEIGHTS,
        "code": one.criterion.code,
        "weight": _text(one.criterion.weight),
        "asked": None if asked is None else _text(asked),
        "document": one.row.document,
        "clause": one.row.clause,
        "is_confirmed": one.is_checked,
    }


def _quantile_row(appraisal: Appraisal, own: str) -> Row:
    scores = [one.score for one in appraisal.placed.values() if one.park != own]
    row: Row = {"table": QUANTILES, "n": len(scores)}
    if len(scores) < FEWEST_OTHERS:
        return row | dict.fromkeys(SPREAD) | {"reason": "park.too_few_others"}
    rounded = {name: int(value + Fraction(1, 2)) for name, value in quantiles_of(scores).items()}
    return row | rounded | {"reason": None}


def _text(value: Fraction) -> str:
    return print_ratio(value.numerator, value.denominator)
