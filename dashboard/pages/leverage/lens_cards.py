"""The four lenses always together: committed or paid in, in the funds or in firms, with the band of the national score."""

from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.leverage.leverage_address import Layer
from dashboard.pages.leverage.leverage_cells import LeverageCells
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.pages.leverage.official_line import find_lens
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.answers import Figure
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import format_percent
from funds.kinds import Basis

NAME = "lenses"
MONEY = ("social", "fiscal", "state_owned", "undetermined", "total")
PERCENT_E6 = 100_000_000


def draw_lenses(state: LeverageState) -> Component:
    """A card for each lens and all of them as a table; of an industry the money in its firms alone."""
    cards, chosen = state.cards(NAME), find_lens(state)
    drawn = [_draw_lens(state, cards, row, is_chosen=row == chosen) for row in state.rows_on_both("lens")]
    title = html.H2(name_lenses(state), className="section-title")
    note = html.P(write_note(state), className="card-note")
    table = html.Details(
        [
            html.Summary(state.say("leverage_page.lens_table")),
            draw_table_card(state.context, make_lens_table(state)),
        ],
        className="leverage-more",
    )
    return html.Section([title, note, strip(drawn, len(drawn)), table], className="lens-section")


def name_lenses(state: LeverageState) -> str:
    """What they are called together."""
    return state.say("leverage_page.lenses_firms" if state.is_of_firms else "leverage_page.lenses")


def write_note(state: LeverageState) -> str:
    """What is divided by what, and as of when."""
    scope = "leverage_page.lens_note_firms" if state.is_of_firms else "leverage_page.lens_note"
    return state.say(scope, terms=state.terms(), day=state.day())


def _draw_lens(state: LeverageState, cards: CardSet, row: Row, *, is_chosen: bool) -> Component:
    multiple, share = (lens_figure(state, row, code) for code in ("LV04", "LV05"))
    head = [html.Span(name_lens(state, row))]
    if is_chosen:
        head.append(html.Span(state.say("leverage_page.current"), className="lens-current"))
    return html.Div(
        [
            html.Div(head, className="lens-head"),
            html.Div([_draw_number(state, cards, one) for one in (multiple, share)], className="figure-pair"),
            html.P(_write_amounts(state, row), className="lens-words"),
            html.P(write_band(state, row), className="lens-words"),
        ],
        className="figure-card lens-card" + (" lens-chosen" if is_chosen else ""),
    )


def _draw_number(state: LeverageState, cards: CardSet, figure: Figure) -> Component:
    name = f"{state.say(f'leverage_page.short_{figure.code}')} {figure.code}"
    return html.Div(
        [html.Div(cards.number(figure), className="figure-line"), html.Div(name, className="figure-note")]
    )


def name_lens(state: LeverageState, row: Row) -> str:
    """认缴 · 基金层."""
    layer = state.say(f"report.lens_{row['lens']}")
    return f"{state.basis_name(row['basis'])} · {layer}"


def lens_figure(state: LeverageState, row: Row, code: str) -> Figure:
    """The figure of a lens; what is in firms goes by its own basis, save where a scope is about firms alone."""
    return state.figure(code, basis_of(state, row))


def basis_of(state: LeverageState, row: Row) -> str:
    """The basis that a lens's figures are called by."""
    if row["lens"] == Layer.FUND.value or state.is_of_firms:
        return str(row["basis"])
    return "deployed" if row["basis"] == Basis.PAID_IN.value else f"deployed_{row['basis']}"


def _write_amounts(state: LeverageState, row: Row) -> str:
    if "social" not in row:
        return state.say(row["reason"])
    told = [
        state.say(
            "leverage_page.lens_amounts",
            social=state.amount(row["social"]),
            fiscal=state.amount(row["fiscal"]),
        )
    ]
    if row["fiscal"] <= 0:
        told.append(state.say("leverage.no_fiscal"))
    elif row["undetermined"]:
        told.append(state.say("leverage_page.lens_open", amount=state.amount(row["undetermined"])))
    return state.say("leverage_page.semicolon").join(told)


def write_band(state: LeverageState, row: Row) -> str:
    """The points of the share, what is missing to the next ones, and whether the paper was checked."""
    if row.get("points") is None:
        return state.say("leverage_page.no_band" if row.get("total") else "leverage.no_capital")
    told = [state.say("leverage_page.band", points=row["points"])]
    if row["next_points"] is not None:
        told.append(
            state.say(
                "leverage_page.band_next",
                points=row["next_points"],
                percent=write_percent(row["next_percent_e6"]),
                add=state.amount(row["to_add"]) if row["to_add"] is not None else "—",
                replace=state.amount(row["to_replace"]),
            )
        )
    else:
        told.append(state.say("leverage_page.band_top"))
    if not row["is_checked"]:
        told.append(state.say("leverage_page.unchecked"))
    return state.say("leverage_page.semicolon").join(told) + state.say("leverage_page.stop")


def write_percent(percent_e6: int) -> str:
    """A line of a score, as a percentage."""
    return format_percent(Fraction(percent_e6, PERCENT_E6))


def make_lens_table(state: LeverageState) -> ShownTable:
    """A row for each lens."""
    rows = state.rows_on_both("lens")
    cells = state.cells(row.get(key) for row in rows for key in MONEY)
    columns = (
        state.column("lens"),
        state.figure_column("LV04"),
        state.figure_column("LV05"),
        *(state.column(key, cells) for key in MONEY),
        Column("points", state.say("leverage_page.points"), is_number=True),
        state.column("next_line", is_number=True),
        *(state.column(key, cells) for key in ("to_add", "to_replace")),
        state.column("paper"),
    )
    return ShownTable(
        NAME,
        name_lenses(state),
        columns,
        tuple(_make_row(state, cells, row) for row in rows),
        note=write_note(state),
        definitions=state.versions("LV04", "LV05"),
    )


def _make_row(state: LeverageState, cells: LeverageCells, row: Row) -> tuple[Cell, ...]:
    reason = row["reason"]
    basis = basis_of(state, row)
    following = row.get("next_percent_e6")
    paper = row.get("document")
    if paper and not row["is_checked"]:
        paper = state.say("leverage_page.unchecked_paper", paper=paper)
    return (
        cells.text(name_lens(state, row)),
        *(
            cells.figure(FigureKey(code, basis, state.scope), row.get(code), reason)
            for code in ("LV04", "LV05")
        ),
        *(cells.money(row.get(key), reason) for key in MONEY),
        cells.count(row.get("points"), reason),
        cells.absent() if following is None else cells.share(Fraction(following, PERCENT_E6)),
        *(cells.money(row.get(key)) for key in ("to_add", "to_replace")),
        cells.words(paper),
    )
