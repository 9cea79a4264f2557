"""Invitations: a code that an administrator hands over, by which a person sets a password once."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from dashboard.auth.recovery import clean_code, draw_code
from dashboard.auth.sessions import shift_time
from funds.models import Invitation

LIFE = timedelta(hours=72)
LENGTH, GROUP = 20, 5  # 100 bits: too many to try, so that a plain digest will do


def make_invitation(connection: Connection, person_id: int, made_by_id: int, now: str) -> str:
    """A new code for a person; earlier ones end."""
    end_invitations(connection, person_id, now)
    code = draw_code(LENGTH, GROUP)
    row = {
        "code_digest": _digest(code),
        "person_id": person_id,
        "made_by_id": made_by_id,
        "made_at": now,
        "expires_at": shift_time(now, LIFE),
        "ended_at": None,
    }
    connection.execute(insert(Invitation), [row])
    return code


def find_invited(connection: Connection, code: str, now: str) -> int | None:
    """The person whom a code was made for, while it holds."""
    query = select(Invitation.person_id).where(
        Invitation.code_digest == _digest(code), Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    return connection.execute(query).scalar()


def take_invitation(connection: Connection, code: str, now: str) -> bool:
    """Use a code up; only the first of several who try at once succeeds."""
    row = update(Invitation).where(
        Invitation.code_digest == _digest(code), Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    return connection.execute(row.values(ended_at=now)).rowcount == 1


def end_invitations(connection: Connection, person_id: int, now: str) -> None:
    """End whatever codes a person still has."""
    row = update(Invitation).where(Invitation.person_id == person_id, Invitation.ended_at.is_(None))
    connection.execute(row.values(ended_at=now))


def read_waiting(connection: Connection, now: str) -> Mapping[int, str]:
    """Until when the code of each invited person holds."""
    query = select(Invitation.person_id, Invitation.expires_at).where(
        Invitation.ended_at.is_(None), Invitation.expires_at > now
    )
    return {row.person_id: row.expires_at for row in connection.execute(query)}


def _digest(code: str) -> str:
    return hashlib.sha256(clean_code(code).encode("utf-8", "replace")).hexdigest()
