"""The way to what waits, as one line on a person's first page."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.inbox.inbox_desk import PATH, count_acts
from dashboard.words.numbers import format_count


def draw_inbox_line(context: PageContext) -> Component:
    """How much is the person's to do today, with the link to it."""
    count = count_acts(context.visit)
    words = context.say("inbox.home" if count else "inbox.home_none", count=format_count(count))
    line: Component = html.P(dcc.Link(words, href=context.link(PATH)), className="certainty-line")
    return line
