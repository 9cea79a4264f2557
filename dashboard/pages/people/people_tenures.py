"""Memberships in one table, one of them in a card with the way to end it, and who holds the three posts."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.auth.tenures import Tenure, read_tenures
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.people.account_words import word_scope
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from funds.errors import NotFound
from funds.kinds import Role

COLUMNS = ("role", "name", "login", "scope", "from", "to")
POSTS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def make_tenure_table(context: PageContext) -> ShownTable:
    """Every membership that holds or will hold; a role leads to its card."""
    visit = context.visit
    rows: list[Row] = []
    for tenure in _read(visit):
        role = visit.say(f"role.{tenure.role.value}")
        end = tenure.to_date.isoformat() if tenure.to_date else visit.say("people.open_end")
        first = Cell(role, role, link=context.here(tenure=str(tenure.row_id)))
        words = (tenure.name, tenure.login, word_scope(visit, tenure))
        days = (
            Cell(tenure.from_date.isoformat(), tenure.from_date, "yyyy-mm-dd"),
            Cell(end, tenure.to_date, "yyyy-mm-dd"),
        )
        rows.append((first, *(Cell(text, text) for text in words), *days))
    columns = tuple(Column(key, visit.say(f"people.{key}")) for key in COLUMNS)
    return ShownTable("tenures", visit.say("roles.table"), columns, tuple(rows))


def word_posts(visit: Visit) -> str:
    """Who holds the three administrators' posts today, in a sentence."""
    today = visit.book.today()
    held: dict[Role, list[str]] = {post: [] for post in POSTS}
    for tenure in _read(visit):
        if tenure.role in held and tenure.holds_on(today):
            held[tenure.role].append(tenure.name)
    named = {
        post: visit.say("roles.listed", names="、".join(names)) if names else visit.say("roles.vacant")
        for post, names in held.items()
    }
    return visit.say(
        "roles.finding",
        system=named[Role.SYSTEM_ADMIN],
        security=named[Role.SECURITY_ADMIN],
        audit=named[Role.AUDIT_ADMIN],
    )


def draw_tenure_card(
    context: PageContext, row_id: int, kind: str, told: Component | None = None
) -> Component:
    """One membership with the way to end it today; `kind` is what its button is called."""
    visit = context.visit
    tenure = next((one for one in _read(visit) if one.row_id == row_id), None)
    if tenure is None:
        raise NotFound("membership.not_standing")
    role = visit.say(f"role.{tenure.role.value}")
    end = tenure.to_date.isoformat() if tenure.to_date else visit.say("people.open_end")
    lines = [
        (visit.say("people.role"), role),
        (visit.say("people.scope"), word_scope(visit, tenure)),
        (visit.say("people.from"), tenure.from_date.isoformat()),
        (visit.say("people.to"), end),
    ]
    button = html.Button(
        visit.say("roles.end"), id={"type": kind, "row": str(row_id)}, type="button", className="button quiet"
    )
    reason = dmc.TextInput(id="end-reason", label=visit.say("roles.reason"))
    return html.Section(
        [
            html.H2(visit.say("people.named", name=tenure.name, code=tenure.login), className="card-title"),
            told,
            html.Dl([part for name, value in lines for part in (html.Dt(name), html.Dd(value))]),
            html.P(visit.say("roles.end_note"), className="card-note"),
            html.Div([reason, button], className="fields"),
        ],
        className="card",
    )


def _read(visit: Visit) -> list[Tenure]:
    with visit.book.look() as look:
        return list(read_tenures(look, visit.book.today()))
