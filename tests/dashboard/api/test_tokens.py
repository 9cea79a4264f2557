"""Who comes in with a token: for as long as it holds, as one person, and never by a cookie."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from dashboard.auth.access_log import Event, read_events
from dashboard.auth.administration import end_all_sessions, invite, reset_factor
from dashboard.auth.api_tokens import LONGEST_LIFE, PREFIX, TokenDraft, end_tokens
from dashboard.auth.passwords import add_person_secret
from dashboard.pages.people import account
from dashboard.server import gate
from funds.book import OPEN, Book, find_person
from funds.models import ApiToken
from funds.permissions import CITY, LATEST
from tests.dashboard.api.programs import ROOT, Programs, make
from tests.dashboard.pages.visiting import find_links, text_below, visit_page
from tests.dashboard.serving import PASSWORD, read_token, retire_person, sign_in


def kept(book: Book) -> Any:
    """The one token that the book keeps."""
    with book.look(sight=OPEN) as look:
        return look.connection.execute(select(ApiToken)).mappings().one()


def person_of(book: Book, login: str) -> int:
    """Somebody's id."""
    with book.look(sight=OPEN) as look:
        return find_person(look.connection, login, LATEST)


def enter(desk: Programs, login: str = "manager") -> FlaskClient:
    """A browser in which somebody is signed in."""
    client = desk.served.client()
    assert sign_in(client, login).status_code == 303
    return client


def form(client: FlaskClient, **fields: object) -> Any:
    """Send the form of one's tokens."""
    token = read_token(client.get("/account/tokens").text)
    return client.post("/account/tokens", data={"csrf_token": token, **fields})


MADE = {"act": "make", "name": "月报", "rights": "read", "where": "", "days": "90", "password": PASSWORD}


@pytest.mark.parametrize(
    "sent", [None, "", "Basic bG9jYWw6eA==", "Bearer", "Bearer ", "Bearer ft_x", "bearer x"]
)
def test_without_a_good_token_nothing_is_told(city: Programs, sent: str | None) -> None:
    headers = {} if sent is None else {"Authorization": sent}
    for path in ("/funds", "/reports/city?as_of=2025-12-31", "/openapi.json", "/nothing"):
        got = city.client.get(f"{ROOT}{path}", headers=headers)
        assert (got.status_code, set(got.get_json())) == (401, {"code", "message"})
    assert city.client.post(f"{ROOT}/calls", json={}, headers=headers).status_code == 401


def test_a_cookie_opens_no_more_than_the_description(desk: Programs) -> None:
    client = enter(desk, "local")
    for path in ("/funds", "/revisions", "/reports/city?as_of=2025-12-31"):
        assert client.get(f"{ROOT}{path}").status_code == 401
    assert client.post(f"{ROOT}/calls", json={}).status_code == 401
    assert client.get(f"{ROOT}/openapi.json").status_code == 200
    assert client.get(f"{ROOT}/docs").status_code == 200
    assert desk.served.client().get(f"{ROOT}/docs").status_code == 302


def test_a_token_opens_nothing_but_the_api(desk: Programs) -> None:
    headers = {"Authorization": f"Bearer {desk.token('local')}"}
    assert desk.client.get("/_dash-layout", headers=headers).status_code == 401
    assert desk.client.get("/funds", headers=headers).status_code == 302
    assert desk.client.get("/api/v2/funds", headers=headers).status_code == 401
    assert desk.get("local", "/nothing").status_code == 404
    assert desk.client.delete(f"{ROOT}/funds", headers=headers).status_code == 404


def test_the_book_keeps_no_token_that_could_be_used(desk: Programs) -> None:
    token = desk.token("manager")
    assert token.startswith(PREFIX)
    row = kept(desk.book)
    assert token not in str(dict(row))
    assert (
        desk.client.get(
            f"{ROOT}/funds", headers={"Authorization": f"Bearer {row['token_digest']}"}
        ).status_code
        == 401
    )


@pytest.mark.parametrize("way", ["ended", "expired", "retired", "locked out", "password", "factor"])
def test_a_token_that_has_ended_opens_nothing_when_it_comes_again(desk: Programs, way: str) -> None:
    """Threat 09 on the API."""
    book, person = desk.book, person_of(desk.book, "manager")
    token = desk.token("manager", days=2)
    assert desk.get("manager", "/funds", token).status_code == 200
    match way:
        case "ended":
            with book.keep() as connection:
                assert end_tokens(connection, person, book.now()) == 1
        case "expired":
            desk.served.clock.advance(days=2)
        case "retired":
            retire_person(book, "manager")
        case "locked out":
            end_all_sessions(book, "local", "manager", person)
        case "password":
            add_person_secret(book, "manager", "eleven tall ships")
        case "factor":
            reset_factor(book, "local", "manager")
    got = desk.get("manager", "/funds", token)
    assert (got.status_code, got.get_json()["code"]) == (401, "api.token_refused")
    with book.look(sight=OPEN) as look:
        events = [event.event for event in read_events(look.connection, "manager", 50)]
    assert (Event.REFUSED in events) is (way != "retired")


def test_an_invitation_taken_ends_tokens_as_a_new_password_does(desk: Programs) -> None:
    token, code = desk.token("manager"), invite(desk.book, "local", "manager")
    client = desk.served.client()
    page = client.get(f"/invitation?code={code}").text
    fields = {"code": code, "login": "manager", "password": "eleven tall ships", "again": "eleven tall ships"}
    client.post("/invitation", data={"csrf_token": read_token(page), **fields})
    assert desk.get("manager", "/funds", token).status_code == 401


