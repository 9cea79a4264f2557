"""A reading as a paper: its figures, then each of its tables, in columns that fit the page."""

from collections.abc import Iterator, Sequence

from dashboard.readings.answers import Figure, Reading
from dashboard.reports.paper import Paper, PaperSection, PaperWords
from dashboard.reports.row_tables import RowTable, split_tables
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words import say
from dashboard.words.numbers import ABSENT, format_count, format_yuan

# A table of more columns is cut into several, each led by the first ones.
MOST_COLUMNS, REPEATED = 9, 2
FIGURE_COLUMNS = ("code", "label", "basis", "value", "numerator", "denominator", "definition")
NUMBERS = frozenset({"value", "numerator", "denominator"})


def make_reading_paper(reading: Reading, language: str, mark: str) -> Paper:
    """The paper of a reading; `mark` stands at the head of every page where the data are made up."""
    moment = say(
        "report.heading",
        language,
        report=say(f"report.{reading.report}", language),
        scope=reading.scope,
        as_of=reading.as_of,
        version=reading.version,
    )
    source = _name_definitions(reading.figures, language)
    sections = [
        PaperSection(
            say("report.sheet_figures", language), (), None, (_list_figures(reading, language),), source
        )
    ]
    for table in split_tables(reading, language):
        pieces = tuple(_cut(table, language))
        title = table.heading or say("report.sheet_rows", language)
        absence = "" if table.rows else say("paper.no_rows", language)
        sections.append(PaperSection(title, (), None, pieces, source, absence))
    words = PaperWords(moment, mark)
    return Paper(say(f"report.{reading.report}", language), moment, language, words, sections)


def _name_definitions(figures: Sequence[Figure], language: str) -> str:
    named = dict.fromkeys(
        (figure.code, figure.definition_version) for figure in figures if figure.definition_version
    )
    told = " · ".join(f"{code} v{version}" for code, version in named)
    told = say("paper.definitions", language, definitions=told) if told else ""
    return f"{told} {say('paper.in_fen', language)}".strip()


def _list_figures(reading: Reading, language: str) -> ShownTable:
    columns = tuple(
        Column(name, say(f"report.column_{name}", language), name in NUMBERS) for name in FIGURE_COLUMNS
    )
    rows = tuple(tuple(_figure_cells(figure, language)) for figure in reading.figures)
    return ShownTable("figures", say("report.sheet_figures", language), columns, rows)


def _figure_cells(figure: Figure, language: str) -> Iterator[Cell]:
    yield Cell(figure.code, figure.code)
    yield Cell(say(f"figure.{figure.code}", language), figure.code)
    yield Cell(say(f"basis.{figure.basis}", language), figure.basis)
    if figure.value is None:
        yield Cell(ABSENT, None, hover=say(str(figure.reason), language))
    else:
        text = format_yuan(figure.value) if isinstance(figure.value, int) else figure.value
        yield Cell(text, figure.value)
    for part in (figure.numerator, figure.denominator):
        yield Cell(format_count(part), part)
    version = figure.definition_version
    yield Cell(ABSENT if version is None else f"v{version}", version)


def _cut(table: RowTable, language: str) -> Iterator[ShownTable]:
    """The table in as many pieces as its columns need."""
    heading = table.heading or say("report.sheet_rows", language)
    own = range(REPEATED, len(table.titles))
    step = MOST_COLUMNS - REPEATED
    pieces = [own[at : at + step] for at in range(0, len(own), step)] or [own]
    for number, piece in enumerate(pieces, start=1):
        places = [*range(min(REPEATED, len(table.titles))), *piece]
        title = heading if len(pieces) == 1 else f"{heading} {number}/{len(pieces)}"
        columns = tuple(
            Column(str(place), table.titles[place], any(isinstance(row[place], int) for row in table.rows))
            for place in places
        )
        rows = tuple(tuple(_cell(row[place]) for place in places) for row in table.rows)
        yield ShownTable(f"{heading}-{number}", title, columns, rows)


def _cell(value: int | str | None) -> Cell:
    if value is None:
        return Cell(ABSENT)
    return Cell(format_count(value) if isinstance(value, int) else value, value)
