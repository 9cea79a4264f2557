"""What holds on every page: drawn whole, in every size and light, in both languages, on paper, for every reader."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as BrowserPage

from dashboard.figures.palette import PALETTES
from funds.policy import load_industries
from tests.browser.city import CITY
from tests.browser.desk import PHONE, Desk, open_desk
from tests.browser.sheets import fetch_export, offered_exports, read_shown
from tests.browser.visits import SLOW, colour, find_faults, fits, settle
from tests.conftest import FULL

pytestmark = pytest.mark.browser
MOMENT = "as_of=2025-12-31&as_known=4"
LISTS = ("/parks", "/funds", "/definitions")
ADDRESSES = ("/", *LISTS, "/parks/P01", "/funds/F01", "/definitions/LV04", "/glossary")
# Pages that are only looked at: drawn whole, for every reader, in both lights and languages.
LOOKED_AT = (
    "/industries",
    "/industries/IC",
    "/companies",
    "/companies/Q005",
    "/six-ones",
    "/compare",
    "/park-figures",
    "/proposals",
    "/inbox",
    "/imports",
    "/my-funds",
    "/cash",
    "/cash/F01",
    "/exits",
    "/local-investment",
    "/record-deal",
    "/upkeep",
    "/quarter-end",
    "/quarters",
    "/signing",
    "/audit",
    "/inspection",
    "/documents",
    "/inbox",
)
EMPTY = ("/proposals",)
# Where the small run asks what holds on one page as on the next.
FEW = ("/", "/parks/P01")
NUMBERS = "#content .figure-number, #content .cell-number"
# Addresses inside the program that a page leads to, without those that only jump within it.
LINKS = """() => [...document.querySelectorAll('#content a[href^="/"], #nav a[href^="/"]')]
    .map((link) => link.getAttribute('href'))"""
CUT = """() => [...document.querySelectorAll('.table-scroll')]
    .filter((frame) => frame.checkVisibility() && frame.scrollHeight > frame.clientHeight + 1)
    .map((frame) => `${frame.firstChild.id}: ${frame.scrollHeight} in ${frame.clientHeight}`)"""
# What the program itself says; headings of cards are findings, which name funds and parks.
WORDS = (
    "#nav a, #nav .nav-heading, .head button:not(#language), #content th[scope=col], #content summary, #content .export, "
    "#content .figure-name, #content .segment, #content .jumps a, #content .section-title"
)
# Names in the sample that head a column or are chosen; there is no English for a name.
PARK_NAMES = ("滨湖园区", "云岭园区", "江湾园区", "东原园区")
NAMES = frozenset(industry.name for industry in load_industries()) | {CITY, *PARK_NAMES}
CHINESE = re.compile("[\u4e00-\u9fff]")
OPEN_ALL = "document.querySelectorAll('#content details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module", params=ADDRESSES if FULL else ADDRESSES[::4])
def path(request: pytest.FixtureRequest) -> str:
    """Each page in turn, at a past day and version."""
    return f"{request.param}?{MOMENT}"


@pytest.fixture(scope="module", params=ADDRESSES if FULL else FEW)
def one_of_few(request: pytest.FixtureRequest) -> str:
    """A few pages in turn, at a past day and version; in the full run all of them."""
    return f"{request.param}?{MOMENT}"


@pytest.fixture(scope="module")
def abroad(browser: Browser, city_at: str) -> Iterator[Desk]:
    """A phone at night on which the commission reads English."""
    with open_desk(browser, city_at, size=PHONE, dark=True, language="en") as made:
        yield made
        assert made.outside == [], "a page asked other machines"


def read_words(page: BrowserPage) -> list[str]:
    """What the program says on a page, without the names in it."""
    told: list[str] = page.locator(WORDS).evaluate_all("(all) => all.map((one) => one.textContent)")
    names = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
    return [names.sub("", words) for words in told]


def test_a_deep_link_shows_the_page_without_a_complaint(desk: Desk, path: str) -> None:
    page = desk.show(path)
    expect(page.locator("#content h1")).to_have_count(1)
    expect(page.locator("#content .state-title")).to_have_count(0)
    expect(page.locator("#moment-label")).to_contain_text("2025年12月31日")
    assert desk.complaints == []


def test_no_serious_accessibility_fault_by_day(desk: Desk, one_of_few: str) -> None:
    assert find_faults(desk.show(one_of_few)) == []


def test_day_and_version_stay_in_every_link(desk: Desk, path: str) -> None:
    links = desk.show(path).evaluate(LINKS)
    assert links
    assert [link for link in links if "as_of=2025-12-31" not in link or "as_known=4" not in link] == []


def test_a_reload_shows_the_same(desk: Desk, one_of_few: str) -> None:
    page = desk.show(one_of_few)
    before = page.locator("#content").inner_text()
    page.reload()
    settle(page)
    assert page.locator("#content").inner_text() == before


@pytest.mark.parametrize("width", [pytest.param(1024, marks=pytest.mark.full), 390])
def test_nothing_sticks_out_to_the_side(desk: Desk, path: str, width: int) -> None:
    page = desk.show(path)
    desk.resize((width, 844))
    assert fits(page)


def test_on_paper_the_navigation_is_gone_and_tables_are_whole(desk: Desk, path: str) -> None:
    page = desk.show(path)
    page.evaluate(OPEN_ALL)
    page.emulate_media(media="print")
    expect(page.locator(".nav-column")).to_be_hidden()
    expect(page.locator("#content h1")).to_be_visible()
    assert page.evaluate(CUT) == []
    page.emulate_media(media="screen")


def test_a_number_opens_its_passport_by_keyboard_and_closes_it(desk: Desk, path: str) -> None:
    page = desk.show(path)
    number = page.locator(NUMBERS).first
    if number.count() == 0:
        assert path.startswith(("/definitions", "/glossary"))
        return
    text = number.inner_text()
    page.evaluate("document.getElementById('content').focus()")
    for _ in range(200):
        page.keyboard.press("Tab")
        if number.evaluate("(one) => one === document.activeElement"):
            break
    expect(number).to_be_focused()
    page.keyboard.press("Enter")
    sheet = page.locator(".passport-sheet")
    expect(sheet).to_be_visible(timeout=SLOW)
    assert sheet.locator(".passport-value").inner_text().split()[0] == text.split()[0]
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    expect(number).to_be_focused()


def test_every_export_holds_what_the_page_shows(desk: Desk, path: str) -> None:
    page = desk.show(path)
    for name, address in offered_exports(page).items():
        shown = read_shown(page, name)
        file = fetch_export(page, address, len(shown.rows))
        assert file.title == shown.title
        assert file.rows == shown.rows, name
        assert all(told.endswith(title) for told, title in zip(file.names, shown.names, strict=True)), name
        assert any("2025-12-31" in line and "4" in line for line in file.foot), name


@pytest.mark.parametrize("path", LISTS)
def test_a_sorted_list_is_exported_in_its_order_and_the_back_button_undoes_it(desk: Desk, path: str) -> None:
    page = desk.show(f"{path}?{MOMENT}")
    name = next(iter(offered_exports(page)))
    before = read_shown(page, name)
    page.locator(f"#table-{name} thead tr:last-child .sort").last.click()
    expect(page.locator(f"#table-{name} [aria-sort]")).to_have_count(1, timeout=SLOW)
    settle(page)
    after = read_shown(page, name)
    assert sorted(after.rows) == sorted(before.rows)
    assert fetch_export(page, offered_exports(page)[name], len(after.rows)).rows == after.rows
    page.go_back()
    expect(page.locator(f"#table-{name} [aria-sort]")).to_have_count(0, timeout=SLOW)
    assert read_shown(page, name) == before


def test_no_serious_accessibility_fault_on_a_phone_at_night(abroad: Desk, one_of_few: str) -> None:
    page = abroad.show(one_of_few, PHONE)
    expect(page.locator("body")).to_have_css("background-color", colour(PALETTES["dark"].ground))
    assert find_faults(page) == []
    assert fits(page)


def test_in_english_only_names_are_chinese(abroad: Desk, one_of_few: str) -> None:
    page = abroad.show(one_of_few, PHONE)
    words = read_words(page)
    assert words
    assert [word for word in words if CHINESE.search(word)] == []
    assert abroad.complaints == []


@pytest.mark.parametrize("path", LOOKED_AT if FULL else LOOKED_AT[:2])
def test_a_page_of_detail_is_drawn_whole_and_for_every_reader(desk: Desk, path: str) -> None:
    page = desk.show(f"{path}?as_of=2025-12-31")
    expect(page.locator("#content h1")).to_have_count(1)
    expect(page.locator("#content .state-title")).to_have_count(1 if path in EMPTY else 0)
    assert find_faults(page) == []
    assert desk.complaints == []


@pytest.mark.parametrize("path", LOOKED_AT if FULL else LOOKED_AT[::5])
def test_a_page_of_detail_fits_a_phone_at_night_in_english(abroad: Desk, path: str) -> None:
    page = abroad.show(f"{path}?as_of=2025-12-31", PHONE)
    expect(page.locator("#content h1")).to_have_count(1)
    expect(page.locator("#content .state-title")).to_have_count(1 if path in EMPTY else 0)
    assert find_faults(page) == []
    assert fits(page)
    words = read_words(page)
    assert [word for word in words if CHINESE.search(word)] == []
    assert abroad.complaints == []
