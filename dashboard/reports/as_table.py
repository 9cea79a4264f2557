"""A reading as text for a terminal: figures one per line, rows as a table whose columns line up in Chinese too."""

from collections.abc import Sequence
from unicodedata import east_asian_width

from dashboard.readings.answers import Figure, Reading
from dashboard.reports.row_tables import split_tables
from dashboard.words import say
from dashboard.words.numbers import ABSENT, format_yuan

Table = Sequence[Sequence[str]]


def write_table(reading: Reading, language: str) -> str:
    """Heading, figures with basis and definition version, then the rows, table by table."""
    head = say(
        "report.heading",
        language,
        report=say(f"report.{reading.report}", language),
        scope=reading.scope,
        as_of=reading.as_of,
        version=reading.version,
    )
    lines = [
        head,
        "",
        *_align([_titles(language), *(_figure(figure, language) for figure in reading.figures)]),
    ]
    for table in split_tables(reading, language):
        cells = [[ABSENT if cell is None else str(cell) for cell in row] for row in table.rows]
        heading = [] if table.heading is None else [table.heading]
        lines += ["", *heading, *_align([table.titles, *cells])]
    return "\n".join(lines) + "\n"


def _titles(language: str) -> list[str]:
    return [
        say(f"report.column_{name}", language) for name in ("code", "label", "basis", "value", "definition")
    ]


def _figure(figure: Figure, language: str) -> list[str]:
    value = format_yuan(figure.value) if isinstance(figure.value, int) else figure.value
    if value is None:
        value = f"{ABSENT} ({say(str(figure.reason), language)})"
    version = ABSENT if figure.definition_version is None else f"v{figure.definition_version}"
    return [
        figure.code,
        say(f"figure.{figure.code}", language),
        say(f"basis.{figure.basis}", language),
        value,
        version,
    ]


def _align(table: Table) -> list[str]:
    widths = [max(_width(row[column]) for row in table) for column in range(len(table[0]))]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in table
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
