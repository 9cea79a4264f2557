"""The browser of the tests: where it comes from, and the watch that nothing slips past."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import chromium
from tests.chromium import WatchedPages, is_outside

ELSEWHERE = "//192.0.2.1:9"
LEAKS = {
    "an image": f'<img src="http:{ELSEWHERE}/a.png">',
    "a script": f'<script src="https:{ELSEWHERE}/a.js"></script>',
    "a style sheet": f'<link rel="stylesheet" href="http:{ELSEWHERE}/a.css">',
    "a font in a style": (
        f"<style>@font-face{{font-family:x;src:url(http:{ELSEWHERE}/a.woff)}}p{{font-family:x}}</style><p>字</p>"
    ),
    "a frame": f'<iframe src="http:{ELSEWHERE}/"></iframe>',
    "a fetch": f"<script>fetch('http:{ELSEWHERE}/').catch(() => 0)</script>",
    "a beacon": f"<script>navigator.sendBeacon('http:{ELSEWHERE}/')</script>",
    "a socket": f"<script>new WebSocket('ws:{ELSEWHERE}/')</script>",
    "a name": '<img src="https://cdn.example.org/a.png">',
}


class _Served(BaseHTTPRequestHandler):
    body = "<!doctype html><meta charset=utf-8><title>园区</title><h1>示例市</h1>"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *_parts: object) -> None:
        """Nothing: the closing line of a run belongs to pytest."""


@pytest.fixture
def address() -> Iterator[str]:
    """A page on this machine."""
    with HTTPServer(("127.0.0.1", 0), _Served) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test_a_page_of_this_machine_is_shown(page: Page, address: str) -> None:
    page.goto(address)
    assert page.title() == "园区"
    assert page.get_by_role("heading").inner_text() == "示例市"


@pytest.mark.browser
@pytest.mark.parametrize("leak", LEAKS)
def test_a_request_to_another_machine_is_stopped_and_remembered(
    browser: Browser, address: str, leak: str
) -> None:
    pages = WatchedPages(browser)
    page = pages.open()
    page.goto(address)
    page.set_content(LEAKS[leak], wait_until="commit")
    for _ in range(100):
        if pages.outside:
            break
        page.wait_for_timeout(50)
    pages.close()
    [url] = pages.outside
    assert url.partition(":")[2].startswith((ELSEWHERE, "//cdn.example.org"))


@pytest.mark.browser
def test_a_page_takes_the_size_the_light_and_the_language_asked_for(browser: Browser) -> None:
    pages = WatchedPages(browser)
    page = pages.open(390, 844, dark=True, locale="en-GB")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    seen = page.evaluate("[innerWidth, navigator.language]")
    pages.close()
    assert (dark, seen) == (True, [390, "en-GB"])


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("http://127.0.0.1:8050/x", False),
        ("http://localhost/", False),
        ("http://[::1]:80/", False),
        ("data:image/png;base64,AA==", False),
        ("blob:http://127.0.0.1/1", False),
        ("http://10.0.0.1/", True),
        ("https://localhost.example.org/", True),
        ("file:///etc/hostname", True),
        ("ws://192.0.2.1/", True),
    ],
)
def test_only_this_machine_is_inside(url: str, outside: bool) -> None:
    assert is_outside(url) is outside


def test_without_rights_the_command_for_root_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(chromium.CHROMIUM_VARIABLE, raising=False)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium, "install_chromium", lambda: pytest.fail("installed without rights"))
    assert chromium.main() == 1
    assert "apt-get install -y --no-install-recommends chromium fonts-noto-cjk" in capsys.readouterr().err


def test_a_browser_named_by_the_environment_is_taken_or_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "browser"
    monkeypatch.setenv(chromium.CHROMIUM_VARIABLE, str(program))
    assert chromium.main() == 1
    assert str(program) in capsys.readouterr().err
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert chromium.find_chromium() == program
