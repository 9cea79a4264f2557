"""Puts the version of its definition, as the book has it on the day, on each figure."""

from dataclasses import replace

from dashboard.readings.answers import Reading
from funds.queries.facts import Facts


def with_definitions(reading: Reading, facts: Facts) -> Reading:
    """The reading with the definition versions in force at its as-of date."""
    figures = tuple(
        replace(figure, definition_version=facts.definitions.get(figure.code)) for figure in reading.figures
    )
    return replace(reading, figures=figures)
