"""Programs that ask: a served city with a token for each person, and short ways to ask and to send."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.auth.api_tokens import TokenDraft, make_token
from funds.book import OPEN, Book, find_person
from funds.permissions import CITY, LATEST, Scope
from tests.dashboard.serving import Served, serve
from tests.trail_city import build_trail_city

ROOT = "/api/v1"
DAY = "2025-12-31"
Body = dict[str, Any]


@dataclass
class Programs:
    """One served city and the tokens that were made for it."""

    served: Served
    client: FlaskClient
    tokens: dict[object, str] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        """The book behind it."""
        return self.served.book

    def token(self, login: str, *, may_write: bool = True, scope: Scope = CITY, days: int = 30) -> str:
        """A token of somebody's, made once for each kind."""
        kind = (login, may_write, scope, days)
        if kind not in self.tokens:
            self.tokens[kind] = make(self.book, login, TokenDraft("test", may_write, scope, days))
        return self.tokens[kind]

    def get(self, login: str, path: str, token: str | None = None, /, **asked: object) -> TestResponse:
        """Ask for something."""
        headers = {"Authorization": f"Bearer {token or self.token(login)}"}
        query = {name.rstrip("_"): str(value) for name, value in asked.items()}
        return self.client.get(f"{ROOT}{path}", query_string=query, headers=headers)

    def post(self, login: str, path: str, body: Body, key: str, token: str | None = None) -> TestResponse:
        """Send something to be recorded."""
        headers = {"Authorization": f"Bearer {token or self.token(login)}", "Idempotency-Key": key}
        return self.client.post(f"{ROOT}{path}", json=body, headers=headers)

    def version(self) -> int:
        """How far the book has come."""
        return self.book.head().version


def make(book: Book, login: str, draft: TokenDraft) -> str:
    """A token of somebody's."""
    with book.look(sight=OPEN) as look:
        person_id = find_person(look.connection, login, LATEST)
    with book.keep() as connection:
        return make_token(connection, person_id, draft, book.now())


def serve_programs(url: str, folder: Path) -> Programs:
    """The city of known changes, served without pages: programs have no use for them."""
    served = serve(url, folder, ())
    return Programs(served, served.client())


__all__ = ["DAY", "ROOT", "Body", "Programs", "build_trail_city", "make", "serve_programs"]
