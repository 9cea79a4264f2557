"""Parks beside one another: every park's figures in one row with the median, and what one park may know of the rest."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from dashboard.readings.answers import Figure, Reading, print_ratio
from dashboard.readings.industries.alignment_pieces import TagMode, whole_city
from dashboard.readings.industries.alignment_shares import MEASURES, share_figures
from dashboard.readings.industries.comparison_quantiles import SPREAD, quantiles_of, round_percent
from dashboard.readings.industries.medians import NAV, NAV_BASES, median_row
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.returns.performance import read_performance
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName, park_scope

# From this many other parks with a value on, quantiles hide who is who.
FEWEST_OTHERS = 5
PARKS, MEDIAN, QUANTILES = "parks", "median", "quantiles"


def read_comparison(
    slice_: LedgerSlice,
    codes: Iterable[str],
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
) -> Reading:
    """Some parks that the person may see, a row each, and the median of every column over them."""
    parks = [park for park in slice_.facts.parks.values() if park.code in set(codes)]
    rows = [_park_row(slice_, park.code, options, mode) for park in sorted(parks, key=lambda park: park.code)]
    median = [{"table": MEDIAN, **median_row(rows)}] if rows else []
    return Reading("comparison", slice_.scope.label, slice_.as_of, slice_.version, (), (*rows, *median))


def read_quantiles(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """How the other parks' alignment is spread, measure by measure; for the city, how all parks' is.

    This looks at the whole city even where the person may see a single park, because the measures of one
    park say little alone. It tells no park's name and no park's value: only the spread, and only where at
    least `FEWEST_OTHERS` other parks have a value, so that nobody can tell one park's from it. A quartile
    of few values is the very value of one of them, from which amounts of deals could be worked out day by
    day; so the spread is told to the whole percent, and without its ends.
    """
    own = slice_.scope.codes if slice_.scope.name is ScopeName.PARK else ()
    others = [park.id for park in slice_.facts.parks.values() if park.code not in own]
    spread: dict[tuple[str, str], list[Fraction]] = {}
    for park, figures in _shares_by_park(slice_, mode).items():
        if park not in others:
            continue
        for figure in figures:
            if figure.numerator is not None and figure.denominator:
                value = Fraction(figure.numerator, figure.denominator)
                spread.setdefault((figure.code, figure.basis), []).append(value)
    rows = tuple(
        _quantile_row(code, basis, spread.get((code, basis), []))
        for code, *bases in MEASURES
        for basis in bases
    )
    return Reading("quantiles", slice_.scope.label, slice_.as_of, slice_.version, (), rows)


def _shares_by_park(slice_: LedgerSlice, mode: TagMode) -> Mapping[int, tuple[Figure, ...]]:
    """AL01–AL04 of every park, worked out once for all slices narrowed from one another."""
    key = f"shares_by_park.{mode}"
    if key not in slice_.shelf:
        slice_.shelf[key] = _work_out_shares(slice_, mode)
    found: Mapping[int, tuple[Figure, ...]] = slice_.shelf[key]
    return found


def _work_out_shares(slice_: LedgerSlice, mode: TagMode) -> Mapping[int, tuple[Figure, ...]]:
    city = whole_city(slice_, mode)
    year, policies = slice_.as_of.year, slice_.facts.policies
    return {
        park: tuple(
            share_figures(
                [piece for piece in city.held if piece.park == park],
                [piece for piece in city.paid if piece.park == park],
                year,
                policies,
            )
        )
        for park in slice_.facts.parks
    }


def _quantile_row(code: str, basis: str, values: Sequence[Fraction]) -> dict[str, object]:
    row: dict[str, object] = {"table": QUANTILES, "code": code, "basis": basis, "n": len(values)}
    if len(values) < FEWEST_OTHERS:
        return row | dict.fromkeys(SPREAD) | {"reason": "park.too_few_others"}
    found = {name: round_percent(value) for name, value in quantiles_of(values).items()}
    texts = {name: print_ratio(value.numerator, value.denominator) for name, value in found.items()}
    return row | texts | {"reason": None}


def _park_row(
    slice_: LedgerSlice, code: str, options: LeverageOptions | None, mode: TagMode
) -> dict[str, object]:
    part = slice_.narrow(park_scope(code))
    (park,) = [park for park in part.facts.parks.values() if park.code == code]
    row: dict[str, object] = {"table": PARKS, "code": code, "name": park.name, "scope": part.scope.label}
    leading = [one for one in part.facts.leading if one.park_id == park.id and one.holds_on(part.as_of)]
    industries = part.facts.industries
    row["leading"] = [industries[one.industry_id].code for one in leading if one.industry_id in industries]
    row["funds"] = len(part.members)
    for figure in _figures_of(part, park.id, options, mode):
        row[f"{figure.code}.{figure.basis}"] = figure.value
        if figure.value is None:
            row[f"{figure.code}.{figure.basis}.reason"] = figure.reason
    return row


def _figures_of(
    part: LedgerSlice, park: int, options: LeverageOptions | None, mode: TagMode
) -> Iterable[Figure]:
    leverage = read_leverage(part, options)
    yield leverage.figure("LV00c", Basis.COMMITTED)
    yield from _shares_by_park(part, mode)[park]
    for basis in Basis:
        yield leverage.figure("LV04", basis)
    returns = read_performance(part)
    for code in ("PF08", "PF09"):
        yield returns.figure(code)


def value_in(row: Mapping[str, object], code: str, basis: str) -> tuple[str, int | str | None, str | None]:
    """The basis, value and reason of a figure in a row; basis `nav` stands for whichever NAV it rests on."""
    for one in NAV_BASES if basis == NAV else (basis,):
        key = f"{code}.{one}"
        if key in row:
            value, reason = row[key], row.get(f"{key}.reason")
            return one, value if isinstance(value, int | str) else None, str(reason) if reason else None
    return basis, None, None
