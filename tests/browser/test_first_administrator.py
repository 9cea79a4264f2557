"""From nothing to the first person at work: a book, an administrator, two steps, a page that is still empty."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from tests.browser.visits import SLOW, fits, listen, running, settle
from tests.dashboard.auth.second_steps import code_of
from tests.dashboard.cli.terminal import run
from tests.dashboard.serving import Served, serve

pytestmark = pytest.mark.browser
OpenPage = Callable[..., BrowserPage]
SECRET = "Eight-large-ships-2026"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book as `fundtracker init` leaves it."""
    path = tmp_path / "book.sqlite3"
    assert run("init", "--book", path, "--city", "示例市").code == 0
    return path


@pytest.fixture
def served(book: Path, tmp_path: Path) -> Iterator[Served]:
    """That book served by the stricter of the two profiles."""
    made = serve(str(book), tmp_path, profile="dengbao", idle_minutes=15)
    made.clock.now = datetime.now(UTC)  # the commands go by the clock on the wall
    yield made
    made.book.close()


def person(book: Path, *words: str) -> str:
    """What `fundtracker person` said; `local` stands in for administrators who are not there yet."""
    answer = run("person", "--book", book, *words)
    assert answer.code == 0, answer.err
    return answer.out.decode()


def invited(told: str) -> str:
    """The code at the end of what a command told."""
    return told.strip().rpartition("：")[2]


def arrive(page: BrowserPage, address: str, served: Served, login: str, code: str) -> None:
    """From the link to the invitation over password and telephone to the first page, by keyboard."""
    page.goto(f"{address}/sign-in")
    page.get_by_role("link", name="收到了邀请码").click()
    expect(page.locator("input[name=login]")).to_be_focused()
    for text in (login, code, SECRET, SECRET):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="开始设置")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".qr img")).to_be_visible()
    page.keyboard.type(code_of(served, login))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_text("我已保存，继续").click()


@pytest.mark.full
def test_a_fresh_book_gets_its_administrator_and_its_first_person_at_work(
    open_page: OpenPage, book: Path, served: Served
) -> None:
    code = invited(
        person(book, "add", "sysadmin", "--name", "系统管理员", "--role", "system_admin", "--invite")
    )
    with running(served) as address:
        desk = open_page()
        complaints = listen(desk)
        arrive(desk, address, served, "sysadmin", code)
        expect(desk.locator("#content h1")).to_have_text("人员与账号", timeout=SLOW)

        served.clock.advance(minutes=1)  # a code is taken once
        again = open_page()
        again.goto(f"{address}/sign-in")
        for text, key in (("sysadmin", "Tab"), (SECRET, "Enter")):
            again.keyboard.type(text)
            again.keyboard.press(key)
        expect(again.locator("input[name=code]")).to_be_focused()
        again.keyboard.type(code_of(served, "sysadmin"))
        again.keyboard.press("Enter")
        expect(again.locator("#content h1")).to_have_text("人员与账号", timeout=SLOW)
        settle(again)
        again.get_by_label("姓名").fill("第一位同事")
        again.locator("#new-login").fill("first")
        again.keyboard.press("Enter")
        given = again.locator("#one-time-code")
        expect(given).to_be_visible(timeout=SLOW)
        person(book, "grant", "first", "--role", "commission_signatory", "--reason", "任命")

        work = open_page(390, 844)
        complaints_at_work = listen(work)
        arrive(work, address, served, "first", given.inner_text())
        expect(work.locator("#content h1, #content .state-title").first).to_be_visible(timeout=SLOW)
        expect(work.locator("#content")).to_contain_text("还没有")
        assert fits(work)
        assert complaints == complaints_at_work == []
