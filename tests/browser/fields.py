"""Fields as somebody fills them in at a browser: text handed over on leaving, a choice found by typing."""

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from tests.browser.visits import SLOW


def fill_in(page: BrowserPage, field: str, text: str) -> None:
    """Type into a field and leave it, as it hands its text over then."""
    box = page.locator(f"#{field}")
    box.fill(text)
    box.press("Tab")


def choose(page: BrowserPage, field: str, text: str) -> None:
    """Look for a choice by some of its words and take it."""
    box = page.locator(f"#{field}")
    box.click()
    box.fill(text)
    # Lists that are closed stay in the page, out of sight.
    option = page.locator('[role="option"]:visible').filter(has_text=text).first
    option.click(timeout=SLOW)
    expect(option).to_be_hidden(timeout=SLOW)
