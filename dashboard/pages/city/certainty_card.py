"""What of the city's figures is not certain: one quiet line under the headline, and the list that it leads to."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.pages.city.city_view import CityView, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.portfolio.certainty import AT_ODDS, DERIVED, STALE, UNDETERMINED
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import choose_unit

NAME = "certainty"
WORDS = {
    UNDETERMINED: "overview.unsure_undetermined",
    STALE: "overview.unsure_stale",
    DERIVED: "overview.unsure_derived",
    AT_ODDS: "overview.unsure_at_odds",
}


def draw_certainty_line(view: CityView) -> Component:
    """Each kind with its count and amount, leading to the list; or that nothing was found."""
    items: list[Component] = []
    for row in view.rows("certainty_sum"):
        if row["count"] is None:
            items.append(html.Span(view.say("overview.unsure_no_limit")))
        elif row["count"]:
            text = view.say(WORDS[row["reason"]], count=row["count"], amount=view.amount(row["amount"]))
            items.append(html.A(text, href=f"#{NAME}"))
    if not items:
        return html.P(view.say("overview.sure"), className="certainty-line")
    lead = html.Span(view.say("overview.unsure"), className="certainty-lead")
    return html.P([lead, *items], className="certainty-line")


def draw_certainty_card(view: CityView) -> Component | None:
    """The list, where there is anything on it."""
    if not view.rows(NAME):
        return None
    return html.Div(draw_table_card(view.context, make_certainty_table(view)), id=NAME)


def make_certainty_table(view: CityView) -> ShownTable:
    """One row for each thing, with the fund in which it stands."""
    rows = view.rows(NAME)
    unit = choose_unit(row["amount"] for row in rows)
    return ShownTable(
        name=NAME,
        title=view.say("overview.unsure_title", count=len(rows)),
        columns=(
            Column("kind", view.say("overview.unsure_kind")),
            Column("name", view.say("overview.unsure_name")),
            Column("fund", view.say("overview.fund")),
            Column("amount", view.titled(view.say("overview.amount"), unit), is_number=True),
            Column("day", view.say("overview.unsure_day")),
        ),
        rows=tuple(_make_row(view, row) for row in rows),
        note=view.say("overview.unsure_note", day=view.day),
    )


def _make_row(view: CityView, row: Row) -> tuple[Cell, ...]:
    cells = view.cells(choose_unit(other["amount"] for other in view.rows(NAME)))
    day = None if row["day"] is None else date.fromisoformat(row["day"])
    return (
        cells.text(view.say(row["reason"])),
        cells.text(row["name"]),
        cells.text(row["fund_name"], link=view.context.link(f"/funds/{row['fund']}")),
        cells.money(row["amount"]),
        cells.day(day),
    )
