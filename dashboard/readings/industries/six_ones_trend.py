"""How the six ones went from period to period, as far as they were filed or can be counted for the time."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from dashboard.readings.answers import print_ratio
from dashboard.readings.industries.filed_of_park import facts_of_park
from dashboard.readings.industries.output_share import parks_of
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES, SixOne
from dashboard.readings.industries.six_ones_standing import MICRO, Filed, read_filed, value_of
from dashboard.readings.lasting_answers import keep_on_facts
from funds.queries.facts import Facts, ParkFacts
from funds.queries.filed_figures import ParkFigureFacts, end_of_period
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

TREND = "six_ones_trend"
Row = dict[str, object]


def trend_rows(slice_: LedgerSlice) -> Sequence[Row]:
    """A row for each period on file: of the park; of the city what it filed, or the sum of its parks."""
    facts, parks, scope = slice_.facts, tuple(parks_of(slice_)), slice_.scope.name
    if scope is ScopeName.PARK:
        facts = facts_of_park(facts, parks[0].id)
    return _rows(facts, parks, is_city=scope is ScopeName.CITY)


@keep_on_facts
def _rows(facts: Facts, parks: tuple[ParkFacts, ...], *, is_city: bool) -> Sequence[Row]:
    return tuple(_tell(read_filed(facts), parks, is_city=is_city))


def _tell(filed: Filed, parks: tuple[ParkFacts, ...], *, is_city: bool) -> Iterator[Row]:
    for code, one in SIX_ONES.items():
        if is_city and one.is_summed:
            yield from _summed(filed, one, parks)
        else:
            own = None if is_city else parks[0].id
            yield from (_row(one, row.period, value_of(row), 0) for row in filed.get((own, code), ()))


def _summed(filed: Filed, one: SixOne, parks: Sequence[ParkFacts]) -> Iterator[Row]:
    """Period by period the sum, and how many parks it lacks."""
    periods: dict[str, list[ParkFigureFacts]] = {}
    for park in parks:
        for row in filed.get((park.id, one.code), ()):
            periods.setdefault(row.period, []).append(row)
    for period in sorted(periods, key=lambda text: (end_of_period(text), -len(text))):
        rows = periods[period]
        total = Fraction(sum(row.value_e6 for row in rows), MICRO)
        yield _row(one, period, total, len(parks) - len({row.park_id for row in rows}))


def _row(one: SixOne, period: str, value: Fraction, lacking: int) -> Row:
    return {
        "table": TREND,
        "code": one.code,
        "name": f"figure.{one.code}",
        "period": period,
        "value": print_ratio(value.numerator, value.denominator),
        "unit": one.unit,
        "lacking": lacking,
    }
