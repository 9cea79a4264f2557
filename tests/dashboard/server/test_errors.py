"""Every exception has one answer: a status, words, what to do, and never the exception itself."""

import logging
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from dashboard.server.errors import describe
from dashboard.words import LANGUAGES
from tests.dashboard.server.pages_for_tests import ERRORS, FAILING, TEST_PAGES
from tests.dashboard.serving import Served, callback_body, post_callback, serve

STATUSES = {
    "conflict": 409,
    "not_found": 404,
    "not_allowed": 403,
    "rules": 422,
    "unusable": 503,
    "crash": 500,
    "ledger": 500,
}


@pytest.mark.parametrize("how", ERRORS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_callback_that_fails_answers_with_its_status_and_words(
    canary: Served, caplog: pytest.LogCaptureFixture, how: str, language: str
) -> None:
    client = canary.signed_in()
    client.set_cookie("language", language)
    with caplog.at_level(logging.ERROR):
        answer = post_callback(client, callback_body(canary.app, FAILING, {"how.value": how}))
    assert answer.status_code == STATUSES[how]
    told = answer.json
    assert told is not None
    assert told["message"] != told["code"]
    assert ("。" in told["message"]) is (language == "zh")
    assert "secret value" not in answer.text
    assert "Traceback" not in answer.text
    if STATUSES[how] >= 500:
        assert told["incident"] in caplog.text
    else:
        assert "incident" not in told


def test_only_when_debugging_the_exception_itself_is_told(own_url: str, tmp_path: Path) -> None:
    made = serve(own_url, tmp_path, TEST_PAGES, debug=True)
    answer = post_callback(made.signed_in(), callback_body(made.app, FAILING, {"how.value": "crash"}))
    assert answer.json is not None
    assert answer.json["debug"] == "KeyError: 'a secret value'"
    made.book.close()


def test_broken_rules_are_listed_with_place_and_words(canary: Served) -> None:
    answer = post_callback(canary.signed_in(), callback_body(canary.app, FAILING, {"how.value": "rules"}))
    assert answer.json is not None
    (problem,) = answer.json["problems"]
    assert problem == {
        "code": "password.too_short",
        "where": "form:password",
        "severity": "fatal",
        "message": "密码太短，至少需要 10 个字符。",
        "params": {"shortest": "10"},
    }


def test_what_is_not_available_says_when_to_come_back(canary: Served) -> None:
    answer = post_callback(canary.signed_in(), callback_body(canary.app, FAILING, {"how.value": "unusable"}))
    assert answer.headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ("database or disk is full", 507, "system.disk_full"),
        ("could not extend file: No space left on device", 507, "system.disk_full"),
        ("database is locked", 503, "system.database"),
        ("connection refused", 503, "system.database"),
    ],
)
def test_a_database_that_cannot_go_on_is_told_from_a_full_disk(
    canary: Served, caplog: pytest.LogCaptureFixture, said: str, status: int, code: str
) -> None:
    with canary.app.server.test_request_context("/"):
        error = OperationalError("INSERT :password_hash", {"password_hash": "hash"}, Exception(said))
        fault = describe(error)
    assert (fault.status, fault.code) == (status, code)
    assert fault.incident
    assert fault.incident in caplog.text
    assert "password_hash" not in caplog.text


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/api/none", "GET", 404),
        ("/api/", "POST", 404),
        ("/assets/x.css", "GET", 404),
        ("/nope", "POST", 405),
    ],
)
def test_an_address_that_does_not_exist_answers_in_json(
    canary: Served, address: str, method: str, status: int
) -> None:
    client = canary.signed_in()
    client.get("/")
    answer = client.open(address, method=method, headers={"X-CSRFToken": canary.cookie(client, "csrf")})
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["code"] == f"http.{status}"


def test_an_unknown_component_file_answers_without_naming_it(canary: Served) -> None:
    answer = canary.signed_in().get("/_dash-component-suites/nobody/<b>none.js")
    assert answer.status_code == 404
    assert answer.is_json
    assert "<b>" not in answer.text


def test_too_large_a_request_is_refused(canary: Served) -> None:
    assert canary.app.server.config["MAX_CONTENT_LENGTH"] == 64 * 1024 * 1024
    canary.app.server.config["MAX_CONTENT_LENGTH"] = 2000
    answer = post_callback(canary.signed_in(), {"output": "x" * 2000})
    assert answer.status_code == 413
    assert answer.json is not None
    assert answer.json["code"] == "http.413"


def test_a_callback_with_nothing_to_change_is_no_fault(canary: Served) -> None:
    from dash.exceptions import PreventUpdate

    ERRORS["nothing"] = PreventUpdate()  # type: ignore[no-untyped-call]
    try:
        body = callback_body(canary.app, FAILING, {"how.value": "nothing"})
        answer = post_callback(canary.signed_in(), body)
    finally:
        del ERRORS["nothing"]
    assert answer.status_code == 204
