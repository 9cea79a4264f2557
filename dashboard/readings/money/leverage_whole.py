"""Leverage whole: all thirteen definitions with their tables, as the report and the page of leverage show them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from dashboard.readings.answers import Figure, Reading, absent, ratio
from dashboard.readings.definitions import with_definitions
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.money.capital import Capital, capital_by_investor
from dashboard.readings.money.composition import composition_rows
from dashboard.readings.money.credit_shares import credit_figure, credit_rows
from dashboard.readings.money.deployed_money import (
    deployed_figure,
    deployed_figures,
    deployed_rows,
    deployed_sides,
    invested_entries,
)
from dashboard.readings.money.idle_clock import clock_rows
from dashboard.readings.money.industry_firms import scope_firms
from dashboard.readings.money.investor_natures import nature_rows, owner_rows, reclassification_rows
from dashboard.readings.money.league import league_rows
from dashboard.readings.money.lenses import lens_rows
from dashboard.readings.money.leverage import outside_lines, read_leverage, seen_sides
from dashboard.readings.money.leverage_bridge import bridge_line_rows, bridge_rows, claim_rows
from dashboard.readings.money.leverage_history import history_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.official import read_official
from dashboard.readings.money.project_leverage import project_figures, project_rows
from dashboard.readings.money.published import progress_rows, reported_rows
from dashboard.readings.money.reinvestment import reinvestment_figures, reinvestment_rows
from dashboard.readings.money.sensitivity import sensitivity_rows
from dashboard.readings.money.synchrony import synchrony_figure, synchrony_rows
from dashboard.readings.money.yuan_flow import yuan_rows
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice

Rows = Iterable[Mapping[str, object]]
TableMaker = Callable[[LedgerSlice, LeverageOptions], Rows]
# What a question about firms alone cannot ask of whole funds.
OF_FUNDS_ONLY = ("LV00a", "LV00b", "LV00c", "LV00d", "LV01", "LV08", "LV09", "LV12", "LV13")


def read_whole_leverage(slice_: LedgerSlice, options: LeverageOptions | None = None) -> Reading:
    """Every definition on the asked bases, and every table of leverage."""
    options = options or LeverageOptions()
    rows = [row for name in TABLES for row in leverage_table(slice_, name, options)]
    return replace(read_leverage_figures(slice_, options), rows=tuple(rows))


@keep_answer
def read_leverage_figures(slice_: LedgerSlice, options: LeverageOptions | None = None) -> Reading:
    """The same without the tables; at an industry the figures of the money that went into its firms."""
    options = options or LeverageOptions()
    of_firms = scope_firms(slice_) is not None
    figures = [*_of_firms(slice_, options)] if of_firms else [*_of_funds(slice_, options)]
    if options.wants_paid:
        figures += project_figures(slice_, options)
    ordered = tuple(sorted(figures, key=lambda figure: figure.code))
    reading = Reading("leverage", slice_.scope.label, slice_.as_of, slice_.version, ordered)
    return with_definitions(reading, slice_.facts)


@keep_answer
def leverage_table(
    slice_: LedgerSlice, name: str, options: LeverageOptions
) -> tuple[Mapping[str, object], ...]:
    """The rows of one of the tables, by the name in TABLES."""
    if scope_firms(slice_) is not None and name not in OF_FIRMS_TOO:
        return ()
    return tuple(TABLES[name](slice_, options))


@keep_answer
def league_table(slice_: LedgerSlice, by: str, options: LeverageOptions) -> tuple[Mapping[str, object], ...]:
    """The rows of one league, by what it compares."""
    if scope_firms(slice_) is not None:
        return ()
    return tuple(row for basis in options.bases for row in league_rows(slice_, basis, options, [by]))


def _of_funds(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Figure]:
    yield from read_leverage(slice_, options).figures
    for basis in options.bases:
        capital = capital_by_investor(slice_, basis)
        yield _seen_leverage(slice_, capital, options)
        yield credit_figure(slice_, capital, options)
        yield from reinvestment_figures(slice_, capital, options)
        yield from deployed_figures(slice_, basis, options)
    if options.wants_paid:
        committed = capital_by_investor(slice_, Basis.COMMITTED)
        paid = capital_by_investor(slice_, Basis.PAID_IN)
        yield synchrony_figure(committed, paid, options)


def _seen_leverage(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> Figure:
    """LV07: social ÷ fiscal money with every fund among the investors looked through."""
    basis, entries = str(capital.basis), capital.entries(outside_lines(capital))
    sides, reason = seen_sides(slice_, capital, options)
    if reason is not None:
        return absent("LV07", basis, reason, entries)
    figure = ratio("LV07", basis, sides.social, sides.fiscal, "leverage.no_fiscal", entries)
    return replace(figure, parts=sides.parts)


def _of_firms(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Figure]:
    """LV03–LV05 and LV07 of the money in an industry's firms, always looked through; the rest is of whole funds."""
    entries = invested_entries(slice_)
    for basis in options.bases:
        sides, reason = deployed_sides(slice_, basis, options)
        name = str(basis)
        for code in OF_FUNDS_ONLY:
            yield Figure(code, name, None, "leverage.of_whole_funds")
        if reason is not None:
            yield from (Figure(code, name, None, reason) for code in ("LV03", "LV04", "LV05", "LV07"))
            continue
        for code, top, bottom, missing in (
            ("LV03", sides.size, sides.fiscal, "leverage.no_fiscal"),
            ("LV04", sides.social, sides.fiscal, "leverage.no_fiscal"),
            ("LV05", sides.social, sides.size, "leverage.no_capital"),
            ("LV07", sides.social, sides.fiscal, "leverage.no_fiscal"),
        ):
            yield replace(ratio(code, name, top, bottom, missing, entries), parts=sides.parts)
    if options.wants_paid:
        yield Figure("LV06", "arrival", None, "leverage.of_whole_funds")
        yield deployed_figure(slice_, Basis.PAID_IN, options)


