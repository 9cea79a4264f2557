"""All definitions of leverage in one table: value, formula with its numbers, source, rows behind it, and pitfalls."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.help import load_definition
from dashboard.pages.figure_text import name_basis
from dashboard.pages.leverage.leverage_cells import LeverageCells
from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.answers import Figure
from dashboard.readings.money.deployed_money import name_deployed
from dashboard.tables.shown import Cell, FigureKey, ShownTable
from dashboard.words.numbers import format_money
from funds.kinds import Basis

NAME = "definitions"
# LV02 is LV01 on commitments: one page, one reading.
MULTIPLIER, ON_COMMITMENTS = "LV01", "LV02"
SIZES = ("LV00a", "LV00b", "LV00c")


def draw_definitions(state: LeverageState) -> Component:
    """The table; pitfalls and formula stand in each number's passport, too."""
    return html.Div(draw_table_card(state.context, make_definitions_table(state)), className="leverage-whole")


def make_definitions_table(state: LeverageState) -> ShownTable:
    """A row for each definition on the basis of the switch, and for those that have a basis of their own."""
    figures = list(asked_figures(state))
    cells = state.cells(amount for figure in figures for _, amount in amounts_of(state, figure))
    columns = (
        state.column("code"),
        state.column("definition"),
        state.column("on_basis"),
        state.column("value", is_number=True),
        state.column("working"),
        state.column("ledger_rows", is_number=True),
        state.column("source"),
        state.column("pitfalls"),
    )
    missing = sum(figure.value is None for figure in figures)
    title = state.say("leverage_page.definitions_title", count=len(figures), missing=missing)
    note = state.say(
        "leverage_page.definitions_note",
        basis=state.basis_name(),
        terms=state.terms(),
        unit=state.unit_name(cells.unit),
        day=state.day(),
    )
    return ShownTable(
        NAME,
        title if missing else state.say("leverage_page.definitions_all", count=len(figures)),
        columns,
        tuple(tuple(_make_row(state, cells, figure)) for figure in figures),
        note=note,
        definitions=state.versions(*dict.fromkeys(figure.code for figure in figures)),
    )


def asked_figures(state: LeverageState) -> Iterator[Figure]:
    """What the table shows; the basis of the switch, or none of the two."""
    others = {
        name for basis in Basis if basis is not state.basis for name in (basis.value, name_deployed(basis))
    }
    yield from (figure for figure in state.figures.figures if figure.basis not in others)


def amounts_of(state: LeverageState, figure: Figure) -> Iterator[tuple[str, int]]:
    """The amounts that a formula is filled in with, by name, in fen."""
    yield from figure.parts
    if figure.numerator is not None and figure.denominator is not None:
        yield "top", figure.numerator
        yield "bottom", figure.denominator
    if figure.code in SIZES and isinstance(figure.value, int):
        for code in SIZES:
            found = state.figure(code, figure.basis).value
            if isinstance(found, int):
                yield code, found


def write_formula(state: LeverageState, cells: LeverageCells, figure: Figure) -> str:
    """The formula with its numbers in the unit of the table, or why there are none."""
    named = {name: format_money(amount, cells.unit) for name, amount in amounts_of(state, figure)}
    if not named:
        return state.say(figure.reason) if figure.reason else ""
    return state.say(f"leverage_page.formula_{figure.code}", **named)


def _make_row(state: LeverageState, cells: LeverageCells, figure: Figure) -> Iterator[Cell]:
    page = load_definition(figure.code, state.context.language)
    link = state.context.link(f"/definitions/{figure.code}")
    code = figure.code
    if code == MULTIPLIER and figure.basis == str(Basis.COMMITTED):
        code = f"{ON_COMMITMENTS} = {MULTIPLIER}"
    yield cells.text(code, link=link)
    yield cells.words(state.say(f"figure.{figure.code}"))
    yield cells.words(name_basis(state.context.visit, figure.basis))
    yield cells.figure(FigureKey(figure.code, figure.basis, state.scope), figure.value, figure.reason)
    yield cells.words(write_formula(state, cells, figure))
    yield cells.count(len(figure.entries))
    yield cells.words(" ".join(page.section("source").text.split()))
    yield cells.text(state.say("leverage_page.pitfalls_open"), link=link)
