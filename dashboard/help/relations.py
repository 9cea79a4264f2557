"""What leads on from a definition: the definitions beside it, and the terms that it uses."""

import re
from functools import cache

from dashboard.help.glossary import Term, load_terms
from dashboard.help.shelf import REFERENCE, definition_codes, load_definition

CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9]{2}[a-z]?(?![A-Za-z0-9])")
# What a page says about scopes stands on many pages alike, and would relate everything to everything.
TELLING = ("meaning", "formula")


def family_of(code: str) -> str:
    """The letters that a code begins with: LV, PF, AL, S."""
    return code.rstrip("0123456789abcdefghijklmnopqrstuvwxyz")


def related_codes(code: str) -> tuple[str, ...]:
    """The definitions that a page speaks of, that speak of it, or that share a term with it, by their codes."""
    named = _named_by_page()
    beside = named[code] | {other for other, codes in named.items() if code in codes}
    beside |= {other for term in load_terms() if code in term.figures for other in term.figures}
    return tuple(sorted(beside - {code}))


def terms_of(code: str) -> tuple[Term, ...]:
    """The terms of the glossary that lead to a definition, or that it uses in its title, meaning or formula."""
    page = load_definition(code, REFERENCE)
    text = "\n".join([page.title, *(page.section(key).text for key in TELLING)])
    return tuple(
        term for term in load_terms() if code in term.figures or any(word in text for word in term.spellings)
    )


@cache
def _named_by_page() -> dict[str, set[str]]:
    known = set(definition_codes())
    return {code: known & set(CODE.findall(_text_of(code))) for code in known}


def _text_of(code: str) -> str:
    return "\n".join(section.text for section in load_definition(code, REFERENCE).sections)
