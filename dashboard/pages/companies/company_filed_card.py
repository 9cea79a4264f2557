"""What a firm filed by period — output, income, tax, jobs, research — as small charts, each with its source."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.company_filed import FiledPoint, draw_company_filed
from dashboard.figures.template import graph_config
from dashboard.pages.attributes import aria
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.companies.company_state import CompanyState, Row, Rows
from dashboard.pages.shown_table import draw_export, draw_table
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import format_percent

FILED = "filed"
E6 = 1_000_000
# A unit in which 1 means yes: such an indicator is told, not drawn.
YES = "是"
VALUE_FORMAT = "#,##0.######"


def draw_filed(state: CompanyState) -> Component:
    """The card; whose filings they are not says so."""
    title = state.say("company.filed")
    if not state.register["is_filing_seen"]:
        return draw_empty_card(title, state.say("company.filed_not_yours"))
    if not state.rows("company_filed"):
        return draw_empty_card(title, state.say("company.filed_empty"))
    table = make_filed(state)
    kinds = group_filed(state)
    charts = [_draw_one(state, name, rows) for name, rows in kinds.items() if rows[-1]["unit"] != YES]
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(table.title, className="card-title"),
                    html.P(table.note, className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(state.context, table),
        ],
        className="card-head",
    )
    told = [html.P(text, className="card-note") for text in tell_marks(state, kinds)]
    details = html.Details(
        [html.Summary(state.say("chart.table")), draw_table(state.context, table)], className="chart-table"
    )
    return html.Section(
        [head, html.Div(charts, className="company-multiples"), *told, details], className="card chart-card"
    )


def make_filed(state: CompanyState) -> ShownTable:
    """A row for each indicator and period, as it was filed."""
    cells = state.cells(state.unit)
    columns = (
        Column("indicator", state.say("company.indicator")),
        Column("period", state.say("company.period")),
        Column("value", state.say("company.value"), is_number=True),
        Column("unit", state.say("company.unit")),
        Column("source", state.say("company.source")),
    )
    made = tuple(
        (
            cells.text(row["filed_item"], link=state.history_link("company_figure", row["ledger_row"])),
            cells.text(row["filed_for"]),
            _value(row),
            cells.text(row["unit"] or ""),
            cells.text(
                row["filed_paper"] or state.say("company.no_source"),
                tone="" if row["filed_paper"] else "soft",
            ),
        )
        for row in state.rows("company_filed")
    )
    title = write_finding(state, group_filed(state))
    return ShownTable(FILED, title, columns, made, state.note("company.filed_note"))


def group_filed(state: CompanyState) -> Mapping[str, Rows]:
    """The rows of each indicator, by period."""
    rows = state.rows("company_filed")
    return {name: list(own) for name, own in groupby(rows, key=lambda row: str(row["filed_item"]))}


def write_finding(state: CompanyState, kinds: Mapping[str, Rows]) -> str:
    """How each of the first indicators stands against the first period on file."""
    clauses = []
    for name, rows in kinds.items():
        first, last = rows[0], rows[-1]
        if last["unit"] == YES or first["filed_for"] == last["filed_for"] or first["value_e6"] <= 0:
            continue
        change = Fraction(last["value_e6"] - first["value_e6"], first["value_e6"])
        word = "up" if change > 0 else "down" if change < 0 else "same"
        clauses.append(
            state.say(
                f"company.filed_{word}",
                name=name,
                first=first["filed_for"],
                last=last["filed_for"],
                change=format_percent(abs(change), 0),
            )
        )
    return state.join(clauses[:2]) or state.say("company.filed")


def tell_marks(state: CompanyState, kinds: Mapping[str, Rows]) -> list[str]:
    """Indicators whose value is yes or no, in words with their periods."""
    told = []
    for name, rows in kinds.items():
        periods = [row["filed_for"] for row in rows if row["value_e6"]]
        if rows[-1]["unit"] == YES and periods:
            told.append(state.say("company.filed_yes", name=name, periods=state.list(periods)))
    return told


def write_value(value_e6: int) -> str:
    """A value × 1e6 as it was filed: its thousands apart, no digit that is not there."""
    whole, rest = divmod(abs(value_e6), E6)
    text = f"{whole:,}" + (f".{rest:06d}".rstrip("0") if rest else "")
    return f"-{text}" if value_e6 < 0 else text


def _value(row: Row) -> Cell:
    return Cell(write_value(row["value_e6"]), Fraction(row["value_e6"], E6), VALUE_FORMAT)


def _draw_one(state: CompanyState, name: str, rows: Rows) -> Component:
    """One indicator: its name, the newest value with period, and the bars."""
    last, unit = rows[-1], rows[-1]["unit"] or ""
    # Values in another unit than the newest do not share its axis; they stand in the table.
    drawn = [row for row in rows if (row["unit"] or "") == unit]
    points = [
        FiledPoint(
            row["filed_for"],
            row["value_e6"] / E6,
            f"{name} {row['filed_for']}<br>{write_value(row['value_e6'])} {unit}<br>{row['filed_paper'] or ''}",
        )
        for row in drawn
    ]
    config: Any = {**graph_config(state.context.language), "displayModeBar": False}
    label = state.say("company.filed_label", name=name, period=last["filed_for"])
    value = f"{write_value(last['value_e6'])} {unit}"
    graph = dcc.Graph(
        id=f"chart-filed-{last['ledger_row']}",
        figure=draw_company_filed(points, state.context.scheme),
        config=config,
    )
    return html.Div(
        [
            html.Div(
                [html.Span(label), html.Span(value, className="number")], className="company-multiple-line"
            ),
            html.Div(graph, role="img", **aria(label=f"{label}：{value}")),
        ],
        className="company-multiple",
    )
