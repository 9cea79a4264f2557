"""Sessions on the server: the browser holds a token, the book its digest, and both timeouts are ours."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from dashboard.auth.clean_text import clean_text
from funds.book import write_time
from funds.models import WebSession

# A session is marked as seen at most this often, so that reading a page is seldom a write.
SEEN_EVERY = timedelta(minutes=1)
# How long somebody who gave the password has for the steps that remain.
ARRIVAL_TIME = timedelta(minutes=15)
COLUMNS = (
    *(WebSession.token_digest, WebSession.person_id, WebSession.created_at, WebSession.seen_at),
    *(WebSession.address, WebSession.browser, WebSession.waits_for),
)
LONGEST_BROWSER = 200
LONGEST_ADDRESS = 64


class Step(StrEnum):
    """What a session that is not through yet waits for."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105 (a word of the table)
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True)
class Limits:
    """How long a session may lie idle and how long it may last."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Origin:
    """Where a request comes from."""

    address: str = ""
    browser: str = ""


NOWHERE = Origin()


@dataclass(frozen=True)
class OpenSession:
    """A session that is neither ended nor too old."""

    token_digest: str
    person_id: int
    seen_at: str
    created_at: str = ""
    address: str = ""
    browser: str = ""
    waits_for: Step | None = None


def digest_token(token: str) -> str:
    """What the book keeps of a token; it opens nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(
    connection: Connection,
    person_id: int,
    now: str,
    origin: Origin = NOWHERE,
    waits_for: Step | None = None,
) -> str:
    """Begin a session and return the token for the browser, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    row = {
        "token_digest": digest_token(token),
        "person_id": person_id,
        "created_at": now,
        "seen_at": now,
        "ended_at": None,
        "waits_for": waits_for,
        "address": clean_text(origin.address, LONGEST_ADDRESS),
        "browser": clean_text(origin.browser, LONGEST_BROWSER),
    }
    connection.execute(insert(WebSession), [row])
    return token


def find_session(connection: Connection, token: str, now: str, limits: Limits) -> OpenSession | None:
    """The session of a token, unless it was ended, a timeout has passed, or a step of it remains."""
    alive = and_(_is_alive(now, limits), WebSession.waits_for.is_(None))
    return _find(connection, WebSession.token_digest == digest_token(token), alive)


def find_arrival(connection: Connection, token: str, now: str) -> OpenSession | None:
    """The session of a token that still waits for a step, for as long as one may take for it."""
    limits = Limits(ARRIVAL_TIME, ARRIVAL_TIME)
    alive = and_(_is_alive(now, limits), WebSession.waits_for.is_not(None))
    return _find(connection, WebSession.token_digest == digest_token(token), alive)


def list_sessions(connection: Connection, person_id: int, now: str, limits: Limits) -> Sequence[OpenSession]:
    """A person's sessions that are through and open, the one seen last first."""
    alive = and_(_is_alive(now, limits), WebSession.waits_for.is_(None), WebSession.person_id == person_id)
    query = select(*COLUMNS).where(alive).order_by(WebSession.seen_at.desc(), WebSession.token_digest)
    return [_read(row) for row in connection.execute(query)]


def is_seen_stale(session: OpenSession, now: str) -> bool:
    """Whether it is time to mark the session as seen again."""
    return session.seen_at <= shift_time(now, -SEEN_EVERY)


def mark_seen(connection: Connection, session: OpenSession, now: str) -> None:
    """Remember that the browser of a session has been heard of; a session that has ended stays ended."""
    row = update(WebSession).where(WebSession.token_digest == session.token_digest, WebSession.seen_at < now)
    connection.execute(row.values(seen_at=now))


def end_session(connection: Connection, token: str, now: str) -> None:
    """End the session of a token."""
    _end(connection, WebSession.token_digest == digest_token(token), now)


def end_sessions(
    connection: Connection, person_id: int, now: str, but: str | None = None, only: str | None = None
) -> int:
    """End every session of a person, `but` for one or `only` one, by digest; returns how many."""
    whose = WebSession.person_id == person_id
    if but is not None:
        whose = and_(whose, WebSession.token_digest != but)
    if only is not None:
        whose = and_(whose, WebSession.token_digest == only)
    return _end(connection, whose, now)


def shift_time(instant: str, by: timedelta) -> str:
    """An instant of the book, moved."""
    return write_time(datetime.fromisoformat(instant) + by)


def _is_alive(now: str, limits: Limits) -> ColumnElement[bool]:
    return and_(
        WebSession.ended_at.is_(None),
        WebSession.seen_at > shift_time(now, -limits.idle),
        WebSession.created_at > shift_time(now, -limits.absolute),
    )


def _find(
    connection: Connection, which: ColumnElement[bool], alive: ColumnElement[bool]
) -> OpenSession | None:
    row = connection.execute(select(*COLUMNS).where(which, alive)).first()
    return _read(row) if row else None


def _read(row: Any) -> OpenSession:
    """A row of the table, of whatever age."""
    return OpenSession(
        row.token_digest,
        int(row.person_id),
        row.seen_at,
        row.created_at,
        row.address or "",
        row.browser or "",
        Step(row.waits_for) if row.waits_for else None,
    )


def _end(connection: Connection, whose: ColumnElement[bool], now: str) -> int:
    row = update(WebSession).where(whose, WebSession.ended_at.is_(None))
    return int(connection.execute(row.values(ended_at=now)).rowcount)
