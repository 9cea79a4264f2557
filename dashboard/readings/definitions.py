"""Puts the version of its definition, as the book has it on the day, on each figure."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.readings.answers import Figure, Reading
from funds.queries.facts import Facts


def with_definitions(reading: Reading, facts: Facts) -> Reading:
    """The reading with the definition versions in force at its as-of date."""
    return replace(reading, figures=stamp_figures(reading.figures, facts))


def stamp_figures(figures: Iterable[Figure], facts: Facts) -> tuple[Figure, ...]:
    """Figures with the definition versions in force; those that have theirs are left as they are."""
    return tuple(_stamp(figure, facts.definitions.get(figure.code)) for figure in figures)


def _stamp(figure: Figure, version: int | None) -> Figure:
    return figure if figure.definition_version == version else replace(figure, definition_version=version)
