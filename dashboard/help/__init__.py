"""The page behind each figure: what it means, how it is worked out, and where it misleads; and the glossary."""

from dashboard.help.glossary import GROUPS, Term, load_terms
from dashboard.help.page import DefinitionPage, Section, parse_page
from dashboard.help.relations import family_of, related_codes, terms_of
from dashboard.help.shelf import definition_codes, load_definition, load_definition_drafts

__all__ = [
    "GROUPS",
    "DefinitionPage",
    "Section",
    "Term",
    "definition_codes",
    "family_of",
    "load_definition",
    "load_definition_drafts",
    "load_terms",
    "parse_page",
    "related_codes",
    "terms_of",
]
