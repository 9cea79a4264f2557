"""The access log: who tried to come in, who was turned away, what was done to an account; never a password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, func, insert, select

from dashboard.auth.clean_text import clean_text
from dashboard.auth.sessions import shift_time
from funds.book import OPEN, Book
from funds.errors import Conflict
from funds.models import SignIn

LONGEST_LOGIN = 64
LONGEST_ADDRESS = 64
LONGEST_DETAIL = 200
# 网络安全法 asks for six months at least.
KEPT_AT_LEAST = timedelta(days=183)
REFUSED_EVERY = timedelta(minutes=1)


class Event(StrEnum):
    """What a line of the log tells."""

    PASSWORD = "password"  # noqa: S105 (a word of the log)
    FIRST_STEP = "first_step"
    CODE = "code"
    RECOVERY = "recovery"
    INVITATION = "invitation"
    DEMO = "demo"
    LOCKED = "locked"
    REFUSED = "refused"
    SIGN_OUT = "sign_out"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    FACTOR_SET = "factor_set"
    FACTOR_REMOVED = "factor_removed"
    CODES_RENEWED = "codes_renewed"
    INVITED = "invited"
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_ENDED = "token_ended"  # noqa: S105
    UNLOCKED = "unlocked"
    LOG_SHORTENED = "log_shortened"


@dataclass(frozen=True)
class LoggedEvent:
    """One line of the log."""

    at: str
    event: Event
    succeeded: bool
    address: str
    detail: str


def record_event(
    connection: Connection,
    event: Event,
    login: str,
    address: str,
    now: str,
    *,
    succeeded: bool = True,
    detail: str | None = None,
) -> int:
    """Write one line, clean of whatever could pass for another line; returns its id."""
    row = {
        "login": clean_text(login, LONGEST_LOGIN),
        "address": clean_text(address, LONGEST_ADDRESS),
        "tried_at": now,
        "succeeded": succeeded,
        "event": event.value,
        "detail": clean_text(detail, LONGEST_DETAIL) if detail else None,
    }
    return int(connection.execute(insert(SignIn).returning(SignIn.id), [row]).scalar_one())


def note_refusal(book: Book, login: str, address: str, what: str) -> None:
    """Remember that somebody who is in was refused; the same refusal again within a minute is one line."""
    now, what = book.now(), clean_text(what, LONGEST_DETAIL)
    with book.look(sight=OPEN) as look:
        told = select(SignIn.id).where(
            SignIn.login == login,
            SignIn.event == Event.REFUSED,
            SignIn.detail == what,
            SignIn.tried_at > shift_time(now, -REFUSED_EVERY),
        )
        if look.connection.execute(told.limit(1)).first() is not None:
            return
    with book.keep() as connection:
        record_event(connection, Event.REFUSED, login, address, now, succeeded=False, detail=what)


def read_events(connection: Connection, login: str, longest: int) -> Sequence[LoggedEvent]:
    """The newest lines about a login."""
    query = (
        select(SignIn.tried_at, SignIn.event, SignIn.succeeded, SignIn.address, SignIn.detail)
        .where(SignIn.login == login)
        .order_by(SignIn.id.desc())
        .limit(longest)
    )
    return [
        LoggedEvent(
            row.tried_at, Event(row.event or Event.PASSWORD), row.succeeded, row.address, row.detail or ""
        )
        for row in connection.execute(query)
    ]


def forget_events(book: Book, before: date, login: str) -> int:
    """Drop the lines of days before a day, which must lie far enough back; returns how many there were."""
    youngest = book.today() - KEPT_AT_LEAST
    if before > youngest:
        raise Conflict("log.too_young", days=KEPT_AT_LEAST.days, day=youngest.isoformat())
    with book.keep() as connection:
        old = SignIn.tried_at < before.isoformat()
        count = int(connection.execute(select(func.count()).select_from(SignIn).where(old)).scalar_one())
        connection.execute(delete(SignIn).where(old))
        detail = f"before={before.isoformat()} lines={count}"
        record_event(connection, Event.LOG_SHORTENED, login, "", book.now(), detail=detail)
    return count
