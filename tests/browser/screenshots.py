"""Pictures of the pages for the documents: `python -m tests.browser.screenshots` writes docs/pictures."""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.browser.city import build_city, serve_city
from tests.browser.test_overview import SLOW, come_in, running
from tests.chromium import WatchedPages, running_browser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
# The name of a picture, the width of its page, and whether it is dark.
SHOTS: Sequence[tuple[str, int, bool]] = (
    ("overview", 1440, False),
    ("overview-dark", 1440, True),
    ("overview-390", 390, False),
    ("overview-390-dark", 390, True),
)
TALLEST = 6_000


def main() -> int:
    """Build the made-up city, serve it, and take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.sqlite3"
        build_city(url)
        with serve_city(url, Path(folder)) as served, running(served) as address:
            take_all(address)
    return 0


def take_all(address: str) -> None:
    """The sign-in page, then the overview at each width and in each light."""
    with running_browser() as browser:
        pages = WatchedPages(browser)
        page = pages.open()
        page.goto(f"{address}/sign-in")
        save(page, "sign-in")
        for name, width, dark in SHOTS:
            page = pages.open(width, 900, dark=dark)
            come_in(page, address)
            page.locator(".sankey .node-label").first.wait_for(timeout=SLOW)
            page.locator(".ag-row").first.wait_for(timeout=SLOW)
            height = int(page.evaluate("document.scrollingElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
            page.wait_for_timeout(1_000)  # the figure and the grid settle to their new room
            save(page, name)
        pages.close()
        if pages.outside:
            raise RuntimeError(f"the pages asked other machines: {pages.outside}")


def save(page: Page, name: str) -> None:
    """One picture."""
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"{name}.png", flush=True)


if __name__ == "__main__":
    sys.exit(main())
