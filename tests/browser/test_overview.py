"""The overview with the made-up city, as a person at a browser meets it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from werkzeug.serving import make_server

from dashboard.figures.palette import PALETTES
from tests.browser.city import build_city, serve_city
from tests.dashboard.serving import Served
from tests.engines import SqliteDatabases

pytestmark = pytest.mark.browser
OpenPage = Callable[..., BrowserPage]
SLOW = 30_000


@contextmanager
def running(served: Served) -> Iterator[str]:
    """The address of the application, listening."""
    server = make_server("127.0.0.1", 0, served.app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def address(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[str]:
    with serve_city(sqlite.copy_of("made-up city", build_city), tmp_path) as served, running(served) as at:
        yield at
    sqlite.drop_made()


def listen(page: BrowserPage) -> list[str]:
    """What the browser complains about from now on."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def come_in(page: BrowserPage, address: str, identity: str = "commission", language: str = "zh") -> None:
    """Enter the demo with one click."""
    page.goto(f"{address}/sign-in?language={language}")
    page.locator(f'button[value="{identity}"]').click()
    expect(page.locator(".headline")).to_be_visible(timeout=SLOW)


def colour(hexadecimal: str) -> str:
    """A colour as the browser tells it."""
    return "rgb({}, {}, {})".format(*(int(hexadecimal[at : at + 2], 16) for at in (1, 3, 5)))


def fits(page: BrowserPage) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [(1440, False, "zh"), (1440, True, "en"), (1024, False, "en"), (390, False, "zh"), (390, True, "en")],
)
def test_the_overview_is_drawn_whole_at_every_width_and_in_both_lights(
    open_page: OpenPage, address: str, width: int, dark: bool, language: str
) -> None:
    page = open_page(width, 900, dark=dark)
    complaints = listen(page)
    come_in(page, address, language=language)
    expect(page.locator(".sankey .node-label").first).to_be_visible(timeout=SLOW)
    ink = PALETTES["dark" if dark else "light"].ink
    expect(page.locator(".sankey .node-label").first).to_have_css("fill", colour(ink))
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(4)
    expect(page.locator(".figure-number")).to_have_count(18)
    assert fits(page)
    assert complaints == []


def test_a_number_opens_its_passport_and_leads_to_its_definition(open_page: OpenPage, address: str) -> None:
    page = open_page()
    complaints = listen(page)
    come_in(page, address)
    number = page.locator(".figure-number").nth(6)
    text = number.inner_text()
    number.focus()
    page.keyboard.press("Enter")
    sheet = page.locator(".passport-sheet")
    expect(sheet.locator(".passport-value")).to_have_text(text, timeout=SLOW)
    expect(sheet.locator(".passport-name")).to_contain_text("LV04")
    expect(sheet).to_contain_text("示例市.xlsx · 认缴!")
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    number.click()
    sheet.get_by_role("link", name="查看完整定义").click()
    expect(page.locator("h1")).to_have_text("社会资本杠杆率", timeout=SLOW)
    assert urlsplit(page.url).path == "/definitions/LV04"
    assert complaints == []


def test_a_cell_of_the_grid_opens_its_passport(open_page: OpenPage, address: str) -> None:
    page = open_page()
    come_in(page, address)
    cell = page.locator('.ag-row[row-id="park:P03"] [col-id="PF09-nav"]')
    text = cell.inner_text(timeout=SLOW)
    cell.click()
    expect(page.locator(".passport-value")).to_have_text(text, timeout=SLOW)
    expect(page.locator(".passport-sheet")).to_contain_text("示例市江湾园区")


def test_columns_of_numbers_sort_by_number(open_page: OpenPage, address: str) -> None:
    page = open_page()
    come_in(page, address)
    header = page.locator('.ag-header-cell[col-id="PF01-committed"]')
    expect(header).to_be_visible(timeout=SLOW)
    header.click()
    cells = page.locator('.ag-center-cols-container [col-id="PF01-committed"]')
    expect(header).to_have_attribute("aria-sort", "descending")
    page.wait_for_timeout(500)
    order = sorted(
        (
            int(row.get_attribute("row-index") or 0),
            float(row.locator('[col-id="PF01-committed"]').inner_text()),
        )
        for row in page.locator(".ag-center-cols-container .ag-row").all()
    )
    amounts = [amount for _, amount in order]
    assert len(amounts) == cells.count() == 4
    assert amounts == sorted(amounts, reverse=True)


def test_state_is_in_the_address_and_the_back_button_returns(open_page: OpenPage, address: str) -> None:
    page = open_page()
    come_in(page, address)
    number = page.locator(".figure-number").nth(6)
    today = number.inner_text()
    page.get_by_role("link", name="计入社会资本").click()
    expect(number).not_to_have_text(today, timeout=SLOW)
    assert urlsplit(page.url).query == "soe=social"
    page.go_back()
    expect(number).to_have_text(today, timeout=SLOW)
    page.goto(f"{address}/?as_of=2022-12-31&soe=social")
    expect(page.locator("#moment-label")).to_contain_text("2022年12月31日", timeout=SLOW)
    expect(page.locator(".segment-chosen")).to_have_text("计入社会资本")
    expect(number).not_to_have_text(today)


def test_the_language_is_switched(open_page: OpenPage, address: str) -> None:
    page = open_page()
    come_in(page, address)
    page.locator("#language").click()
    expect(page.locator("h1")).to_have_text("City overview", timeout=SLOW)
    page.locator(".figure-number").nth(6).click()
    expect(page.locator(".passport-sheet")).to_contain_text("rows behind it", timeout=SLOW)


def test_a_park_official_on_a_phone_sees_the_own_park(open_page: OpenPage, address: str) -> None:
    page = open_page(390, 844)
    complaints = listen(page)
    come_in(page, address, "park")
    expect(page.locator("h1")).to_have_text("示例市滨湖园区")
    page.locator(".figure-number").first.click()
    expect(page.locator(".passport-sheet")).to_contain_text("示例市滨湖园区", timeout=SLOW)
    assert "云岭" not in page.content()
    page.goto(f"{address}/?scope=park:P02")
    expect(page.locator("#content .state-title")).to_have_text("没有查看权限", timeout=SLOW)
    assert fits(page)
    assert complaints == []
