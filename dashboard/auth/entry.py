"""Coming in and going out: a password tried, the steps after it, a demo identity taken, a session ended."""

from dataclasses import dataclass

from dashboard.auth.access_log import Event, record_event
from dashboard.auth.attempts import Attempt, begin_attempt, clean_login, note_success
from dashboard.auth.demo import offered_identities
from dashboard.auth.door import Door
from dashboard.auth.invitations import find_invited, take_invitation
from dashboard.auth.passwords import (
    LONGEST,
    hash_password,
    keep_password,
    require_password,
    verify_password,
)
from dashboard.auth.recovery import digest_code, take_recovery_code
from dashboard.auth.second_factor import DIGITS, Factor, is_made_with, read_factor, take_code
from dashboard.auth.sessions import Origin, Step, end_session, open_session
from dashboard.auth.steps import next_step
from funds.book import OPEN, find_person
from funds.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Entry:
    """How an attempt ended: a token for the browser and what it still waits for, or the code of what to say."""

    token: str | None
    refusal: str | None = None
    waits_for: Step | None = None
    person_id: int = 0


def sign_in(door: Door, login: str, password: str, origin: Origin) -> Entry:
    """Try a login and a password; every attempt leaves a line in the log."""
    login = clean_login(login)
    attempt = begin_attempt(door.book, Event.PASSWORD, login, origin.address, door.rules.lock)
    if attempt is None:
        return Entry(None, "sign_in.locked")
    with door.book.look(sight=OPEN) as look:
        person_id = verify_password(look.connection, look.version, login, password[: LONGEST + 1])
    if person_id is None:
        return Entry(None, "sign_in.refused")
    return _go_on(door, attempt, person_id, origin, Event.PASSWORD)


def give_code(door: Door, person_id: int, login: str, code: str, origin: Origin) -> Entry:
    """Try the digits of the second factor, or a recovery code in their place."""
    attempt = begin_attempt(door.book, Event.CODE, login, origin.address, door.rules.lock)
    if attempt is None:
        return Entry(None, "sign_in.locked")
    with door.book.look(sight=OPEN) as look:
        factor = read_factor(look.connection, person_id)
    if factor is None:
        return Entry(None, "code.refused")
    event = try_code(door, factor, code)
    if event is None:
        is_dead = not is_made_with(factor, door.factor_key)
        return Entry(None, "code.key_changed" if is_dead else "code.refused")
    return _go_on(door, attempt, person_id, origin, event)


def try_code(door: Door, factor: Factor, code: str) -> Event | None:
    """Take a code of either kind; tells by which of them, None when it is neither."""
    digits = "".join(code.split())
    if len(digits) == DIGITS and digits.isdigit():
        with door.book.keep() as connection:
            is_right = take_code(connection, door.factor_key, factor, digits, door.book.now())
        return Event.CODE if is_right else None
    digest = digest_code(code[:LONGEST], factor)
    with door.book.keep() as connection:
        return Event.RECOVERY if take_recovery_code(connection, factor, digest) else None


def redeem(door: Door, login: str, code: str, password: str, origin: Origin) -> Entry:
    """Set a password by an invitation; a lock on the login does not hold against whoever was sent one."""
    login = clean_login(login)
    require_password(login, password, door.profile)
    attempt = begin_attempt(
        door.book, Event.INVITATION, login, origin.address, door.rules.lock, may_be_locked=True
    )
    if attempt is None:
        return Entry(None, "sign_in.locked")
    person_id = _find_invited(door, login, code)
    if person_id is None:
        return Entry(None, "invitation.refused")
    password_hash = hash_password(password)
    now = door.book.now()
    with door.book.keep() as connection:
        if not take_invitation(connection, code, now):
            return Entry(None, "invitation.refused")
        keep_password(connection, person_id, password_hash, now)
        record_event(connection, Event.PASSWORD_CHANGED, login, origin.address, now, detail="invitation")
    return _go_on(door, attempt, person_id, origin, Event.INVITATION)


def take_step(door: Door, person_id: int, origin: Origin) -> Entry:
    """Go on after a step that was done at the door: to the next one, or in."""
    with door.book.look(sight=OPEN) as look:
        waits_for = next_step(door, look, person_id, has_code=True)
    with door.book.keep() as connection:
        token = open_session(connection, person_id, door.book.now(), origin, waits_for)
    return Entry(token, None, waits_for, person_id)


def enter_demo(door: Door, key: str, origin: Origin) -> Entry:
    """Sign in as one of the identities of a demo book; on any other book there are none."""
    book = door.book
    identity = next((offered for offered in offered_identities(book) if offered.key == key), None)
    if identity is None:
        raise NotFound("demo.no_identity")
    with book.look(sight=OPEN) as look:
        person_id = find_person(look.connection, identity.login, look.version)
    now = book.now()
    with book.keep() as connection:
        record_event(connection, Event.DEMO, identity.login, origin.address, now)
        return Entry(open_session(connection, person_id, now, origin), None, None, person_id)


def sign_out(door: Door, token: str, login: str = "", address: str = "") -> None:
    """End the session of a token; its copies elsewhere open nothing from now on."""
    now = door.book.now()
    with door.book.keep() as connection:
        end_session(connection, token, now)
        if login:
            record_event(connection, Event.SIGN_OUT, login, address, now)


def _find_invited(door: Door, login: str, code: str) -> int | None:
    """The person of a login, if the code was made for that person and the person may come in."""
    with door.book.look(sight=OPEN) as look:
        invited = find_invited(look.connection, code, door.book.now())
        try:
            person_id = find_person(look.connection, login, look.version)
        except NotAllowed:
            return None
    return person_id if person_id == invited else None


def _go_on(door: Door, attempt: Attempt, person_id: int, origin: Origin, event: Event) -> Entry:
    """Open the session of an attempt that succeeded, or one that waits for the next step."""
    with door.book.look(sight=OPEN) as look:
        waits_for = next_step(door, look, person_id, has_code=event in (Event.CODE, Event.RECOVERY))
    if event is Event.PASSWORD and waits_for is Step.CODE:
        # Who knows the password must not win new tries at the code by giving it again.
        event = Event.FIRST_STEP
    with door.book.keep() as connection:
        note_success(connection, attempt, event)
        token = open_session(connection, person_id, door.book.now(), origin, waits_for)
    return Entry(token, None, waits_for, person_id)
