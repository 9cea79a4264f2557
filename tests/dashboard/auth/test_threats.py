"""The threats to identity that the program is built against, each tried as an attacker would; numbers in the docstrings."""

import json
import logging
import secrets
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from dashboard.auth import passwords
from dashboard.auth.access_log import forget_events
from dashboard.server import gate
from dashboard.server.checks import UnsafeStart
from dashboard.settings import Settings, read_settings
from funds.book import Book
from funds.errors import Conflict, NotAllowed, RulesBroken
from funds.kinds import Role
from funds.models import Membership, SignIn
from funds.recording import record_memberships, record_parties
from funds.recording.corrections import Correction, correct_rows
from tests.builders import membership, party
from tests.dashboard.auth.second_steps import CODE, code_of, fill_in, is_in, set_up_factor
from tests.dashboard.server.pages_for_tests import CANARY, SET_POLICY, TEST_PAGES
from tests.dashboard.serving import (
    PASSWORD,
    Served,
    add_person,
    callback_body,
    post_callback,
    read_token,
    retire_person,
    serve,
    server_callbacks,
    sign_in,
)

NEW = "eight large ships"


@pytest.fixture
def canary(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application whose pages and callbacks would show a canary."""
    made = serve(own_url, tmp_path, TEST_PAGES)
    yield made
    made.book.close()


def test_no_callback_answers_without_a_session(canary: Served) -> None:
    """T01: no cookie, an expired session, a retired person, one who has yet to give the second code."""
    expired, retired, waiting = canary.signed_in(), canary.signed_in("manager"), canary.client()
    set_up_factor(canary, canary.signed_in("sysadmin"), "sysadmin")
    canary.clock.advance(minutes=31)
    retire_person(canary.book, "manager")
    sign_in(waiting, "sysadmin")
    outputs = server_callbacks(canary.app)
    assert len(outputs) == len(canary.app.guarded.needs) >= 5
    for client in (canary.client(), expired, retired, waiting):
        for output in outputs:
            answer = client.post("/_dash-update-component", json=callback_body(canary.app, output))
            assert answer.status_code == 401
            assert CANARY not in answer.text


def test_role_and_scope_come_from_the_session_alone(canary: Served) -> None:
    """T03: what a browser says about its own role, person or scope changes nothing."""
    client = canary.signed_in("manager")
    client.set_cookie("role", "system_admin")
    for claim in ("admin", "commission_signatory", ["system_admin"], {"role": "signatory"}):
        body = callback_body(canary.app, SET_POLICY, {"role.data": claim, "ask.value": "x"})
        body.update({"person": "signatory", "user": {"login": "signatory"}})
        answer = post_callback(client, body, **{"X-Remote-User": "signatory", "X-Role": "system_admin"})
        assert answer.status_code in (400, 403)
        assert CANARY not in answer.text


def test_one_person_does_not_become_two_administrators(canary: Served) -> None:
    """T06: system and security in one hand is refused; the audit administrator writes no business row."""
    book = canary.book
    add_person(book, "auditadmin", Role.AUDIT_ADMIN)
    for post in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        with pytest.raises(RulesBroken) as broken, book.change("local", "collusion") as change:
            record_memberships(change, [membership("sysadmin", post)])
        assert [problem.code for problem in broken.value.problems] == ["posts.mixed"]
    with pytest.raises(NotAllowed), book.change("auditadmin", "a business row") as change:
        record_parties(change, [party("X")])


def test_threat_05_nobody_gives_a_role_to_themselves(canary: Served) -> None:
    """T05, identity: by a grant, by moving another's membership to oneself, or by making one's own wider."""
    book = canary.book
    add_person(book, "secadmin", Role.SECURITY_ADMIN)
    own = membership("secadmin", Role.COMMISSION_SIGNATORY, from_date=date(2030, 1, 1))
    with pytest.raises(NotAllowed) as refused, book.change("secadmin", "own role") as change:
        record_memberships(change, [own])
    assert refused.value.code == "permission.own_role"
    with book.look() as look:
        held = look.connection.execute(
            select(Membership.id, Membership.person_id).order_by(Membership.id)
        ).all()
    mine = held[-1].person_id
    others = next(row for row in held if row.person_id != mine)
    for row_id, values in (
        (others.id, {"person_id": mine}),
        (held[-1].id, {"role": Role.COMMISSION_SIGNATORY}),
    ):
        with pytest.raises(NotAllowed) as refused, book.change("secadmin", "own role") as change:
            correct_rows(change, [Correction(Membership, row_id, values)])
        assert refused.value.code == "permission.own_role"
    with book.change("secadmin", "another's role") as change:
        assert record_memberships(change, [membership("bystander", Role.AUDITOR)]).new == 1


def test_guessing_is_locked_alike_for_known_and_unknown(served: Served) -> None:
    """T07: five wrong passwords lock; the sixth, right one is refused; the lock outlives a restart."""
    told = set()
    for login in ("signatory", "nobody"):
        client = served.client()
        answers = [sign_in(client, login, "wrong") for _ in range(5)]
        locked = sign_in(client, login)
        told.add(tuple(answer.status_code for answer in (*answers, locked)))
        assert "分钟后再试" in locked.text
    assert told == {(403, 403, 403, 403, 403, 429)}
    again = serve(served.settings.book, served.settings.state.parent)
    again.clock.now = served.clock.now + timedelta(minutes=14)
    assert sign_in(again.client(), "signatory").status_code == 429
    again.clock.advance(minutes=2)
    assert sign_in(again.client(), "signatory").status_code == 303
    again.book.close()


def test_one_password_over_many_logins_locks_the_address(served: Served) -> None:
    """T07, spraying: one password tried on 200 logins is looked at twenty times."""
    client = served.client()
    statuses = [sign_in(client, f"person{at}", "Spring2026!").status_code for at in range(200)]
    assert statuses.count(403) == 20
    assert statuses.count(429) == 180


def test_the_clock_does_not_tell_who_exists(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """T07, timing: known and unknown logins each cost one hash of the same cost."""
    compared: list[str] = []
    real = passwords._hasher.verify

    class Counting:
        @staticmethod
        def verify(password_hash: str, password: str) -> bool:
            compared.append(password_hash.rsplit("$", 2)[0])
            return real(password_hash, password)

        hash = staticmethod(passwords._hasher.hash)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    for at in range(4):
        for login in ("signatory", "nobody"):
            sign_in(served.client(), login, f"wrong {at}")
    assert len(compared) == 8
    assert len(set(compared)) == 1, "the same kind of hash with the same parameters"


def test_a_flood_of_sign_ins_does_not_stop_the_others(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T08: forty at once, each hash slow: at most two hash at a time, and whoever is in reads on."""
    running, most = [0], [0]
    real = passwords._hasher.verify

    class Slow:
        @staticmethod
        def verify(password_hash: str, password: str) -> bool:
            running[0] += 1
            most[0] = max(most[0], running[0])
            time.sleep(0.05)
            running[0] -= 1
            return real(password_hash, password)

        hash = staticmethod(passwords._hasher.hash)

    reader = served.signed_in()
    monkeypatch.setattr(passwords, "_hasher", Slow())
    statuses: list[int] = []
    clients = [(served.client(), f"person{at}") for at in range(40)]

    def attempt(client: Any, login: str) -> None:
        statuses.append(sign_in(client, login, "wrong").status_code)

    threads = [Thread(target=attempt, args=pair) for pair in clients]
    for thread in threads:
        thread.start()
    assert is_in(reader)
    for thread in threads:
        thread.join()
    assert most[0] <= 2
    assert len(statuses) == 40
    assert set(statuses) <= {403, 429}
    assert statuses.count(403) <= 20


@pytest.mark.parametrize("ending", ["sign out", "retired", "new password", "elsewhere", "invitation"])
def test_a_stolen_cookie_dies_with_the_session(served: Served, ending: str) -> None:
    """T09: replayed after sign-out, retirement, a new password, an end from another device, an invitation."""
    from dashboard.auth.account import Owner, end_elsewhere
    from dashboard.auth.administration import invite
    from tests.dashboard.auth.second_steps import CHANGE, INVITATION, person_id_of

    client, thief = served.signed_in(), served.client()
    name = f"fundtracker-{served.book.uuid[:8]}-session"
    thief.set_cookie(name, served.cookie(client, "session"))
    assert is_in(thief)
    other = served.signed_in()
    if ending == "sign out":
        client.post("/sign-out", data={"csrf_token": read_token(client.get("/sign-out").text)})
    elif ending == "retired":
        retire_person(served.book, "signatory")
    elif ending == "new password":
        assert fill_in(other, CHANGE, present=PASSWORD, password=NEW, again=NEW).status_code == 303
    elif ending == "elsewhere":
        owner = Owner(person_id_of(served.book, "signatory"), "signatory", "", "another session")
        assert end_elsewhere(served.book, owner) == 2
    else:
        code = invite(served.book, "sysadmin", "signatory")
        fill_in(served.client(), INVITATION, login="signatory", code=code, password=NEW, again=NEW)
    assert not is_in(thief)


def test_cookies_are_marked_as_they_must_be(served: Served) -> None:
    """T09, flags: the session cookie is out of reach of scripts and of other sites."""
    header = next(
        one
        for one in sign_in(served.client(), "signatory").headers.getlist("Set-Cookie")
        if "-session=" in one
    )
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_a_second_code_is_used_once(served: Served) -> None:
    """T10: the same code in two browsers, and codes two half minutes off."""
    set_up_factor(served, served.signed_in(), "signatory")
    served.clock.advance(minutes=5)
    first, second = served.client(), served.client()
    for client in (first, second):
        sign_in(client, "signatory")
    code = code_of(served, "signatory")
    assert fill_in(first, CODE, code=code).status_code == 303
    assert fill_in(second, CODE, code=code).status_code == 403
    for steps in (-2, 2):
        assert fill_in(second, CODE, code=code_of(served, "signatory", steps)).status_code == 403
    assert not is_in(second)


GOOD = secrets.token_urlsafe(48)
STRICT: dict[str, Any] = {"profile": "dengbao", "idle_minutes": 15}


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"host": "0.0.0.0"}, "FUNDTRACKER_SECRET_KEY"),
        ({"secret_key": "change-me-change-me-change-me-0123456789"}, "FUNDTRACKER_SECRET_KEY"),
        ({"secret_key": "short"}, "FUNDTRACKER_SECRET_KEY"),
        ({"factor_key": "short"}, "FUNDTRACKER_FACTOR_KEY"),
        ({"factor_key": "sample-sample-0123456789-abcdefghijk"}, "FUNDTRACKER_FACTOR_KEY"),
        ({"host": "0.0.0.0", "secret_key": GOOD, "debug": True}, "FUNDTRACKER_DEBUG"),
        ({"foreign_switches": ("DASH_MCP_ENABLED",)}, "DASH_MCP_ENABLED"),
        ({**STRICT, "idle_minutes": 16}, "FUNDTRACKER_IDLE_MINUTES"),
        ({**STRICT, "session_hours": 9}, "FUNDTRACKER_SESSION_HOURS"),
    ],
)
def test_an_unsafe_start_is_refused_by_name(
    own_url: str, tmp_path: Path, changes: dict[str, Any], variable: str
) -> None:
    """T11: missing, short and sample keys, debug mode, foreign switches, sessions longer than the profile."""
    with pytest.raises(UnsafeStart) as refused:
        serve(own_url, tmp_path, **changes)
    assert variable in [problem.where for problem in refused.value.problems]


