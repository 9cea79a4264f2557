"""The door and the frame in a real browser: both lights, both languages, every width, nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from dash import dcc, html
from dash.development.base_component import Component
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from dashboard.figures.palette import PALETTES
from dashboard.figures.template import TEMPLATES, graph_config
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.pages.states import empty_state
from funds.permissions import Action
from tests.browser.visits import colour, fits, listen, running, sign_in
from tests.dashboard.server.pages_for_tests import lay_out_failing
from tests.dashboard.serving import Served, serve

pytestmark = pytest.mark.browser
OpenPage = Callable[..., BrowserPage]


def lay_out_figures(context: PageContext) -> Component:
    """A flow, as pages have them."""
    flow = {
        "type": "sankey",
        "node": {"label": ["财政", "基金", "企业"]},
        "link": {"source": [0, 1], "target": [1, 2], "value": [3, 2]},
    }
    figure = {"data": [flow], "layout": {"template": TEMPLATES[context.scheme], "height": 200}}
    config: Any = graph_config(context.language)
    graph = dcc.Graph(id="flow", figure=figure, config=config)
    return html.Div([html.H1("图", className="page-title"), graph])


def lay_out_home(context: PageContext) -> Component:
    """The state of an empty book."""
    heading = html.H1(context.visit.book.city_name, className="page-title")
    return html.Div([heading, empty_state(context.visit, "home.empty_title", "home.empty_text")])


PAGES = (
    Page("/", "page.home", Action.READ, lay_out_home),
    Page("/figures", "page.home", Action.READ, lay_out_figures),
    Page("/failing", "page.home", Action.READ, lay_out_failing, is_in_nav=False),
)


@pytest.fixture
def own(own_url: str, tmp_path: Path) -> Iterator[Served]:
    """A book of one's own with pages that draw."""
    made = serve(own_url, tmp_path, PAGES)
    yield made
    made.book.close()


@pytest.fixture
def demo(demo_url: str, tmp_path: Path) -> Iterator[Served]:
    """A demo book with pages that draw."""
    made = serve(demo_url, tmp_path, PAGES)
    yield made
    made.book.close()


@pytest.fixture
def address(own: Served) -> Iterator[str]:
    with running(own) as served_at:
        yield served_at


@pytest.fixture
def demo_address(demo: Served) -> Iterator[str]:
    with running(demo) as served_at:
        yield served_at


@pytest.mark.parametrize(
    ("width", "dark", "language"),
    [
        (1440, False, "zh"),
        pytest.param(1440, True, "en", marks=pytest.mark.full),
        pytest.param(1024, True, "zh", marks=pytest.mark.full),
        pytest.param(390, False, "en", marks=pytest.mark.full),
        (390, True, "zh"),
    ],
)
def test_the_demo_is_one_click_away(
    open_page: OpenPage, demo_address: str, width: int, dark: bool, language: str
) -> None:
    page = open_page(width, 900, dark=dark)
    complaints = listen(page)
    page.goto(f"{demo_address}/sign-in?language={language}")
    assert fits(page)
    paper = PALETTES["dark" if dark else "light"]
    expect(page.locator("body")).to_have_css("background-color", colour(paper.ground))
    page.locator('button[value="commission"]').click()
    expect(page.locator("#content .state-title")).to_have_text(
        {"zh": "台账里还没有数据", "en": "The book is still empty"}[language], timeout=30_000
    )
    expect(page.locator(".badge")).to_have_text({"zh": "示例", "en": "Sample"}[language])
    expect(page.locator("body")).to_have_css("background-color", colour(paper.ground))
    expect(page.locator(".head")).to_have_css("background-color", colour(paper.paper))
    expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN", "en": "en"}[language])
    expect(page).to_have_title({"zh": "首页 · 产业基金台账", "en": "Home · Industry Fund Tracker"}[language])
    expect(page.locator("body")).to_have_css("font-size", "14px")
    assert fits(page)
    assert complaints == []


@pytest.mark.full
def test_figures_work_under_the_policy(open_page: OpenPage, address: str) -> None:
    page = open_page()
    complaints = listen(page)
    sign_in(page, address, "/figures")
    expect(page.locator(".main-svg").first).to_be_visible(timeout=30_000)
    page.locator("#flow").hover()
    assert "下载图片" in (page.locator(".modebar-btn").first.get_attribute("data-title") or "")
    assert complaints == []


