"""A page: its address, its title, the right that it needs, and how it is laid out and registered."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from dash.development.base_component import Component

from dashboard.auth.callbacks import SIGNED_IN, GuardedApp, Need
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.reports.paper import Paper
from dashboard.tables.shown import ShownTable
from funds.permissions import Action

Layout = Callable[[PageContext], Component]
Register = Callable[[GuardedApp], None]
TableMaker = Callable[[PageContext], ShownTable]
PaperMaker = Callable[[PageContext], Paper]


def register_nothing(_app: GuardedApp) -> None:
    """For a page that only shows."""


@dataclass(frozen=True)
class Page:
    """One page; its audience is whoever holds the right that it needs."""

    path: str  # `/` or `/parks/{code}`; a part in braces is handed to the layout
    title: str  # the message code of its name
    needs: Need
    layout: Layout
    register: Register = register_nothing
    group: str = ""  # the message code of the heading it stands under in the navigation
    is_in_nav: bool = True
    tables: Mapping[str, TableMaker] = field(default_factory=dict)  # what it shows as tables, for export
    count: Callable[[Visit], int] | None = None  # what waits there for the person, told in the navigation
    papers: Mapping[str, PaperMaker] = field(default_factory=dict)  # what it can be printed as

    def is_for(self, visit: Visit) -> bool:
        """Whether the page is open to the person."""
        return self.needs == SIGNED_IN or visit.may_do(Action(self.needs))


@dataclass(frozen=True)
class Found:
    """A page and the parts of the address that it takes."""

    page: Page
    parts: Mapping[str, str]


def find_page(pages: Sequence[Page], path: str) -> Found | None:
    """The page at an address."""
    wanted = path.rstrip("/") or "/"
    for page in pages:
        match = re.fullmatch(_pattern(page.path), wanted)
        if match:
            return Found(page, match.groupdict())
    return None


@cache
def _pattern(path: str) -> str:
    parts = re.split(r"\{(\w+)\}", path)
    return "".join(re.escape(part) if at % 2 == 0 else f"(?P<{part}>[^/]+)" for at, part in enumerate(parts))
