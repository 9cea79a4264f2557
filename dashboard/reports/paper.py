"""A paper that is handed round: sections of sentences, one drawing and tables, each with what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from dashboard.tables.shown import ShownTable


@dataclass(frozen=True)
class BarChart:
    """What a workbook draws beside a table: numbers of some columns by the names in another, by their keys."""

    table: str
    names: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class PaperSection:
    """One subject; `source` stands at the foot of each of its pages, another one begins a new page.

    `absence` is said where there is nothing to draw or list.
    """

    title: str
    sentences: Sequence[str] = ()
    drawing: Markup | None = None
    tables: Sequence[ShownTable] = ()
    source: str = ""
    absence: str = ""
    chart: BarChart | None = None


@dataclass(frozen=True)
class PaperWords:
    """What the paper says of itself at the edges of every page."""

    running: str  # at the head: whose paper, as of when, as known when
    mark: str  # at the head, right: that the data are made up, where they are


@dataclass(frozen=True)
class Paper:
    """A paper in one language; the same question at the same version makes the same paper."""

    title: str
    subtitle: str
    language: str
    words: PaperWords
    sections: Sequence[PaperSection] = field(default=())
