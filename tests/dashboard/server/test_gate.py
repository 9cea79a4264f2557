"""Nobody gets through the gate without a session but by a named route, and nothing comes out."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from dashboard.server import gate
from dashboard.server.gate import PUBLIC_ASSETS, PUBLIC_ROUTES
from tests.dashboard.server.pages_for_tests import CANARY
from tests.dashboard.serving import (
    Served,
    callback_body,
    post_callback,
    retire_person,
    server_callbacks,
    sign_in,
)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
PARTS = {
    "package_name": "dash",
    "fingerprinted_path": "dash-renderer/build/dash_renderer.min.js",
    "filename": "frame.js",
    "path": "parks/somewhere",
    "rest": "funds",
    "kind": "city",
    "number": "1",
}


def anonymous(served: Served) -> FlaskClient:
    return served.client()


def forged(served: Served) -> FlaskClient:
    client = served.client()
    client.set_cookie(f"fundtracker-{served.book.uuid[:8]}-session", "x" * 43)
    return client


def idle(served: Served) -> FlaskClient:
    client = served.signed_in()
    served.clock.advance(minutes=31)
    return client


def outlived(served: Served) -> FlaskClient:
    client = served.signed_in()
    for _ in range(24):
        served.clock.advance(minutes=20)
        client.get("/")
    served.clock.advance(minutes=1)
    return client


def retired(served: Served) -> FlaskClient:
    client = served.signed_in("manager")
    retire_person(served.book, "manager")
    return client


def signed_out(served: Served) -> FlaskClient:
    client = served.signed_in()
    token = served.cookie(client, "session")
    page = client.get("/sign-out").text
    client.post("/sign-out", data={"csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0]})
    client.set_cookie(f"fundtracker-{served.book.uuid[:8]}-session", token)
    return client


AT_DOOR = {
    *("/sign-out", "/demo/enter", "/sign-in/code", "/invitation"),
    *("/account/password", "/account/second-factor", "/account/second-factor/done", "/account/tokens"),
}
OUTSIDERS = (anonymous, forged, idle, outlived, retired, signed_out)
Outsider = Callable[[Served], FlaskClient]


def routes(served: Served) -> Iterator[tuple[str, str]]:
    """Every address and method that the server knows, but the public ones."""
    for rule in served.app.server.url_map.iter_rules():
        address = rule.rule
        for name, value in PARTS.items():
            for form in (f"<{name}>", f"<path:{name}>", f"<string:{name}>", f"<int:{name}>"):
                address = address.replace(form, value)
        assert "<" not in address
        for method in METHODS:
            if (rule.endpoint, "GET" if method == "HEAD" else method) not in PUBLIC_ROUTES:
                yield address, method


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_every_route_is_closed_to_an_outsider(canary: Served, outsider: Outsider) -> None:
    client = outsider(canary)
    tried = set()
    for address, method in routes(canary):
        if address in ("/sign-in", "/invitation"):
            continue  # one address, told apart by method: the public ones are tried below
        answer = client.open(address, method=method, buffered=True)
        tried.add((address, method))
        assert answer.status_code in (302, 401), (address, method, answer.status_code)
        assert CANARY not in answer.text
        assert "name of" not in answer.text
        if answer.status_code == 302:
            assert answer.location.startswith("/sign-in"), (address, answer.location)
        elif method != "HEAD":
            told = answer.json["message"] if answer.is_json and answer.json else answer.text
            is_api = address.startswith("/api/v1/") and not address.endswith(("/docs", "/openapi.json"))
            assert ("请求没有带令牌。" if is_api else "未登录，或登录已过期。请重新登录。") in told
            assert answer.is_json or address in AT_DOOR
    assert len(tried) > 80


@pytest.mark.parametrize("outsider", OUTSIDERS)
def test_every_callback_is_closed_to_an_outsider(canary: Served, outsider: Outsider) -> None:
    client = outsider(canary)
    outputs = server_callbacks(canary.app)
    assert len(outputs) == len(canary.app.guarded.needs) >= 4
    for output in outputs:
        # Another page's path among the values must not open the door.
        body = callback_body(canary.app, output, {"url.pathname": "/sign-in"})
        answer = client.post("/_dash-update-component", json=body)
        assert answer.status_code == 401, output
        assert CANARY not in answer.text


@pytest.mark.parametrize("address", ["/", "/parks/a", "/no/such/page?as_of=2026-01-01", "/sign-out"])
def test_a_page_leads_an_outsider_to_the_sign_in_form(canary: Served, address: str) -> None:
    answer = canary.client().get(address)
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_signing_in_leads_back_to_the_page_that_was_asked_for(canary: Served) -> None:
    client = canary.client()
    asked = client.get("/parks/a?as_of=2026-01-01")
    page = client.get(asked.location)
    assert 'value="/parks/a?as_of=2026-01-01"' in page.text
    assert (
        sign_in(client, "signatory", next="/parks/a?as_of=2026-01-01").location == "/parks/a?as_of=2026-01-01"
    )


def test_the_named_routes_are_open_and_are_these() -> None:
    assert {
        ("auth.show_sign_in", "GET"),
        ("auth.sign_in", "POST"),
        ("auth.enter_demo", "POST"),
        ("auth.show_invitation", "GET"),
        ("auth.redeem", "POST"),
        ("/health", "GET"),
        ("readiness.state", "GET"),
    } == PUBLIC_ROUTES


def test_health_and_the_door_answer_anybody(canary: Served) -> None:
    client = canary.client()
    assert client.get("/health").text == "OK"
    assert client.get("/sign-in").status_code == 200
    for name in PUBLIC_ASSETS:
        assert client.get(f"/assets/{name}", buffered=True).status_code == 200, name


@pytest.mark.parametrize(
    "name",
    ["frame.js", "frame.css", "../server/gate.py", "door.css/../frame.js", "%2e%2e/settings.py", "none.css"],
)
def test_no_other_file_is_handed_out(canary: Served, name: str) -> None:
    answer = canary.client().get(f"/assets/{name}")
    assert answer.status_code in (302, 401)


def test_a_signed_in_person_gets_pages_and_callbacks(canary: Served) -> None:
    client = canary.signed_in()
    assert client.get("/").status_code == 200
    assert client.get("/_dash-layout").status_code == 200
    assert client.get("/assets/frame.js", buffered=True).status_code == 200
    assert client.get("/assets/none.css").status_code == 404


def test_an_active_session_is_kept_alive_by_use(canary: Served) -> None:
    client = canary.signed_in()
    for _ in range(3):
        canary.clock.advance(minutes=29)
        assert client.get("/_dash-layout").status_code == 200


def test_a_session_is_of_one_book_only(canary: Served) -> None:
    client = canary.signed_in()
    token = canary.cookie(client, "session")
    other = canary.client()
    other.set_cookie("fundtracker-00000000-session", token)
    assert other.get("/_dash-layout").status_code == 401


def test_reading_goes_on_when_a_session_cannot_be_marked(
    canary: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = canary.signed_in()
    canary.clock.advance(minutes=2)

    def fail(*_arguments: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    monkeypatch.setattr(gate, "mark_seen", fail)
    assert client.get("/_dash-layout").status_code == 200
    assert "not marked" in caplog.text


def test_the_gate_stays_shut_when_the_book_cannot_be_asked(
    canary: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = canary.signed_in()

    def fail(*_arguments: object) -> None:
        raise OperationalError("SELECT", {}, Exception("connection lost"))

    monkeypatch.setattr(gate, "standing_identity", fail)
    answer = client.get("/_dash-layout")
    assert answer.status_code == 503
    assert answer.json is not None
    assert set(answer.json) == {"code", "message", "incident"}
    assert CANARY not in answer.text


def test_a_role_that_ended_closes_what_it_had_opened(canary: Served) -> None:
    client = canary.signed_in("bystander")
    body = callback_body(canary.app, "canary-policy.children", {"ask.value": "x", "role.data": "x"})
    answer = post_callback(client, body)
    assert answer.status_code == 403
    assert CANARY not in answer.text
