"""Where one target of the six ones stands: its value with who filed it, or why there is none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from dashboard.readings.answers import name_rows
from dashboard.readings.industries.six_ones_catalogue import Origin, SixOne
from dashboard.readings.lasting_answers import keep_on_facts
from funds.queries.facts import Facts, ParkFacts
from funds.queries.filed_figures import ParkFigureFacts, end_of_period

MICRO = 10**6
NOT_FILED = "six_ones.not_filed"
Filed = Mapping[tuple[int | None, str], Sequence[ParkFigureFacts]]


@dataclass(frozen=True)
class Standing:
    """A value in the indicator's unit. `values` and `asked` are by policy version where versions count differently.

    `missing` names the parks that a sum lacks; `told` is what else was filed for the same thing and period;
    `newer` is a later period that too few parks have filed for a sum.
    """

    one: SixOne
    value: Fraction | None
    reason: str | None = None
    period: str | None = None
    source: str | None = None
    owner: str | None = None
    evidence: str | None = None
    entries: Sequence[str] = ()
    missing: tuple[str, ...] = ()
    values: Mapping[int, Fraction] = field(default_factory=dict)
    asked: Mapping[int, Fraction] = field(default_factory=dict)
    told: Fraction | None = None
    definition: str | None = None
    newer: str | None = None
    origin: Origin | None = None  # where it differs from where such values usually come from

    @property
    def basis(self) -> str:
        """The basis under which the figure stands."""
        return str(self.origin or self.one.origin)

    def value_under(self, version: int) -> Fraction | None:
        """The value as a policy version counts it."""
        return self.values.get(version, self.value)


@keep_on_facts
def read_filed(facts: Facts) -> Filed:
    """Filed figures by park and indicator, the newest period last."""
    filed: dict[tuple[int | None, str], list[ParkFigureFacts]] = {}
    for row in facts.park_figures:
        filed.setdefault((row.park_id, row.indicator), []).append(row)
    return filed


def filed_standing(one: SixOne, row: ParkFigureFacts | None, reason: str = NOT_FILED) -> Standing:
    """The standing that a filed figure tells."""
    if row is None:
        return Standing(one, None, reason)
    return Standing(
        one,
        value_of(row),
        period=row.period,
        source=row.source,
        owner=row.owner,
        evidence=row.evidence,
        entries=name_rows("park_figure", [row.id]),
    )


def sum_filed(filed: Filed, one: SixOne, parks: Iterable[ParkFacts]) -> Standing:
    """The sum of the period that most parks filed (of several the newest), with those that did not file it.

    What the city filed itself for the period stands beside it, and so does a newer period that fewer have filed.
    """
    parks = list(parks)
    rows = [row for park in parks for row in filed.get((park.id, one.code), ())]
    period = _choose_period(rows)
    newest_period = max({row.period for row in rows}, key=_rank, default=None)
    own = next((row for row in filed.get((None, one.code), ()) if row.period == period), None)
    if period is None:
        return filed_standing(one, newest(filed, None, one.code))
    summed = {row.park_id: row for row in rows if row.period == period}
    return Standing(
        one,
        Fraction(sum(row.value_e6 for row in summed.values()), MICRO),
        period=period,
        entries=name_rows("park_figure", (row.id for row in summed.values())),
        missing=tuple(park.code for park in parks if park.id not in summed),
        told=None if own is None else value_of(own),
        newer=newest_period if newest_period != period else None,
    )


def newest(filed: Filed, park: int | None, code: str) -> ParkFigureFacts | None:
    """The figure of the newest period."""
    rows = filed.get((park, code), ())
    return rows[-1] if rows else None


def value_of(row: ParkFigureFacts) -> Fraction:
    """A filed value in its unit."""
    return Fraction(row.value_e6, MICRO)


def _choose_period(rows: Sequence[ParkFigureFacts]) -> str | None:
    """The period on which a sum can stand best."""
    filed = Counter(row.period for row in rows)
    return max(filed, key=lambda period: (filed[period], _rank(period)), default=None)


def _rank(period: str) -> tuple[object, int]:
    return end_of_period(period), -len(period)
