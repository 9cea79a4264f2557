"""The yearly appraisal of the parks by weights that policy sets: scores, ranks, who lacks what, what would lift whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dashboard.readings.industries.appraisal_ranks import Criterion, Lift, Placed, Ranking
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES, Level
from dashboard.readings.industries.six_ones_standing import read_filed, value_of
from dashboard.readings.industries.six_ones_targets import PolicyVersion, list_versions, read_target
from dashboard.readings.lasting_answers import facts_unfiled, keep_on_facts
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
    ranking: Ranking
    lacks: Mapping[str, tuple[str, ...]]
    years: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def placed(self) -> Mapping[str, Placed]:
        """The parks that have every value, with their places."""
        return self.ranking.placed

    @property
    def parks(self) -> int:
        """How many parks there are, placed or not."""
        return len(self.placed) + len(self.lacks)

    @property
    def full(self) -> Fraction:
        """The points that could be had."""
        return sum((one.criterion.weight for one in self.weights), Fraction(0))

    def lifts(self, park: str) -> Sequence[Lift]:
        """What would lift a park by a rank, the smallest change first."""
        return self.ranking.lifts(park)


def read_appraisal(
    slice_: LedgerSlice, version: PolicyVersion | None = None, year: str | None = None
) -> Appraisal:
    """The appraisal of every park of the city, once for everybody.

    It looks at all parks even where the person may see a single one: a place says how many stand before one.
    Whoever shows it tells of the other parks no more than `appraisal_rows` does.
    """
    return appraise_parks(slice_.facts, version, year)


@keep_on_facts
def appraise_parks(facts: Facts, version: PolicyVersion | None, year: str | None) -> Appraisal:
    """The same, of the facts that it rests on."""
    versions = list_versions(facts)
    chosen = version or (versions[-1] if versions else None)
    return _Appraiser(facts, chosen).appraise(year)


@keep_on_facts
def _rank_parks(
    _facts: Facts,
    criteria: tuple[Criterion, ...],
    parks: tuple[tuple[str, tuple[tuple[str, Fraction], ...]], ...],
) -> Ranking:
    """The same again for the same values: most figures that are filed are of another period or indicator."""
    return Ranking(criteria, {park: dict(values) for park, values in parks})


class _Appraiser:
    """Gathers weights and values, and places the parks that have them all."""

    def __init__(self, facts: Facts, version: PolicyVersion | None) -> None:
        self.facts, self.version = facts, version
        self.weights = tuple(_read_weights(facts, version))
        self.filed = read_filed(facts)

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
        criteria = tuple(one.criterion for one in self.weights)
        told = tuple((park, tuple(found.items())) for park, found in whole.items()) if codes else ()
        ranking = _rank_parks(facts_unfiled(self.facts), criteria, told)
        return Appraisal(
            year,
            number,
            self.weights,
            ranking,
            {park: missing for park, missing in lacks.items() if park not in ranking.placed},
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
