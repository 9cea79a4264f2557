"""Tokens that programs come in with: made by a person for herself, shown once, kept as a digest, ended at any time."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dashboard.auth.clean_text import clean_text
from dashboard.auth.sessions import SEEN_EVERY, digest_token, shift_time
from funds.kinds import ScopeKind
from funds.models import ApiToken
from funds.narrowing import Narrowing
from funds.permissions import CITY, Action, Scope

# A sign by which a token is known where it should not lie; what follows has 256 bits.
PREFIX = "ft_"
LONGEST_LIFE = timedelta(days=365)
MOST_TOKENS = 20
LONGEST_NAME = 60
READS = frozenset({Action.READ, Action.READ_TRAIL})
# A token records and never vouches: marks and net asset values wait for a second person.
WRITES = READS | {Action.RECORD_BUSINESS, Action.RECORD_REFERENCE}
COLUMNS = (
    *(ApiToken.token_digest, ApiToken.person_id, ApiToken.name, ApiToken.may_write, ApiToken.park_id),
    *(ApiToken.fund_id, ApiToken.made_at, ApiToken.expires_at, ApiToken.ended_at, ApiToken.used_at),
)


@dataclass(frozen=True)
class KeptToken:
    """What the book keeps of a token."""

    digest: str
    person_id: int
    name: str
    may_write: bool
    scope: Scope
    made_at: str
    expires_at: str
    ended_at: str | None
    used_at: str | None

    @property
    def narrowing(self) -> Narrowing:
        """What it leaves of its person's rights."""
        return Narrowing(WRITES if self.may_write else READS, self.scope)

    def is_open(self, now: str) -> bool:
        """Whether it still opens anything."""
        return self.ended_at is None and self.expires_at > now


@dataclass(frozen=True)
class TokenDraft:
    """A token that a person wants: its name, what it may do and where, and how long it holds."""

    name: str
    may_write: bool
    scope: Scope
    days: int


def make_token(connection: Connection, person_id: int, draft: TokenDraft, now: str) -> str:
    """A new token; it is told here and kept nowhere."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = {
        "token_digest": digest_token(token),
        "person_id": person_id,
        "name": clean_text(draft.name, LONGEST_NAME),
        "may_write": draft.may_write,
        "park_id": draft.scope.id if draft.scope.kind is ScopeKind.PARK else None,
        "fund_id": draft.scope.id if draft.scope.kind is ScopeKind.FUND else None,
        "made_at": now,
        "expires_at": shift_time(now, min(timedelta(days=draft.days), LONGEST_LIFE)),
        "ended_at": None,
        "used_at": None,
    }
    connection.execute(insert(ApiToken), [row])
    return token


def find_token(connection: Connection, token: str) -> KeptToken | None:
    """What is kept of a token, whether it still holds or not."""
    if not token.startswith(PREFIX):
        return None
    query = select(*COLUMNS).where(ApiToken.token_digest == digest_token(token))
    row = connection.execute(query).first()
    return _read(row) if row else None


def list_tokens(connection: Connection, person_id: int, now: str) -> Sequence[KeptToken]:
    """A person's tokens that still hold, the newest first."""
    query = select(*COLUMNS).where(
        ApiToken.person_id == person_id, ApiToken.ended_at.is_(None), ApiToken.expires_at > now
    )
    rows = connection.execute(query.order_by(ApiToken.made_at.desc(), ApiToken.token_digest))
    return [_read(row) for row in rows]


def is_use_stale(token: KeptToken, now: str) -> bool:
    """Whether it is time to note again that the token is in use."""
    return token.used_at is None or token.used_at <= shift_time(now, -SEEN_EVERY)


def mark_used(connection: Connection, digest: str, now: str) -> None:
    """Remember that a program came in with the token."""
    connection.execute(update(ApiToken).where(ApiToken.token_digest == digest).values(used_at=now))


def end_tokens(connection: Connection, person_id: int, now: str, only: str | None = None) -> int:
    """End a person's tokens, or `only` one of them by its digest; returns how many."""
    row = update(ApiToken).where(ApiToken.person_id == person_id, ApiToken.ended_at.is_(None))
    if only is not None:
        row = row.where(ApiToken.token_digest == only)
    return int(connection.execute(row.values(ended_at=now)).rowcount)


def _read(row: Any) -> KeptToken:
    scope = CITY
    if row.park_id is not None:
        scope = Scope(ScopeKind.PARK, row.park_id)
    elif row.fund_id is not None:
        scope = Scope(ScopeKind.FUND, row.fund_id)
    return KeptToken(
        row.token_digest,
        int(row.person_id),
        row.name,
        row.may_write,
        scope,
        row.made_at,
        row.expires_at,
        row.ended_at,
        row.used_at,
    )
