"""Requests that write are done once: the same key with the same body is answered again, not written again."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.auth.sessions import shift_time
from funds.book import Book
from funds.errors import Conflict, LedgerError
from funds.models import ApiRequest

# A process that is still at work after so long is taken to be gone; if it is not, it finds its claim lost.
LONGEST_WORK = timedelta(minutes=2)
HEADER = "Idempotency-Key"
KEY = re.compile(r"[A-Za-z0-9._:-]{8,64}")


class BadKey(LedgerError):
    """A request that writes without a key of its own, or with one that is none."""

    status = 400


@dataclass(frozen=True)
class Answered:
    """An answer as it was given: its status and the text of its JSON."""

    status: int
    text: str


@dataclass(frozen=True)
class Claim:
    """A request that is ours to do: by its person and key, and the mark that says that it is ours."""

    person_id: int
    key: str
    mark: str

    @property
    def row(self) -> ColumnElement[bool]:
        """The row, as long as it is ours and without an answer."""
        own = and_(ApiRequest.person_id == self.person_id, ApiRequest.key == self.key)
        return and_(own, ApiRequest.claim == self.mark, ApiRequest.status.is_(None))


def read_key(text: str | None) -> str:
    """The key of a request."""
    if text is None or KEY.fullmatch(text) is None:
        raise BadKey("api.bad_key" if text else "api.no_key")
    return text


def digest_request(operation: str, body: bytes) -> str:
    """What tells a request from another with the same key."""
    return hashlib.sha256(operation.encode() + b"\n" + body).hexdigest()


def claim_request(book: Book, person_id: int, key: str, digest: str) -> Claim | Answered:
    """Take a request on, or give the answer that it had; refuses one that is under way or says otherwise."""
    claim, now = Claim(person_id, key, secrets.token_hex(16)), book.now()
    try:
        with book.keep() as connection:
            return _claim(connection, claim, digest, now)
    except IntegrityError as fault:
        raise Conflict("api.under_way") from fault


def keep_answer(connection: Connection, claim: Claim, answer: Answered) -> None:
    """Keep what was answered, in the same transaction as what was done; refuses whoever was given up for lost."""
    row = update(ApiRequest).where(claim.row).values(status=answer.status, answer=answer.text)
    if connection.execute(row).rowcount != 1:
        raise Conflict("api.under_way")


def release_request(book: Book, claim: Claim) -> None:
    """Let a request be tried again that came to no answer."""
    with book.keep() as connection:
        connection.execute(delete(ApiRequest).where(claim.row))


def _claim(connection: Connection, claim: Claim, digest: str, now: str) -> Claim | Answered:
    own = and_(ApiRequest.person_id == claim.person_id, ApiRequest.key == claim.key)
    columns = (ApiRequest.body_digest, ApiRequest.claim, ApiRequest.made_at)
    found = connection.execute(select(*columns, ApiRequest.status, ApiRequest.answer).where(own)).first()
    if found is None:
        row = {
            "person_id": claim.person_id,
            "key": claim.key,
            "body_digest": digest,
            "claim": claim.mark,
            "made_at": now,
            "status": None,
            "answer": None,
        }
        connection.execute(insert(ApiRequest), [row])
        return claim
    if found.body_digest != digest:
        raise Conflict("api.key_reused")
    if found.status is not None:
        return Answered(found.status, found.answer)
    lost = and_(own, ApiRequest.claim == found.claim, ApiRequest.status.is_(None))
    is_lost = found.made_at < shift_time(now, -LONGEST_WORK)
    taken = update(ApiRequest).where(lost).values(claim=claim.mark, made_at=now)
    if not is_lost or connection.execute(taken).rowcount != 1:
        raise Conflict("api.under_way")
    return claim
