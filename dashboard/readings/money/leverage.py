"""How much money each fiscal yuan brought in: LV00–LV01, LV03–LV05 and LV08, which every page shows."""

from dataclasses import replace

from dashboard.readings.answers import Figure, Reading, absent, money, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.lasting_answers import keep_of_commitments
from dashboard.readings.money.capital import (
    Capital,
    CapitalClass,
    CapitalLine,
    SoeTreatment,
    capital_by_investor,
    cut_to,
    whole_capital,
)
from dashboard.readings.money.leverage_options import LeverageOptions, Sides, take_sides
from dashboard.readings.money.sources import scope_sources
from funds.kinds import Basis, GovernmentLevel
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

__all__ = ["LeverageOptions", "SoeTreatment", "outside_lines", "read_leverage", "seen_sides"]


def read_leverage(slice_: LedgerSlice, options: LeverageOptions | None = None) -> Reading:
    """The definitions that need no more than the investors, with the money of each fund by nature in the rows."""
    options = options or LeverageOptions()
    # Whose money it is in the end stands in the lines of funds above the scope, too.
    keep = _leverage_looked_through if options.look_through else _leverage_at_first_level
    return replace(keep(slice_, options), version=slice_.version)


@keep_by_lines
def _leverage_at_first_level(slice_: LedgerSlice, options: LeverageOptions) -> Reading:
    return _read(slice_, options)


@keep_answer
def _leverage_looked_through(slice_: LedgerSlice, options: LeverageOptions) -> Reading:
    return _read(slice_, options)


def _read(slice_: LedgerSlice, options: LeverageOptions) -> Reading:
    halves = [_read_half(slice_, basis, options) for basis in options.bases]
    figures = tuple(figure for half in halves for figure in half.figures)
    rows = tuple(row for half in halves for row in half.rows)
    return Reading("leverage", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)


def _read_half(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> Reading:
    """The same on one basis; at the first level what is committed outlives every payment."""
    if basis is Basis.COMMITTED and not options.look_through:
        return _read_committed(slice_, options)
    return _read_on(slice_, basis, options)


@keep_of_commitments
def _read_committed(slice_: LedgerSlice, options: LeverageOptions) -> Reading:
    return _read_on(slice_, Basis.COMMITTED, options)


def _read_on(slice_: LedgerSlice, basis: Basis, options: LeverageOptions) -> Reading:
    capital = capital_by_investor(slice_, basis)
    figures, rows = _figures(slice_, capital, options), _rows(slice_, capital)
    reading = Reading(
        "leverage", slice_.scope.label, slice_.as_of, slice_.version, tuple(figures), tuple(rows)
    )
    return with_definitions(reading, slice_.facts)


def _figures(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> list[Figure]:
    basis = str(capital.basis)
    between, outside = capital.between(), outside_lines(capital)
    municipal = [line for line in outside if _is_fiscal(line) and line.level is GovernmentLevel.MUNICIPAL]
    size, doubled = capital.total(), sum(line.internal for line in between)
    return [
        money("LV00a", basis, size, capital.entries()),
        money("LV00b", basis, doubled, capital.entries(between)),
        money("LV00c", basis, size - doubled, capital.entries()),
        ratio("LV00d", basis, size, capital.total(municipal), "leverage.no_city_fiscal", capital.entries()),
        _mother_multiplier(slice_, capital),
        *_shares_of_sides(slice_, capital, options),
        _deduplicated(capital),
    ]


def _shares_of_sides(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> list[Figure]:
    """LV03–LV05, at the first level or looked through."""
    basis, outside = str(capital.basis), outside_lines(capital)
    if options.look_through:
        sides, reason = seen_sides(slice_, capital, options)
        counted = outside
    else:
        pieces = [(line.capital_class, line.level, line.outside) for line in outside]
        sides, reason = take_sides(pieces, options), None
        counted = [line for line in outside if _has_side(line, options)]
    if reason is not None:
        codes = ("LV03", "LV04", "LV05")
        return [absent(code, basis, reason, capital.entries(outside)) for code in codes]
    z, f, s = sides.size, sides.fiscal, sides.social
    figures = [
        ratio("LV03", basis, z, f, "leverage.no_fiscal", capital.entries(outside)),
        ratio("LV04", basis, s, f, "leverage.no_fiscal", capital.entries(counted)),
        ratio("LV05", basis, s, z, "leverage.no_capital", capital.entries(outside)),
    ]
    return [replace(figure, parts=sides.parts) for figure in figures]


def outside_lines(capital: Capital) -> list[CapitalLine]:
    """Lines that Z counts: at one fund also money from other funds, over several what came from outside them."""
    return [line for line in capital.lines if line.outside or not line.internal]


def seen_sides(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> tuple[Sides, str | None]:
    """The money of a scope as it counts when funds are looked through, or why it cannot be."""
    seen = scope_sources(slice_, capital)
    pieces = [(source.capital_class, source.level, amount) for source, amount in seen.amounts.items()]
    return take_sides(pieces, options), seen.reason


def _has_side(line: CapitalLine, options: LeverageOptions) -> bool:
    kind = line.capital_class
    return options.is_fiscal(kind, line.level) or options.is_social(kind)


def _deduplicated(capital: Capital) -> Figure:
    """LV08: money of no fund of the book ÷ all fiscal money, whatever level or treatment was asked for."""
    external = [line for line in capital.lines if line.investor_fund is None]
    fiscal = capital.total(line for line in external if _is_fiscal(line))
    entries = capital.entries(external)
    return ratio("LV08", str(capital.basis), capital.total(external), fiscal, "leverage.no_fiscal", entries)


def _is_fiscal(line: CapitalLine) -> bool:
    return line.capital_class is CapitalClass.FISCAL


def _mother_multiplier(slice_: LedgerSlice, capital: Capital) -> Figure:
    """LV01: sizes of the mothers' direct children ÷ the mothers' own money in them, each cut to the scope."""
    basis = str(capital.basis)
    whole = whole_capital(slice_, capital.basis)
    mothers = _mothers(slice_, whole)
    own: list[tuple[int, CapitalLine]] = [
        (line.investor_fund, line)
        for line in whole.lines
        if line.investor_fund is not None and line.investor_fund in mothers and line.amount > 0
    ]
    if not own:
        return absent("LV01", basis, "leverage.no_mother")
    # A child fed by several mothers is cut by the share of the first of them.
    fed_by = {line.fund: mother for mother, line in reversed(own)}
    sizes = [line for line in whole.lines if line.fund in fed_by]
    numerator = sum(cut_to(slice_, fed_by[line.fund], line.amount) for line in sizes)
    denominator = sum(cut_to(slice_, mother, line.amount) for mother, line in own)
    return ratio("LV01", basis, numerator, denominator, "leverage.no_mother_money", whole.entries(sizes))


def _mothers(slice_: LedgerSlice, whole: Capital) -> set[int]:
    if slice_.scope.name is ScopeName.FUND and len(slice_.members) == 1:
        return set(slice_.members)
    fed = {line.fund for line in whole.lines if line.investor_fund is not None}
    return set(slice_.members) - fed


def _rows(slice_: LedgerSlice, capital: Capital) -> list[dict[str, object]]:
    rows = []
    for fund in slice_.member_funds:
        lines = capital.by_fund.get(fund.id, ())
        row: dict[str, object] = {"basis": str(capital.basis), "code": fund.code, "name": fund.name}
        for kind in CapitalClass:
            row[str(kind)] = sum(line.amount for line in lines if line.capital_class is kind)
        row["total"] = sum(line.amount for line in lines)
        rows.append(row)
    return rows
