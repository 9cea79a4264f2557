"""What a system administrator does to others' accounts, and how each account stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dashboard.auth.access_log import Event, record_event
from dashboard.auth.api_tokens import end_tokens
from dashboard.auth.attempts import LockRule, count_login_failures
from dashboard.auth.invitations import make_invitation, read_waiting
from dashboard.auth.second_factor import remove_factor
from dashboard.auth.sessions import end_sessions
from funds.book import OPEN, Book, find_person
from funds.errors import NotAllowed
from funds.models import Person, Revision, SecondFactor, Secret, SignIn
from funds.permissions import LATEST, Action, require


@dataclass(frozen=True)
class AccountState:
    """How an account stands: whether it has a password and a second factor, is locked, waits for its owner."""

    has_password: bool
    has_factor: bool
    is_locked: bool
    invited_until: str | None
    last_in: str | None

    @property
    def is_awaited(self) -> bool:
        """Whether its owner has been invited and has not come yet."""
        return self.invited_until is not None and not self.has_password


def invite(book: Book, by: str, login: str) -> str:
    """A code by which an active person sets a new password; it is shown once and kept nowhere."""
    now = book.now()
    with book.keep() as connection:
        by_id, person_id = find_person(connection, by, LATEST), _find_other(connection, by, login)
        # Who appoints the first administrator gives up the right with it, and must still hand over the code.
        if not _is_newcomer_of(connection, person_id, by_id):
            _require(book, connection, by)
        code = make_invitation(connection, person_id, by_id, now)
        record_event(connection, Event.INVITED, login, "", now, detail=f"by={by}")
    return code


def reset_factor(book: Book, by: str, login: str) -> None:
    """End the second factor of somebody who lost it; what was signed in with it ends too."""
    now = book.now()
    with book.keep() as connection:
        _require(book, connection, by)
        person_id = _find_other(connection, by, login)
        remove_factor(connection, person_id)
        end_sessions(connection, person_id, now)
        end_tokens(connection, person_id, now)
        record_event(connection, Event.FACTOR_REMOVED, login, "", now, detail=f"by={by}")


def unlock(book: Book, by: str, login: str) -> None:
    """Let the failures of a login count no more."""
    with book.keep() as connection:
        _require(book, connection, by)
        _find_other(connection, by, login)
        record_event(connection, Event.UNLOCKED, login, "", book.now(), detail=f"by={by}")


def end_all_sessions(book: Book, by: str, login: str, person_id: int) -> None:
    """End whatever a person, or a program of hers, is signed in with."""
    now = book.now()
    with book.keep() as connection:
        ended = end_sessions(connection, person_id, now)
        end_tokens(connection, person_id, now)
        record_event(connection, Event.SESSIONS_ENDED, login, "", now, detail=f"by={by} sessions={ended}")


def read_states(book: Book, people: Mapping[int, str], rule: LockRule) -> Mapping[int, AccountState]:
    """How the accounts of people (id to login) stand."""
    now = book.now()
    with book.look(sight=OPEN) as look:
        connection = look.connection
        with_password = set(connection.execute(select(Secret.person_id)).scalars())
        confirmed = SecondFactor.confirmed_at.is_not(None)
        with_factor = set(connection.execute(select(SecondFactor.person_id).where(confirmed)).scalars())
        waiting = read_waiting(connection, now)
        return {
            person_id: AccountState(
                person_id in with_password,
                person_id in with_factor,
                count_login_failures(connection, login, now, rule) >= rule.login_failures,
                waiting.get(person_id),
                _read_last_in(connection, login),
            )
            for person_id, login in people.items()
        }


def _read_last_in(connection: Connection, login: str) -> str | None:
    """When somebody last came in with this login."""
    came = (Event.PASSWORD, Event.CODE, Event.RECOVERY, Event.INVITATION, Event.DEMO)
    query = select(SignIn.tried_at).where(
        SignIn.login == login, SignIn.succeeded, SignIn.event.in_(came) | SignIn.event.is_(None)
    )
    return connection.execute(query.order_by(SignIn.id.desc()).limit(1)).scalar()


def _require(book: Book, connection: Connection, by: str) -> None:
    require(connection, find_person(connection, by, LATEST), book.today(), Action.MANAGE_PEOPLE)


def _is_newcomer_of(connection: Connection, person_id: int, by_id: int) -> bool:
    """Whether somebody was added by this person and has never had a password."""
    query = (
        select(Person.id)
        .join(Revision, Revision.id == Person.revision_id)
        .outerjoin(Secret, Secret.person_id == Person.id)
        .where(Person.id == person_id, Revision.person_id == by_id, Secret.person_id.is_(None))
    )
    return connection.execute(query).first() is not None


def _find_other(connection: Connection, by: str, login: str) -> int:
    """Somebody else: on one's own account the password is asked for, which this way would go round."""
    if login == by:
        raise NotAllowed("people.own_account")
    return find_person(connection, login, LATEST)
