"""Ends memberships, and keeps the book from being left without anybody who may let others in."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts import Place
from funds.errors import NotFound
from funds.models import Membership, Person, PersonFact
from funds.permissions import Action, read_rights
from funds.recording.chains import content_columns, read_row, read_successors
from funds.recording.whole import check_whole, hand_over
from funds.rules.catalogue import break_rule

# Without a person for each, nobody new could ever be let in.
NEEDED: Mapping[Action, str] = {
    Action.MANAGE_PEOPLE: "people.nobody_left",
    Action.GRANT_ROLES: "posts.nobody_left",
}


def end_memberships(change: Change, ids: Sequence[int], on: date) -> None:
    """Let memberships hold until before a day; one that would never have held is taken back."""
    read_rights(change.connection, change.person_id, change.on, change.version).require(Action.GRANT_ROLES)
    for row_id in dict.fromkeys(ids):
        row = read_row(change, Membership, row_id)
        stands = row is not None and not row["withdrawn"] and not read_successors(change, Membership, row_id)
        if row is None or not stands or (row["to_date"] is not None and row["to_date"] <= on):
            raise NotFound("membership.not_standing")
        copy = {column: row[column] for column in content_columns(Membership)}
        ending = {"to_date": on} if row["from_date"] < on else {"withdrawn": True}
        change.add(Membership, [{**copy, **ending, "replaces_id": row_id}])
        refuse_nobody_left(change, _login_of(change, row["person_id"]), max(on, change.on))
    check_whole(change)


def refuse_nobody_left(change: Change, login: str, on: date) -> None:
    """Refuse a change after which, on a day, nobody may manage people or nobody may grant roles."""
    active = select(PersonFact.person_id).where(PersonFact.active, visible(PersonFact, change.version))
    rights = [
        read_rights(change.connection, person_id, on, change.version)
        for (person_id,) in change.connection.execute(active).all()
    ]
    for action, code in NEEDED.items():
        if not any(held.may(action) for held in rights):
            hand_over(None, [break_rule(code, Place().of("login"), {"person": login})])


def _login_of(change: Change, person_id: int) -> str:
    return str(change.connection.execute(select(Person.login).where(Person.id == person_id)).scalar_one())
