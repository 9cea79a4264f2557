"""The states a page can be in when it has nothing to show: each says why and what to do next."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria
from funds.errors import LedgerError, NotAllowed, NotFound


def draw_state(
    icon: str, title: str, text: str, step: Component | None = None, note: str | None = None
) -> Component:
    """A calm panel: a sign, what is the case, what it means, and one next step."""
    children = [
        html.Span(className=f"icon icon-{icon} state-icon", **aria(hidden="true")),
        html.H2(title, className="state-title"),
        html.P(text, className="state-text"),
    ]
    if step is not None:
        children.append(html.Div(step, className="state-step"))
    if note is not None:
        children.append(html.P(note, className="state-note"))
    return html.Section(children, className="state", role="status")


def link_button(text: str, address: str) -> Component:
    """The next step as a link that looks like a button."""
    link: Component = dmc.Anchor(text, href=address, className="button", underline="never")
    return link


def empty_state(visit: Visit, title: str, text: str, step: Component | None = None) -> Component:
    """There is nothing here yet; title and text are message codes."""
    return draw_state("empty", visit.say(title), visit.say(text), step)


def loading_state(visit: Visit) -> Component:
    """The page is on its way."""
    bars = [
        dmc.Skeleton(height=height, width=width)
        for height, width in ((28, "40%"), (16, "65%"), (240, "100%"))
    ]
    return html.Div(
        [dmc.VisuallyHidden(visit.say("state.loading")), dmc.Stack(bars, gap="md")],
        className="loading",
        **aria(busy="true"),
    )


def refused_state(visit: Visit) -> Component:
    """The person may not see this."""
    home = link_button(visit.say("state.go_home"), "/")
    return draw_state("lock", visit.say("state.refused_title"), visit.say("state.refused_text"), home)


def missing_state(visit: Visit) -> Component:
    """There is no such page, or no such thing for this person."""
    home = link_button(visit.say("state.go_home"), "/")
    return draw_state("missing", visit.say("state.missing_title"), visit.say("state.missing_text"), home)


def failed_state(visit: Visit, incident: str) -> Component:
    """It did not work; the number lets whoever looks after the server find out why."""
    again = html.Button(visit.say("state.try_again"), id="try-again", className="button", type="button")
    note = visit.say("state.incident", incident=incident)
    return draw_state("alert", visit.say("state.failed_title"), visit.say("state.failed_text"), again, note)


def fault_state(visit: Visit, error: LedgerError) -> Component:
    """The state for an exception that the book or a reading raised."""
    if isinstance(error, NotAllowed):
        return refused_state(visit)
    if isinstance(error, NotFound):
        return missing_state(visit)
    home = link_button(visit.say("state.go_home"), "/")
    return draw_state("alert", visit.say("state.failed_title"), visit.say(error.code, **error.params), home)
