"""Signing in in two steps: set up, asked for, recovered from, replaced, and asked of everybody where that is the rule."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.wrappers import Response

from dashboard.auth import entry as entry_module
from dashboard.auth import passwords, recovery
from dashboard.auth.administration import invite
from dashboard.auth.door import Door
from dashboard.auth.entry import Entry, give_code, redeem
from dashboard.auth.hashing import TooBusy
from dashboard.auth.plain_page import as_flask
from dashboard.auth.sessions import Origin, Step
from dashboard.auth.visit import NotSignedIn, current_arrival
from tests.dashboard.auth.second_steps import (
    CHANGE,
    CODE,
    FACTOR,
    code_of,
    fill_in,
    is_in,
    person_id_of,
    set_up_factor,
)
from tests.dashboard.serving import PASSWORD, Served, serve, sign_in

NEW = "Eight large ships 8"


@pytest.fixture
def strict(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """The same book under the profile that asks everybody for a second factor."""
    made = serve(own_url, tmp_path, profile="dengbao", idle_minutes=15)
    yield made
    made.book.close()


def with_factor(served: Served, login: str = "signatory") -> tuple[FlaskClient, list[str]]:
    """A browser whose owner has turned on two-step sign-in, and the recovery codes."""
    client = served.signed_in(login)
    codes = set_up_factor(served, client, login)
    served.clock.advance(minutes=2)
    return client, codes


def half_in(served: Served, login: str = "signatory", **more: str) -> FlaskClient:
    """A browser in which the right password was given."""
    client = served.client()
    answer = sign_in(client, login, **more)
    assert answer.location.startswith(CODE), answer.location
    return client


def test_the_password_alone_no_longer_lets_in(served: Served) -> None:
    with_factor(served)
    client = half_in(served)
    assert not is_in(client)
    assert client.get("/").location == "/sign-in?notice=expired"
    assert "6 位数字" in client.get(CODE).text


def test_the_code_lets_in_and_leads_on(served: Served) -> None:
    with_factor(served)
    client = half_in(served, next="/parks?as_of=2026-01-01")
    answer = fill_in(client, CODE, code=code_of(served, "signatory"), next="/parks?as_of=2026-01-01")
    assert answer.location == "/parks?as_of=2026-01-01"
    assert is_in(client)


def test_the_token_of_the_first_step_is_worth_nothing_after_the_second(served: Served) -> None:
    with_factor(served)
    client = half_in(served)
    half = served.cookie(client, "session")
    fill_in(client, CODE, code=code_of(served, "signatory"))
    other = served.client()
    other.set_cookie(f"fundtracker-{served.book.uuid[:8]}-session", half)
    assert not is_in(other)
    assert other.get(CODE).location == "/sign-in?next=%2Fsign-in%2Fcode&notice=expired"


def test_a_step_must_be_done_within_its_time(served: Served) -> None:
    with_factor(served)
    client = half_in(served)
    served.clock.advance(minutes=16)
    assert client.get(CODE).status_code == 302
    assert client.post(CODE, data={"code": "1"}).status_code in (400, 401)


def test_a_step_opens_no_other(served: Served) -> None:
    with_factor(served)
    client = half_in(served)
    for path in (FACTOR, CHANGE):
        assert client.get(path).location.startswith("/sign-in")
    for path in (FACTOR, CHANGE, f"{FACTOR}/done"):
        token = fill_in(client, CODE, code="x", at=path, act="begin")
        assert token.status_code == 401
    assert not is_in(client)


def test_digits_may_be_typed_with_a_gap(served: Served) -> None:
    with_factor(served)
    client, code = half_in(served), code_of(served, "signatory")
    assert fill_in(client, CODE, code=f" {code[:3]} {code[3:]}").status_code == 303


@pytest.mark.parametrize(
    "code",
    ["", "000000", "123", "abcdef", "１２３４５６", "x" * 500, "\ud800".encode("utf-8", "replace").decode()],
)
def test_what_is_no_code_does_not_let_in(served: Served, code: str) -> None:
    with_factor(served)
    client = half_in(served)
    answer = fill_in(client, CODE, code=code)
    assert answer.status_code == 403
    assert "验证码不正确" in answer.text
    assert not is_in(client)


def test_five_wrong_codes_lock_even_the_right_one_and_the_password_does_not_reset_the_count(
    served: Served,
) -> None:
    with_factor(served)
    for _ in range(5):
        served.clock.advance(seconds=1)
        assert fill_in(half_in(served), CODE, code="000000").status_code == 403
    client = served.client()
    answer = sign_in(client, "signatory")
    assert answer.status_code == 429
    served.clock.advance(minutes=16)
    client = half_in(served)
    assert fill_in(client, CODE, code=code_of(served, "signatory")).status_code == 303


def test_the_lock_holds_at_the_second_step_too(served: Served) -> None:
    with_factor(served)
    client = half_in(served)
    for _ in range(5):
        assert fill_in(client, CODE, code="000000").status_code == 403
    answer = fill_in(client, CODE, code=code_of(served, "signatory"))
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.text


def test_a_recovery_code_lets_in_once(served: Served) -> None:
    _, codes = with_factor(served)
    assert len(set(codes)) == 10
    assert fill_in(half_in(served), CODE, code=codes[0].lower().replace("-", " ")).status_code == 303
    assert fill_in(half_in(served), CODE, code=codes[0]).status_code == 403
    assert fill_in(half_in(served), CODE, code=codes[1]).status_code == 303


def test_recovery_codes_of_another_person_do_not_let_in(served: Served) -> None:
    with_factor(served)
    _, others = with_factor(served, "manager")
    assert fill_in(half_in(served), CODE, code=others[0]).status_code == 403


def test_new_recovery_codes_end_the_old_ones(served: Served) -> None:
    client, codes = with_factor(served)
    assert fill_in(client, FACTOR, act="renew", code="000000").status_code == 403
    page = fill_in(client, FACTOR, act="renew", code=code_of(served, "signatory"))
    assert "恢复码" in page.text
    assert codes[1] not in page.text
    assert fill_in(half_in(served), CODE, code=codes[1]).status_code == 403


def test_it_is_turned_off_for_the_password_and_a_code(served: Served) -> None:
    client, codes = with_factor(served)
    other = half_in(served)
    fill_in(other, CODE, code=codes[0])
    assert is_in(other)
    assert fill_in(client, FACTOR, act="drop", password="wrong", code=codes[1]).status_code == 403
    assert fill_in(client, FACTOR, act="drop", password=PASSWORD, code="000000").status_code == 403
    answer = fill_in(client, FACTOR, act="drop", password=PASSWORD, code=codes[1])
    assert answer.location == "/account?notice=factor_removed"
    assert is_in(client)
    assert not is_in(other), "what was signed in with it ends"
    assert sign_in(served.client(), "signatory").location == "/"


def test_it_is_turned_on_with_the_password_and_the_right_digits_only(served: Served) -> None:
    client, other = served.signed_in(), served.signed_in()
    page = fill_in(client, FACTOR, act="begin")
    assert "data:image/svg+xml" in page.text
    code = code_of(served, "signatory")
    assert fill_in(client, FACTOR, act="confirm", code=code, password="wrong").status_code == 403
    assert fill_in(client, FACTOR, act="confirm", code="000000", password=PASSWORD).status_code == 403
    assert sign_in(served.client(), "signatory").location == "/", "not in force before it is confirmed"
    assert fill_in(client, FACTOR, act="confirm", code=code, password=PASSWORD).status_code == 200
    assert not is_in(other), "other sessions end"
    assert fill_in(client, FACTOR, act="begin").status_code == 403
    assert fill_in(client, FACTOR, act="confirm", code=code, password=PASSWORD).status_code == 403


def test_a_set_up_begun_anew_has_another_secret(served: Served) -> None:
    client = served.signed_in()
    fill_in(client, FACTOR, act="begin")
    first = code_of(served, "signatory")
    fill_in(client, FACTOR, act="begin")
    assert code_of(served, "signatory") != first
    answer = fill_in(client, FACTOR, act="confirm", code=first, password=PASSWORD)
    assert answer.status_code == 403


@pytest.mark.parametrize("act", ["renew", "drop", "confirm", "", "other"])
def test_nothing_else_can_be_done_before_it_is_begun(served: Served, act: str) -> None:
    client = served.signed_in()
    answer = fill_in(client, FACTOR, act=act, code="000000", password=PASSWORD)
    assert answer.status_code in (403, 404)


def test_trying_out_the_password_in_a_session_is_locked_too(served: Served) -> None:
    client = served.signed_in()
    for _ in range(5):
        assert fill_in(client, CHANGE, present="wrong", password=NEW, again=NEW).status_code == 403
    answer = fill_in(client, CHANGE, present=PASSWORD, password=NEW, again=NEW)
    assert answer.status_code == 403
    assert "15 分钟后再试" in answer.text


def test_trying_out_codes_in_a_session_is_locked_too(served: Served) -> None:
    client, _ = with_factor(served)
    for _ in range(5):
        assert fill_in(client, FACTOR, act="renew", code="000000").status_code == 403
    answer = fill_in(client, FACTOR, act="renew", code=code_of(served, "signatory"))
    assert "15 分钟后再试" in answer.text


def test_a_new_password_ends_every_other_session(served: Served) -> None:
    client, other = served.signed_in(), served.signed_in()
    assert fill_in(client, CHANGE, present=PASSWORD, password=NEW, again="other").status_code == 422
    assert fill_in(client, CHANGE, present=PASSWORD, password="short", again="short").status_code == 422
    assert fill_in(client, CHANGE, present=PASSWORD, password=PASSWORD, again=PASSWORD).status_code == 422
    assert is_in(other)
    answer = fill_in(client, CHANGE, present=PASSWORD, password=NEW, again=NEW)
    assert answer.location == "/account?notice=password_changed"
    assert is_in(client)
    assert not is_in(other)
    assert sign_in(served.client(), "signatory", NEW).status_code == 303


def test_a_demo_identity_has_no_secret_to_change(served_demo: Served) -> None:
    client = served_demo.client()
    fill_in(client, "/sign-in", at="/demo/enter", identity="manager")
    for path in (CHANGE, FACTOR):
        assert client.get(path).status_code == 404


def test_where_it_is_the_rule_nobody_comes_in_without(strict: Served) -> None:
    client = strict.client()
    answer = sign_in(client, "signatory", next="/parks")
    assert answer.location == "/account/second-factor?next=%2Fparks"
    assert not is_in(client)
    skipped = fill_in(client, answer.location, at=f"{FACTOR}/done", next="/parks")
    assert skipped.location == "/account/second-factor?next=%2Fparks"
    assert not is_in(client), "the step cannot be skipped"
    fill_in(client, FACTOR, act="begin")
    page = fill_in(client, FACTOR, act="confirm", code=code_of(strict, "signatory"))
    assert "恢复码" in page.text
    assert not is_in(client)
    assert fill_in(client, FACTOR, at=f"{FACTOR}/done", next="/parks").location == "/parks"
    assert is_in(client)


def test_where_it_is_the_rule_another_telephone_is_set_up_at_once(strict: Served) -> None:
    client = strict.client()
    sign_in(client, "signatory")
    fill_in(client, FACTOR, act="begin")
    fill_in(client, FACTOR, act="confirm", code=code_of(strict, "signatory"))
    fill_in(client, FACTOR, at=f"{FACTOR}/done")
    strict.clock.advance(minutes=2)
    code = code_of(strict, "signatory")
    answer = fill_in(client, FACTOR, act="drop", password=PASSWORD, code=code)
    assert answer.location == "/account/second-factor?next=%2Faccount"
    assert not is_in(client)


def test_where_it_is_the_rule_a_demo_asks_for_none(demo_url: str, tmp_path: Path) -> None:
    made = serve(demo_url, tmp_path, profile="dengbao", idle_minutes=15)
    client = made.client()
    assert fill_in(client, "/sign-in", at="/demo/enter", identity="manager").location == "/"
    assert is_in(client)
    made.book.close()


def test_an_old_password_is_changed_before_anything_else(strict: Served) -> None:
    strict.clock.advance(days=91)
    client = strict.client()
    assert sign_in(client, "manager").location == "/account/password?next=%2F"
    page = client.get(CHANGE).text
    assert "90 天" in page
    assert 'name="present"' not in page
    weak = "eight large ships"
    answer = fill_in(client, CHANGE, password=weak, again=weak)
    assert answer.status_code == 422
    assert "3 种" in answer.text
    assert fill_in(client, CHANGE, password=PASSWORD, again=PASSWORD).status_code == 422
    assert fill_in(client, CHANGE, password=NEW, again=NEW).location == "/account/second-factor?next=%2F"
    assert not is_in(client)


def test_codes_made_with_a_key_that_is_gone_are_told_as_such(served: Served) -> None:
    _, codes = with_factor(served)
    (served.settings.state / "second_factor.key").unlink()
    again = serve(served.settings.book, served.settings.state.parent)
    again.clock.now = served.clock.now
    client = half_in(again)
    answer = fill_in(client, CODE, code="123456")
    assert "服务器更换了密钥" in answer.text
    assert fill_in(client, CODE, code=codes[0]).status_code == 303
    again.book.close()


def test_forms_about_the_account_lead_outsiders_to_the_door(served: Served) -> None:
    client = served.client()
    for path in (CODE, CHANGE, FACTOR):
        assert client.get(path).location.startswith("/sign-in?next=")


def test_who_is_in_needs_no_step(served: Served) -> None:
    client = served.signed_in()
    assert client.get(CODE).location == "/"
    assert fill_in(client, FACTOR, at=CODE, code="000000", next="/parks").location == "/parks"


def test_a_rush_is_told_at_every_form(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with_factor(served)
    client = half_in(served)

    def no_turn() -> AbstractContextManager[None]:
        raise TooBusy("sign_in.busy")

    for module in (passwords, recovery):
        monkeypatch.setattr(module, "taking_turn", no_turn)
    told = [
        sign_in(served.client(), "signatory"),
        fill_in(client, CODE, code="AAAA-BBBB-CCCC"),
    ]
    for answer in told:
        assert answer.status_code == 429
        assert "同时登录的人太多" in answer.text


def test_a_code_of_somebody_without_a_second_factor_is_refused(served: Served) -> None:
    door = Door(served.book, served.settings)
    entry = give_code(door, person_id_of(served.book, "manager"), "manager", "123456", Origin("10.0.0.1"))
    assert entry.refusal == "code.refused"


def test_of_two_who_redeem_at_once_one_is_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    code = invite(served.book, "sysadmin", "bystander")
    monkeypatch.setattr(entry_module, "take_invitation", lambda *_given: False)
    entry = redeem(Door(served.book, served.settings), "bystander", code, NEW, Origin())
    assert entry == Entry(None, "invitation.refused")


def test_no_view_of_a_step_works_without_the_gate(served: Served) -> None:
    with served.app.server.test_request_context(CODE), pytest.raises(NotSignedIn):
        current_arrival(Step.CODE)
    with pytest.raises(TypeError):
        as_flask(Response())
