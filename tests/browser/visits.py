"""Visits with a browser: an application that listens, coming in, and what is looked at again and again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from werkzeug.serving import make_server

from dashboard.jobs.claims import has_work
from dashboard.worker.work import work_all
from funds.book import Book
from tests.dashboard.serving import PASSWORD, Served

SLOW = 30_000
# What stands in a page once it is drawn, whatever page it is; the skeleton before it has none of these.
DRAWN = "#content h1, #content .state-title"
PATIENCE = 5_000
FITS = """() => [document.scrollingElement, ...document.querySelectorAll('.head-line, .head-side')]
    .every((part) => part.scrollWidth <= Math.ceil(part.getBoundingClientRect().width))"""
SERIOUS = ("serious", "critical")


@contextmanager
def running(served: Served) -> Iterator[str]:
    """The address of the application, listening, with a worker beside it."""
    server = make_server("127.0.0.1", 0, served.app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    is_over = threading.Event()
    worker = threading.Thread(target=_work_on, args=(served.book, is_over))
    worker.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        is_over.set()
        worker.join()
        server.shutdown()
        thread.join()
        server.server_close()


def _work_on(book: Book, is_over: threading.Event) -> None:
    """Do what people ask for, as the worker beside a server does."""
    while not is_over.wait(0.2):
        if has_work(book):
            work_all(book)


def listen(page: BrowserPage) -> list[str]:
    """What the browser complains about from now on."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def enter_demo(
    page: BrowserPage, address: str, identity: str = "commission", language: str = "zh", path: str = "/"
) -> None:
    """Enter a demo with one click on the way to a page, and wait for it."""
    page.goto(f"{address}/sign-in?{urlencode({'language': language, 'next': path})}")
    page.locator(f'button[value="{identity}"]').click()
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW)


def sign_in(page: BrowserPage, address: str, path: str = "/", login: str = "signatory") -> None:
    """Sign in with name and password on the way to a page, by keyboard."""
    page.goto(address + path)
    # What is typed before the field has the focus is lost.
    expect(page.locator("input[name=login]")).to_be_focused(timeout=SLOW)
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW)


def visit(page: BrowserPage, address: str) -> None:
    """Open an address and wait until its page and every figure on it is drawn."""
    page.goto(address)
    settle(page)


def settle(page: BrowserPage) -> None:
    """Wait until the page that was asked for is drawn, figures and all."""
    expect(page.locator(DRAWN).first).to_be_visible(timeout=SLOW)
    page.wait_for_function(
        """() => !document.querySelector('#content[data-dash-is-loading="true"]')
        && [...document.querySelectorAll('#content .dash-graph')].every(
            (graph) => graph.querySelector('.main-svg'))""",
        timeout=SLOW,
    )


def colour(hexadecimal: str) -> str:
    """A colour as the browser tells it."""
    return "rgb({}, {}, {})".format(*(int(hexadecimal[at : at + 2], 16) for at in (1, 3, 5)))


def fits(page: BrowserPage) -> bool:
    """Whether nothing sticks out to the side, neither of the page nor of its head, once figures have followed."""
    try:
        page.wait_for_function(FITS, timeout=PATIENCE)
    except PlaywrightTimeout:
        return False
    return True


def find_faults(page: BrowserPage) -> list[str]:
    """The serious and critical accessibility faults that axe-core finds in the page as it stands."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations)"
    )
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]
