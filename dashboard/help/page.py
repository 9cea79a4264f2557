"""A definition page: front matter, then the same six sections in every page of a language."""

from dataclasses import dataclass
from datetime import date

SECTIONS = ("meaning", "formula", "scope", "source", "pitfalls", "example")
HEADINGS = {
    "zh": ("含义", "公式", "口径", "来源", "易错之处", "算例"),
    "en": ("Meaning", "Formula", "Basis and scope", "Source", "Pitfalls", "Worked example"),
}
FIELDS = ("code", "title", "version", "from", "unit", "basis")
FENCE = "---"


@dataclass(frozen=True)
class Section:
    """One section: `key` is the same in every language, `text` is Markdown."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class DefinitionPage:
    """What a figure means, in one language, in the version that holds from `from_date`."""

    code: str
    language: str
    title: str
    version: int
    from_date: date
    unit: str
    basis: str
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        """One section by its key."""
        return next(section for section in self.sections if section.key == key)


def parse_page(text: str, language: str) -> DefinitionPage:
    """A page from its text; a missing field or section is a mistake of its author."""
    opening, head, body = text.split(f"{FENCE}\n", 2)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    if opening or tuple(fields) != FIELDS:
        raise ValueError(f"front matter must be {', '.join(FIELDS)}: {head!r}")
    return DefinitionPage(
        code=fields["code"],
        language=language,
        title=fields["title"],
        version=int(fields["version"]),
        from_date=date.fromisoformat(fields["from"]),
        unit=fields["unit"],
        basis=fields["basis"],
        sections=split_sections(body, language),
    )


def split_sections(body: str, language: str) -> tuple[Section, ...]:
    """The six sections in their order."""
    preface, *parts = f"\n{body}".split("\n## ")
    titled = [part.split("\n", 1) for part in parts]
    if preface.strip() or tuple(heading for heading, _ in titled) != HEADINGS[language]:
        raise ValueError(f"sections must be {', '.join(HEADINGS[language])}")
    return tuple(
        Section(key, heading, text.strip()) for key, (heading, text) in zip(SECTIONS, titled, strict=True)
    )
