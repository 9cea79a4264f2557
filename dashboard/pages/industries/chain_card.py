"""The chains as graphs from upstream to downstream, with the gaps marked; on a narrow screen as lists by position."""

from collections.abc import Iterator, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.chain_map import ChainLayout, draw_chain_edges, lay_out_chain
from dashboard.figures.template import graph_config
from dashboard.pages.attributes import aria
from dashboard.pages.chart_card import MOST_ROWS_OPEN, draw_empty_card
from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.industries.chain_node import draw_node
from dashboard.pages.industries.chain_state import ChainState, Row, box_of, ends_of, name_gap
from dashboard.pages.industries.chain_tables import draw_candidates, make_chain_table, make_leaders_table
from dashboard.pages.shown_table import draw_export, draw_table, draw_table_card
from dashboard.readings.industries.chain_map import UNPLACED
from dashboard.words.numbers import MoneyUnit, choose_unit

INDUSTRIES = "/industries"
ROW_HEIGHT = 116
MOST_NAMED = 3


def draw_chains(state: ChainState) -> Component:
    """The measures, each chain as a graph, the same as a table, chain leaders, and who could fill the gaps."""
    if not state.nodes:
        return draw_empty_card(write_finding(state), state.say("chains.none_text"))
    table = make_chain_table(state)
    graphs = [_draw_chain(state, code, nodes) for code, nodes in state.chains().items()]
    legend = html.P([html.Span(className="chain-key"), state.say("chains.legend")], className="chain-legend")
    rows = html.Details(
        [html.Summary(state.say("chart.table")), draw_table(state.context, table)],
        className="chart-table",
        open=len(table.rows) <= MOST_ROWS_OPEN,
    )
    card = html.Section(
        [_draw_head(state), legend, *graphs, _draw_unplaced(state), rows], className="card chain-card"
    )
    more = [draw_table_card(state.context, make_leaders_table(state))] if state.leaders else []
    return html.Section(
        [
            html.H2(state.say("chains.title"), className="section-title"),
            strip(_cards(state), 3),
            card,
            *more,
            draw_candidates(state),
        ],
        className="chain-section",
    )


def write_finding(state: ChainState) -> str:
    """How many segments are covered, which are not, and how many chain leaders."""
    say, nodes, whose = state.say, state.nodes, state.whose()
    if not nodes:
        reason = state.figures[-1].reason
        return say("chains.none_leading" if reason == "alignment.no_leading_industry" else "chains.none")
    gaps = [row["name"] for row in nodes if row["is_gap"]]
    params = {"whose": whose, "count": len(nodes), "covered": len(nodes) - len(gaps), "gaps": len(gaps)}
    if not gaps:
        found = say("chains.finding_full", **params)
    else:
        named = say("park.list").join(gaps[:MOST_NAMED])
        found = say(
            "chains.finding" if len(gaps) <= MOST_NAMED else "chains.finding_more", names=named, **params
        )
    held = sum(row["is_covered"] for row in state.leaders)
    code = "chains.finding_leaders" if state.leaders else "chains.finding_no_leaders"
    return found + say(code, count=len(state.leaders), held=held)


def _cards(state: ChainState) -> list[Component]:
    now, before, segments = state.figures
    cards = CardSet(state.context.visit, state.scope, MoneyUnit.YI, "chains")
    say = state.say

    def note(count: int | None, whole: int | None, kind: str) -> str:
        return say(f"chains.note_{kind}", count=count or 0, whole=whole or 0)

    return [
        cards.card(segments, note(segments.numerator, segments.denominator, "segments")),
        cards.card(now, note(now.numerator, now.denominator, "leaders"), name=say("chains.leaders_now")),
        cards.card(
            before, note(before.numerator, before.denominator, "leaders"), name=say("chains.leaders_before")
        ),
    ]


def _draw_head(state: ChainState) -> Component:
    words = [
        html.H2(write_finding(state), className="card-title"),
        html.P(state.say("chains.note", day=state.day()), className="card-note"),
    ]
    export = draw_export(state.context, make_chain_table(state))
    return html.Div([html.Div(words, className="card-words"), export], className="card-head")


def _draw_chain(state: ChainState, industry: str, nodes: Sequence[Row]) -> Component:
    """The lines lie behind the boxes; both are placed on the same columns and rows."""
    boxes = [box_of(node) for node in nodes]
    known = {box.key for box in boxes}
    edges = [ends for row in state.edges(industry) if set(ends := ends_of(row)) <= known]
    layout = lay_out_chain(boxes, edges)
    figure = draw_chain_edges(layout, boxes, edges, state.context.scheme)
    config = {**graph_config(state.context.language), "displayModeBar": False, "staticPlot": True}
    lines = html.Div(
        dcc.Graph(
            id={"type": "chain-lines", "industry": industry},
            figure=figure,
            config=config,  # type: ignore[arg-type]
            className="chain-lines",
        ),
        **aria(hidden="true"),
    )
    unit = choose_unit(node["cost"] for node in state.nodes)
    size = {"--columns": str(len(layout.positions)), "--rows": str(layout.rows)}
    return html.Section(
        [
            html.H3(_draw_name(state, industry, nodes), className="chain-name"),
            html.Div(
                [lines, *_draw_columns(state, industry, nodes, layout, unit)],
                className="chain-graph",
                style={**size, "--row-height": f"{ROW_HEIGHT}px"},
            ),
            None if edges else html.P(state.say("chains.no_edges"), className="card-note"),
        ],
        className="chain",
    )


def _draw_name(state: ChainState, industry: str, nodes: Sequence[Row]) -> Component | str:
    """The industry; from a park's page the way to its own."""
    name = str(nodes[0]["industry_name"])
    if not state.is_park:
        return name
    return dcc.Link(name, href=state.context.link(f"{INDUSTRIES}/{industry}"))


def _draw_columns(
    state: ChainState, industry: str, nodes: Sequence[Row], layout: ChainLayout, unit: MoneyUnit
) -> Iterator[Component]:
    """上游, 中游, 下游 over the columns that belong to each, and below each its boxes: as lists they read alike."""
    cells = layout.cells
    ordered = sorted(nodes, key=lambda node: (cells[name_gap(node)].column, cells[name_gap(node)].row))
    for position in dict.fromkeys(layout.positions):
        words = state.say(f"chains.position_{position or 'none'}")
        span = layout.positions.count(position)
        place = {"gridColumn": f"{layout.positions.index(position) + 1} / span {span}"}
        yield html.H4(words, className="chain-position", style=place)
        for node in ordered:
            if node["position"] == position:
                yield draw_node(state, industry, node, layout, unit)


def _draw_unplaced(state: ChainState) -> Component | None:
    """How many held firms no segment names."""
    rows: Sequence[Row] = state.reading.table(UNPLACED)
    count = sum(row["firms"] for row in rows)
    if not count:
        return None
    cost = sum(row["cost"] for row in rows)
    words = state.say("chains.unplaced", count=count, cost=state.money(cost, choose_unit([cost])))
    return html.P(words, className="card-note")
