"""Everybody in one table: name, how the account stands, roles of the day, when last in."""

from dashboard.auth.administration import read_states
from dashboard.auth.tenures import Listed, read_people, read_tenures
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.people.account_words import word_instant, word_scope
from dashboard.pages.people.people_card import word_state
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import ABSENT

COLUMNS = ("name", "login", "state", "roles", "second_step", "last_in")


def make_people_table(context: PageContext) -> ShownTable:
    """The table; a name leads to its account."""
    visit = context.visit
    people, roles = _read(visit)
    states = read_states(visit.book, {one.person_id: one.login for one in people}, visit.rules.lock)
    rows: list[Row] = []
    for one in people:
        state = states[one.person_id]
        factor = visit.say("people.factor_on" if state.has_factor else "people.factor_off")
        words = (
            one.login,
            word_state(visit, one, state),
            "；".join(roles.get(one.person_id, [])) or ABSENT,
            factor,
        )
        name = Cell(one.name, one.name, link=context.here(person=one.login))
        last = Cell(word_instant(state.last_in), state.last_in and word_instant(state.last_in))
        rows.append((name, *(Cell(text, text) for text in words), last))
    columns = tuple(Column(key, visit.say(f"people.{key}")) for key in COLUMNS)
    return ShownTable("people", visit.say("people.table"), columns, tuple(rows))


def count_people(visit: Visit) -> str:
    """How many there are and how they stand, in a sentence."""
    people, _ = _read(visit)
    active = {one.person_id: one.login for one in people if one.is_active}
    states = read_states(visit.book, active, visit.rules.lock)
    return visit.say(
        "people.finding",
        active=len(active),
        retired=len(people) - len(active),
        invited=sum(state.is_awaited for state in states.values()),
        locked=sum(state.is_locked for state in states.values()),
        factor=sum(state.has_factor for state in states.values()),
    )


def _read(visit: Visit) -> tuple[list[Listed], dict[int, list[str]]]:
    today = visit.book.today()
    with visit.book.look() as look:
        people, tenures = list(read_people(look)), read_tenures(look, today)
    roles: dict[int, list[str]] = {}
    for tenure in tenures:
        if tenure.holds_on(today):
            words = f"{visit.say(f'role.{tenure.role.value}')} · {word_scope(visit, tenure)}"
            roles.setdefault(tenure.person_id, []).append(words)
    return people, roles