def test_no_token_holds_longer_than_a_year(desk: Programs) -> None:
    make(desk.book, "manager", TokenDraft("long", False, CITY, 4_000))
    desk.served.clock.advance(days=LONGEST_LIFE.days)
    assert kept(desk.book)["expires_at"] <= desk.book.now()


def test_use_is_noted_once_a_minute_and_a_busy_book_keeps_nobody_out(
    desk: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.get("manager", "/funds")
    first = kept(desk.book)["used_at"]
    desk.served.clock.advance(seconds=10)
    desk.get("manager", "/funds")
    assert kept(desk.book)["used_at"] == first
    desk.served.clock.advance(minutes=2)

    def fail(*_given: object) -> None:
        raise OperationalError("", {}, Exception("locked"))

    monkeypatch.setattr(Book, "keep", fail)
    assert desk.get("manager", "/funds").status_code == 200
    assert desk.get("manager", "/funds", "ft_nobody").status_code == 401


def test_who_asks_too_often_is_told_to_wait_and_nobody_else_is(desk: Programs) -> None:
    bearers = gate_of(desk).bearers
    bearers.pace.most = 3
    statuses = [desk.get("manager", "/parks").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert desk.get("manager", "/parks").headers["Retry-After"]
    assert desk.get("official", "/parks").status_code == 200
    desk.served.clock.advance(minutes=1)
    assert desk.get("manager", "/parks").status_code == 200


def gate_of(desk: Programs) -> gate.Gate:
    """The gate of a server."""
    (found,) = {
        function.__self__
        for function in desk.served.app.server.before_request_funcs[None]
        if isinstance(getattr(function, "__self__", None), gate.Gate)
    }
    assert isinstance(found, gate.Gate)
    return found


def test_a_book_that_cannot_be_reached_gives_no_data(desk: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threat 35 on the API: what fails while it is asked who it is, stays closed."""
    desk.token("local")

    def fail(*_given: object, **_more: object) -> None:
        raise OperationalError("", {}, Exception("gone away"))

    with monkeypatch.context() as patch:
        patch.setattr("dashboard.api.bearer.narrow_rights", fail)
        got = desk.get("local", "/funds")
    assert (got.status_code, got.get_json()["code"]) == (503, "system.database")
    assert got.get_json()["incident"]
    monkeypatch.setattr("dashboard.api.bearer.find_token", lambda *_given: 1 / 0)
    got = desk.get("local", "/funds")
    assert (got.status_code, set(got.get_json())) == (500, {"code", "message", "incident"})


def test_somebody_makes_a_token_sees_it_once_and_ends_it(desk: Programs) -> None:
    client = enter(desk)
    page = form(client, **MADE)
    token = re.search(r"<code>(ft_[^<]+)</code>", page.text)
    assert page.status_code == 200
    assert token is not None
    assert desk.get("manager", "/funds", token[1]).status_code == 200
    listed = client.get("/account/tokens").text
    assert "月报" in listed
    assert token[1] not in listed
    digest = kept(desk.book)["token_digest"]
    assert "令牌已停用" in form(client, act="end", which=digest).text
    assert desk.get("manager", "/funds", token[1]).status_code == 401
    assert form(client, act="end", which=digest).status_code == 404
    with desk.book.look(sight=OPEN) as look:
        events = {event.event for event in read_events(look.connection, "manager", 9)}
    assert {Event.TOKEN_MADE, Event.TOKEN_ENDED} <= events


def test_a_token_of_another_cannot_be_ended(desk: Programs) -> None:
    desk.token("official")
    assert form(enter(desk), act="end", which=kept(desk.book)["token_digest"]).status_code == 404
    assert desk.get("official", "/funds").status_code == 200


WRONG: tuple[tuple[dict[str, str], int], ...] = (
    ({"password": "wrong"}, 403),
    ({"name": "  "}, 422),
    ({"rights": "everything"}, 422),
    ({"days": "4000"}, 422),
    ({"where": "fund:F2"}, 422),
    ({"act": "else"}, 404),
)


def test_a_form_that_is_not_right_makes_nothing(desk: Programs) -> None:
    client = enter(desk)
    statuses = [form(client, **{**MADE, **changed}).status_code for changed, _ in WRONG]
    assert statuses == [status for _, status in WRONG]
    with desk.book.look(sight=OPEN) as look:
        assert look.connection.execute(select(ApiToken)).all() == []


def test_the_form_offers_places_that_are_ones_own(desk: Programs) -> None:
    assert 'value="fund:F1"' in enter(desk).get("/account/tokens").text
    page = enter(desk, "official").get("/account/tokens").text
    assert ['value="park:P1"' in page, 'value="park:P2"' in page, 'value="fund:F2"' in page] == [
        True,
        False,
        False,
    ]
    got = form(enter(desk, "official"), **{**MADE, "where": "park:P1", "rights": "write"})
    assert got.status_code == 200
    assert kept(desk.book)["park_id"] is not None


def test_nobody_keeps_tokens_without_end(desk: Programs) -> None:
    for number in range(20):
        make(desk.book, "manager", TokenDraft(f"t{number}", False, CITY, 30))
    assert form(enter(desk), **MADE).status_code == 409
    with desk.book.keep() as connection:
        connection.execute(update(ApiToken).values(ended_at=desk.book.now()))
    assert form(enter(desk), **MADE).status_code == 200


def test_the_account_tells_how_many_tokens_are_in_use(desk: Programs) -> None:
    desk.token("manager")
    page = account.lay_out(visit_page(desk.book, "/account", login="manager"))
    assert ("管理令牌", "/account/tokens") in find_links(page)
    assert "在用 1 个" in text_below(page)
