"""One account: how it stands, which roles its person has, and the buttons for what can be done."""

from dash import html
from dash.development.base_component import Component

from dashboard.auth.administration import AccountState, read_states
from dashboard.auth.tenures import Listed, read_people, read_tenures
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.people.account_tables import draw_roles
from dashboard.pages.people.account_words import word_instant
from funds.errors import NotFound


def draw_person_card(context: PageContext, login: str, kind: str, told: Component | None = None) -> Component:
    """The card of a person; `kind` is what its buttons are called, `told` what came of the last one."""
    visit = context.visit
    with visit.book.look() as look:
        person = next((one for one in read_people(look) if one.login == login), None)
        if person is None:
            raise NotFound("person.not_found", person=login[:64])
        tenures = read_tenures(look, visit.book.today(), person.person_id)
    state = read_states(visit.book, {person.person_id: login}, visit.rules.lock)[person.person_id]
    return html.Section(
        [
            html.H2(visit.say("people.named", name=person.name, code=person.login), className="card-title"),
            told,
            html.Dl(_draw_state(visit, person, state)),
            draw_roles(visit, tenures),
            _draw_acts(visit, person, state, kind),
        ],
        className="card",
    )


def word_state(visit: Visit, person: Listed, state: AccountState) -> str:
    """How an account stands, in a word."""
    if not person.is_active:
        return visit.say("people.state_retired")
    if state.is_locked:
        return visit.say("people.state_locked")
    if state.is_awaited:
        return visit.say("people.state_invited")
    return visit.say("people.state_active" if state.has_password else "people.state_no_password")


def _draw_state(visit: Visit, person: Listed, state: AccountState) -> list[Component]:
    on, off = visit.say("people.factor_on"), visit.say("people.factor_off")
    lines = [
        (visit.say("people.state"), word_state(visit, person, state)),
        (visit.say("factor.title"), on if state.has_factor else off),
        (visit.say("people.last_in"), word_instant(state.last_in)),
    ]
    if state.invited_until:
        lines.append((visit.say("people.invited_until"), word_instant(state.invited_until)))
    return [part for name, value in lines for part in (html.Dt(name), html.Dd(value))]


def _draw_acts(visit: Visit, person: Listed, state: AccountState, kind: str) -> Component:
    """The buttons; what is not undone by another button asks again first."""
    if person.login == visit.person.login:
        return html.P(visit.say("people.own_account"), className="card-note")

    def button(act: str) -> Component:
        name = visit.say(f"people.{act}")
        return html.Button(
            name,
            id={"type": kind, "act": act, "login": person.login},
            type="button",
            className="button quiet",
        )

    def asked(act: str) -> Component:
        question = html.P(visit.say(f"people.{act}_question", name=person.name))
        return html.Details(
            [html.Summary(visit.say(f"people.{act}_ask")), question, button(act)], className="asked"
        )

    if not person.is_active:
        return html.Div(button("reinstate"), className="acts")
    acts = [button("invite")]
    acts += [button("unlock")] if state.is_locked else []
    acts += [asked("reset")] if state.has_factor else []
    return html.Div([*acts, asked("retire")], className="acts")
