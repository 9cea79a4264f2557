"""Roles for the security administrator: who holds which, where, from when to when; granted and ended here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.tenures import read_people, read_place_names
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.people.people_tenures import draw_tenure_card, make_tenure_table, word_posts
from dashboard.pages.shown_table import draw_table_card
from funds.drafts import MembershipDraft
from funds.errors import LedgerError, RulesBroken
from funds.kinds import Role, ScopeKind
from funds.permissions import Action
from funds.problems import fatal
from funds.recording import end_memberships, record_memberships

PATH = "/people/roles"
END = "tenure-end"
LONGEST_REASON = 2_000
CITY = ScopeKind.CITY.value


def lay_out(context: PageContext) -> Component:
    """The page."""
    return html.Div(
        [
            html.H1(context.say("roles.title"), className="page-title"),
            html.P(word_posts(context.visit), className="headline", id="posts"),
            html.Div(
                [_draw_form(context), html.Div(_draw_chosen(context), id="tenure-card")],
                className="page-grid",
            ),
            html.Div(_draw_list(context), id="tenure-list"),
        ],
        className="overview account",
    )


def register(app: GuardedApp) -> None:
    """Grant a role; end one."""

    @app.callback(
        Output("grant-told", "children"),
        Output("tenure-list", "children"),
        Output("posts", "children"),
        Input("grant", "n_clicks"),
        State("grant-person", "value"),
        State("grant-role", "value"),
        State("grant-scope", "value"),
        State("grant-from", "value"),
        State("grant-to", "value"),
        State("grant-reason", "value"),
        State("url", "search"),
        needs=Action.GRANT_ROLES,
        prevent_initial_call=True,
    )
    def grant(
        visit: Visit,
        _clicks: int | None,
        person: str | None,
        role: str | None,
        scope: str | None,
        first: str | None,
        last: str | None,
        reason: str | None,
        search: str | None,
    ) -> list[Any]:
        context = read_context(visit, search, None, PATH)
        fields = {"person": person, "role": role, "scope": scope, "from": first, "to": last, "reason": reason}
        try:
            told = grant_role(visit, {name: text or "" for name, text in fields.items()})
        except LedgerError as error:
            return [draw_faults(word_error(visit, error)), no_update, no_update]
        return [told, _draw_list(context), word_posts(visit)]

    @app.callback(
        Output("tenure-card", "children"),
        Output("tenure-list", "children", allow_duplicate=True),
        Output("posts", "children", allow_duplicate=True),
        Input({"type": END, "row": ALL}, "n_clicks"),
        State("end-reason", "value"),
        State("url", "search"),
        needs=Action.GRANT_ROLES,
        prevent_initial_call=True,
    )
    def end(visit: Visit, clicks: list[int | None], reason: str | None, search: str | None) -> list[Any]:
        if not any(clicks):
            return [no_update, no_update, no_update]
        context = read_context(visit, search, None, PATH)
        row_id = _read_row(ctx.triggered_id)
        try:
            told = end_role(visit, row_id, reason or "")
        except LedgerError as error:
            card = draw_tenure_card(context, row_id, END, draw_faults(word_error(visit, error)))
            return [card, no_update, no_update]
        return [html.Section(told, className="card"), _draw_list(context), word_posts(visit)]


def grant_role(visit: Visit, fields: Mapping[str, str]) -> Component:
    """Record what the form says; whatever is missing is told with the rest."""
    needed = [name for name in ("person", "role", "scope", "from", "reason") if not fields[name].strip()]
    if needed:
        raise RulesBroken([fatal(f"roles.missing_{name}", f"form:{name}") for name in needed])
    kind, _, code = fields["scope"].partition(":")
    try:
        draft = MembershipDraft(
            login=fields["person"],
            role=Role(fields["role"]),
            scope_kind=ScopeKind(kind),
            scope=code or None,
            from_date=date.fromisoformat(fields["from"]),
            to_date=date.fromisoformat(fields["to"]) if fields["to"] else None,
        )
    except ValueError as fault:
        raise BadValues("request.bad_values") from fault
    with visit.book.change(visit.person.login, _clean(fields["reason"]), action="people") as change:
        record_memberships(change, [draft])
    role = visit.say(f"role.{draft.role.value}")
    return draw_done(visit.say("roles.granted", person=draft.login, role=role))


def end_role(visit: Visit, row_id: int, reason: str) -> Component:
    """End a membership as of today."""
    if not reason.strip():
        raise RulesBroken([fatal("roles.missing_reason", "form:reason")])
    with visit.book.change(visit.person.login, _clean(reason), action="people") as change:
        end_memberships(change, [row_id], change.on)
    return draw_done(visit.say("roles.ended"))


def _clean(reason: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in reason.strip())[:LONGEST_REASON]


def _read_row(trigger: object) -> int:
    row = trigger.get("row") if isinstance(trigger, dict) else None
    if not isinstance(row, str) or not (row.isascii() and row.isdigit() and len(row) < 19):
        raise BadValues("request.bad_values")
    return int(row)


def _draw_form(context: PageContext) -> Component:
    visit, say = context.visit, context.say
    with visit.book.look() as look:
        people = [one for one in read_people(look) if one.is_active]
        places = read_place_names(look)
    persons = [
        {"value": one.login, "label": say("people.named", name=one.name, code=one.login)} for one in people
    ]
    roles = [{"value": role.value, "label": say(f"role.{role.value}")} for role in Role]
    scopes = [{"value": CITY, "label": say("people.scope_city")}]
    scopes += [
        {
            "value": f"{place.kind.value}:{place.code}",
            "label": say("people.named", name=place.name, code=place.code),
        }
        for place in places
    ]
    nothing = {"nothingFoundMessage": say("roles.nothing_found"), "searchable": True}
    fields = [
        dmc.Select(id="grant-person", label=say("roles.person"), data=persons, **nothing),
        dmc.Select(id="grant-role", label=say("people.role"), data=roles, **nothing),
        dmc.Select(id="grant-scope", label=say("people.scope"), data=scopes, value=CITY, **nothing),
        _draw_day(context, "grant-from", "people.from", visit.book.today().isoformat()),
        _draw_day(context, "grant-to", "people.to", None),
        dmc.TextInput(
            id="grant-reason",
            label=say("roles.reason"),
            description=say("roles.reason_note"),
        ),
        html.Button(say("roles.grant"), id="grant", type="button", className="button"),
    ]
    return html.Section(
        [
            html.H2(say("roles.grant_title"), className="card-title"),
            html.P(say("roles.grant_note"), className="card-note"),
            html.Div(fields, className="fields"),
            html.Div(id="grant-told"),
        ],
        className="card",
    )


def _draw_day(context: PageContext, name: str, label: str, value: str | None) -> Component:
    field: Component = dmc.DateInput(
        id=name,
        label=context.say(label),
        value=value,
        valueFormat="YYYY-MM-DD",
        clearable=value is None,
        placeholder=context.say("people.open_end") if value is None else "",
    )
    return field


def _draw_chosen(context: PageContext) -> Component:
    chosen = context.query.get("tenure")
    if chosen:
        return draw_tenure_card(context, _read_row({"row": chosen}), END)
    return html.Section(html.P(context.say("roles.choose"), className="card-note"), className="card")


def _draw_list(context: PageContext) -> Component:
    return draw_table_card(context, make_tenure_table(context))


PAGE = Page(
    PATH,
    "roles.title",
    Action.GRANT_ROLES,
    lay_out,
    register,
    group="people.group",
    tables={"tenures": make_tenure_table},
)
