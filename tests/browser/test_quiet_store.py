"""The renderer's store: nobody is told where nothing changed, everybody where something did, and a stranger is let be."""

from pathlib import Path

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

import dashboard
from tests.browser.desk import Desk
from tests.browser.visits import SLOW, settle

pytestmark = pytest.mark.browser
SCRIPT = Path(dashboard.__file__).parent / "assets" / "quiet_store.js"
# Counts how often one who listens is told.
COUNT = """() => {
    const store = window.dash_stores[0];
    window.told = 0;
    store.subscribe(() => { window.told += 1; });
}"""
TELL_NOTHING = "dash_stores[0].dispatch({type: 'RESET_COMPONENT_STATE', payload: {itempath: ['nowhere', 7]}})"
TELL_SOMETHING = """dash_stores[0].dispatch({type: 'ON_PROP_CHANGE', payload: {
    itempath: dash_stores[0].getState().paths.strs.notice, props: {title: 'x'}, source: 'response'}})"""
# A store as Redux makes it, for states of any shape: [before, after] and whether one who listens is told.
FAKE = """([before, after]) => {
    let state = before, listeners = [], told = 0;
    const store = {getState: () => state, subscribe: (one) => { listeners.push(one); return () => {}; }};
    window.dash_stores.push(store);
    store.subscribe(() => { told += 1; });
    state = after;
    listeners.forEach((one) => one());
    return told;
}"""
CASES = {
    "a new note": ({"layoutHashes": {}}, {"layoutHashes": {"1": 2}}, 1),
    "a note forgotten": ({"layoutHashes": {"1": 2}}, {"layoutHashes": {}}, 1),
    "another note of the same place": ({"layoutHashes": {"1": 2}}, {"layoutHashes": {"1": 3}}, 1),
    "the same notes anew": ({"layoutHashes": {"1": 2}, "rest": 1}, {"layoutHashes": {"1": 2}, "rest": 1}, 0),
    "the same notes, the rest changed": (
        {"layoutHashes": {"1": 2}, "rest": 1},
        {"layoutHashes": {"1": 2}, "rest": 2},
        1,
    ),
    "a part that is new": ({"layoutHashes": {}}, {"layoutHashes": {}, "rest": 1}, 1),
    "no notes": ({"rest": 1}, {"rest": 1}, 1),
    "notes of another shape": ({"layoutHashes": [1]}, {"layoutHashes": [1]}, 1),
    "no state": (None, {"layoutHashes": {}}, 1),
}


@pytest.mark.full
def test_a_choice_on_the_city_page_does_not_wake_every_component_for_every_other(desk: Desk) -> None:
    page = desk.show("/?as_of=2025-12-31")
    settle(page)
    page.evaluate(COUNT)
    page.get_by_role("link", name="计入社会资本").first.click()
    expect(page.locator(".segment-chosen").first).to_have_text("计入社会资本", timeout=SLOW)
    settle(page)
    assert page.locator("#content *").count() > 1_000
    assert 0 < page.evaluate("told") < 200
    assert desk.complaints == []


def test_who_listens_is_told_of_what_changed_and_of_nothing_else(desk: Desk) -> None:
    page = desk.show("/glossary")
    page.evaluate(COUNT)
    page.evaluate(TELL_NOTHING)
    assert page.evaluate("told") == 0
    page.evaluate(TELL_SOMETHING)
    assert page.evaluate("told") > 0
    expect(page.locator("#notice")).to_have_attribute("title", "x")


@pytest.mark.parametrize("case", CASES)
def test_a_store_of_another_shape_is_let_be(lonely: BrowserPage, case: str) -> None:
    before, after, told = CASES[case]
    assert lonely.evaluate(FAKE, [before, after]) == told


@pytest.fixture(scope="module")
def lonely(desk: Desk) -> BrowserPage:
    """An empty page with the script and nothing else."""
    page = desk.page
    page.goto("about:blank")
    page.evaluate(SCRIPT.read_text("utf-8"))
    return page
