"""The frame shows each person their own pages, says as of when, and outlives whatever a page does."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.server.pages_for_tests import CANARY, TEST_PAGES
from tests.dashboard.serving import Served, callback_body, post_callback, serve

SHOWN = "..content.children...nav.children"


@pytest.fixture
def canary(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """An application with the pages of the tests."""
    made = serve(own_url, tmp_path, TEST_PAGES)
    yield made
    made.book.close()


def show(served: Served, login: str, path: str, search: str = "", language: str = "zh") -> dict[str, Any]:
    """What the frame's callback answers for an address, by `id.property`, as text."""
    client = served.signed_in(login)
    client.set_cookie("language", language)
    output = next(name for name in served.app.callback_map if name.startswith(SHOWN))
    body = callback_body(served.app, output, {"url.pathname": path, "url.search": search})
    answer = post_callback(client, body)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    told = answer.json["response"]
    return {
        f"{name}.{prop}": value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)
        for name, props in told.items()
        for prop, value in props.items()
    }


def test_a_page_is_shown_to_who_may_see_it(canary: Served) -> None:
    shown = show(canary, "manager", "/")
    assert CANARY in shown["content.children"]
    assert shown["page-title.data"] == "首页 · 产业基金台账"
    assert shown["moment-label.children"] == "截至 2026年6月30日 · 第 5 版"
    assert shown["moment-line.children"].startswith("示例市 · 截至")
    assert shown["moment-day.value"] == "2026-06-30"
    assert shown["moment-version.value"] == ""


def test_a_past_version_is_called_one(canary: Served) -> None:
    shown = show(canary, "manager", "/", "?as_of=2026-03-31&as_known=3", "en")
    for place in ("moment-label.children", "moment-line.children"):
        assert "As of 31 Mar 2026 · as known at version 3" in shown[place]
        assert "moment-past" in shown[place]
    assert shown["moment-version.value"] == 3
    assert "/?as_of=2026-03-31&as_known=3" in shown["nav.children"]


@pytest.mark.parametrize(("login", "path"), [("manager", "/policy/A"), ("sysadmin", "/"), ("bystander", "/")])
def test_a_page_is_not_shown_to_who_may_not(canary: Served, login: str, path: str) -> None:
    shown = show(canary, login, path)
    assert CANARY not in str(shown)
    assert "没有查看权限" in shown["content.children"]


def test_the_navigation_holds_only_pages_that_are_open(canary: Served) -> None:
    assert show(canary, "signatory", "/")["nav.children"].count("NavLink") == 2
    assert show(canary, "manager", "/")["nav.children"].count("NavLink") == 1
    assert show(canary, "signatory", "/")["nav.children"].count("nav-heading") == 1
    assert show(canary, "sysadmin", "/")["nav.children"] == "[]"


def test_an_address_without_a_page_says_so(canary: Served) -> None:
    shown = show(canary, "manager", "/nowhere")
    assert "没有找到" in shown["content.children"]
    assert shown["page-title.data"] == "没有找到 · 产业基金台账"


def test_a_state_that_cannot_be_read_says_what_it_should_be(canary: Served) -> None:
    shown = show(canary, "manager", "/", "?as_of=yesterday")
    assert "2026-09-30 的形式" in shown["content.children"]
    assert shown["moment-day.value"] == "2026-06-30"


def test_a_page_that_crashes_is_an_incident_and_the_frame_stands(
    canary: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        shown = show(canary, "manager", "/failing", "?how=crash")
    assert "这一页没能显示" in shown["content.children"]
    assert "secret value" not in str(shown)
    incident = caplog.text.split("incident ")[1].split()[0]
    assert incident in shown["content.children"]


@pytest.mark.parametrize(("how", "words"), [("not_found", "没有找到"), ("not_allowed", "没有查看权限")])
def test_a_page_that_refuses_is_no_incident(
    canary: Served, caplog: pytest.LogCaptureFixture, how: str, words: str
) -> None:
    assert words in show(canary, "manager", "/failing", f"?how={how}")["content.children"]
    assert "incident" not in caplog.text


def test_a_book_that_fails_under_a_page_is_an_incident(
    canary: Served, caplog: pytest.LogCaptureFixture
) -> None:
    shown = show(canary, "manager", "/failing", "?how=unusable")
    assert "这一页没能显示" in shown["content.children"]
    assert "incident" in caplog.text


def test_the_frame_names_the_person_the_book_and_the_roles(canary: Served) -> None:
    client = canary.signed_in("manager")
    layout = json.dumps(client.get("/_dash-layout").json, ensure_ascii=False)
    assert "name of manager" in layout
    assert "基金管理人" in layout
    assert "示例市" in layout
    assert '"badge"' not in layout
    assert "没有生效的角色" in json.dumps(
        canary.signed_in("bystander").get("/_dash-layout").json, ensure_ascii=False
    )


def test_a_demo_is_marked_on_every_page(served_demo: Served) -> None:
    from tests.dashboard.serving import read_token

    client = served_demo.client()
    token = read_token(client.get("/sign-in").text)
    client.post("/demo/enter", data={"identity": "park", "csrf_token": token})
    layout = json.dumps(client.get("/_dash-layout").json, ensure_ascii=False)
    assert '"badge"' in layout
    assert "示例数据" in layout
