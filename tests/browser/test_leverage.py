"""The commission's first hour up to the bridge: from the city's page to one entry, every step in the address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from tests.browser.desk import PHONE, Desk
from tests.browser.visits import SLOW, fits, settle

pytestmark = pytest.mark.browser
DAY = "as_of=2026-09-30"
BAR = ".bridge-line"
LINES, ENTRIES = "#table-bridge_line tbody tr", "#table-bridge_entry tbody tr"


def state_of(page: BrowserPage) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.full
def test_from_the_city_over_the_bridge_to_one_entry_and_back(desk: Desk) -> None:
    page = desk.show(f"/?{DAY}")
    page.locator("#nav").get_by_role("link", name="撬动社会资本").click()
    expect(page.locator("#content h1")).to_have_text("撬动社会资本", timeout=SLOW)
    settle(page)
    basis = page.get_by_role("group", name="基准")
    basis.get_by_role("link", name="认缴").click()
    expect(basis.locator(".segment-chosen")).to_have_text("认缴", timeout=SLOW)
    layer = page.get_by_role("group", name="层面")
    layer.get_by_role("link", name="项目层").click()
    expect(layer.locator(".segment-chosen")).to_have_text("项目层", timeout=SLOW)
    assert state_of(page).items() >= {("basis", "committed"), ("layer", "project")}
    bars = page.locator(BAR)
    expect(bars).to_have_count(8)

    # One click: the investors whose money was called social and is not, with evidence and who confirmed it.
    bars.filter(has_text="其他公共资金").click()
    expect(page.locator(LINES)).to_have_count(2, timeout=SLOW)
    expect(page.locator("#bridge-bar")).to_be_focused()
    line = page.locator(LINES).filter(has_text="示例滨湖城市投资公司")
    expect(line).to_contain_text("区县级国企资金")
    expect(line).to_contain_text("示例出资人证明材料")
    expect(line).to_contain_text("local")
    # Two: the entries of one of them. Three: one entry.
    line.get_by_role("link", name="示例滨湖城市投资公司").click()
    expect(page.locator(ENTRIES).first).to_be_visible(timeout=SLOW)
    assert state_of(page).items() >= {("bar", "other_public"), ("line", "F03|J12"), ("basis", "committed")}
    deep, entries = page.url, page.locator(ENTRIES).all_inner_texts()
    page.locator(ENTRIES).first.get_by_role("link").click()
    expect(page.locator("#content h1")).not_to_have_text("撬动社会资本", timeout=SLOW)
    assert urlsplit(page.url).path.startswith("/history/entry/")
    page.go_back()
    expect(page.locator(ENTRIES)).to_have_count(len(entries), timeout=SLOW)

    other = page.context.new_page()
    other.goto(deep)
    expect(other.locator(ENTRIES)).to_have_count(len(entries), timeout=SLOW)
    assert other.locator(ENTRIES).all_inner_texts() == entries
    other.close()
    assert desk.complaints == []


@pytest.mark.full
def test_a_band_leads_to_its_payments_and_one_entry_and_fits_a_phone(desk: Desk) -> None:
    page = desk.show(f"/leverage?{DAY}&bar=unpaid&line=F08%7CJ21")
    expect(page.locator(".yuan-cuts")).to_contain_text("到分相等")
    band = page.locator("#chart-yuan .sankey-link").first
    band.scroll_into_view_if_needed()
    band.dispatch_event("mouseover")
    band.dispatch_event("click")
    expect(page.locator("#table-yuan_line tbody tr").first).to_be_visible(timeout=SLOW)
    assert "|" in state_of(page)["band"]
    page.locator("#table-yuan_line tbody th a").first.click()
    entry = page.locator("#table-yuan_entry tbody th a").first
    expect(entry).to_be_visible(timeout=SLOW)
    assert urlsplit(str(entry.get_attribute("href"))).path.startswith("/history/")
    desk.resize(PHONE)
    assert fits(page)
    assert desk.complaints == []
