"""The page behind each figure: what it means, how it is worked out, and where it misleads."""

from dashboard.help.page import DefinitionPage, Section, parse_page
from dashboard.help.shelf import definition_codes, load_definition, load_definition_drafts

__all__ = [
    "DefinitionPage",
    "Section",
    "definition_codes",
    "load_definition",
    "load_definition_drafts",
    "parse_page",
]
