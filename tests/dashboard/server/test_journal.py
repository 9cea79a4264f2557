"""The journal tells who asked what and how it went, on one line each, and never what opens a door."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from urllib.parse import quote

import pytest
from sqlalchemy.exc import OperationalError

from dashboard.auth.api_tokens import TokenDraft
from dashboard.incidents import record_incident
from dashboard.server.journal import REQUEST_ID, JsonLine, open_journal
from funds.permissions import CITY
from funds.queries.keeping import warm
from tests.dashboard.api.programs import make
from tests.dashboard.serving import PASSWORD, Served, post_callback, sign_in

SEED = "kX9-seeded-secret"


@pytest.fixture
def journal() -> Iterator[StringIO]:
    """What this process would write to its standard error."""
    root, requests = logging.getLogger(), logging.getLogger("fundtracker.requests")
    before = root.handlers[:], root.level, requests.level
    stream = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        open_journal(with_requests=True)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    requests.setLevel(before[2])


def lines_of(journal: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in journal.getvalue().splitlines()]


def test_a_request_leaves_one_line_with_its_number_and_no_query(canary: Served, journal: StringIO) -> None:
    client = canary.signed_in()
    journal.truncate(0)
    journal.seek(0)
    answer = client.get("/?token=1&as_of=2026-01-01")
    (line,) = lines_of(journal)
    assert line["request"] == answer.headers[REQUEST_ID] != ""
    assert (line["event"], line["method"], line["path"], line["status"]) == (
        "request",
        "GET",
        "/",
        200,
    )
    assert isinstance(line["person"], int)
    assert isinstance(line["ms"], float)


def test_whoever_is_turned_away_leaves_a_line_too(canary: Served, journal: StringIO) -> None:
    canary.client().get("/_dash-layout")
    (line,) = lines_of(journal)
    assert (line["status"], line["person"]) == (401, None)


def test_watchmen_and_files_leave_none(canary: Served, journal: StringIO) -> None:
    warm(canary.book)  # as the command does before it serves
    for path in ("/health", "/ready", "/assets/door.css"):
        canary.client().get(path, buffered=True)
    assert journal.getvalue() == ""


def test_a_number_is_taken_from_a_proxy_alone(canary: Served) -> None:
    given = {REQUEST_ID: "from-outside-1"}
    assert canary.client().get("/health", headers=given).headers[REQUEST_ID] != "from-outside-1"


def test_no_secret_reaches_the_journal(canary: Served, journal: StringIO) -> None:
    token = make(canary.book, "manager", TokenDraft("test", True, CITY, 30))
    client = canary.client()
    client.set_cookie("fundtracker-other", SEED)
    sign_in(client, "signatory", SEED)
    sign_in(client, "signatory", PASSWORD, next=f"/?code={SEED}")
    client.post("/sign-in/code", data={"code": SEED})
    client.get(f"/?password={SEED}")
    client.get(f"/invitation?code={SEED}")
    client.get("/api/v1/funds", headers={"Authorization": f"Bearer {token}"})
    client.get("/api/v1/funds", headers={"Authorization": f"Bearer {SEED}"})
    client.post("/api/v1/contributions", json={SEED: SEED}, headers={"Authorization": f"Bearer {token}"})
    post_callback(client, {"output": SEED, "inputs": [{"value": SEED}]})
    with canary.app.server.test_request_context("/import"):
        try:
            raise ValueError(f"could not read cell {SEED}")
        except ValueError as fault:
            record_incident(fault, "/import")
        record_incident(OperationalError(f"INSERT {SEED}", {"a": SEED}, Exception(SEED)), "/import")
    told = journal.getvalue()
    session = canary.cookie(client, "session")
    assert session
    assert len(lines_of(journal)) > 10
    for secret in (SEED, PASSWORD, token, session, canary.cookie(client, "csrf")):
        assert secret not in told
    assert "ValueError" in told
    assert "test_journal.py" in told, "where it happened is told"


def test_an_incident_is_found_by_its_number(canary: Served, journal: StringIO) -> None:
    with canary.app.server.test_request_context("/import"):
        number = record_incident(ValueError("words"), "/import")
    (line,) = lines_of(journal)
    assert (line["incident"], line["where"], line["level"]) == (number, "/import", "error")


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x00", "\x85", "\u2028", "\u202e", "\ufeff", "\x9b"])
def test_nothing_breaks_or_turns_a_line(canary: Served, journal: StringIO, sign: str) -> None:
    canary.client().get(f"/a{quote(sign)}b")
    logging.getLogger("theirs").warning("a%sb", sign)
    raw = journal.getvalue()
    assert len(raw.splitlines()) == raw.count("\n") == 2
    assert sign not in raw.replace("\n", "")
    assert [sign in str(line.get("path", line.get("message"))) for line in lines_of(journal)] == [True, True]


def test_a_line_that_never_ends_is_cut() -> None:
    record = logging.LogRecord("theirs", logging.WARNING, "", 0, "x" * 100_000, None, None)
    assert len(JsonLine().format(record)) < 3_000