def test_an_open_key_file_is_refused(own_url: str, tmp_path: Path) -> None:
    """T11: a key that others on the machine can read."""
    (tmp_path / "state").mkdir()
    key = tmp_path / "state" / "second_factor.key"
    key.write_text(GOOD)
    key.chmod(0o640)
    with pytest.raises(UnsafeStart) as refused:
        serve(own_url, tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["start.secret_file_open"]


def test_the_strict_profile_does_not_start_without_its_three_administrators(
    own_url: str, tmp_path: Path
) -> None:
    """T11: served to others with posts vacant, and with `local` still there."""
    with pytest.raises(UnsafeStart) as refused:
        serve(own_url, tmp_path, host="0.0.0.0", secret_key=GOOD, **STRICT)
    told = [(problem.code, problem.where) for problem in refused.value.problems]
    assert told == [
        ("start.local_active", "local"),
        ("start.post_vacant", "security_admin"),
        ("start.post_vacant", "audit_admin"),
    ]
    assert serve(own_url, tmp_path / "local", **STRICT).settings.profile == "dengbao"


def test_nobody_has_a_password_that_came_with_the_program(served: Served) -> None:
    """T11: `local`, admin and the identities of a demo open nothing with any of the usual passwords."""
    for login in ("local", "admin"):
        for password in ("", "admin", "local", "password", "123456"):
            answer = sign_in(served.client(), login, password)
            assert answer.status_code in (403, 429)


def test_sessions_end_by_idleness_and_by_age(served: Served) -> None:
    """T12: 31 idle minutes; more than eight hours of use."""
    idle, busy = served.signed_in(), served.signed_in()
    served.clock.advance(minutes=29)
    assert is_in(busy)
    served.clock.advance(minutes=2)
    assert not is_in(idle)
    for _ in range(27):
        served.clock.advance(minutes=17)
        busy.get("/_dash-dependencies")
    assert not is_in(busy)


def test_the_log_is_kept_for_half_a_year(book: Book) -> None:
    """T33: dropping the last 90 days is refused."""
    with pytest.raises(Conflict) as refused:
        forget_events(book, book.today() - timedelta(days=90), "sysadmin")
    assert refused.value.code == "log.too_young"


def test_no_secret_and_no_forged_line_gets_into_a_log(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """T34: passwords, codes and tokens that were sent are found in no log, in the database or out of it."""
    canary_password = "CANARY-password-7f3a"
    codes = set_up_factor(served, served.signed_in(), "signatory")
    with caplog.at_level(logging.DEBUG):
        client = served.client()
        sign_in(client, "x\n2026-06-30 INFO signed in", canary_password)
        client.get(f"/sign-in?password={canary_password}")
        sign_in(client, "signatory")
        fill_in(client, CODE, code=codes[0])
    token = served.cookie(client, "session")
    with served.book.look() as look:
        rows = [repr(tuple(row)) for row in look.connection.execute(select(SignIn))]
        tables = [
            row[0]
            for row in look.connection.execute(text("SELECT name FROM sqlite_master WHERE type='table'"))
        ]
        everything = "".join(
            repr(look.connection.execute(text(f'SELECT * FROM "{table}"')).all()) for table in tables
        )
    assert not any("\n" in row or "\\n" in row for row in rows)
    for secret in (canary_password, PASSWORD, codes[0], codes[1], token):
        assert secret not in everything
        assert secret not in caplog.text


@pytest.mark.parametrize("name", ["find_session", "standing_identity"])
def test_the_gate_stays_shut_when_it_cannot_ask(
    canary: Served, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """T35: the database fails while the session, the person or the rights are read."""
    client = canary.signed_in()

    def fail(*_arguments: object) -> None:
        raise OperationalError("SELECT", {}, Exception("connection lost"))

    monkeypatch.setattr(gate, name, fail)
    for output in server_callbacks(canary.app):
        answer = client.post("/_dash-update-component", json=callback_body(canary.app, output))
        assert answer.status_code == 503
        assert set(answer.json or {}) == {"code", "message", "incident"}
        assert CANARY not in answer.text


def test_nothing_is_answered_when_rights_cannot_be_read(
    canary: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T35: the database fails during the very check of the right."""
    from dashboard.auth import visit

    client = canary.signed_in("signatory")
    client.get("/")

    def fail(*_arguments: object) -> None:
        raise OperationalError("SELECT", {}, Exception("connection lost"))

    monkeypatch.setattr(visit, "standing_rights", fail)
    body = callback_body(canary.app, SET_POLICY, {"ask.value": "x"})
    answer = client.post(
        "/_dash-update-component", json=body, headers={"X-CSRFToken": canary.cookie(client, "csrf")}
    )
    assert answer.status_code == 503
    assert CANARY not in answer.text


def test_a_change_of_role_holds_from_the_next_request(canary: Served) -> None:
    """T40: rights are no cache of the session: what was granted opens at once, what was ended closes at once."""
    client = canary.signed_in("bystander")
    body = callback_body(canary.app, SET_POLICY, {"ask.value": "x"})
    assert post_callback(client, body).status_code == 403
    with canary.book.change("local", "appointed") as change:
        drafts = [membership("bystander", Role.COMMISSION_SIGNATORY, from_date=change.on)]
        record_memberships(change, drafts)
    assert CANARY in post_callback(client, body).text
    _end_all(canary.book, "bystander")
    answer = post_callback(client, body)
    assert answer.status_code == 403
    assert CANARY not in answer.text


def test_a_refusal_is_written_down_once_a_minute(
    canary: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """T34, the other way round: who was refused, what, from where; a full disk stops no answer."""
    client = canary.signed_in("manager")
    body = callback_body(canary.app, SET_POLICY, {"ask.value": "x"})
    for _ in range(3):
        assert post_callback(client, body).status_code == 403
    with canary.book.look() as look:
        query = select(SignIn.login, SignIn.address, SignIn.detail, SignIn.succeeded)
        rows = look.connection.execute(query.where(SignIn.event == "refused")).all()
    assert [tuple(row) for row in rows] == [("manager", "127.0.0.1", "/_dash-update-component", False)]

    def fail(*_arguments: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(gate, "note_refusal", fail)
    assert post_callback(client, body).status_code == 403
    assert "not noted" in caplog.text


def test_two_people_at_one_server_are_never_taken_for_each_other(canary: Served) -> None:
    """T40: requests of two people in turn, caches warm, each with the own name and rights."""
    signatory, manager = canary.signed_in("signatory"), canary.signed_in("manager")
    body = callback_body(canary.app, SET_POLICY, {"ask.value": "x"})
    for _ in range(5):
        assert f"{CANARY} x None signatory" in post_callback(signatory, body).text
        assert post_callback(manager, body).status_code == 403
        layout = json.dumps(manager.get("/_dash-layout").json, ensure_ascii=False)
        assert "name of manager" in layout
        assert "name of signatory" not in layout


def test_the_settings_name_the_profile() -> None:
    """T11: the strict profile is switched on by one variable, which brings its idle time along."""
    settings = read_settings({"FUNDTRACKER_PROFILE": "dengbao"})
    assert isinstance(settings, Settings)
    assert (settings.profile, settings.idle_minutes) == ("dengbao", 15)


def _end_all(book: Book, login: str) -> None:
    from dashboard.auth.tenures import read_tenures
    from funds.recording import end_memberships

    with book.look() as look:
        ids = [one.row_id for one in read_tenures(look, book.today()) if one.login == login]
    with book.change("local", "ended") as change:
        end_memberships(change, ids, change.on)
