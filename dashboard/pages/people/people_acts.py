"""What a system administrator can do about accounts, each with what is told afterwards."""

from collections.abc import Callable, Mapping

from dash import html
from dash.development.base_component import Component

from dashboard.auth.administration import end_all_sessions, invite, reset_factor, unlock
from dashboard.auth.invitations import LIFE
from dashboard.auth.visit import Visit
from dashboard.pages.people.account_words import draw_done
from funds.book import find_person
from funds.drafts import PersonDraft
from funds.errors import Conflict
from funds.permissions import LATEST
from funds.recording import record_people, reinstate_person, retire_person

Act = Callable[[Visit, str], Component]


def add_person(visit: Visit, login: str, name: str) -> Component:
    """A new person with an invitation; somebody known already is not added again."""
    book, by = visit.book, visit.person.login
    with book.change(by, "person.added", action="people") as change:
        if not record_people(change, [PersonDraft(login=login, name=name)]).new:
            raise Conflict("people.known_already", login=login)
    return _tell_invitation(visit, login, visit.say("people.added", name=name))


def _invite(visit: Visit, login: str) -> Component:
    return _tell_invitation(visit, login, visit.say("people.invited"))


def _reset(visit: Visit, login: str) -> Component:
    reset_factor(visit.book, visit.person.login, login)
    return draw_done(visit.say("people.factor_reset"))


def _unlock(visit: Visit, login: str) -> Component:
    unlock(visit.book, visit.person.login, login)
    return draw_done(visit.say("people.unlocked"))


def _retire(visit: Visit, login: str) -> Component:
    book, by = visit.book, visit.person.login
    with book.change(by, "person.retired", action="people") as change:
        person_id = find_person(change.connection, login, LATEST)
        retire_person(change, login)
    end_all_sessions(book, by, login, person_id)
    return draw_done(visit.say("people.retired"))


def _reinstate(visit: Visit, login: str) -> Component:
    with visit.book.change(visit.person.login, "person.reinstated", action="people") as change:
        reinstate_person(change, login)
    return draw_done(visit.say("people.reinstated"))


def _tell_invitation(visit: Visit, login: str, sentence: str) -> Component:
    """The code, shown this once."""
    code = invite(visit.book, visit.person.login, login)
    hours = int(LIFE.total_seconds() // 3600)
    return draw_done(
        html.P(sentence),
        html.P(code, className="one-time-code", id="one-time-code"),
        html.P(visit.say("people.invitation_note", hours=hours, address="/invitation")),
    )


ACTS: Mapping[str, Act] = {
    "invite": _invite,
    "reset": _reset,
    "unlock": _unlock,
    "retire": _retire,
    "reinstate": _reinstate,
}
