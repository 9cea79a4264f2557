"""A served book for tests: made once per engine, with people of several standings, a clock, and clients."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.auth.demo import DEMO_IDENTITIES
from dashboard.auth.passwords import add_person_secret
from dashboard.pages import PAGES
from dashboard.pages.page import Page
from dashboard.server import create_app
from dashboard.server.frame_app import FrameDash
from dashboard.settings import Settings
from funds.book import Book, found_book
from funds.kinds import BookKind, Role, ScopeKind
from funds.models import Membership, Person, PersonFact
from migrations import upgrade

PASSWORD = "seven small boats"
CITY = "示例市"
BEGAN = date(2020, 1, 1)
PEOPLE: dict[str, Role | None] = {
    "signatory": Role.COMMISSION_SIGNATORY,
    "manager": Role.FUND_MANAGER,
    "sysadmin": Role.SYSTEM_ADMIN,
    "bystander": None,
}
DEMO_ROLES = (
    Role.FUND_MANAGER,
    Role.COMMISSION_SIGNATORY,
    Role.PARK_OFFICIAL,
    Role.COMMISSION_SIGNATORY,
)


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: datetime = field(default_factory=lambda: datetime(2026, 6, 30, 4, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def build_own(url: str) -> None:
    """A book of one's own in which everybody has the same password."""
    _build(url, BookKind.OWN, PEOPLE)


def build_demo(url: str) -> None:
    """A demo book with its identities, and no password at all."""
    logins = (identity.login for identity in DEMO_IDENTITIES)
    _build(url, BookKind.DEMO, dict(zip(logins, DEMO_ROLES, strict=True)))


def _build(url: str, kind: BookKind, people: dict[str, Role | None]) -> None:
    book = Book(url, clock=Clock())
    upgrade(book.engine)
    found_book(book, kind, CITY)
    for login, role in people.items():
        add_person(book, login, role)
        if kind is BookKind.OWN:
            add_person_secret(book, login, PASSWORD)
    book.close()


def add_person(book: Book, login: str, role: Role | None) -> None:
    """A person with at most one role, for the whole city."""
    with book.change("local", "people") as change:
        (person_id,) = change.add(Person, [{"login": login}])
        change.add(PersonFact, [{"person_id": person_id, "name": f"name of {login}", "active": True}])
        if role is not None:
            standing = {
                "person_id": person_id,
                "role": role,
                "scope_kind": ScopeKind.CITY,
                "from_date": BEGAN,
            }
            change.add(Membership, [standing])


def retire_person(book: Book, login: str) -> None:
    """The person may no longer do anything."""
    from sqlalchemy import select

    with book.change("local", "retire") as change:
        query = select(PersonFact.id, PersonFact.person_id).join(Person, Person.id == PersonFact.person_id)
        row = change.connection.execute(query.where(Person.login == login)).one()
        fact = {"person_id": row.person_id, "name": login, "active": False, "replaces_id": row.id}
        change.add(PersonFact, [fact])


@dataclass
class Served:
    """An application, the book behind it, and the clock that both go by."""

    app: FrameDash
    book: Book
    clock: Clock
    settings: Settings

    def client(self) -> FlaskClient:
        """A browser of its own that keeps its cookies."""
        client: FlaskClient = self.app.server.test_client()
        return client

    def signed_in(self, login: str = "signatory") -> FlaskClient:
        """A browser in which somebody has signed in."""
        client = self.client()
        answer = sign_in(client, login)
        assert answer.status_code == 303, answer.text
        return client

    def cookie(self, client: FlaskClient, kind: str) -> str:
        """The value of one of the book's cookies: session, form or csrf."""
        found = client.get_cookie(f"fundtracker-{self.book.uuid[:8]}-{kind}")
        return found.value if found else ""


def serve(url: str, folder: Path, pages: Sequence[Page] = PAGES, **changes: Any) -> Served:
    """An application over the book at an address."""
    clock = Clock()
    book = Book(url, clock=clock)
    settings = Settings(**{"book": url, "anchors": folder / "anchors", "state": folder / "state", **changes})
    try:
        return Served(create_app(book, settings, pages), book, clock, settings)
    except BaseException:
        book.close()
        raise


def read_token(page: str) -> str:
    """The form token in a page at the door."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def sign_in(client: FlaskClient, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
    """Open the form and send it."""
    token = read_token(client.get("/sign-in").text)
    return client.post("/sign-in", data={"login": login, "password": password, "csrf_token": token, **more})


def post_callback(client: FlaskClient, body: object, **headers: str) -> TestResponse:
    """A request for a callback as the page's own script sends it, form token included."""
    page = client.get("/")
    assert page.status_code in (200, 302)
    sent = {"X-CSRFToken": csrf_cookie(client), **headers}
    return client.post("/_dash-update-component", json=body, headers=sent)


def csrf_cookie(client: FlaskClient) -> str:
    """The form token that a browser holds for scripts."""
    cookies = (client._cookies or {}).values()
    return next((cookie.value for cookie in cookies if cookie.key.endswith("-csrf")), "")


def callback_body(app: FrameDash, output: str, values: dict[str, object] | None = None) -> dict[str, Any]:
    """A well-formed request for a callback, with values by `id.property`."""
    entry = app.callback_map[output]
    given = values or {}

    def wire(declared: dict[str, str]) -> dict[str, object]:
        return {**declared, "value": given.get(f"{declared['id']}.{declared['property']}")}

    outputs = entry["output"]
    bare = [each.to_dict() for each in (outputs if isinstance(outputs, list | tuple) else [outputs])]
    return {
        "output": output,
        "outputs": bare if isinstance(outputs, list | tuple) else bare[0],
        "inputs": [wire(declared) for declared in entry["inputs"]],
        "state": [wire(declared) for declared in entry["state"]],
        "changedPropIds": [f"{declared['id']}.{declared['property']}" for declared in entry["inputs"]],
    }


def server_callbacks(app: FrameDash) -> list[str]:
    """The callbacks that run on the server."""
    return [output for output, entry in app.callback_map.items() if "callback" in entry]
