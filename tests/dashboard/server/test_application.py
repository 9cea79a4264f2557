"""The application is put together whole: warm, beside another, and without doors that Dash would add."""

from pathlib import Path

import pytest

from dashboard.server import create_app
from dashboard.settings import Settings
from funds.book import Book
from funds.errors import BookUnusable, SchemaBehind
from tests.dashboard.server.pages_for_tests import CANARY, TEST_PAGES
from tests.dashboard.serving import Served, build_own, callback_body, post_callback, serve
from tests.engines import Databases


def test_everything_is_set_up_before_the_first_visitor(served: Served) -> None:
    assert served.app._got_first_request["setup_server"]
    assert "dash_mantine_components" in served.app.registered_paths


def test_a_book_is_served_from_either_engine(databases: Databases, tmp_path: Path) -> None:
    made = serve(databases.copy_of("served own", build_own), tmp_path, TEST_PAGES)
    client = made.signed_in("manager")
    made.clock.advance(minutes=2)
    output = next(iter(made.app.callback_map))
    answer = post_callback(client, callback_body(made.app, output, {"url.pathname": "/"}))
    assert CANARY in answer.text
    assert made.client().get("/_dash-layout").status_code == 401
    made.book.close()


def test_two_applications_live_in_one_process(served: Served, demo_url: str, tmp_path: Path) -> None:
    second = serve(demo_url, tmp_path / "second", TEST_PAGES)
    shared = [name for name in served.app.callback_map if name in second.app.callback_map]
    assert shared
    assert set(second.app.callback_map) - set(served.app.callback_map), "each has its own pages' callbacks"
    client = served.signed_in()
    body = callback_body(served.app, shared[0], {"url.pathname": "/"})
    assert post_callback(client, body).status_code == 200
    second.book.close()


def test_dash_adds_no_door_for_machines(served: Served) -> None:
    client = served.signed_in()
    addresses = {rule.rule for rule in served.app.server.url_map.iter_rules()}
    assert not [address for address in addresses if "mcp" in address or "ws" in address]
    assert client.get("/_mcp").status_code == 404


def test_the_environment_cannot_open_the_door_for_machines(
    own_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    made = serve(own_url, tmp_path)
    assert not [rule for rule in made.app.server.url_map.iter_rules() if "mcp" in rule.rule]
    made.book.close()


@pytest.mark.parametrize(
    ("address", "status"), [("/", 200), ("/none", 404), ("/assets", 404), ("/API/x", 404)]
)
def test_a_page_that_does_not_exist_says_so_in_its_status(served: Served, address: str, status: int) -> None:
    answer = served.signed_in().get(address)
    assert answer.status_code == status
    assert "react-entry-point" in answer.text


def test_no_answer_is_found_under_api(served: Served) -> None:
    client = served.signed_in()
    assert client.get("/api/funds").json == {"code": "http.404", "message": "没有找到。请检查地址。"}


@pytest.mark.parametrize(("language", "lang"), [("zh", "zh-CN"), ("en", "en"), ("xx", "zh-CN")])
def test_the_page_is_in_the_language_of_the_visit(served: Served, language: str, lang: str) -> None:
    client = served.signed_in()
    client.set_cookie("language", language)
    assert f'<html lang="{lang}"' in client.get("/").text


def test_the_page_comes_in_the_light_of_the_visit(served: Served) -> None:
    client = served.signed_in()
    assert 'data-mantine-color-scheme="light"' in client.get("/").text
    client.set_cookie("scheme", "dark")
    assert 'data-mantine-color-scheme="dark"' in client.get("/").text
    client.set_cookie("scheme", '"><script>')
    assert 'data-mantine-color-scheme="light"' in client.get("/").text


def test_a_book_that_is_not_there_is_not_served(tmp_path: Path) -> None:
    book = Book(str(tmp_path / "none.sqlite3"))
    with pytest.raises(BookUnusable):
        create_app(book, Settings("none", tmp_path, tmp_path))


def test_a_book_without_its_shape_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()
    book = Book(str(tmp_path / "empty.sqlite3"))
    with pytest.raises(SchemaBehind):
        create_app(book, Settings("empty", tmp_path, tmp_path))
    book.close()


def test_answers_are_compressed(served: Served) -> None:
    client = served.signed_in()
    answer = client.get("/_dash-dependencies", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