def _each_basis(
    make: Callable[[LedgerSlice, Capital, LeverageOptions], Rows],
) -> TableMaker:
    def rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
        for basis in options.bases:
            yield from make(slice_, capital_by_investor(slice_, basis), options)

    return rows


def _capitals(slice_: LedgerSlice) -> tuple[Capital, Capital]:
    return capital_by_investor(slice_, Basis.COMMITTED), capital_by_investor(slice_, Basis.PAID_IN)


def official_rows(slice_: LedgerSlice, options: LeverageOptions) -> Rows:
    """The chosen definition with its value on each basis that it stands for, or that none is chosen."""
    choice = read_official(slice_)
    if choice is None:
        return [{"table": "official", "definition": None, "reason": "leverage.no_official"}]
    found = read_leverage_figures(slice_, choice.of(options))
    return [
        {
            "table": "official",
            "definition": choice.code,
            "basis": figure.basis,
            "soe": str(choice.soe),
            "value": figure.value,
            "reason": figure.reason,
            "from": choice.from_date.isoformat(),
            "document": choice.document,
        }
        for figure in found.figures
        if figure.code == choice.code
    ]


def fund_rows(slice_: LedgerSlice, options: LeverageOptions) -> Rows:
    """The money of each fund by nature, as the pages have it."""
    return read_leverage(slice_, options).rows


TABLES: Mapping[str, TableMaker] = {
    "funds": fund_rows,
    "official": official_rows,
    "lens": _each_basis(lens_rows),
    "composition": lambda slice_, _: composition_rows(slice_),
    "deployed": lambda slice_, _: deployed_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN)),
    "bridge": bridge_rows,
    "claim": claim_rows,
    "bridge_line": bridge_line_rows,
    "attribution": _each_basis(credit_rows),
    "sensitivity": _each_basis(sensitivity_rows),
    "synchrony": lambda slice_, options: synchrony_rows(slice_, *_capitals(slice_), options),
    "clock": clock_rows,
    "league": lambda slice_, options: [
        row for basis in options.bases for row in league_rows(slice_, basis, options)
    ],
    "history": history_rows,
    "project_round": project_rows,
    "reinvestment": _each_basis(reinvestment_rows),
    "progress": _each_basis(lambda slice_, capital, _: progress_rows(slice_, capital)),
    "nature": lambda slice_, _: nature_rows(slice_, _capitals(slice_)),
    "reclassification": lambda slice_, _: reclassification_rows(slice_, _capitals(slice_)),
    "owner": lambda slice_, _: owner_rows(slice_, _capitals(slice_)),
    "reported": lambda slice_, _: reported_rows(slice_),
    "yuan": yuan_rows,
}
OF_FIRMS_TOO = frozenset({"official", "lens", "project_round"})
