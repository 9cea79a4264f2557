"""Those of the six ones that nobody files: parks, chain leaders, funds with a direction of their own, leverage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from dashboard.readings.answers import Figure, name_rows
from dashboard.readings.industries.output_share import fen_of
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES
from dashboard.readings.industries.six_ones_standing import Standing
from dashboard.readings.industries.six_ones_targets import PolicyVersion, read_target
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.money.leverage import read_leverage
from funds.kinds import Basis
from funds.queries.facts import CompanyFacts, Facts, FundFacts
from funds.queries.filed_figures import CompanyFigureFacts
from funds.queries.ledger_slice import LedgerSlice

FEN_PER_YI = 10_000_000_000
# The firms' figure that the plan measures chain leaders by.
LEADERS_BY = "年产值"
OFFICIAL = "leverage.official_definition"
USUAL = "LV04"


def count_parks(facts: Facts) -> Standing:
    """S01: the parks of the register."""
    entries = name_rows("park", facts.parks)
    return Standing(SIX_ONES["S01"], Fraction(len(facts.parks)), entries=entries)


def count_leaders(facts: Facts, park: int, versions: Sequence[PolicyVersion]) -> Standing:
    """S05: firms of the park in its leading industries whose yearly output reaches what each version asks."""
    one = SIX_ONES["S05"]
    year, outputs = _outputs(facts, park)
    if not facts.leading_on(park, facts.as_of):
        return Standing(one, None, "alignment.no_leading_industry")
    if year is None:
        return Standing(one, None, "output.none_filed")
    found: dict[int, list[int]] = {}
    for version in versions:
        target = read_target(facts, one.code, version)
        if target is not None and target.value is not None:
            least = target.value * FEN_PER_YI
            found[version.number] = [row.id for row, amount in outputs if amount >= least]
    if not found:
        return Standing(one, None, "six_ones.no_threshold")
    newest = found[max(found)]
    return Standing(
        one,
        Fraction(len(newest)),
        period=year,
        entries=name_rows("company_figure", newest),
        values={number: Fraction(len(rows)) for number, rows in found.items()},
    )


def count_funds(facts: Facts, park: int) -> Standing:
    """S18: funds set up for the park that declare one of its leading industries."""
    one = SIX_ONES["S18"]
    if not facts.leading_on(park, facts.as_of):
        return Standing(one, None, "alignment.no_leading_industry")
    serving = [fund.id for fund in funds_of(facts, park) if serves(facts, fund, park)]
    return Standing(one, Fraction(len(serving)), entries=name_rows("fund", serving))


def funds_of(facts: Facts, park: int) -> Iterator[FundFacts]:
    """The funds with the relation 设立 to a park."""
    return (fund for fund in facts.funds.values() if fund.shares.get(park))


def serves(facts: Facts, fund: FundFacts, park: int) -> bool:
    """Whether a fund declares what leads in a park, or something below it."""
    leading = facts.leading_on(park, facts.as_of)
    return any(facts.with_ancestors(field) & leading for field in fund.fields)


@keep_by_lines
def read_multiple(slice_: LedgerSlice) -> Standing:
    """S19: the leverage by the definition that the commission chose, by LV04 on paid-in money before it has."""
    one, figure = SIX_ONES["S19"], _official(slice_)
    name = f"{figure.code} {figure.basis}"
    if figure.value is None:
        return Standing(one, None, figure.reason, definition=name)
    return Standing(one, Fraction(figure.value), entries=figure.entries, definition=name)


def is_chosen(facts: Facts) -> bool:
    """Whether the commission has chosen an official definition of leverage."""
    return _chosen(facts).startswith("LV")


def _official(slice_: LedgerSlice) -> Figure:
    reading = read_leverage(slice_)
    for code in (_chosen(slice_.facts), USUAL):
        try:
            return reading.figure(code, Basis.PAID_IN)
        except KeyError:
            continue
    raise KeyError(USUAL)


def _chosen(facts: Facts) -> str:
    rows = [row for row in facts.policy_rows if row.code == OFFICIAL and row.holds_on(facts.as_of)]
    return (rows[-1].words or "") if rows else ""


def _outputs(facts: Facts, park: int) -> tuple[str | None, list[tuple[CompanyFigureFacts, int]]]:
    """The last year with output of firms in the park's leading industries, and what each of them put out."""
    figures: Mapping[int, list[CompanyFigureFacts]] = {
        firm.id: [row for row in facts.company_figures.get(firm.id, ()) if _is_yearly_output(row)]
        for firm in _leading_firms(facts, park)
    }
    year = max((row.period for rows in figures.values() for row in rows), default=None)
    found = [
        (row, amount)
        for rows in figures.values()
        for row in rows
        if row.period == year and (amount := fen_of(row)) is not None
    ]
    return (year, found) if found else (None, [])


def _is_yearly_output(row: CompanyFigureFacts) -> bool:
    return row.indicator == LEADERS_BY and row.period.isdigit()


def _leading_firms(facts: Facts, park: int) -> Iterable[CompanyFacts]:
    """Firms in the park with any tag in what leads there."""
    leading = facts.leading_on(park, facts.as_of)
    for firm in facts.companies.values():
        tags = facts.tags.get(firm.id, ()) if firm.park_id == park else ()
        if any(facts.with_ancestors(tag.industry_id) & leading for tag in tags):
            yield firm
