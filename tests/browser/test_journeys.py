"""What happens between pages: leaving and coming back, sessions that end, pages that fail, doors that stay shut."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from tests.browser.city import FUND_CODE, PARK_CODE
from tests.browser.desk import PHONE, Desk
from tests.browser.visits import SLOW, enter_demo, fits, listen, running, settle, visit
from tests.dashboard.serving import Served

pytestmark = pytest.mark.browser
OpenPage = Callable[..., BrowserPage]
STATE = "#content .state-title"
# What is not theirs, by identity, with what no page may then show.
CLOSED = [
    ("park", "/funds/F04"),
    pytest.param("park", "/parks/P02", marks=pytest.mark.full),
    ("manager", "/parks/P02"),
    pytest.param("manager", "/funds/F01", marks=pytest.mark.full),
]


def test_links_lead_on_and_the_back_button_leads_back(desk: Desk) -> None:
    page = desk.show("/definitions?as_of=2024-12-31")
    page.get_by_role("link", name="社会资本杠杆率").click()
    expect(page.locator("h1")).to_have_text("社会资本杠杆率", timeout=SLOW)
    page.locator(".link-list").get_by_role("link", name="财政资金").click()
    expect(page.locator("#term-fiscal_capital")).to_be_focused(timeout=SLOW)
    expect(page.locator("#term-fiscal_capital")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("h1")).to_have_text("社会资本杠杆率", timeout=SLOW)
    page.go_back()
    expect(page.locator("h1")).to_have_text("口径与定义", timeout=SLOW)
    assert urlsplit(page.url).query == "as_of=2024-12-31"


def test_a_deep_link_to_a_term_scrolls_there(desk: Desk) -> None:
    page = desk.show("/glossary#term-chain_leader")
    expect(page.locator("#term-chain_leader")).to_be_in_viewport()
    expect(page.locator("#term-chain_leader")).to_be_focused()


@pytest.mark.full
def test_a_name_in_a_list_leads_to_its_page_at_the_same_day(desk: Desk) -> None:
    for path in ("/parks", "/funds"):
        page = desk.show(f"{path}?as_of=2025-06-30")
        name = page.locator(f'#content tbody th a[href^="{path}/"]').first
        text = name.inner_text()
        name.click()
        expect(page.locator("#content h1")).to_contain_text(text, timeout=SLOW)
        assert urlsplit(page.url).path.startswith(f"{path}/")
        assert urlsplit(page.url).query == "as_of=2025-06-30"


@pytest.mark.parametrize(("identity", "path"), CLOSED)
def test_what_is_not_theirs_is_refused_calmly(
    open_page: OpenPage, city_at: str, identity: str, path: str
) -> None:
    page = open_page(*PHONE)
    complaints = listen(page)
    enter_demo(page, city_at, identity, path=path)
    expect(page.locator(STATE)).to_have_text("没有查看权限")
    expect(page.locator("#content .figure-number, #content table")).to_have_count(0)
    assert fits(page)
    page.get_by_role("link", name="回到首页").click()
    expect(page.locator("#content h1")).to_be_visible(timeout=SLOW)
    assert complaints == []


@pytest.mark.full
def test_what_is_theirs_is_open(open_page: OpenPage, city_at: str) -> None:
    for identity, path in (("park", f"/parks/{PARK_CODE}"), ("manager", f"/funds/{FUND_CODE}")):
        page = open_page(*PHONE)
        enter_demo(page, city_at, identity, path=path)
        settle(page)
        expect(page.locator("#content .figure-number").first).to_be_visible()
        assert fits(page)


@pytest.mark.full
def test_what_does_not_exist_is_said_to(desk: Desk) -> None:
    for path in ("/parks/P99", "/funds/NOPE", "/definitions/XX99", "/nowhere"):
        page = desk.page
        visit(page, desk.address + path)
        expect(page.locator(STATE)).to_have_text("没有找到")
    desk.complaints[:] = [text for text in desk.complaints if "404" not in text]


@pytest.mark.full
def test_a_page_that_fails_names_the_incident_and_can_be_tried_again(
    open_page: OpenPage, own_city: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    with running(own_city) as address:
        enter_demo(page, address, path="/definitions")
        with monkeypatch.context() as patch:
            patch.setattr("dashboard.pages.help.glossary.load_terms", None)
            visit(page, f"{address}/glossary")
            expect(page.locator(STATE)).to_have_text("这一页没能显示")
            expect(page.locator(".state-note")).to_contain_text("编号")
            expect(page.locator("#nav a").first).to_be_visible()
        page.get_by_role("button", name="重试").click()
        expect(page.locator("#content h1")).to_have_text("术语", timeout=SLOW)


def test_a_session_that_ends_is_told_calmly_and_signing_in_leads_back(
    open_page: OpenPage, own_city: Served
) -> None:
    page = open_page()
    with running(own_city) as address:
        enter_demo(page, address, path="/definitions?as_of=2024-12-31")
        own_city.clock.advance(minutes=31)
        page.locator("#nav").get_by_role("link", name="术语").click()
        expect(page.locator("#expired")).to_contain_text("登录已过期", timeout=SLOW)
        page.get_by_role("link", name="重新登录").click()
        page.locator('button[value="commission"]').click()
        expect(page.locator("#content h1")).to_be_visible(timeout=SLOW)
        assert urlsplit(page.url).path == "/glossary"
        assert urlsplit(page.url).query == "as_of=2024-12-31"


@pytest.mark.full
def test_a_server_that_cannot_be_reached_is_told_calmly(open_page: OpenPage, own_city: Served) -> None:
    page = open_page()
    with running(own_city) as address:
        enter_demo(page, address, path="/definitions")
        settle(page)
    page.locator("#nav").get_by_role("link", name="术语").click()
    expect(page.locator("#notice")).to_contain_text("连接不上服务器", timeout=SLOW)
    expect(page.locator("#content h1")).to_be_visible()
