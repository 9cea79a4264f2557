"""The city's page as a person at a browser meets it: its switches, its links, its past, and its paper."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.figures.palette import PALETTES
from tests.browser.desk import Desk
from tests.browser.visits import SLOW, colour, settle

pytestmark = pytest.mark.browser
LENS = '.figure-number[id*=\'"place":"lenses"\']'
SANKEY = "#chart-flow .sankey .node-label"


def test_the_page_is_drawn_whole(desk: Desk) -> None:
    page = desk.show("/")
    expect(page.locator("#content h1")).to_have_text("全市总览")
    expect(page.locator("#table-parks tbody tr")).to_have_count(4)
    expect(page.locator("#chart-funnel .bars path").first).to_be_visible(timeout=SLOW)
    expect(page.locator(SANKEY).first).to_have_css("fill", colour(PALETTES["light"].ink), timeout=SLOW)
    labels = page.locator(SANKEY).all_text_contents()
    assert {"财政资金", "第 1 层（2 只）", "滨湖园区", "市本级"} <= set(labels)
    assert desk.complaints == []


@pytest.mark.full
def test_where_state_owned_money_counts_is_in_the_address(desk: Desk) -> None:
    page = desk.show("/?as_of=2025-12-31")
    settle(page)
    number = page.locator(LENS).first
    apart = number.inner_text()
    page.get_by_role("link", name="计入社会资本").click()
    expect(number).not_to_have_text(apart, timeout=SLOW)
    assert urlsplit(page.url).query == "as_of=2025-12-31&soe=social"
    switch = page.get_by_role("group", name="国企资金")
    expect(switch.locator(".segment-chosen")).to_have_text("计入社会资本")
    number.click()
    sheet = page.locator(".passport-sheet")
    expect(sheet).to_contain_text("计入社会资本", timeout=SLOW)
    assert sheet.locator(".passport-value").inner_text() == number.inner_text()
    page.keyboard.press("Escape")
    page.go_back()
    expect(number).to_have_text(apart, timeout=SLOW)


def test_what_is_not_certain_leads_to_its_list(desk: Desk) -> None:
    page = desk.show("/")
    page.locator(".certainty-line a").first.click()
    expect(page.locator("#table-certainty")).to_be_in_viewport()
    assert urlsplit(page.url).fragment == "certainty"


@pytest.mark.full
def test_a_past_version_is_marked_and_travels_with_every_link(desk: Desk) -> None:
    page = desk.show("/?as_of=2025-12-31&as_known=4")
    expect(page.locator("#moment-label .moment-past")).to_contain_text("按账本版本 4 所知")
    expect(page.locator("#home-link")).to_have_attribute("href", "/?as_of=2025-12-31&as_known=4")
    page.locator('#table-parks a[href^="/parks/P02"]').click()
    expect(page.locator("#content h1")).to_contain_text("云岭", timeout=SLOW)
    assert urlsplit(page.url).query == "as_of=2025-12-31&as_known=4"
    page.locator("#home-link").click()
    expect(page.locator("#content h1")).to_have_text("全市总览", timeout=SLOW)
    assert urlsplit(page.url).query == "as_of=2025-12-31&as_known=4"


@pytest.mark.full
def test_on_paper_no_figure_is_wider_than_the_sheet(desk: Desk) -> None:
    page = desk.show("/")
    desk.resize((1920, 1000))
    settle(page)
    measure = "(all) => all.map((one) => Math.round(one.getBoundingClientRect().width))"
    figures = page.locator("#content .main-svg:first-child")
    before = figures.evaluate_all(measure)
    assert max(before) > 960
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert max(figures.evaluate_all(measure)) <= 960
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert figures.evaluate_all(measure) == before
    page.emulate_media(media="print")
    expect(page.locator(".moment-line")).to_contain_text("示例市 · 截至")
    expect(page.locator(".export").first).to_be_hidden()
    page.emulate_media(media="screen")
