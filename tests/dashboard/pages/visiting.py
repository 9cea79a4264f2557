"""What an address asks for in a book without a server: a context as pages get it, and what was drawn as one text."""

from typing import Any

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from funds.book import Book, find_person
from tests.dashboard.pages.opening import open_text


def visit_page(book: Book, path: str, search: str = "", login: str = "local") -> PageContext:
    """The context of an address for somebody."""
    with book.look() as look:
        who = Identity(find_person(look.connection, login, look.version), login, login, ())
    return read_context(Visit(book, who, "zh", "light"), f"?{search}", path=path)


def find_links(component: Any) -> list[tuple[str, str]]:
    """Words and address of every link below a component."""
    found = []
    for part in walk(component):
        href = getattr(part, "href", None)
        if href is not None:
            found.append((text_below(part), str(href)))
    return found


def text_below(component: Any) -> str:
    """All the words below a component."""
    component = open_text(component)
    if isinstance(component, str):
        return component
    if isinstance(component, list | tuple):
        return "".join(map(text_below, component))
    return text_below(getattr(component, "children", None)) if component is not None else ""


def walk(component: Any) -> list[Any]:
    """Every component below one, itself first."""
    component = open_text(component)
    if isinstance(component, list | tuple):
        return [part for one in component for part in walk(one)]
    children = getattr(component, "children", None)
    return [component, *(walk(children) if children is not None and not isinstance(children, str) else [])]
