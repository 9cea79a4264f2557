"""The page that the address of a file names, and the name that the file goes out under."""

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

from dashboard.auth.visit import Visit
from dashboard.pages.context import PAGE, PageContext, read_context
from dashboard.pages.page import Page, find_page
from funds.errors import NotAllowed, NotFound

NO_NAME, LONGEST_NAME = frozenset('/\\:*?"<>|'), 120


def open_asked(
    visit: Visit, pages: Sequence[Page], query: Mapping[str, str], own: Collection[str]
) -> tuple[Page, PageContext]:
    """The page that an address names, for whoever asks, in the state beside the address's `own` parts."""
    path = query.get(PAGE, "")
    found = find_page(pages, path)
    if found is None:
        raise NotFound("page.no_table", table=path[:40])
    if not found.page.is_for(visit):
        raise NotAllowed("state.refused_text")
    state = urlencode([pair for pair in query.items() if pair[0] not in own])
    return found.page, read_context(visit, state, found.parts, path)


def name_file(context: PageContext, name: str) -> str:
    """The same name with the day and the version that the file is of."""
    stem, ending = name.rsplit(".", 1)
    return f"{clean_file_name(stem)}_{context.as_of.isoformat()}_v{context.version}.{ending}"


def clean_file_name(name: str) -> str:
    """A name that leads out of no folder: separators, control signs and leading dots stand for nothing."""
    kept = "".join(sign if sign.isprintable() and sign not in NO_NAME else "_" for sign in name)
    return kept.strip(" .")[:LONGEST_NAME] or "_"
