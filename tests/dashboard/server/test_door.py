"""The door: who signs in gets a session of their own, who signs out has none left, and a demo is a demo."""

import pytest

from dashboard.auth.demo import DEMO_IDENTITIES
from tests.dashboard.serving import CITY, Served, read_token, sign_in


def flags(header: str) -> dict[str, str]:
    """The attributes of a Set-Cookie header."""
    parts = [part.strip().partition("=") for part in header.split(";")[1:]]
    return {name.lower(): value for name, _, value in parts}


def cookies_of(headers: list[str], kind: str) -> dict[str, str]:
    """The attributes of the cookie of a kind."""
    (found,) = [header for header in headers if f"-{kind}=" in header.split(";")[0]]
    return flags(found)


def test_signing_in_opens_the_first_page(served: Served) -> None:
    client = served.client()
    answer = sign_in(client, "signatory")
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("login", "password"), [("signatory", "wrong"), ("nobody", "wrong"), ("", "")])
def test_a_refusal_says_the_same_to_everybody_and_keeps_the_login(
    served: Served, login: str, password: str
) -> None:
    answer = sign_in(served.client(), login, password)
    assert answer.status_code == 403
    assert "用户名或密码不正确" in answer.text
    assert f'name="login" value="{login}"' in answer.text
    assert password not in answer.text or not password


def test_a_login_is_shown_as_text(served: Served) -> None:
    answer = sign_in(served.client(), '"><script>alert(1)</script>', "wrong")
    assert "<script>alert" not in answer.text


def test_too_many_failures_are_told_with_what_to_do(served: Served) -> None:
    client = served.client()
    for _ in range(5):
        sign_in(client, "signatory", "wrong")
    answer = sign_in(client, "signatory")
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.text


def test_the_session_cookie_is_out_of_reach_of_scripts(served: Served) -> None:
    answer = sign_in(served.client(), "signatory")
    set_cookies = answer.headers.getlist("Set-Cookie")
    session = cookies_of(set_cookies, "session")
    assert {"httponly", "samesite", "path"} <= set(session)
    assert (session["samesite"], session["path"]) == ("Lax", "/")
    assert "secure" not in session, "this machine serves itself without HTTPS"
    assert "domain" not in session
    assert "max-age" not in session
    assert "expires" not in session


def test_the_form_cookie_is_out_of_reach_of_scripts_too(served: Served) -> None:
    answer = served.client().get("/sign-in")
    form = cookies_of(answer.headers.getlist("Set-Cookie"), "form")
    assert "httponly" in form
    assert form["samesite"] == "Lax"


def test_a_new_session_is_a_new_token_and_ends_the_one_before(served: Served) -> None:
    client, copy = served.signed_in(), served.client()
    first = served.cookie(client, "session")
    copy.set_cookie(f"fundtracker-{served.book.uuid[:8]}-session", first)
    assert copy.get("/_dash-layout").status_code == 200
    client.get("/sign-out")
    token = read_token(client.get("/sign-out").text)
    data = {"login": "manager", "password": "seven small boats", "csrf_token": token}
    assert client.post("/sign-in", data=data).status_code == 303
    assert served.cookie(client, "session") != first
    assert copy.get("/_dash-layout").status_code == 401


def test_a_token_planted_before_signing_in_is_worth_nothing_after(served: Served) -> None:
    client = served.client()
    client.set_cookie(f"fundtracker-{served.book.uuid[:8]}-session", "planted")
    sign_in(client, "signatory")
    assert served.cookie(client, "session") != "planted"


def test_form_tokens_change_with_the_session(served: Served) -> None:
    client = served.client()
    before = read_token(client.get("/sign-in").text)
    sign_in(client, "signatory")
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_kills_the_session_wherever_it_was_copied(served: Served) -> None:
    client, copy = served.signed_in(), served.client()
    copy.set_cookie(f"fundtracker-{served.book.uuid[:8]}-session", served.cookie(client, "session"))
    answer = client.post("/sign-out", data={"csrf_token": read_token(client.get("/sign-out").text)})
    assert answer.location == "/sign-in?notice=left"
    assert served.cookie(client, "session") == ""
    assert copy.get("/_dash-layout").status_code == 401
    assert "您已退出登录" in client.get(answer.location).text


def test_a_form_without_its_token_changes_nothing(served: Served) -> None:
    client = served.signed_in()
    assert client.post("/sign-out").status_code == 400
    assert client.get("/_dash-layout").status_code == 200
    answer = served.client().post("/sign-in", data={"login": "signatory", "password": "seven small boats"})
    assert answer.status_code == 400
    assert "表单已失效" in answer.text


def test_who_is_in_goes_on_from_the_sign_in_page(served: Served) -> None:
    client = served.signed_in()
    assert client.get("/sign-in?next=/parks").location == "/parks"
    assert client.get("/sign-in?next=//elsewhere.example").location == "/"


def test_the_door_speaks_english_on_a_switch_and_remembers(served: Served) -> None:
    client = served.client()
    assert 'lang="zh-CN"' in client.get("/sign-in").text
    assert "User name" in client.get("/sign-in?language=en").text
    assert "User name" in client.get("/sign-in").text
    assert "用户名" in client.get("/sign-in?language=zh").text
    assert "用户名" in client.get("/sign-in?language=fr").text


def test_a_book_of_ones_own_has_no_demo_entry(served: Served) -> None:
    client = served.client()
    page = client.get("/sign-in").text
    assert "示例身份" not in page
    assert "/demo/enter" not in page
    for identity in DEMO_IDENTITIES:
        data = {"identity": identity.key, "csrf_token": read_token(page)}
        assert client.post("/demo/enter", data=data).status_code == 404
    assert client.get("/_dash-layout").status_code == 401


def test_a_demo_lets_each_identity_in_by_one_click(served_demo: Served) -> None:
    for identity in DEMO_IDENTITIES:
        client = served_demo.client()
        page = client.get("/sign-in").text
        assert "示例" in page
        data = {"identity": identity.key, "csrf_token": read_token(page), "next": "/"}
        assert client.post("/demo/enter", data=data).status_code == 303
        assert identity.login in client.get("/_dash-layout").text


def test_a_demo_entry_needs_its_form_token_and_an_identity(served_demo: Served) -> None:
    client = served_demo.client()
    token = read_token(client.get("/sign-in").text)
    assert client.post("/demo/enter", data={"identity": "manager"}).status_code == 400
    assert client.post("/demo/enter", data={"identity": "local", "csrf_token": token}).status_code == 404
    assert client.get(f"/demo/enter?identity=manager&csrf_token={token}").status_code == 302
    assert client.get("/_dash-layout").status_code == 401


def test_the_door_says_whose_book_it_is(served: Served) -> None:
    assert CITY in served.client().get("/sign-in").text
