"""What a person does to the own account: a new password, a second factor, an end to sessions elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.auth.access_log import Event, record_event
from dashboard.auth.attempts import begin_attempt, note_success
from dashboard.auth.door import Door
from dashboard.auth.entry import try_code
from dashboard.auth.passwords import LONGEST, hash_password, keep_password, require_password, verify_password
from dashboard.auth.recovery import draw_codes, keep_codes
from dashboard.auth.second_factor import (
    Factor,
    begin_factor,
    confirm_factor,
    read_factor,
    remove_factor,
    take_code,
)
from dashboard.auth.sessions import end_sessions
from funds.book import OPEN, Book
from funds.errors import LedgerError, RulesBroken
from funds.problems import fatal


class Refused(LedgerError):
    """What was given to confirm an act on one's account is not right, or too much was tried."""

    status = 403


@dataclass(frozen=True)
class Owner:
    """Whose account it is, in which session, from where; `is_sure` when the password was given just before."""

    person_id: int
    login: str
    address: str
    session: str
    is_sure: bool = False


def change_password(door: Door, owner: Owner, present: str, new: str) -> None:
    """Take a new password for the present one; every other session of the person ends."""
    confirm_password(door, owner, present)
    require_password(owner.login, new, door.profile)
    with door.book.look(sight=OPEN) as look:
        if verify_password(look.connection, look.version, owner.login, new) is not None:
            raise RulesBroken([fatal("password.same", "form:password")])
    password_hash, now = hash_password(new), door.book.now()
    with door.book.keep() as connection:
        keep_password(connection, owner.person_id, password_hash, now, but=owner.session)
        record_event(connection, Event.PASSWORD_CHANGED, owner.login, owner.address, now)


def start_factor(door: Door, owner: Owner) -> Factor:
    """Begin to set up a second factor; what was begun before and never confirmed is dropped."""
    with door.book.keep() as connection:
        factor = read_factor(connection, owner.person_id)
        if factor is not None and factor.is_active:
            raise Refused("factor.active")
        return begin_factor(connection, door.factor_key, owner.person_id, door.book.now())


def set_factor(door: Door, owner: Owner, password: str, code: str) -> Sequence[str]:
    """Put the second factor that was begun into force, by its first code; returns the recovery codes."""
    factor = _read_factor(door, owner, is_active=False)
    confirm_password(door, owner, password)
    drawn, now = draw_codes(factor), door.book.now()
    with door.book.keep() as connection:
        if not take_code(connection, door.factor_key, factor, "".join(code.split()), now):
            raise Refused("factor.wrong_first_code")
        confirm_factor(connection, owner.person_id, now)
        keep_codes(connection, factor, drawn)
        end_sessions(connection, owner.person_id, now, but=owner.session)
        record_event(connection, Event.FACTOR_SET, owner.login, owner.address, now)
    return [one.code for one in drawn]


def renew_codes(door: Door, owner: Owner, code: str) -> Sequence[str]:
    """New recovery codes for a code of the second factor; the old ones end."""
    factor = _read_factor(door, owner, is_active=True)
    _confirm_code(door, owner, factor, code)
    drawn, now = draw_codes(factor), door.book.now()
    with door.book.keep() as connection:
        keep_codes(connection, factor, drawn)
        record_event(connection, Event.CODES_RENEWED, owner.login, owner.address, now)
    return [one.code for one in drawn]


def drop_factor(door: Door, owner: Owner, password: str, code: str) -> None:
    """End the second factor, for the password and a code of either kind; every other session ends."""
    factor = _read_factor(door, owner, is_active=True)
    confirm_password(door, owner, password)
    _confirm_code(door, owner, factor, code)
    now = door.book.now()
    with door.book.keep() as connection:
        remove_factor(connection, owner.person_id)
        end_sessions(connection, owner.person_id, now, but=owner.session)
        record_event(connection, Event.FACTOR_REMOVED, owner.login, owner.address, now)


def end_elsewhere(book: Book, owner: Owner, only: str | None = None) -> int:
    """End the person's sessions on other devices, or just one of them; returns how many there were."""
    now = book.now()
    with book.keep() as connection:
        ended = end_sessions(connection, owner.person_id, now, but=owner.session, only=only)
        record_event(
            connection, Event.SESSIONS_ENDED, owner.login, owner.address, now, detail=f"sessions={ended}"
        )
    return ended


def _read_factor(door: Door, owner: Owner, *, is_active: bool) -> Factor:
    with door.book.look(sight=OPEN) as look:
        factor = read_factor(look.connection, owner.person_id)
    if factor is None or factor.is_active is not is_active:
        raise Refused("factor.none" if is_active else "factor.not_begun")
    return factor


def confirm_password(door: Door, owner: Owner, password: str) -> None:
    """Refuse unless the password is right; a stolen session must not be able to try it out."""
    if owner.is_sure:
        return
    attempt = begin_attempt(door.book, Event.PASSWORD, owner.login, owner.address, door.rules.lock)
    if attempt is None:
        raise Refused("sign_in.locked", minutes=door.settings.lock_minutes)
    with door.book.look(sight=OPEN) as look:
        found = verify_password(look.connection, look.version, owner.login, password[: LONGEST + 1])
    if found != owner.person_id:
        raise Refused("password.wrong")
    with door.book.keep() as connection:
        note_success(connection, attempt, Event.FIRST_STEP)


def _confirm_code(door: Door, owner: Owner, factor: Factor, code: str) -> None:
    attempt = begin_attempt(door.book, Event.CODE, owner.login, owner.address, door.rules.lock)
    if attempt is None:
        raise Refused("sign_in.locked", minutes=door.settings.lock_minutes)
    event = try_code(door, factor, code)
    if event is None:
        raise Refused("code.refused")
    with door.book.keep() as connection:
        note_success(connection, attempt, event)
