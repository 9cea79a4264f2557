"""How complete the last quarter is, on one line under the city's headline: how many parks and funds are locked."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.readings.portfolio.quarter_days import newest_end
from dashboard.readings.quarters.collection import read_state
from dashboard.words.numbers import format_quarter
from funds.queries.ledger_slice import LedgerSlice

PATH = "/quarters"


def draw_quarter_line(context: PageContext, slice_: LedgerSlice) -> Component | None:
    """The line, which leads to who has filed; nothing before the first fund."""
    state = read_state(slice_, newest_end(slice_.as_of), with_checks=False)
    if not state.funds:
        return None
    words = context.say(
        "quarters.city_line",
        quarter=format_quarter(state.end, context.language),
        parks=state.parks_counted,
        parks_locked=state.parks_locked,
        funds=len(state.funds),
        locked=state.locked,
    )
    line: Component = html.P(
        dcc.Link(words, href=context.link(PATH)), className="certainty-line quarter-line"
    )
    return line
