"""Attempts to come in, and the lock that too many failures put on a login or an address for a while."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from dashboard.auth.access_log import LONGEST_ADDRESS, LONGEST_LOGIN, Event, record_event
from dashboard.auth.clean_text import clean_text
from dashboard.auth.sessions import shift_time
from funds.book import OPEN, Book
from funds.models import SignIn

# Failures of these count; after a success of these a login's count begins anew.
TRIED = (Event.PASSWORD, Event.CODE, Event.INVITATION)
RESTARTS = (Event.PASSWORD, Event.CODE, Event.RECOVERY, Event.INVITATION, Event.UNLOCKED)
# While a lock holds, further attempts leave a line this often: a flood must not fill the log.
LOCKED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class LockRule:
    """How many failures lock a login or an address, and for how long."""

    login_failures: int
    address_failures: int
    window: timedelta


@dataclass(frozen=True)
class Attempt:
    """An attempt under way; the log holds it as failed until it is known to have succeeded."""

    row_id: int
    login: str
    address: str
    now: str


def clean_login(text: str) -> str:
    """A login as typed, made fit for looking up and for the log."""
    return clean_text(text, LONGEST_LOGIN)


def begin_attempt(
    book: Book, event: Event, login: str, address: str, rule: LockRule, *, may_be_locked: bool = False
) -> Attempt | None:
    """Enter an attempt into the log before anything is looked at; None where a lock holds.

    Of many attempts at once each sees those before it, so that no more get through than the rule allows.
    `may_be_locked` is for whoever was sent by an administrator: only the address can then be locked.
    """
    now, address = book.now(), clean_text(address, LONGEST_ADDRESS)
    whose = "" if may_be_locked else login
    with book.look(sight=OPEN) as look:
        locked = is_locked(look.connection, whose, address, now, rule)
        is_told = locked and _was_told(look.connection, login, address, now)
    if locked:
        if not is_told:
            with book.keep() as connection:
                record_event(connection, Event.LOCKED, login, address, now, succeeded=False)
        return None
    with book.keep() as connection:
        row_id = record_event(connection, event, login, address, now, succeeded=False)
    with book.look(sight=OPEN) as look:
        if is_locked(look.connection, whose, address, now, rule, own=1):
            return None
    return Attempt(row_id, login, address, now)


def note_success(connection: Connection, attempt: Attempt, event: Event) -> None:
    """The attempt succeeded, by way of `event`."""
    row = update(SignIn).where(SignIn.id == attempt.row_id)
    connection.execute(row.values(succeeded=True, event=event.value))


def is_locked(
    connection: Connection, login: str, address: str, now: str, rule: LockRule, own: int = 0
) -> bool:
    """Whether this login or this address has failed too often; the same for a login that does not exist."""
    by_login = count_login_failures(connection, login, now, rule) if login else 0
    since = shift_time(now, -rule.window)
    # One who may sign in must not be able to wipe out the count of an address.
    by_address = _count_failures(connection, since, SignIn.address == address)
    return by_login - own >= rule.login_failures or by_address - own >= rule.address_failures


def count_login_failures(connection: Connection, login: str, now: str, rule: LockRule) -> int:
    """How often a login has failed within the window, since it last came in or was unlocked."""
    restarts = or_(SignIn.event.is_(None), SignIn.event.in_(RESTARTS))
    query = select(func.max(SignIn.id)).where(SignIn.login == login, SignIn.succeeded, restarts)
    last = connection.execute(query).scalar() or 0
    since = shift_time(now, -rule.window)
    return _count_failures(connection, since, and_(SignIn.login == login, SignIn.id > last))


def _count_failures(connection: Connection, since: str, whose: ColumnElement[bool]) -> int:
    tried = or_(SignIn.event.is_(None), SignIn.event.in_(TRIED))
    query = select(func.count()).select_from(SignIn)
    query = query.where(whose, tried, SignIn.tried_at > since, SignIn.succeeded.is_(False))
    return int(connection.execute(query).scalar_one())


def _was_told(connection: Connection, login: str, address: str, now: str) -> bool:
    query = select(SignIn.id).where(
        SignIn.login == login,
        SignIn.address == address,
        SignIn.event == Event.LOCKED,
        SignIn.tried_at > shift_time(now, -LOCKED_EVERY),
    )
    return connection.execute(query.limit(1)).first() is not None
