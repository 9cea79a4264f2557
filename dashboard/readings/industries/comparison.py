"""Parks beside one another: every park's figures in one row with the median, and what one park may know of the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from dashboard.readings.answers import Figure, Reading, print_ratio
from dashboard.readings.industries.alignment import (
    AlignmentView,
    TagMode,
    commitment_figures,
    direct_figures,
    direct_measures,
    measure_figures,
)
from dashboard.readings.industries.alignment_bases import (
    AT_DECISION,
    FLOW_PERIOD,
    MEASURES,
    MIXES,
    NARROWER,
    THROUGH,
)
from dashboard.readings.industries.alignment_through import through_parts
from dashboard.readings.industries.comparison_quantiles import SPREAD, quantiles_of, round_percent
from dashboard.readings.industries.likeness import likeness_figures, park_part, read_pairs
from dashboard.readings.industries.medians import NAV, NAV_BASES, median_row
from dashboard.readings.kept_answers import keep_for_city
from dashboard.readings.lasting_answers import keep_firms_of_city, keep_of_firms, timeless
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.returns.performance import read_performance
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName, park_scope

# From this many other parks with a value on, quantiles hide who is who.
FEWEST_OTHERS = 5
MAIN_TAG = AlignmentView()
PARKS, MEDIAN, QUANTILES = "parks", "median", "quantiles"
Key = tuple[str, str]
Row = Mapping[str, object]


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


def read_quantiles(slice_: LedgerSlice, view: AlignmentView = MAIN_TAG) -> Reading:
    """How the other parks' alignment is spread, measure by measure; for the city, how all parks' is.

    This looks at the whole city even where the person may see a single park, because the measures of one
    park say little alone. It tells no park's name and no park's value: only the spread, and only where at
    least `FEWEST_OTHERS` other parks have a value, so that nobody can tell one park's from it. A quartile
    of few values is the very value of one of them, from which amounts of deals could be worked out day by
    day; so the spread is told to the whole percent, and without its ends.
    """
    slice_, others, version = timeless(slice_), _other_parks(slice_), slice_.version
    told = {**_held_rows(slice_, view), **_spread_rows(_committed_by_park(slice_, view), others)}
    if view.look_through:
        told |= _spread_rows(_through_by_park(slice_, view), others)
    rows = tuple(told.get(key) or _quantile_row(key, []) for key in _compared(view))
    return Reading("quantiles", slice_.scope.label, slice_.as_of, version, (), rows)


@keep_of_firms
def _held_rows(slice_: LedgerSlice, view: AlignmentView) -> Mapping[Key, Row]:
    """The spread of what rests on holdings alone."""
    return _spread_rows(_held_by_park(slice_, view), _other_parks(slice_))


def _other_parks(slice_: LedgerSlice) -> list[int]:
    own = slice_.scope.codes if slice_.scope.name is ScopeName.PARK else ()
    return [park.id for park in slice_.facts.parks.values() if park.code not in own]


def _spread_rows(by_park: Mapping[int, Iterable[Figure]], parks: Iterable[int]) -> Mapping[Key, Row]:
    """How figures are spread over some parks."""
    spread: dict[Key, list[Fraction]] = {}
    for figure in (figure for park in parks for figure in by_park[park]):
        if figure.numerator is not None and figure.denominator:
            value = Fraction(figure.numerator, figure.denominator)
            spread.setdefault((figure.code, figure.basis), []).append(value)
        elif figure.value is not None:
            spread.setdefault((figure.code, figure.basis), []).append(Fraction(figure.value))
    return {key: _quantile_row(key, values) for key, values in spread.items()}


def _compared(view: AlignmentView) -> Iterator[tuple[str, str]]:
    """The figures in which parks are set beside one another, by code and basis."""
    for suffix in ("", THROUGH) if view.look_through else ("",):
        for code, *bases in (*MEASURES, *NARROWER):
            yield from ((code, f"{basis}{suffix}") for basis in bases)
        if view.since is not None:
            yield from (("AL03", f"{basis}{suffix}") for basis in (FLOW_PERIOD, AT_DECISION[FLOW_PERIOD]))
        yield from ((code, f"{basis}{suffix}") for code, basis in MIXES)


# A spread needs every park's figures, whoever asks; nothing but the spread leaves `read_quantiles`.
@keep_firms_of_city
def _held_by_park(slice_: LedgerSlice, view: AlignmentView) -> Mapping[int, tuple[Figure, ...]]:
    """AL01–AL05, AL10 and AL11 of every park, worked out once for everybody."""
    return {park: tuple(_measure_held(park_part(slice_, park), view)) for park in slice_.facts.parks}


def _measure_held(part: LedgerSlice, view: AlignmentView) -> Iterator[Figure]:
    held = direct_measures(part, view)
    yield from (*held.by_parts, *held.concentration)
    pairs, reason = read_pairs(part, view.mode, is_through=False)
    yield from likeness_figures(part, pairs, reason, is_through=False)


@keep_for_city
def _committed_by_park(slice_: LedgerSlice, view: AlignmentView) -> Mapping[int, tuple[Figure, ...]]:
    """AL06 of every park."""
    return {park: tuple(commitment_figures(park_part(slice_, park), view)) for park in slice_.facts.parks}


@keep_for_city
def _through_by_park(slice_: LedgerSlice, view: AlignmentView) -> Mapping[int, tuple[Figure, ...]]:
    """What every park's money reached through other funds."""
    return {park: tuple(_measure_through(park_part(slice_, park), view)) for park in slice_.facts.parks}


def _measure_through(part: LedgerSlice, view: AlignmentView) -> Iterator[Figure]:
    yield from measure_figures(part, view, through_parts(part, view.mode), is_through=True)
    pairs, reason = read_pairs(part, view.mode, is_through=True)
    yield from likeness_figures(part, pairs, reason, is_through=True)


def _quantile_row(key: Key, values: Sequence[Fraction]) -> dict[str, object]:
    code, basis = key
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
    for figure in _figures_of(part, options, mode):
        row[f"{figure.code}.{figure.basis}"] = figure.value
        if figure.value is None:
            row[f"{figure.code}.{figure.basis}.reason"] = figure.reason
    return row


def _figures_of(part: LedgerSlice, options: LeverageOptions | None, mode: TagMode) -> Iterable[Figure]:
    leverage = read_leverage(part, options)
    yield leverage.figure("LV00c", Basis.COMMITTED)
    yield from direct_figures(part, AlignmentView(mode))
    for basis in Basis:
        yield leverage.figure("LV04", basis)
    returns = read_performance(part)
    for code in ("PF02", "PF08", "PF09", "PF16"):
        yield returns.figure(code)


def value_in(row: Mapping[str, object], code: str, basis: str) -> tuple[str, int | str | None, str | None]:
    """The basis, value and reason of a figure in a row; basis `nav` stands for whichever NAV it rests on."""
    for one in NAV_BASES if basis == NAV else (basis,):
        key = f"{code}.{one}"
        if key in row:
            value, reason = row[key], row.get(f"{key}.reason")
            return one, value if isinstance(value, int | str) else None, str(reason) if reason else None
    return basis, None, None
