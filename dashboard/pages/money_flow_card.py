"""The flow of money on a page: the finding as a title, one Sankey, and the same numbers as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.money_sankey import draw_money_sankey
from dashboard.figures.template import graph_config
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.readings.money_flow import NO_INDUSTRY, read_money_flow
from dashboard.words.numbers import (
    MoneyUnit,
    choose_unit,
    format_date,
    format_money,
    format_percent,
    format_yuan,
)
from funds.queries.ledger_slice import LedgerSlice

Rows = Sequence[Mapping[str, Any]]


def draw_money_flow(context: PageContext, slice_: LedgerSlice) -> Component:
    """The card; where nothing has been paid in there is nothing to draw."""
    rows = read_money_flow(slice_).rows
    if not rows:
        return html.Section(
            [
                html.H2(context.say("overview.flow"), className="card-title"),
                html.P(context.say("overview.flow_empty"), className="card-note"),
            ],
            className="card",
        )
    unit = choose_unit(_through(rows).values())
    names = _name_nodes(context, slice_, rows)
    figure = draw_money_sankey(
        rows, names, lambda fen: f"{format_money(fen, unit)} {context.say(unit.code)}", context.scheme
    )
    config: Any = {**graph_config(context.language), "displayModeBar": False}
    note = context.say(
        "overview.flow_note", unit=context.say(unit.code), day=format_date(context.as_of, context.language)
    )
    return html.Section(
        [
            html.H2(_write_finding(context, rows), className="card-title"),
            html.P(note, className="card-note"),
            _draw_legend(context, rows),
            html.Div(
                dcc.Graph(id="money-flow", figure=figure, config=config), className="flow-figure", tabIndex=0
            ),
            html.Details(
                [
                    html.Summary(context.say("overview.flow_table")),
                    _draw_table(context, rows, names, unit),
                ],
                className="flow-details",
                open=True,
            ),
        ],
        className="card",
        **aria(label=context.say("overview.flow")),
    )


def _through(rows: Rows) -> Counter[str]:
    passed: Counter[str] = Counter()
    for row in rows:
        passed[row["target"]] += row["amount"]
    return passed


def _write_finding(context: PageContext, rows: Rows) -> str:
    """How much of what went into firms went into leading industries."""
    into = [row for row in rows if row["target"].startswith("industry:")]
    total = sum(row["amount"] for row in into)
    if not total:
        return context.say("overview.flow")
    leading = sum(row["amount"] for row in into if row["is_leading"])
    unit = choose_unit([total])
    return context.say(
        "overview.flow_finding",
        total=f"{format_money(total, unit)} {context.say(unit.code)}",
        share=format_percent(leading / total),
    )


def _name_nodes(context: PageContext, slice_: LedgerSlice, rows: Rows) -> dict[str, str]:
    facts = slice_.facts
    known = {f"fund:{fund.code}": fund.name for fund in facts.funds.values()}
    known |= {f"industry:{industry.code}": industry.name for industry in facts.industries.values()}
    known[NO_INDUSTRY] = context.say("overview.no_industry")
    nodes = {row[side] for row in rows for side in ("source", "target")}
    return {node: known.get(node) or context.say(f"flow.{node.replace(':', '_')}") for node in nodes}


def _draw_legend(context: PageContext, rows: Rows) -> Component:
    """What the colours mean, in words beside each."""
    kinds = ["fiscal", "state_owned", "social", "between", "leading", "other", "unknown", "kept"]
    items = [
        html.Span(
            [html.Span(className=f"swatch swatch-{kind}"), context.say(f"overview.legend_{kind}")],
            className="legend-item",
        )
        for kind in kinds
    ]
    return html.Div(items, className="legend")


def _draw_table(context: PageContext, rows: Rows, names: Mapping[str, str], unit: MoneyUnit) -> Component:
    head = html.Tr(
        [
            html.Th(context.say("overview.flow_from"), scope="col"),
            html.Th(context.say("overview.flow_to"), scope="col"),
            html.Th(
                f"{context.say('overview.flow_amount')} ({context.say(unit.code)})",
                scope="col",
                className="number",
            ),
        ]
    )
    body = [
        html.Tr(
            [
                html.Td(names[row["source"]]),
                html.Td(_name_target(context, row, names)),
                html.Td(
                    format_money(row["amount"], unit),
                    className="number",
                    title=f"{format_yuan(row['amount'])} {context.say('unit.yuan')}",
                ),
            ]
        )
        for row in sorted(rows, key=_rank)
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="table")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _rank(row: Mapping[str, Any]) -> tuple[int, str, int]:
    """Natures first, then funds; larger amounts before smaller ones."""
    return (0 if row["source"].startswith("nature:") else 1, row["source"], -row["amount"])


def _name_target(context: PageContext, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    name = names[row["target"]]
    return f"{name} · {context.say('overview.legend_leading')}" if row["is_leading"] else name
