"""A desk: one browser page that stays signed in while many tests look at it, put in order before each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.browser.visits import enter_demo, listen, settle
from tests.chromium import WatchedPages

WIDE, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True)
class Desk:
    """The page, where the application is, what the browser complained of, and what went to other machines."""

    page: BrowserPage
    address: str
    complaints: list[str]
    outside: Sequence[str]

    def show(self, path: str, size: tuple[int, int] = WIDE) -> BrowserPage:
        """An address in a window of a size, on screen; opened only if the page is elsewhere."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.emulate_media(media="screen")
        if self.page.url != self.address + path:
            self.page.goto(self.address + path)
            settle(self.page)
        return self.page

    def resize(self, size: tuple[int, int]) -> None:
        """Another window, and time for the figures to follow."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.wait_for_timeout(250)


@contextmanager
def open_desk(
    browser: Browser,
    address: str,
    identity: str = "commission",
    *,
    size: tuple[int, int] = WIDE,
    dark: bool = False,
    language: str = "zh",
) -> Iterator[Desk]:
    """A desk at which somebody has entered the demo."""
    pages = WatchedPages(browser)
    page = pages.open(*size, dark=dark)
    desk = Desk(page, address, listen(page), pages.outside)
    enter_demo(page, address, identity, language, "/glossary")
    settle(page)
    yield desk
    pages.close()
