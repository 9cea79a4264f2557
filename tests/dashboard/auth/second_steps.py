"""Ways through the steps of signing in, for tests: codes as a telephone would show them, forms filled in."""

import re
from datetime import UTC, datetime
from typing import Any

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.auth.door import Door
from dashboard.auth.second_factor import STEP, read_factor, read_secret
from funds.book import Book, find_person
from tests.dashboard.serving import PASSWORD, Served, read_token

FACTOR, CHANGE, CODE, INVITATION = (
    "/account/second-factor",
    "/account/password",
    "/sign-in/code",
    "/invitation",
)


def person_id_of(book: Book, login: str) -> int:
    """The id of an active person."""
    with book.look() as look:
        return find_person(look.connection, login, look.version)


def code_of(served: Served, login: str, steps: int = 0) -> str:
    """What the telephone of a person shows, some half minutes from now."""
    door = Door(served.book, served.settings)
    with served.book.look() as look:
        factor = read_factor(look.connection, person_id_of(served.book, login))
    assert factor is not None
    step = int(served.clock.now.timestamp()) // STEP + steps
    return pyotp.TOTP(read_secret(door.factor_key, factor)).generate_otp(step)


def fill_in(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Open a form and send it; `at` is where it is sent to where that differs."""
    target = fields.pop("at", path)
    token = read_token(client.get(path).text)
    return client.post(target, data={**fields, "csrf_token": token})


def set_up_factor(served: Served, client: FlaskClient, login: str) -> list[str]:
    """Turn on two-step sign-in for who is signed in; returns the recovery codes."""
    assert fill_in(client, FACTOR, act="begin").status_code == 200
    page = fill_in(client, FACTOR, act="confirm", code=code_of(served, login), password=PASSWORD)
    assert page.status_code == 200, page.text
    return re.findall(r"<li><code>([^<]+)</code>", page.text)


def is_in(client: FlaskClient) -> bool:
    """Whether whoever sits at this browser is signed in."""
    return client.get("/_dash-dependencies").status_code == 200


def at(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def fields_of(page: str) -> dict[str, Any]:
    """The names of the fields of a page, with what stands in them."""
    inputs = re.findall(r"<input[^>]*>", page)
    names = (re.search(r'name="([^"]+)"', one) for one in inputs)
    values = (re.search(r'value="([^"]*)"', one) for one in inputs)
    return {name[1]: value[1] if value else "" for name, value in zip(names, values, strict=True) if name}
