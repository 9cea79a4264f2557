"""The appraisal as rows: every park for the city; for one park its own place, what would lift it, and quantiles."""

from collections.abc import Iterator
from fractions import Fraction

from dashboard.readings.answers import print_ratio
from dashboard.readings.industries.appraisal import Appraisal, Weight, read_appraisal
from dashboard.readings.industries.appraisal_ranks import Lift
from dashboard.readings.industries.comparison import FEWEST_OTHERS
from dashboard.readings.industries.comparison_quantiles import SPREAD, quantiles_of
from dashboard.readings.industries.output_share import parks_of
from dashboard.readings.industries.six_ones_targets import PolicyVersion
from funds.queries.facts import ParkFacts
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
) -> Iterator[Row]:
    """What may be told in the scope; of the other parks a park hears whole points of quantiles, from five on.

    What would lift a park is told in whole steps of what is filed, so that the next park's score is not told
    with it, and not at all among fewer parks.
    """
    appraisal = read_appraisal(slice_, version, year)
    for park in _ordered(appraisal, parks_of(slice_)):
        yield _park_row(slice_, appraisal, park)
    yield from (_weight_row(one) for one in appraisal.weights)
    if slice_.scope.name is ScopeName.PARK:
        (own,) = parks_of(slice_)
        for lift in _lifts(slice_, appraisal, own.code):
            yield {"table": LIFTS, "code": lift.code, **_lift_values(lift)}
        yield _quantile_row(appraisal, own.code)


def _ordered(appraisal: Appraisal, parks: list[ParkFacts]) -> list[ParkFacts]:
    placed = appraisal.placed
    return sorted(parks, key=lambda park: (park.code not in placed, _rank(appraisal, park.code), park.code))


def _rank(appraisal: Appraisal, park: str) -> int:
    return appraisal.placed[park].rank if park in appraisal.placed else 0


def _park_row(slice_: LedgerSlice, appraisal: Appraisal, park: ParkFacts) -> Row:
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
    first = next(iter(_lifts(slice_, appraisal, park.code)), None)
    row["lift"] = first.code if first else None
    return row | (_lift_values(first) if first else {"lift_from": None, "lift_to": None})


def _lifts(slice_: LedgerSlice, appraisal: Appraisal, park: str) -> list[Lift]:
    is_among_few = len(appraisal.placed) - 1 < FEWEST_OTHERS
    if slice_.scope.name is ScopeName.PARK and is_among_few:
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
