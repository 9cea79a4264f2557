"""The terms of a fund's contract as a quiet list, each with its clause."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.funds.fund_view import FundView, Row
from dashboard.readings.answers import print_ratio


def draw_terms(view: FundView) -> Component:
    """The card; terms that were never recorded are named as such."""
    rows = view.rows("term")
    title = html.H2(view.say("fund.terms"), className="card-title")
    if not rows:
        return html.Section(
            [title, html.P(view.say("fund.terms_empty"), className="card-note")], className="card"
        )
    items = [
        html.Div(
            [
                html.Dt(row["term"]),
                html.Dd(
                    [
                        html.Span(write_term(row), className="fund-term"),
                        html.Span(_write_clause(view, row), className="figure-note"),
                    ]
                ),
            ]
        )
        for row in rows
    ]
    note = html.P(view.say("fund.terms_note"), className="card-note")
    return html.Section([title, note, html.Dl(items, className="fund-terms")], className="card")


def write_term(row: Row) -> str:
    """The number with its unit, or the words."""
    if row["value_e6"] is None:
        return row["words"] or "—"
    number = print_ratio(row["value_e6"], 1_000_000)
    unit = row["unit"] or ""
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".strip()


def _write_clause(view: FundView, row: Row) -> str:
    since = view.say("fund.term_since", day=row["from"])
    return " · ".join(part for part in (row["clause"], since) if part)
