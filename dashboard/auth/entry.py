"""Coming in and going out: an attempt to sign in, a demo identity taken, a session ended."""

from dataclasses import dataclass
from datetime import timedelta

from dashboard.auth.attempts import LockRule, clean_login, is_locked, record_attempt
from dashboard.auth.demo import offered_identities
from dashboard.auth.passwords import LONGEST, verify_password
from dashboard.auth.sessions import end_session, open_session
from dashboard.settings import Settings
from funds.book import Book, find_person
from funds.errors import NotFound


@dataclass(frozen=True)
class Entry:
    """How an attempt ended: a token for the browser, or the code of what to say."""

    token: str | None
    refusal: str | None = None


def lock_rule(settings: Settings) -> LockRule:
    """The lock that the settings ask for."""
    window = timedelta(minutes=settings.lock_minutes)
    return LockRule(settings.login_failures, settings.address_failures, window)


def sign_in(book: Book, settings: Settings, login: str, password: str, address: str) -> Entry:
    """Try a login and a password; every attempt that is looked at leaves a line in the log."""
    login, now = clean_login(login), book.now()
    with book.look() as look:
        if is_locked(look.connection, login, address, now, lock_rule(settings)):
            return Entry(None, "sign_in.locked")
        person_id = verify_password(look.connection, look.version, login, password[: LONGEST + 1])
    with book.keep() as connection:
        record_attempt(connection, login, address, now, succeeded=person_id is not None)
        if person_id is None:
            return Entry(None, "sign_in.refused")
        return Entry(open_session(connection, person_id, now))


def enter_demo(book: Book, key: str, address: str) -> Entry:
    """Sign in as one of the identities of a demo book; on any other book there are none."""
    identity = next((offered for offered in offered_identities(book) if offered.key == key), None)
    if identity is None:
        raise NotFound("demo.no_identity")
    with book.look() as look:
        person_id = find_person(look.connection, identity.login, look.version)
    now = book.now()
    with book.keep() as connection:
        record_attempt(connection, identity.login, address, now, succeeded=True)
        return Entry(open_session(connection, person_id, now))


def sign_out(book: Book, token: str) -> None:
    """End the session of a token; its copies elsewhere open nothing from now on."""
    with book.keep() as connection:
        end_session(connection, token, book.now())
