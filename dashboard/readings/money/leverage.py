"""How much money each fiscal yuan brought in: LV00–LV01, LV03–LV05 and LV08 at the first level."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dashboard.readings.answers import Figure, Reading, absent, money, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.money.capital import (
    Capital,
    CapitalClass,
    CapitalLine,
    SoeTreatment,
    capital_by_investor,
)
from funds.kinds import Basis, GovernmentLevel
from funds.queries.attribution import cut
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName


@dataclass(frozen=True)
class LeverageOptions:
    """Which basis (None = both), where state-owned money counts, and whose fiscal yuan (None = every level)."""

    basis: Basis | None = None
    soe: SoeTreatment = SoeTreatment.APART
    fiscal_level: GovernmentLevel | None = None


def read_leverage(slice_: LedgerSlice, options: LeverageOptions | None = None) -> Reading:
    """Every first-level definition side by side, with the money of each fund by nature in the rows."""
    options = options or LeverageOptions()
    bases = [options.basis] if options.basis else list(Basis)
    capitals = [capital_by_investor(slice_, basis) for basis in bases]
    figures = [figure for capital in capitals for figure in _figures(slice_, capital, options)]
    rows = [row for capital in capitals for row in _rows(slice_, capital)]
    reading = Reading(
        "leverage", slice_.scope.label, slice_.as_of, slice_.version, tuple(figures), tuple(rows)
    )
    return with_definitions(reading, slice_.facts)


def _figures(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> list[Figure]:
    basis = str(capital.basis)
    between = capital.between()
    # At one fund Z includes money from other funds; over several it is what came from outside them.
    outside = [line for line in capital.lines if line.outside or not line.internal]
    fiscal, social = _sides(outside, options)
    municipal = [line for line in outside if _is_fiscal(line) and line.level is GovernmentLevel.MUNICIPAL]
    z, f, s = sum(line.outside for line in outside), capital.total(fiscal), capital.total(social)
    size, doubled = capital.total(), sum(line.internal for line in between)
    return [
        money("LV00a", basis, size, capital.entries()),
        money("LV00b", basis, doubled, capital.entries(between)),
        money("LV00c", basis, size - doubled, capital.entries()),
        ratio("LV00d", basis, size, capital.total(municipal), "leverage.no_city_fiscal", capital.entries()),
        _mother_multiplier(slice_, capital),
        ratio("LV03", basis, z, f, "leverage.no_fiscal", capital.entries(outside)),
        ratio("LV04", basis, s, f, "leverage.no_fiscal", capital.entries([*fiscal, *social])),
        ratio("LV05", basis, s, z, "leverage.no_capital", capital.entries(outside)),
        _deduplicated(capital),
    ]


def _deduplicated(capital: Capital) -> Figure:
    """LV08: money of no fund of the book ÷ all fiscal money, whatever level or treatment was asked for."""
    external = [line for line in capital.lines if line.investor_fund is None]
    fiscal = capital.total(line for line in external if _is_fiscal(line))
    entries = capital.entries(external)
    return ratio("LV08", str(capital.basis), capital.total(external), fiscal, "leverage.no_fiscal", entries)


def _is_fiscal(line: CapitalLine) -> bool:
    return line.capital_class is CapitalClass.FISCAL


def _sides(
    outside: Iterable[CapitalLine], options: LeverageOptions
) -> tuple[list[CapitalLine], list[CapitalLine]]:
    fiscal, social = [], []
    for line in outside:
        is_soe = line.capital_class is CapitalClass.STATE_OWNED
        if _is_fiscal(line) or (is_soe and options.soe is SoeTreatment.FISCAL):
            if options.fiscal_level in (None, line.level):
                fiscal.append(line)
        elif line.capital_class is CapitalClass.SOCIAL or (is_soe and options.soe is SoeTreatment.SOCIAL):
            social.append(line)
    return fiscal, social


def _mother_multiplier(slice_: LedgerSlice, capital: Capital) -> Figure:
    """LV01: sizes of the mothers' direct children ÷ the mothers' own money in them, each cut to the scope."""
    basis = str(capital.basis)
    whole = _whole_capital(slice_, capital.basis)
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
    numerator = sum(_cut_to(slice_, line.amount, fed_by[line.fund]) for line in sizes)
    denominator = sum(_cut_to(slice_, line.amount, mother) for mother, line in own)
    return ratio("LV01", basis, numerator, denominator, "leverage.no_mother_money", whole.entries(sizes))


def _whole_capital(slice_: LedgerSlice, basis: Basis) -> Capital:
    """Capital of every fund: a mother's children may lie outside the scope."""
    key = f"capital:{basis}"
    if key not in slice_.shelf:
        slice_.shelf[key] = capital_by_investor(slice_.whole(), basis)
    found: Capital = slice_.shelf[key]
    return found


def _mothers(slice_: LedgerSlice, whole: Capital) -> set[int]:
    if slice_.scope.name is ScopeName.FUND and len(slice_.members) == 1:
        return set(slice_.members)
    fed = {line.fund for line in whole.lines if line.investor_fund is not None}
    return set(slice_.members) - fed


def _cut_to(slice_: LedgerSlice, amount: int, fund: int) -> int:
    piece = slice_.members[fund]
    return int(cut(np.array([amount]), piece.start, piece.end)[0])


def _rows(slice_: LedgerSlice, capital: Capital) -> list[dict[str, object]]:
    rows = []
    for fund in slice_.member_funds:
        lines = [line for line in capital.lines if line.fund == fund.id]
        row: dict[str, object] = {"basis": str(capital.basis), "fund": fund.code, "name": fund.name}
        for kind in CapitalClass:
            row[str(kind)] = sum(line.amount for line in lines if line.capital_class is kind)
        row["total"] = sum(line.amount for line in lines)
        rows.append(row)
    return rows
