"""The glossary: what the trade's terms mean, in both languages, and which definitions to read on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIELDS = {"group", "zh", "en", "zh_meaning", "en_meaning"}
OPTIONAL = {"also", "figures"}
GROUPS = ("vehicle", "party", "money", "source", "deal", "return", "park", "reading")


@dataclass(frozen=True)
class Term:
    """One term; `also` holds other Chinese words for it, `figures` the definitions to read on."""

    code: str
    group: str
    names: Mapping[str, str]
    meanings: Mapping[str, str]
    also: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every Chinese word for it."""
        return (self.names["zh"], *self.also)


@cache
def load_terms() -> tuple[Term, ...]:
    """All terms, group by group, in the order of the file."""
    text = files("dashboard.help").joinpath("glossary.toml").read_text(encoding="utf-8")
    return parse_terms(text)


def parse_terms(text: str) -> tuple[Term, ...]:
    """Terms from their text; one that lacks a field or names no group is a mistake of its author."""
    terms = [_parse_term(code, fields) for code, fields in tomllib.loads(text).items()]
    return tuple(sorted(terms, key=lambda term: GROUPS.index(term.group)))


def _parse_term(code: str, fields: Mapping[str, object]) -> Term:
    if not FIELDS <= fields.keys() <= FIELDS | OPTIONAL or fields["group"] not in GROUPS:
        raise ValueError(f"the term {code} needs {', '.join(sorted(FIELDS))}: {dict(fields)!r}")
    return Term(
        code=code,
        group=str(fields["group"]),
        names={language: str(fields[language]) for language in ("zh", "en")},
        meanings={language: str(fields[f"{language}_meaning"]) for language in ("zh", "en")},
        also=_words(fields.get("also", [])),
        figures=_words(fields.get("figures", [])),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()
