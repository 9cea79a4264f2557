"""Sessions on the server: the browser holds a token, the book its digest, and both timeouts are ours."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from funds.book import write_time
from funds.models import WebSession

# A session is marked as seen at most this often, so that reading a page is seldom a write.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Limits:
    """How long a session may lie idle and how long it may last."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class OpenSession:
    """A session that is neither ended nor too old."""

    token_digest: str
    person_id: int
    seen_at: str


def digest_token(token: str) -> str:
    """What the book keeps of a token; it opens nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(connection: Connection, person_id: int, now: str) -> str:
    """Begin a session and return the token for the browser, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    row = {
        "token_digest": digest_token(token),
        "person_id": person_id,
        "created_at": now,
        "seen_at": now,
        "ended_at": None,
    }
    connection.execute(insert(WebSession), [row])
    return token


def find_session(connection: Connection, token: str, now: str, limits: Limits) -> OpenSession | None:
    """The session of a token, unless it was ended or a timeout has passed."""
    query = select(WebSession.token_digest, WebSession.person_id, WebSession.seen_at).where(
        WebSession.token_digest == digest_token(token),
        WebSession.ended_at.is_(None),
        WebSession.seen_at > shift_time(now, -limits.idle),
        WebSession.created_at > shift_time(now, -limits.absolute),
    )
    row = connection.execute(query).first()
    return OpenSession(row.token_digest, int(row.person_id), row.seen_at) if row else None


def is_seen_stale(session: OpenSession, now: str) -> bool:
    """Whether it is time to mark the session as seen again."""
    return session.seen_at <= shift_time(now, -SEEN_EVERY)


def mark_seen(connection: Connection, session: OpenSession, now: str) -> None:
    """Remember that the browser of a session has been heard of; a session that has ended stays ended."""
    row = update(WebSession).where(WebSession.token_digest == session.token_digest, WebSession.seen_at < now)
    connection.execute(row.values(seen_at=now))


def end_session(connection: Connection, token: str, now: str) -> None:
    """End the session of a token."""
    row = update(WebSession).where(
        WebSession.token_digest == digest_token(token), WebSession.ended_at.is_(None)
    )
    connection.execute(row.values(ended_at=now))


def end_sessions(connection: Connection, person_id: int, now: str) -> None:
    """End every session of a person."""
    row = update(WebSession).where(WebSession.person_id == person_id, WebSession.ended_at.is_(None))
    connection.execute(row.values(ended_at=now))


def shift_time(instant: str, by: timedelta) -> str:
    """An instant of the book, moved."""
    return write_time(datetime.fromisoformat(instant) + by)
