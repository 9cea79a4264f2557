"""One's own account: name and roles, how one signs in, on which devices, and what happened lately."""

from typing import Any

from dash import ALL, Input, Output, ctx, html
from dash.development.base_component import Component
from sqlalchemy import Connection

from dashboard.auth.account import Owner, end_elsewhere
from dashboard.auth.api_tokens import list_tokens
from dashboard.auth.callbacks import SIGNED_IN, BadValues, GuardedApp
from dashboard.auth.passwords import is_expired, read_changed_at
from dashboard.auth.recovery import count_codes
from dashboard.auth.second_factor import read_factor
from dashboard.auth.sessions import list_sessions
from dashboard.auth.tenures import read_tenures
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.people.account_tables import draw_devices, draw_events, draw_roles
from dashboard.pages.people.account_words import draw_done, word_instant
from funds.book import OPEN

NOTICES = ("password_changed", "factor_set", "factor_removed")
DEVICE = "device"  # what the buttons that end a session are called


def lay_out(context: PageContext) -> Component:
    """The page."""
    visit = context.visit
    notice, part = context.query.get("notice"), ("account", str(visit.person.person_id))
    person = draw_part_kept(context, part, lambda: _draw_person(visit))
    with visit.book.look(sight=OPEN) as look:
        return html.Div(
            [
                html.H1(visit.say("account.title"), className="page-title"),
                draw_done(visit.say(f"account.{notice}")) if notice in NOTICES else None,
                html.Div([person, _draw_ways(visit, look.connection)], className="page-grid"),
                html.Div(_draw_devices(visit, look.connection), id="devices"),
                _draw_event_card(visit, look.connection),
            ],
            className="overview account",
        )


def register(app: GuardedApp) -> None:
    """Sessions on other devices are ended here."""

    @app.callback(
        Output("devices", "children"),
        Input({"type": DEVICE, "which": ALL}, "n_clicks"),
        needs=SIGNED_IN,
        prevent_initial_call=True,
    )
    def end_devices(visit: Visit, clicks: list[int | None]) -> Any:
        return draw_device_card(visit, end_device(visit, ctx.triggered_id) if any(clicks) else None)


def end_device(visit: Visit, trigger: object) -> int:
    """End the session that a button stands for, or all but this one; returns how many there were."""
    which = trigger.get("which") if isinstance(trigger, dict) else None
    if not isinstance(which, str):
        raise BadValues("request.bad_values")
    person = visit.person
    owner = Owner(person.person_id, person.login, visit.address, visit.session)
    return end_elsewhere(visit.book, owner, None if which == "all" else which)


def draw_device_card(visit: Visit, ended: int | None = None) -> Component:
    """Where one is signed in, with the way to end it."""
    with visit.book.look(sight=OPEN) as look:
        return _draw_devices(visit, look.connection, ended)


def _draw_devices(visit: Visit, connection: Connection, ended: int | None = None) -> Component:
    found = list_sessions(connection, visit.person.person_id, visit.book.now(), visit.rules.limits)
    others = [session for session in found if session.token_digest != visit.session]
    button = html.Button(
        visit.say("account.end_others"),
        id={"type": DEVICE, "which": "all"},
        type="button",
        className="button quiet",
        disabled=not others,
    )
    title = html.Div(
        [html.H2(visit.say("account.devices"), className="card-title"), button], className="card-head"
    )
    told = draw_done(visit.say("account.ended", count=ended)) if ended is not None else None
    return html.Section([title, told, draw_devices(visit, found, DEVICE)], className="card")


def _draw_person(visit: Visit) -> Component:
    person = visit.person
    with visit.book.look() as look:
        tenures = read_tenures(look, visit.book.today(), person.person_id)
    lines = [(visit.say("people.name"), person.name), (visit.say("people.login"), person.login)]
    return html.Section(
        [
            html.H2(visit.say("account.person"), className="card-title"),
            html.Dl([part for line in lines for part in (html.Dt(line[0]), html.Dd(line[1]))]),
            draw_roles(visit, tenures),
        ],
        className="card",
    )


def _draw_ways(visit: Visit, connection: Connection) -> Component:
    """Password and second factor as they stand, each with the way to its form."""
    person_id, book = visit.person.person_id, visit.book
    changed_at = read_changed_at(connection, person_id)
    factor = read_factor(connection, person_id)
    codes = count_codes(connection, person_id)
    title = html.H2(visit.say("account.ways"), className="card-title")
    if changed_at is None:
        parts = [title, html.P(visit.say("account.no_password")), _draw_token_way(visit, connection)]
        return html.Section(parts, className="card")
    is_old = is_expired(changed_at, book.now(), visit.rules.profile)
    password = visit.say(
        "account.password_old" if is_old else "account.password_since", when=word_instant(changed_at)
    )
    is_on = factor is not None and factor.is_active
    state = visit.say("account.factor_on", count=codes) if is_on else visit.say("account.factor_off")
    return html.Section(
        [
            title,
            _draw_way(
                visit.say("sign_in.password"), password, visit.say("password.title"), "/account/password"
            ),
            _draw_way(
                visit.say("factor.title"),
                state,
                visit.say("account.factor_change" if is_on else "account.factor_begin"),
                "/account/second-factor",
            ),
            _draw_token_way(visit, connection),
        ],
        className="card",
    )


def _draw_token_way(visit: Visit, connection: Connection) -> Component:
    held = list_tokens(connection, visit.person.person_id, visit.book.now())
    state = visit.say("token.state", count=len(held))
    return _draw_way(visit.say("token.title"), state, visit.say("token.change"), "/account/tokens")


def _draw_way(name: str, state: str, step: str, address: str) -> Component:
    words = html.Div([html.Div(name, className="way-name"), html.Div(state, className="way-state")])
    # Plain pages outside of the frame: the browser must leave it.
    return html.Div([words, html.A(step, href=address, className="button quiet")], className="way")


def _draw_event_card(visit: Visit, connection: Connection) -> Component:
    parts = [
        html.H2(visit.say("account.events"), className="card-title"),
        html.P(visit.say("account.events_note"), className="card-note"),
        draw_events(visit, connection),
    ]
    return html.Section(parts, className="card")


PAGE = Page("/account", "account.title", SIGNED_IN, lay_out, register, is_in_nav=False)
