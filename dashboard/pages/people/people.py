"""Accounts for the system administrator: who there is, how each account stands, and what can be done about it."""

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from dashboard.pages.people.people_acts import ACTS, add_person
from dashboard.pages.people.people_card import draw_person_card
from dashboard.pages.people.people_table import count_people, make_people_table
from dashboard.pages.shown_table import draw_table_card
from funds.errors import LedgerError
from funds.permissions import Action

PATH = "/people"
ACT = "person-act"


def lay_out(context: PageContext) -> Component:
    """The page."""
    return html.Div(
        [
            html.H1(context.say("people.title"), className="page-title"),
            html.P(count_people(context.visit), className="headline"),
            html.Div(
                [_draw_form(context), html.Div(_draw_chosen(context), id="person-card")],
                className="page-grid",
            ),
            html.Div(_draw_list(context), id="people-list"),
        ],
        className="overview account",
    )


def register(app: GuardedApp) -> None:
    """Add somebody; do something about an account."""

    @app.callback(
        Output("person-card", "children"),
        Output("people-list", "children"),
        Output("new-login", "value"),
        Output("new-name", "value"),
        Output("new-told", "children"),
        Input("new-add", "n_clicks"),
        Input("new-login", "n_submit"),
        Input("new-name", "n_submit"),
        State("new-login", "value"),
        State("new-name", "value"),
        State("url", "search"),
        needs=Action.MANAGE_PEOPLE,
        prevent_initial_call=True,
    )
    def add(
        visit: Visit,
        _clicks: int | None,
        _login_submit: int | None,
        _name_submit: int | None,
        login: str | None,
        name: str | None,
        search: str | None,
    ) -> list[Any]:
        context = read_context(visit, search, None, PATH)
        try:
            told = add_person(visit, (login or "").strip(), (name or "").strip())
        except LedgerError as error:
            return [no_update, no_update, no_update, no_update, draw_faults(word_error(visit, error))]
        card = draw_person_card(context, (login or "").strip(), ACT, told)
        return [card, _draw_list(context), "", "", None]

    @app.callback(
        Output("person-card", "children", allow_duplicate=True),
        Output("people-list", "children", allow_duplicate=True),
        Input({"type": ACT, "act": ALL, "login": ALL}, "n_clicks"),
        State("url", "search"),
        needs=Action.MANAGE_PEOPLE,
        prevent_initial_call=True,
    )
    def act(visit: Visit, clicks: list[int | None], search: str | None) -> list[Any]:
        if not any(clicks):
            return [no_update, no_update]  # the buttons have only just been drawn
        context = read_context(visit, search, None, PATH)
        login, told = act_on(visit, ctx.triggered_id)
        return [draw_person_card(context, login, ACT, told), _draw_list(context)]


def act_on(visit: Visit, trigger: object) -> tuple[str, Component]:
    """Do what a button stands for; returns whose account it was and what came of it."""
    named = (trigger.get("act"), trigger.get("login")) if isinstance(trigger, dict) else (None, None)
    act, login = named
    if not isinstance(act, str) or not isinstance(login, str) or act not in ACTS:
        raise BadValues("request.bad_values")
    try:
        return login, ACTS[act](visit, login)
    except LedgerError as error:
        return login, draw_faults(word_error(visit, error))


def _draw_form(context: PageContext) -> Component:
    say = context.say
    return html.Section(
        [
            html.H2(say("people.add_title"), className="card-title"),
            html.P(say("people.add_note"), className="card-note"),
            html.Div(
                [
                    _draw_text("new-name", label=say("people.name")),
                    _draw_text("new-login", label=say("people.login"), description=say("people.login_note")),
                    html.Button(say("people.add"), id="new-add", type="button", className="button"),
                ],
                className="fields",
            ),
            html.Div(id="new-told"),
        ],
        className="card",
    )


def _draw_text(name: str, **words: str) -> Component:
    """A field that hands over its text with Enter and on leaving; otherwise Enter may overtake the last letters."""
    field: Component = dmc.TextInput(id=name, autoComplete="off", debounce=True, **words)
    return field


def _draw_chosen(context: PageContext) -> Component:
    login = context.query.get("person")
    if login:
        return draw_person_card(context, login, ACT)
    return html.Section(html.P(context.say("people.choose"), className="card-note"), className="card")


def _draw_list(context: PageContext) -> Component:
    return draw_table_card(context, make_people_table(context))


PAGE = Page(
    PATH,
    "people.title",
    Action.MANAGE_PEOPLE,
    lay_out,
    register,
    group="people.group",
    tables={"people": make_people_table},
)
