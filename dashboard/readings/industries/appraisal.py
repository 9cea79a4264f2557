"""The yearly appraisal of the parks by weights that policy sets: scores, ranks, who lacks what, what would lift whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.readings.industries.appraisal_ranks import Criterion, Lift, Placed, find_lifts, place_parks
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES, Level
from dashboard.readings.industries.six_ones_standing import read_filed, value_of
from dashboard.readings.industries.six_ones_targets import PolicyVersion, list_versions, read_target
from dashboard.readings.kept_answers import keep_for_city
from funds.kinds import Confirmation
from funds.queries.facts import Facts
from funds.queries.filed_figures import ParkFigureFacts, PolicyRow
from funds.queries.ledger_slice import LedgerSlice
from funds.rules.park_figures import MEASURES, PERCENT

WEIGHT = "appraisal."
MICRO = 10**6
# What is filed of a percentage moves by tenths, of anything else by one.
TENTH = Fraction(1, 10)
# Counted against its own number of chain leaders, so no number of the plan holds it.
AGAINST_BEST = frozenset({"S06"})


@dataclass(frozen=True)
class Weight:
    """A policy row that gives an indicator its weight."""

    criterion: Criterion
    row: PolicyRow

    @property
    def is_checked(self) -> bool:
        """Whether the weight was compared with its paper."""
        return self.row.confirmation is Confirmation.CONFIRMED


@dataclass(frozen=True)
class Appraisal:
    """One year's appraisal under one version of the policy; `reason` says why nobody is placed."""

    year: str | None
    version: int | None
    weights: tuple[Weight, ...]
    placed: Mapping[str, Placed]
    lacks: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, Fraction]]
    years: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def parks(self) -> int:
        """How many parks there are, placed or not."""
        return len(self.placed) + len(self.lacks)

    @property
    def full(self) -> Fraction:
        """The points that could be had."""
        return sum((one.criterion.weight for one in self.weights), Fraction(0))

    def lifts(self, park: str) -> list[Lift]:
        """What would lift a park by a rank, the smallest change first."""
        criteria = [one.criterion for one in self.weights]
        return find_lifts(criteria, self.values, park) if park in self.placed else []


@keep_for_city
def read_appraisal(
    slice_: LedgerSlice, version: PolicyVersion | None = None, year: str | None = None
) -> Appraisal:
    """The appraisal of every park of the city, once for everybody.

    It looks at all parks even where the person may see a single one: a place says how many stand before one.
    Whoever shows it tells of the other parks no more than `appraisal_rows` does.
    """
    versions = list_versions(slice_.facts)
    chosen = version or (versions[-1] if versions else None)
    return _Appraiser(slice_, chosen).appraise(year)


class _Appraiser:
    """Gathers weights and values, and places the parks that have them all."""

    def __init__(self, slice_: LedgerSlice, version: PolicyVersion | None) -> None:
        self.facts, self.version = slice_.facts, version
        self.weights = tuple(_read_weights(slice_.facts, version))
        self.filed = read_filed(slice_)

    def appraise(self, asked: str | None) -> Appraisal:
        number = self.version.number if self.version else None
        years = self._years()
        year = asked if asked in years else self._last_year(years)
        values, lacks = self._gather(year)
        codes = [one.criterion.code for one in self.weights]
        whole = {park: found for park, found in values.items() if not lacks[park]}
        reason = None if codes else "appraisal.no_weights"
        if codes and not whole:
            reason = "appraisal.nobody_complete"
        criteria = [one.criterion for one in self.weights]
        placed = {one.park: one for one in place_parks(criteria, whole)} if codes else {}
        return Appraisal(
            year,
            number,
            self.weights,
            placed,
            {park: missing for park, missing in lacks.items() if park not in placed},
            whole,
            years,
            reason,
        )

    def _gather(self, year: str | None) -> tuple[dict[str, dict[str, Fraction]], dict[str, tuple[str, ...]]]:
        """The values of every park in a year, and what each lacks."""
        codes = [one.criterion.code for one in self.weights]
        values = {park.code: self._values(park.id, year) for park in self.facts.parks.values()}
        lacks = {park: tuple(code for code in codes if code not in found) for park, found in values.items()}
        return values, lacks

    def _last_year(self, years: Sequence[str]) -> str | None:
        """The last year for which any park has filed everything; where there is none, the last that has anything."""
        for year in reversed(years):
            if not all(self._gather(year)[1].values()):
                return year
        return max(years, default=None)

    def _years(self) -> tuple[str, ...]:
        codes = {one.criterion.code for one in self.weights}
        found = {
            row.period[:4]
            for (park, code), rows in self.filed.items()
            if park is not None and code in codes
            for row in rows
        }
        return tuple(sorted(found))

    def _values(self, park: int, year: str | None) -> dict[str, Fraction]:
        """The last figure of the year for every criterion that has one."""
        found: dict[str, ParkFigureFacts] = {}
        for one in self.weights:
            code = one.criterion.code
            for row in self.filed.get((park, code), ()):
                if row.period[:4] == year:
                    found[code] = row
        return {code: value_of(row) for code, row in found.items()}


def _read_weights(facts: Facts, version: PolicyVersion | None) -> Iterator[Weight]:
    """The weight of each indicator in force on the day; of several rows the one that began last."""
    for code, one in SIX_ONES.items():
        rows = [row for row in facts.policy_rows if row.code == WEIGHT + code and row.holds_on(facts.as_of)]
        if not rows or not rows[-1].value_e6 or code not in MEASURES:
            continue
        measure = MEASURES[code]
        target = read_target(facts, code, version) if version and one.level is Level.EACH else None
        asked = None if target is None or code in AGAINST_BEST else target.value
        yield Weight(
            Criterion(
                code,
                Fraction(rows[-1].value_e6, MICRO),
                asked,
                one.is_ceiling,
                TENTH if measure.unit == PERCENT else Fraction(1),
                None if measure.most is None else Fraction(measure.most),
            ),
            rows[-1],
        )
