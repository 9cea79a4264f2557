"""Where the definition pages stand, and the drafts that record which version of each holds."""

import hashlib
from functools import cache
from importlib.resources import files

from dashboard.help.page import DefinitionPage, parse_page
from funds.drafts import DefinitionDraft, Place
from funds.errors import NotFound

REFERENCE = "zh"


def read_page(code: str, language: str) -> str:
    """The text of one page."""
    if code not in definition_codes():
        raise NotFound("definition.not_found", definition=code)
    page = files("dashboard.help").joinpath("definitions", language, f"{code}.md")
    return page.read_text(encoding="utf-8")


@cache
def load_definition(code: str, language: str) -> DefinitionPage:
    """The page of one figure in one language."""
    return parse_page(read_page(code, language), language)


@cache
def definition_codes() -> tuple[str, ...]:
    """The codes of all figures that have a page, in the order of their codes."""
    pages = files("dashboard.help").joinpath("definitions", REFERENCE).iterdir()
    return tuple(sorted(page.name.removesuffix(".md") for page in pages if page.name.endswith(".md")))


def load_definition_drafts() -> list[DefinitionDraft]:
    """One draft per page; the digest is that of the Chinese page, the one that holds."""
    return [draft_definition(code) for code in definition_codes()]


def draft_definition(code: str) -> DefinitionDraft:
    """The version of one definition with the digest of its page."""
    text = read_page(code, REFERENCE)
    page = parse_page(text, REFERENCE)
    return DefinitionDraft(
        place=Place(f"{code}.md", 1),
        code=page.code,
        version=page.version,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        from_date=page.from_date,
    )
