"""As of which day and as known at which version a page is seen, and how old its newest record is."""

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import AS_OF, PageContext
from dashboard.words.numbers import format_date

# A quarter and the days in which its figures are filed: after these, what a page shows is no longer today's.
STALE_AFTER_DAYS = 100


def write_moment(context: PageContext) -> str:
    """One line: the day, and the version, which is named a past one where it was chosen."""
    code = "frame.moment" if context.as_known is None else "frame.moment_past"
    return context.say(code, day=format_date(context.as_of, context.language), version=context.version)


def draw_moment(context: PageContext, place: str = "") -> str | Component:
    """The same, marked where it is a past version, so that no figure is taken for today's knowledge."""
    text = place + write_moment(context)
    return text if context.as_known is None else html.Span(text, className="moment-past")


def draw_stale_note(context: PageContext, newest: date | None) -> Component | None:
    """A notice where the newest record lies long before the day that is looked at, with the way to that day."""
    if newest is None or (context.as_of - newest).days <= STALE_AFTER_DAYS:
        return None
    day = format_date(newest, context.language)
    text = context.say("moment.stale", day=day, days=(context.as_of - newest).days)
    link = dcc.Link(context.say("moment.see_day", day=day), href=context.here(**{AS_OF: newest.isoformat()}))
    return html.P([text, " ", link], className="stale-note", role="status")
