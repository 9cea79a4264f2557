"""How soon a page shows its first number, and what it costs: `python -m tests.browser.measure` prints a table.

The demo runs as `fundtracker demo` serves it. Each page is opened once with an empty cache and then with a warm
one; the time is from the start of the navigation to the first number, table or word of the page on the screen.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from tests.browser.demo_server import Demo
from tests.browser.visits import SLOW, enter_demo, settle
from tests.chromium import is_outside, running_browser

PAGES = ("/", "/parks", "/parks/P01", "/funds", "/funds/F01", "/definitions", "/glossary")
TIMES = 5
# Noted in the page itself, so that the way of the answer to this program does not count.
WATCH = """
window.firstNumber = null;
new MutationObserver(() => {
    if (window.firstNumber !== null) return;
    const found = document.querySelectorAll(
        '#content .figure-number, #content .cell-number, #content .shown tbody td, #content .term');
    if ([...found].some((one) => one.textContent.trim())) {
        requestAnimationFrame(() => { window.firstNumber ??= performance.now(); });
    }
}).observe(document, {childList: true, subtree: true});
"""


@dataclass
class Traffic:
    """What went over the wire since it was last cleared: bytes as sent, requests, and those to other machines."""

    received: float = 0
    requests: int = 0
    outside: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Count what a page of this context asks for; what comes from the cache costs nothing."""
        session = context.new_cdp_session(context.pages[0])
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)
        session.on("Network.requestWillBeSent", self._note)

    def clear(self) -> None:
        """Begin anew."""
        self.received, self.requests = 0, 0

    def _count(self, event: dict[str, Any]) -> None:
        self.received += event["encodedDataLength"]
        self.requests += event["encodedDataLength"] > 0

    def _note(self, event: dict[str, Any]) -> None:
        if is_outside(event["request"]["url"]):
            self.outside.append(event["request"]["url"])


@dataclass(frozen=True)
class Measured:
    """One page: milliseconds and bytes with an empty cache and with a warm one."""

    path: str
    cold_ms: float
    warm_ms: float
    cold_bytes: float
    warm_bytes: float
    requests: int
    outside: int


def main(paths: Sequence[str]) -> int:
    """Make the demo, open its pages, or those named, and print the table."""
    with TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        demo.make()
        with demo.serve() as address, running_browser() as browser:
            measured = [measure(browser, address, path) for path in paths or PAGES]
    print_table(measured)
    return 0


def measure(browser: Browser, address: str, path: str) -> Measured:
    """One page in a session of its own: the first visit pays for the scripts, the later ones do not."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    traffic = Traffic()
    traffic.listen(context)
    page.add_init_script(WATCH)
    enter_demo(page, address, path="/definitions/LV04")
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    times, costs, counts = [], [], []
    for _ in range(TIMES + 1):
        traffic.clear()
        page.goto(address + path)
        page.wait_for_function("() => window.firstNumber !== null", timeout=SLOW)
        times.append(float(page.evaluate("window.firstNumber")))
        settle(page)
        page.wait_for_timeout(500)
        costs.append(traffic.received)
        counts.append(traffic.requests)
    context.close()
    return Measured(
        path, times[0], median(times[1:]), costs[0], median(costs[1:]), counts[0], len(traffic.outside)
    )


def print_table(measured: Sequence[Measured]) -> None:
    """One line for each page."""
    print("page            first number ms: cold   warm   over the wire kB: cold   warm   requests  outside")
    for one in measured:
        print(
            f"{one.path:<24}{one.cold_ms:>12,.0f}{one.warm_ms:>7,.0f}"
            f"{one.cold_bytes / 1000:>24,.0f}{one.warm_bytes / 1000:>7,.0f}{one.requests:>11}{one.outside:>9}"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
