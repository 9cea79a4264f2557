"""The six ones on the page of a park: how many targets are reached, the twenty in a table, trend and appraisal."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import strip
from dashboard.pages.parks.park_state import ParkState, open_park
from dashboard.pages.parks.six_ones_appraisal import draw_own_appraisal, make_lift_table
from dashboard.pages.parks.six_ones_table import make_six_ones_table
from dashboard.pages.parks.six_ones_trend_card import draw_trend, make_trend_table
from dashboard.pages.parks.six_ones_view import SixOnesView, draw_part
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.appraisal_rows import APPRAISAL, LIFTS, QUANTILES, WEIGHTS
from dashboard.readings.industries.output_share import OUTPUT_SHARE
from dashboard.readings.industries.six_ones import SIX_ONES_TABLE, TARGETS
from dashboard.readings.industries.six_ones_trend import TREND
from dashboard.tables.shown import ShownTable
from dashboard.words.numbers import format_number
from funds.permissions import Action

ENTRY = "/park-figures"
# What is told by the cards and by the table of targets.
CARD_TABLES = (TARGETS, OUTPUT_SHARE, APPRAISAL)
TABLES_OF_TABLE = (SIX_ONES_TABLE, TARGETS, OUTPUT_SHARE)


def draw_six_ones(state: ParkState) -> Component:
    """The section at the end of a park's page."""
    return draw_park_section(view_of(state))


def draw_park_section(view: SixOnesView) -> Component:
    """The same, wherever a park is shown; what is filed of an earlier period draws the trend alone anew."""
    title = html.H2(view.say("six_ones.title"), className="section-title")
    parts: list[Any] = [
        html.Div([title, draw_entry_link(view)], className="section-line"),
        draw_part(view, "cards", draw_headline_cards, *CARD_TABLES, has_figures=True),
        draw_part(view, "six_ones", _draw_table, *TABLES_OF_TABLE, has_figures=True),
        draw_part(view, "trend", draw_trend, TREND, TARGETS),
        draw_part(view, "appraisal", draw_own_appraisal, APPRAISAL, WEIGHTS, LIFTS, QUANTILES),
    ]
    return html.Section(parts, className="park-section six-ones", id="six-ones")


def _draw_table(view: SixOnesView) -> Component:
    return draw_table_card(view.context, make_six_ones_table(view))


def draw_headline_cards(view: SixOnesView) -> Component:
    """The share that is filed and the one worked out, the fund, and the place."""
    cards = view.cards("six_ones_cards")
    drawn = [
        cards.card(view.figure("S02"), _against_target(view)),
        cards.card(view.figure("AL07"), _told_of_output(view)),
        cards.card(view.figure("S18"), view.say("six_ones.card_funds")),
        cards.card(view.figure("S20"), _told_of_place(view)),
    ]
    return strip(drawn, 4)


def draw_entry_link(view: SixOnesView) -> Component | None:
    """The way to filing figures, for who may."""
    if not view.context.visit.may_do(Action.RECORD_PARK_FIGURES):
        return None
    park = None if view.is_city else view.slice.scope.codes[0]
    link: Component = dcc.Link(
        view.say("six_ones.to_entry"), href=view.context.link(ENTRY, park=park), className="button quiet"
    )
    return link


def view_of(state: ParkState) -> SixOnesView:
    """The view of a park's page."""
    return SixOnesView(state.context, state.slice, state.mode)


def park_table(make: Callable[[SixOnesView], ShownTable]) -> Callable[[PageContext], ShownTable]:
    """A table's maker for export from the page of a park."""
    return lambda context: make(view_of(open_park(context, context.parts["code"])))


def _against_target(view: SixOnesView) -> str:
    """The newest target beside the filed share."""
    row = view.targets.get(("S02", view.versions[-1].number)) if view.versions else None
    if row is None or row["asked"] is None:
        return ""
    return view.say("six_ones.card_target", target=view.measure(row["asked"], "%"), year=row["due"] or "")


def _told_of_output(view: SixOnesView) -> str:
    """Year, firms, and how many of them have no output on file."""
    rows = view.rows(OUTPUT_SHARE)
    firms, lacking = sum(row["firms"] for row in rows), sum(row["lacking"] for row in rows)
    years = sorted({row["year"] for row in rows if row["year"]})
    return view.say(
        "six_ones.card_output",
        year="–".join(dict.fromkeys((*years[:1], *years[-1:]))),
        firms=firms,
        lacking=lacking,
    )


def _told_of_place(view: SixOnesView) -> str:
    (row,) = view.rows(APPRAISAL)
    if row["place"] is None:
        return view.say(row["reason"])
    return view.say("six_ones.card_place", ranked=row["ranked"], score=format_number(Fraction(row["score"])))


PARK_TABLES = {
    "six_ones": park_table(make_six_ones_table),
    "six_ones_trend": park_table(make_trend_table),
    "appraisal_lift": park_table(make_lift_table),
}
