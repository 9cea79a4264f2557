"""Pictures of the pages for the documents: `python -m tests.browser.screenshots` writes docs/pictures.

With names of pages behind it, of the full pictures only those are taken anew.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.browser.demo_server import Demo
from tests.browser.visits import SLOW, enter_demo, settle
from tests.chromium import WatchedPages, running_browser

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
# A picture is of the sample city at its last day; every size and light of each page.
DAY = "as_of=2026-09-30"
SIZES = (1440, 390)
LIGHTS = (False, True)
QUALITY = 84  # small text stays sharp, and a long page stays under half a megabyte


@dataclass(frozen=True)
class Shot:
    """One page: the name of its pictures, its address, and who looks at it."""

    name: str
    path: str
    identity: str = "commission"
    tallest: int = 3_600


SHOTS: Sequence[Shot] = (
    Shot("overview", "/"),
    Shot("parks", "/parks"),
    Shot("park", "/parks/P01", "park"),
    Shot("funds", "/funds", "manager"),
    Shot("fund", "/funds/F15", "manager"),
    Shot("definitions", "/definitions", tallest=1_200),
    Shot("definition", "/definitions/LV04", tallest=1_600),
    Shot("glossary", "/glossary", tallest=1_200),
)
# What one sees first, for the tours in the README.
TOURS: Sequence[tuple[Shot, tuple[int, int]]] = (
    (Shot("tour-city", "/"), (1440, 900)),
    (Shot("tour-park", "/parks/P01", "park"), (390, 844)),
    (Shot("tour-fund", "/funds/F15", "manager"), (1440, 900)),
)


def name_pictures() -> set[str]:
    """The file of every picture that a whole run writes."""
    ends = [
        f"{'' if width == SIZES[0] else f'-{width}'}{'-dark' if dark else ''}"
        for width in SIZES
        for dark in LIGHTS
    ]
    full = {f"{shot.name}{end}" for shot in SHOTS for end in ends}
    return {f"{name}.jpg" for name in full | {shot.name for shot, _ in TOURS} | {"sign-in", "passport"}}


def main(names: Sequence[str]) -> int:
    """Build the sample city, serve it, and take every picture, or those of the pages named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        demo.make()
        with demo.serve() as address, running_browser() as browser:
            pages = WatchedPages(browser)
            take_doors(pages, address)
            for shot in wanted:
                for width in SIZES:
                    for dark in LIGHTS:
                        take(pages, address, shot, width, dark=dark)
            for shot, size in TOURS:
                take_first(pages, address, shot, size)
            take_passport(pages, address)
            if pages.outside:
                raise RuntimeError(f"the pages asked other machines: {pages.outside}")
    return 0


def take_doors(pages: WatchedPages, address: str) -> None:
    """The page at the door, with its three identities."""
    page = pages.open()
    page.goto(f"{address}/sign-in")
    save(page, "sign-in")
    pages.close()


def take(pages: WatchedPages, address: str, shot: Shot, width: int, *, dark: bool) -> None:
    """A page as long as it is, at a width and in a light."""
    page = pages.open(width, 900, dark=dark)
    enter_demo(page, address, shot.identity, path=f"{shot.path}?{DAY}")
    settle(page)
    height = int(page.evaluate("document.scrollingElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": min(height, shot.tallest)})
    page.wait_for_timeout(1_000)  # figures settle to their new room
    save(page, f"{shot.name}{'' if width == SIZES[0] else f'-{width}'}{'-dark' if dark else ''}")
    pages.close()


def take_first(pages: WatchedPages, address: str, shot: Shot, size: tuple[int, int]) -> None:
    """Only what is on the screen at first."""
    page = pages.open(*size)
    enter_demo(page, address, shot.identity, path=f"{shot.path}?{DAY}")
    settle(page)
    page.wait_for_timeout(500)
    save(page, shot.name)
    pages.close()


def take_passport(pages: WatchedPages, address: str) -> None:
    """The overview with a number's passport open."""
    page = pages.open()
    enter_demo(page, address, path=f"/?{DAY}")
    settle(page)
    page.locator('.figure-number[id*="LV04"]').first.click()
    page.locator(".passport-value").wait_for(timeout=SLOW)
    page.wait_for_timeout(500)  # the drawer slides in
    save(page, "passport")
    pages.close()


def save(page: Page, name: str) -> None:
    """One picture."""
    path = PICTURES / f"{name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=QUALITY)
    print(f"{path.name}: {path.stat().st_size // 1024} kB", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
