"""Who asks on behalf of whom: a token from the request's head, what it leaves of its person's rights, how often."""

import logging
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from flask import request
from sqlalchemy.exc import DBAPIError

from dashboard.auth.access_log import note_refusal
from dashboard.auth.api_tokens import KeptToken, find_token, is_use_stale, mark_used
from dashboard.auth.door import Door
from dashboard.auth.identity import standing_identity
from dashboard.auth.visit import SCHEMES, NotSignedIn, Visit
from funds.book import OPEN
from funds.errors import LedgerError
from funds.narrowing import narrow_rights
from funds.permissions import Rights

ROOT = "/api/v1"
BLUEPRINT, ABOUT = "api_v1", "api_v1_about"
SPEC, PAGE = "/openapi.json", "/docs"
SCHEME = "Bearer "
MOST_REQUESTS, WINDOW = 300, timedelta(minutes=1)
NOBODY = ""

logger = logging.getLogger(__name__)


class TooMany(LedgerError):
    """A token asks more often than one program needs to."""

    status = 429


@dataclass(frozen=True, kw_only=True)
class ApiVisit(Visit):
    """A request that a program makes with a token: the person's own rights, as far as the token leaves them."""

    token: KeptToken

    @cached_property
    def rights(self) -> Rights:
        """What the token may do today."""
        whole = super().rights
        with self.book.look(sight=whole.readable().sight) as look:
            today, version = self.book.today(), look.version
            return narrow_rights(look.connection, whole, self.token.narrowing, today, version)


@dataclass
class Pace:
    """How often each token asked lately; each process of the server counts for itself."""

    most: int = MOST_REQUESTS
    seen: dict[str, deque[datetime]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, digest: str, now: datetime) -> None:
        """Count one request; refuses it where there were too many within the window."""
        with self.lock:
            asked = self.seen.setdefault(digest, deque())
            while asked and asked[0] <= now - WINDOW:
                asked.popleft()
            if len(asked) >= self.most:
                raise TooMany("api.too_many", most=self.most)
            asked.append(now)


class Bearers:
    """Those who come with a token."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.pace = Pace()

    def find(self) -> ApiVisit:
        """The visit of a request's token; refuses one without, or with one that opens nothing (any more)."""
        sent = request.headers.get("Authorization", "")
        if not sent.startswith(SCHEME):
            raise NotSignedIn("api.token_absent")
        book, now = self._door.book, self._door.book.now()
        with book.look(sight=OPEN) as look:
            token = find_token(look.connection, sent.removeprefix(SCHEME).strip())
            person = standing_identity(book, look, token.person_id, book.today()) if token else None
        if token is None or person is None or not token.is_open(now):
            self._note_refused(person.login if person else NOBODY)
            raise NotSignedIn("api.token_refused")
        self.pace.take(token.digest, datetime.fromisoformat(now))
        self._note_use(token, now)
        language = self._door.settings.language
        return ApiVisit(
            book,
            person,
            language,
            SCHEMES[0],
            address=request.remote_addr or "",
            rules=self._door.rules,
            token=token,
        )

    def _note_refused(self, login: str) -> None:
        try:
            note_refusal(self._door.book, login, request.remote_addr or "", f"{ROOT} token")
        except DBAPIError as fault:
            logger.warning("refused token not noted: %s", type(fault.orig).__name__)

    def _note_use(self, token: KeptToken, now: str) -> None:
        if not is_use_stale(token, now):
            return
        try:
            with self._door.book.keep() as connection:
                mark_used(connection, token.digest, now)
        except DBAPIError as fault:
            # A full disk or a busy book must not keep anybody from reading.
            logger.warning("use of a token not noted: %s", type(fault.orig).__name__)


def is_for_programs() -> bool:
    """Whether a request goes to the part of the server that only a token opens."""
    return f"{request.path}/".startswith(f"{ROOT}/")


def is_about() -> bool:
    """Whether it asks for the description, which people who are in may read too."""
    return request.path in (f"{ROOT}{SPEC}", f"{ROOT}{PAGE}")


def brings_token() -> bool:
    """Whether a request comes with a token, good or not."""
    return request.headers.get("Authorization", "").startswith(SCHEME)
