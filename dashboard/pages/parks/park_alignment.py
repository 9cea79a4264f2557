"""How far the park's money follows its leading industries, beside the other parks' spread."""

from collections.abc import Iterator
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.figures.quantiles import PARTS, Strip, draw_quantile_strips
from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.parks.park_headline import spread_of, write_share
from dashboard.pages.parks.park_measures import end_basis, name_measure, name_way, shown_measures
from dashboard.pages.parks.park_mixes import draw_mixes
from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.pages.parks.park_switches import (
    draw_mode_switch,
    draw_period_switch,
    draw_through_switch,
)
from dashboard.readings.answers import Figure
from dashboard.readings.industries.alignment_bases import COST
from dashboard.readings.industries.comparison import FEWEST_OTHERS, QUANTILES
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import ABSENT, MoneyUnit, format_percent

OWN, DECIDED, BAND, MEDIAN = "own", "decided", "band", "median"


def draw_alignment(state: ParkState, *, beside: Component) -> Component:
    """The switches, the six measures, the strips with what stands beside them, and how the money is spread."""
    context = state.context
    title = html.H2(state.say("park.alignment"), className="section-title")
    switches = html.Div(
        [
            draw_mode_switch(context, state.mode),
            draw_through_switch(context, is_through=state.is_through),
            draw_period_switch(context, state.since),
        ],
        className="alignment-switches",
    )
    head = html.Div([title, switches], className="section-line")
    cards = CardSet(context.visit, state.scope, MoneyUnit.YI, "alignment")
    measures = [_draw_card(state, cards, *measure) for measure in shown_measures(state)]
    charts = html.Div([_draw_strips(state), beside], className="page-grid")
    return html.Section([head, strip(measures, 6), charts, *draw_mixes(state)], className="park-section")


def make_spread_table(state: ParkState) -> ShownTable:
    """Every measure: the park's own value on both days, and the others' spread on the as-of date."""
    cells = CellMaker(state.context.visit, MoneyUnit.YI)
    say = state.say
    own, others = say("park.spread_own_column"), say("park.spread_others")
    columns = (
        Column("measure", say("park.spread_measure")),
        Column("now", say("park.spread_at_as_of"), True, own),
        Column("decided", say("park.spread_at_decision"), True, own),
        *(
            Column(part, say(f"park.spread_{'p50' if part == 'median' else part}"), True, others)
            for part in PARTS
        ),
        Column("n", say("park.spread_n"), is_number=True),
    )
    return ShownTable(
        "spread",
        say("park.spread_table"),
        columns,
        tuple(_spread_row(state, cells, *measure) for measure in shown_measures(state)),
        note=_note(state),
        definitions=state.versions(*(code for code, *_ in shown_measures(state))),
    )


def _draw_card(state: ParkState, cards: CardSet, code: str, basis: str, decided: str) -> Component:
    figure, then = state.reading.figure(code, basis), state.reading.figure(code, decided)
    median = spread_of(state, code, basis)["median"]
    words = {
        "decided": _percent(then),
        "median": None if median is None else format_percent(Fraction(median)),
    }
    note = state.say("park.card_note_alone" if median is None else "park.card_note", **words)
    return cards.card(figure, note, name=name_measure(state, code, basis))


def _draw_strips(state: ParkState) -> Component:
    say, finding = state.say, _begin_large(write_finding(state))
    strips = [make_strip(state, *measure) for measure in shown_measures(state)]
    if all(one.own is None and one.spread is None for one in strips):
        return draw_empty_card(finding, say("park.spread_none_text"))
    figure = draw_quantile_strips(strips, say("park.spread_axis"), state.context.scheme)
    legend = [(OWN, say("park.spread_own")), (DECIDED, say("park.spread_decided"))]
    if any(row["n"] >= FEWEST_OTHERS for row in state.rows(QUANTILES)):
        legend += [(BAND, say("park.spread_band")), (MEDIAN, say("park.spread_median"))]
    chart = Chart("spread", finding, _note(state), figure, make_spread_table(state), legend)
    return draw_chart_card(state.context, chart)


def write_finding(state: ParkState) -> str:
    """The share by cost as the page counts; looked through, also why there is none."""
    basis = end_basis(state, COST)
    if not state.is_through:
        return write_share(state, basis)
    figure = state.reading.figure("AL01", basis)
    if figure.value is None:
        return state.say("alignment.through_finding_none", reason=state.say(str(figure.reason)))
    return state.say("alignment.through_finding", share=write_share(state, basis))


def _note(state: ParkState) -> str:
    say = state.say
    counts = [spread_of(state, code, basis)["n"] for code, basis, _ in shown_measures(state)]
    notes = [say("park.spread_note", mode=name_way(state), day=state.day(state.context.as_of))]
    if max(counts) >= FEWEST_OTHERS:
        notes.append(say("park.spread_note_others"))
    if min(counts) < FEWEST_OTHERS:
        notes.append(say("park.spread_note_few", fewest=FEWEST_OTHERS))
    return ("" if state.context.language == "zh" else " ").join(notes)


def make_strip(state: ParkState, code: str, basis: str, decided: str) -> Strip:
    """A measure with the others' spread, for the strips."""
    figure, then = state.reading.figure(code, basis), state.reading.figure(code, decided)
    row = spread_of(state, code, basis)
    known = {part: float(Fraction(row[part])) for part in PARTS if row[part] is not None}
    hover = {part: format_percent(Fraction(row[part])) for part in known}
    return Strip(
        f"{name_measure(state, code, basis)} {code}",
        _percent(figure),
        _share(figure),
        _share(then),
        known or None,
        state.say("park.spread_hover_own", value=_percent(figure)),
        state.say("park.spread_hover_decided", value=_percent(then)),
        state.say("park.spread_hover_others", n=row["n"], **hover),
    )


def _spread_row(state: ParkState, cells: CellMaker, code: str, basis: str, decided: str) -> tuple[Cell, ...]:
    row = spread_of(state, code, basis)
    figures = [state.reading.figure(code, one) for one in (basis, decided)]
    return (
        cells.text(f"{name_measure(state, code, basis)} {code}"),
        *(cells.figure(FigureKey(code, f.basis, state.scope), f.value, f.reason) for f in figures),
        *_spread_cells(cells, row),
        cells.count(row["n"]),
    )


def _spread_cells(cells: CellMaker, row: Row) -> Iterator[Cell]:
    for part in PARTS:
        yield cells.share(None if row[part] is None else Fraction(row[part]), row["reason"])


def _begin_large(sentence: str) -> str:
    """A clause of the headline as a title of its own."""
    return sentence[:1].upper() + sentence[1:]


def _share(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def _percent(figure: Figure) -> str:
    return ABSENT if figure.value is None else format_percent(Fraction(figure.value))
