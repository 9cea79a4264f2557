"""Chromium for the tests: found or installed, and watched so that nothing leaves the machine.

`python -m tests.chromium` finds it or installs it, or says what root must run.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocketRoute, sync_playwright

CHROMIUM_VARIABLE = "FUNDTRACKER_CHROMIUM"
PACKAGES = ("chromium", "fonts-noto-cjk")
INSTALL = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_PATTERNS = ("NotoSansCJK*", "NotoSansSC*", "wqy-*", "SourceHanSans*")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "/Library/Fonts")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A second wall behind the watch: no other name resolves, whatever part of the browser asks.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)


def find_chromium() -> Path | None:
    """The browser named by the environment, else one on the path."""
    named = os.environ.get(CHROMIUM_VARIABLE)
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None


def has_chinese_font() -> bool:
    """Whether a font with Chinese glyphs lies in one of the usual folders."""
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(next(folder.rglob(pattern), None) for folder in folders for pattern in FONT_PATTERNS)


def explain_missing() -> str:
    """What to do where there is no browser."""
    named = os.environ.get(CHROMIUM_VARIABLE)
    if named:
        return f"{CHROMIUM_VARIABLE} names {named}, which cannot be run."
    return (
        f"Chromium is missing. As root on Debian or Ubuntu: {INSTALL}\n"
        f"Elsewhere: install Chromium and a Chinese font, or set {CHROMIUM_VARIABLE} to the program."
    )


def install_chromium() -> None:
    """Install browser and fonts from the system's packages; only root can."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        subprocess.run(["apt-get", "-qq", *step], env=environment, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Make sure of a browser and a Chinese font; 1 where that needs someone else."""
    complete = find_chromium() is not None and has_chinese_font()
    may_install = os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get(CHROMIUM_VARIABLE)
    if not complete and may_install:
        print(f"installing as root: {' '.join(PACKAGES)}", flush=True)
        install_chromium()
    browser = find_chromium()
    if browser is None:
        print(explain_missing(), file=sys.stderr)
        return 1
    if not has_chinese_font():
        print(f"No Chinese font: pages show boxes. As root on Debian or Ubuntu: {INSTALL}", file=sys.stderr)
    return 0


@contextmanager
def running_browser() -> Iterator[Browser]:
    """One browser; raises FileNotFoundError with advice where there is none."""
    program = find_chromium()
    if program is None:
        raise FileNotFoundError(explain_missing())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def is_outside(url: str) -> bool:
    """Whether a request for this address would leave the machine."""
    parts = urlsplit(url)
    if parts.scheme in {"data", "blob", "about"}:
        return False
    if parts.hostname == "localhost":
        return False
    try:
        return not ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return True


@dataclass
class WatchedPages:
    """Pages of one browser whose requests to any other address are stopped and remembered."""

    browser: Browser
    outside: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, width: int = 1440, height: int = 900, *, dark: bool = False, locale: str = "zh-CN"
    ) -> Page:
        """A page in a session of its own, at a size and in a light."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            timezone_id="Asia/Shanghai",
            # A service worker could fetch past the watch.
            service_workers="block",
        )
        context.route("**/*", self._pass_request)
        context.route_web_socket(is_outside, self._refuse_socket)
        self.contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        """Close every page opened here."""
        while self.contexts:
            self.contexts.pop().close()

    def _pass_request(self, route: Route) -> None:
        if is_outside(route.request.url):
            self.outside.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def _refuse_socket(self, socket: WebSocketRoute) -> None:
        self.outside.append(socket.url)
        socket.close()


if __name__ == "__main__":
    sys.exit(main())
