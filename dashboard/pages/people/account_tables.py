"""The tables of one's own account: roles, devices, and what the access log says of it."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from dashboard.auth.access_log import read_events
from dashboard.auth.sessions import OpenSession
from dashboard.auth.tenures import Tenure
from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria
from dashboard.pages.people.account_words import word_browser, word_instant, word_scope

MOST_EVENTS = 20
Cells = Sequence[Component | str | None]


def draw_plain_table(title: str, heads: Sequence[str], rows: Sequence[Cells], name: str) -> Component:
    """A table of words that scrolls by itself where it is too wide."""
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in heads]))
    body = html.Tbody(
        [html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])]) for row in rows]
    )
    table = html.Table(
        [html.Caption(title, className="unseen"), head, body], className="table shown", id=f"table-{name}"
    )
    return html.Div(table, className="table-scroll", tabIndex=0, role="region", **aria(label=title))


def draw_roles(visit: Visit, tenures: Sequence[Tenure]) -> Component:
    """The roles of a person with where and how long they hold."""
    if not tenures:
        return html.P(visit.say("account.no_roles"), className="card-note")
    heads = [visit.say(f"people.{name}") for name in ("role", "scope", "from", "to")]
    rows = [
        [
            visit.say(f"role.{tenure.role.value}"),
            word_scope(visit, tenure),
            tenure.from_date.isoformat(),
            tenure.to_date.isoformat() if tenure.to_date else visit.say("people.open_end"),
        ]
        for tenure in tenures
    ]
    return draw_plain_table(visit.say("people.roles"), heads, rows, "own-roles")


def draw_devices(visit: Visit, sessions: Sequence[OpenSession], kind: str) -> Component:
    """Sessions with a button each, but for the one that asks."""
    heads = [visit.say(f"account.{name}") for name in ("browser", "address", "since", "seen", "act")]
    rows: list[Cells] = []
    for session in sessions:
        is_own = session.token_digest == visit.session
        name = word_browser(visit, session.browser)
        button = html.Button(
            visit.say("account.end"),
            id={"type": kind, "which": session.token_digest},
            type="button",
            className="link-button",
            **aria(label=visit.say("account.end_one", browser=name, when=word_instant(session.created_at))),
        )
        rows.append(
            [
                name,
                session.address or visit.say("account.unknown_address"),
                word_instant(session.created_at),
                word_instant(session.seen_at),
                visit.say("account.this_one") if is_own else button,
            ]
        )
    return draw_plain_table(visit.say("account.devices"), heads, rows, "devices")


def draw_events(visit: Visit, connection: Connection) -> Component:
    """The newest lines of the access log about oneself."""
    events = read_events(connection, visit.person.login, MOST_EVENTS)
    heads = [visit.say(f"account.{name}") for name in ("when", "what", "address")]
    rows = [
        [
            word_instant(event.at),
            visit.say(
                f"event.{event.event.value}" if event.succeeded else f"event.{event.event.value}_failed"
            ),
            event.address or visit.say("account.at_server"),
        ]
        for event in events
    ]
    return draw_plain_table(visit.say("account.events"), heads, rows, "events")
