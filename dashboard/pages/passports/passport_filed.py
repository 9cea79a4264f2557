"""The filed figures behind a number of the six ones, in its passport."""

from collections.abc import Sequence
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_link import draw_history_link
from dashboard.readings.industries.six_ones_evidence import FiledEvidence, FiledRow
from dashboard.words.numbers import ABSENT, format_count, format_number

MICRO = 10**6
COLUMNS = ("subject", "period", "value", "source", "owner", "origin")


def draw_filed(context: PageContext, evidence: FiledEvidence) -> Component:
    """How many rows there are, and the first of them; or what was counted in the register."""
    if evidence.counted:
        title = context.say("passport.counted", count=format_count(len(evidence.counted)))
        names = html.P(context.say("park.list").join(evidence.counted))
        return html.Section([html.H3(title, className="card-title"), names])
    if not evidence.count:
        return html.Section()
    title = context.say("passport.filed", count=format_count(evidence.count))
    is_cut = len(evidence.rows) < evidence.count
    note = context.say("passport.first", shown=len(evidence.rows)) if is_cut else ""
    return html.Section(
        [
            html.H3(title, className="card-title"),
            html.P(note, className="card-note"),
            _draw_table(context, evidence.rows) if evidence.rows else html.Div(),
        ]
    )


def _draw_table(context: PageContext, rows: Sequence[FiledRow]) -> Component:
    head = [
        html.Th(
            context.say(f"passport.filed_{name}"), scope="col", className="number" if name == "value" else ""
        )
        for name in COLUMNS
    ]
    body = [html.Tr(_draw_row(context, row)) for row in rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table entries")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _draw_row(context: PageContext, row: FiledRow) -> list[Component]:
    origin = " · ".join(part for part in (row.file, row.origin) if part) or ABSENT
    by = context.say("passport.by", person=row.person, version=row.version)
    value = f"{format_number(Fraction(row.value_e6, MICRO))}{row.unit or ''}"
    evidence = html.Div(row.evidence, className="figure-note") if row.evidence else None
    return [
        html.Td(
            [
                html.Div(row.subject or context.visit.book.city_name),
                html.Div(row.indicator, className="figure-note"),
            ]
        ),
        html.Td(row.period, className="nowrap"),
        html.Td(value, className="number"),
        html.Td([html.Div(row.source or ABSENT), evidence]),
        html.Td(row.owner or ABSENT),
        html.Td(
            [
                html.Div(origin),
                html.Div(by, className="figure-note"),
                draw_history_link(context, row.table, row.row),
            ]
        ),
    ]
