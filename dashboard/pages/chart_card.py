"""A chart on a page: its finding as the title, what it shows beneath, the figure, and the same numbers as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.template import graph_config
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.shown_table import draw_export, draw_table, is_asked_for
from dashboard.tables.shown import ShownTable

MOST_ROWS_OPEN = 8


@dataclass(frozen=True)
class Chart:
    """What a chart card shows: `finding` says what is seen, `note` the definition, unit and day.

    `legend` pairs a swatch (a meaning of the palette) with its words; `is_wide` lets the figure scroll on phones.
    """

    name: str
    finding: str
    note: str
    figure: Mapping[str, Any]
    table: ShownTable
    legend: Sequence[tuple[str, str]] = ()
    is_wide: bool = False


def draw_chart_card(context: PageContext, chart: Chart, *, above: Component | None = None) -> Component:
    """The card with the figure and its table; `above` is a switch that belongs to it."""
    config: Any = {**graph_config(context.language), "displayModeBar": False}
    graph = dcc.Graph(id=f"chart-{chart.name}", figure=dict(chart.figure), config=config)
    holder = html.Div(
        graph,
        className="chart-figure chart-wide" if chart.is_wide else "chart-figure",
        role="img",
        tabIndex=0 if chart.is_wide else None,  # what scrolls is reached by keyboard
        **aria(label=f"{chart.finding}。{chart.note}"),
    )
    table = html.Details(
        [
            html.Summary(context.say("chart.table")),
            draw_table(context, chart.table),
        ],
        className="chart-table",
        open=len(chart.table.rows) <= MOST_ROWS_OPEN or is_asked_for(context, chart.table),
    )
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(chart.finding, className="card-title"),
                    html.P(chart.note, className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(context, chart.table),
        ],
        className="card-head",
    )
    return html.Section(
        [
            head,
            above,
            draw_legend(chart.legend) if chart.legend else None,
            holder,
            table,
        ],
        className="card chart-card",
    )


def draw_legend(legend: Sequence[tuple[str, str]]) -> Component:
    """What the colours mean, in words beside each."""
    items = [
        html.Span([html.Span(className=f"swatch swatch-{meaning}"), words], className="legend-item")
        for meaning, words in legend
    ]
    return html.Div(items, className="legend")


def draw_empty_card(title: str, text: str) -> Component:
    """The place of a chart or a table that has nothing to show yet, and why."""
    return html.Section(
        [html.H2(title, className="card-title"), html.P(text, className="card-note")], className="card"
    )
