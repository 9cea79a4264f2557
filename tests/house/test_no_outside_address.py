"""Nothing that is served, and nothing that we wrote to be served, names an address elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.dashboard.serving import Served, build_demo, build_own, read_token, serve, sign_in
from tests.engines import SqliteDatabases
from tests.house.tree import ROOT

ADDRESS = re.compile(r"(?:https?:|wss?:|ftp:)?//[a-zA-Z0-9][^\s\"'<>)\\]*", re.ASCII)
NAMED = re.compile(r"(?:https?|wss?|ftp)://[a-zA-Z0-9][^\s\"'<>)\\]*", re.ASCII)
# The name of a language of pictures, which nobody fetches.
NAMES_ONLY = ("http://www.w3.org/2000/svg",)
OURS = (".css", ".js", ".svg", ".html", ".py", ".json")
PLACES = ("/", "/nowhere", "/sign-out", "/_dash-layout", "/_dash-dependencies", "/api/none", "/health")


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """An application over a book of one's own."""
    made = serve(sqlite.copy_of("served own", build_own), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


def addresses(text: str) -> list[str]:
    """The outside addresses in a text, with or without their scheme."""
    return [found for found in ADDRESS.findall(text) if not found.startswith(NAMES_ONLY)]


def linked(client: FlaskClient, page: str) -> Iterator[str]:
    """The text of every file of our own that a page links to."""
    for address in set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)):
        yield client.get(address, buffered=True).text


def test_no_page_or_answer_names_an_outside_address(served: Served) -> None:
    client = served.signed_in()
    for place in PLACES:
        text = client.get(place).text
        assert addresses(text) == [], place
        for file in linked(client, text):
            assert [found for found in NAMED.findall(file) if not found.startswith(NAMES_ONLY)] == []


def test_no_page_at_the_door_names_one(served: Served, sqlite: SqliteDatabases, tmp_path: Path) -> None:
    demo = serve(sqlite.copy_of("served demo", build_demo), tmp_path / "demo")
    for each in (served, demo):
        client = each.client()
        page = client.get("/sign-in").text
        refused = sign_in(client, "nobody", "wrong").text
        stale = client.post("/sign-in").text
        assert read_token(page)
        assert addresses(page + refused + stale) == []
        assert len(list(linked(client, page))) >= 5
    demo.book.close()


def test_every_script_and_style_of_a_page_is_served_from_here(served: Served) -> None:
    page = served.signed_in().get("/").text
    sources = re.findall(r'<(?:script|link)[^>]*?(?:src|href)="([^"]*)"', page)
    assert len(sources) > 8
    ours = ("/_dash-component-suites/", "/assets/")
    assert [source for source in sources if not source.startswith(ours)] == []


def test_nothing_that_we_wrote_names_one() -> None:
    found = {
        str(path.relative_to(ROOT)): [one for one in NAMED.findall(text) if not one.startswith(NAMES_ONLY)]
        for path in sorted((ROOT / "dashboard").rglob("*"))
        if path.suffix in OURS and (text := path.read_text("utf-8"))
    }
    assert len(found) > 30
    assert {name: named for name, named in found.items() if named} == {}


@pytest.mark.parametrize(
    "text",
    ['<script src="https://cdn.example/x.js">', 'url("//fonts.example/a.woff2")', "fetch('wss://x.example')"],
)
def test_an_outside_address_is_found(text: str) -> None:
    assert len(addresses(text)) == 1
