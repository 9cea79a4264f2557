"""AL07: what firms above designated size put out in a park's leading industries, of what all of them put out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dashboard.readings.answers import Figure, absent, name_rows, print_ratio, ratio
from dashboard.readings.industries.six_ones_standing import read_filed
from dashboard.readings.industries.tag_parts import TagMode, weigh
from dashboard.readings.lasting_answers import facts_unfiled, keep_on_facts
from funds.queries.attribution import WHOLE
from funds.queries.facts import CompanyFacts, Facts, ParkFacts
from funds.queries.filed_figures import CompanyFigureFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

OUTPUT_SHARE = "output_share"
# The policy row whose words say which of the firms' figures is their output: no paper fixes the denominator.
DENOMINATOR = "AL07.output"
ABOVE_SCALE = "规上"
BASIS = "output"
FEN_PER_UNIT: Mapping[str, Fraction] = {  # of a value × 1e6
    "元": Fraction(1, 10_000),
    "万元": Fraction(1),
    "亿元": Fraction(10_000),
}


@dataclass(frozen=True)
class FirmOutput:
    """A firm above designated size in a year: its output in fen (None = not filed, or in no unit of money)."""

    company: int
    park: int
    amount: int | None
    weight_ppm: int
    entry: int | None


@dataclass(frozen=True)
class ParkOutputs:
    """The firms of some parks in one year, by the indicator that counts as output; no year where nothing is filed."""

    indicator: str | None
    year: str | None
    firms: tuple[FirmOutput, ...]

    @property
    def whole(self) -> int:
        """The output of all of them."""
        return sum(firm.amount or 0 for firm in self.firms)

    @property
    def leading(self) -> int:
        """The part that counts for the leading industries, rounded half up to the fen once."""
        weighted = sum((firm.amount or 0) * firm.weight_ppm for firm in self.firms)
        return (2 * weighted + WHOLE) // (2 * WHOLE)

    @property
    def lacking(self) -> int:
        """How many firms have no output on file."""
        return sum(firm.amount is None for firm in self.firms)


def output_share_figures(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> tuple[Figure, ...]:
    """AL07 of a park, or of all parks together, each by its own leading industries; no other scope has one."""
    if slice_.scope.name not in (ScopeName.CITY, ScopeName.PARK):
        return ()
    parks = tuple(parks_of(slice_))
    return (_figure(slice_.facts, parks, read_outputs(facts_unfiled(slice_.facts), parks, mode)),)


def output_share_rows(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Iterator[dict[str, object]]:
    """Park by park: the share worked out, the one that was filed for the same year, and how far they are apart."""
    for park in parks_of(slice_):
        outputs = read_outputs(facts_unfiled(slice_.facts), (park,), mode)
        figure = _figure(slice_.facts, [park], outputs)
        filed = _filed_share(slice_.facts, park.id, outputs.year)
        row: dict[str, object] = {
            "table": OUTPUT_SHARE,
            "park": park.code,
            "name": park.name,
            "indicator": outputs.indicator,
            "year": outputs.year,
            "firms": len(outputs.firms),
            "lacking": outputs.lacking,
            "leading": outputs.leading,
            "whole": outputs.whole,
            "AL07": figure.value,
            "AL07.reason": figure.reason,
            "S02": None if filed is None else print_ratio(filed.numerator, filed.denominator),
        }
        apart = None
        if filed is not None and figure.numerator is not None and figure.denominator:
            apart = Fraction(figure.numerator, figure.denominator) - filed
        row["apart"] = None if apart is None else print_ratio(apart.numerator, apart.denominator)
        yield row


def parks_of(slice_: LedgerSlice) -> list[ParkFacts]:
    """The park of the slice, or every park, by code."""
    own = slice_.scope.codes if slice_.scope.name is ScopeName.PARK else None
    parks = [park for park in slice_.facts.parks.values() if own is None or park.code in own]
    return sorted(parks, key=lambda park: park.code)


@keep_on_facts
def read_outputs(facts: Facts, parks: tuple[ParkFacts, ...], mode: TagMode) -> ParkOutputs:
    """What the parks' firms above designated size put out in the last year for which any of them filed it."""
    indicator = name_output(facts)
    firms = list(_large_firms(facts, {park.id for park in parks}))
    filed = {firm.id: _by_year(facts, firm.id, indicator) for firm in firms}
    year = max((year for years in filed.values() for year in years), default=None)
    leading = {park.id: facts.leading_on(park.id, facts.as_of) for park in parks}
    found = []
    for firm in firms:
        figure = filed[firm.id].get(year or "")
        park = firm.park_id or 0
        weight = weigh(facts.tags.get(firm.id, ()), leading[park], mode, facts)
        amount = None if figure is None else fen_of(figure)
        found.append(FirmOutput(firm.id, park, amount, weight, figure.id if figure else None))
    return ParkOutputs(indicator, year, tuple(found))


def name_output(facts: Facts) -> str | None:
    """The indicator that policy takes for output on the day."""
    rows = [row for row in facts.policy_rows if row.code == DENOMINATOR and row.holds_on(facts.as_of)]
    return rows[-1].words if rows else None


def fen_of(figure: CompanyFigureFacts) -> int | None:
    """An amount of money that a firm filed, in fen, halves up; None in any other unit."""
    per_unit = FEN_PER_UNIT.get(figure.unit or "")
    return None if per_unit is None else int((figure.value_e6 * per_unit * 2 + 1) // 2)


def _figure(facts: Facts, parks: Collection[ParkFacts], outputs: ParkOutputs) -> Figure:
    rows = [firm.entry for firm in outputs.firms if firm.entry is not None]
    entries = name_rows("company_figure", rows)
    if outputs.indicator is None:
        return absent("AL07", BASIS, "output.no_definition")
    if not any(facts.leading_on(park.id, facts.as_of) for park in parks):
        return absent("AL07", BASIS, "alignment.no_leading_industry", entries)
    version = facts.definitions.get("AL07")
    made = ratio("AL07", BASIS, outputs.leading, outputs.whole, "output.none_filed", entries)
    return Figure(**{**vars(made), "definition_version": version})


def _large_firms(facts: Facts, parks: Collection[int]) -> Iterable[CompanyFacts]:
    return (
        firm for firm in facts.companies.values() if firm.park_id in parks and ABOVE_SCALE in firm.size_tags
    )


def _by_year(facts: Facts, company: int, indicator: str | None) -> dict[str, CompanyFigureFacts]:
    """A firm's yearly figures of one indicator."""
    figures = facts.company_figures.get(company, ())
    return {row.period: row for row in figures if row.indicator == indicator and row.period.isdigit()}


def _filed_share(facts: Facts, park: int, year: str | None) -> Fraction | None:
    rows = (row for row in read_filed(facts).get((park, "S02"), ()) if row.period == year)
    found = next(rows, None)
    return None if found is None else Fraction(found.value_e6, 100 * 10**6)