def test_the_light_is_switched_kept_and_never_flashes(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address)
    page.locator("#scheme-toggle").click()
    night = colour(PALETTES["dark"].ground)
    expect(page.locator("body")).to_have_css("background-color", night)
    page.context.add_init_script(
        """window.seen = [];
        const look = () => {
            if (document.body) window.seen.push(getComputedStyle(document.body).backgroundColor);
            if (window.seen.length < 200) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);"""
    )
    page.reload()
    expect(page.locator(".page-title")).to_be_visible(timeout=30_000)
    assert set(page.evaluate("window.seen")) == {night}
    assert {cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "scheme"} == {"dark"}


@pytest.mark.full
def test_figures_are_drawn_anew_in_the_other_light(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address, "/figures")
    label = page.locator(".sankey .node-label").first
    expect(label).to_have_css("fill", colour(PALETTES["light"].ink), timeout=30_000)
    page.locator("#scheme-toggle").click()
    expect(label).to_have_css("fill", colour(PALETTES["dark"].ink), timeout=30_000)


@pytest.mark.full
def test_the_language_is_switched_and_switched_back(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address, "/?as_of=2026-03-31")
    expect(page.locator("#moment-label")).to_have_text("截至 2026年3月31日 · 第 5 版")
    page.locator("#language").click()
    expect(page.locator("#moment-label")).to_have_text("As of 31 Mar 2026 · version 5", timeout=30_000)
    page.locator("#language").click()
    expect(page.locator("#moment-label")).to_have_text("截至 2026年3月31日 · 第 5 版", timeout=30_000)


def test_day_and_version_are_chosen_and_stay_in_the_address(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address)
    page.get_by_role("button", name="更改截至日期或台账版本").click()
    page.locator("#moment-day").click()
    expect(page.get_by_text("2026年6月", exact=True)).to_be_visible()
    expect(page.locator("thead th").first).to_have_text("一")
    page.get_by_role("button", name="15 六月 2026").click()
    page.locator("#moment-version").fill("3")
    page.locator("#moment-apply").click()
    expect(page.locator("#moment-label")).to_have_text("截至 2026年6月15日 · 按账本版本 3 所知")
    assert urlsplit(page.url).query == "as_of=2026-06-15&as_known=3"
    page.locator(".nav-link").last.click()
    expect(page.locator(".main-svg").first).to_be_visible(timeout=30_000)
    assert urlsplit(page.url).query == "as_of=2026-06-15&as_known=3"


@pytest.mark.full
def test_on_a_phone_the_navigation_opens_and_closes(open_page: OpenPage, address: str) -> None:
    page = open_page(390, 844)
    sign_in(page, address)
    link = page.locator(".nav-link").last
    expect(link).not_to_be_in_viewport()
    page.locator("#burger").click()
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.locator(".main-svg").first).to_be_visible(timeout=30_000)
    expect(link).not_to_be_in_viewport()
    assert fits(page)


def test_an_expired_session_is_told_calmly_and_signing_in_leads_back(
    open_page: OpenPage, own: Served, address: str
) -> None:
    page = open_page()
    sign_in(page, address, "/?as_of=2026-03-31")
    own.clock.advance(minutes=31)
    page.locator(".nav-link").last.click()
    expect(page.locator("#expired")).to_be_visible()
    expect(page.locator("#expired")).to_contain_text("登录已过期")
    page.get_by_role("link", name="重新登录").click()
    sign_in(page, "", page.url)
    assert urlsplit(page.url).path == "/figures"
    assert urlsplit(page.url).query == "as_of=2026-03-31"


@pytest.mark.full
def test_signing_out_leaves_nothing_behind(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address)
    page.get_by_role("button", name="账号菜单").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("status")).to_have_text("您已退出登录。")
    page.go_back()
    expect(page.locator("input[name=login]")).to_be_visible()


def test_a_page_that_fails_keeps_the_frame_and_names_the_incident(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address, "/failing?how=crash")
    expect(page.locator("#content .state-title")).to_have_text("这一页没能显示")
    expect(page.locator(".state-note")).to_contain_text("编号")
    expect(page.locator(".head")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(open_page: OpenPage, address: str) -> None:
    page = open_page()
    sign_in(page, address)
    page.locator("body").press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
