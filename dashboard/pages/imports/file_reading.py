"""Reads a file that was sent in: as the template, or as the tables of any layout by what was said of their columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.forms.column_mapping import ColumnMapping
from dashboard.pages.imports.found_tables import KeptTable, keep_tables
from dashboard.pages.imports.layout_store import propose_for
from funds.book import Book, find_person
from funds.intake import WorkbookReading, read_content
from funds.intake.foreign.converting import convert
from funds.intake.foreign.mapping import fingerprint
from funds.intake.foreign.names import Directory, read_directory
from funds.intake.foreign.proposing import propose_mappings
from funds.intake.foreign.reading import ForeignReading, read_foreign
from funds.intake.foreign.recognising import is_foreign
from funds.intake.parsing import parse_workbook
from funds.permissions import read_rights

Parse = Callable[[bytes], Iterator[dict[str, Any]]]


@dataclass(frozen=True)
class LaidOut:
    """A file of another layout, before anybody has said what its columns become."""

    layout: str
    tables: tuple[KeptTable, ...]
    said: ColumnMapping
    rows: int


def read_file(name: str, content: bytes, parse: Parse | None = None) -> WorkbookReading | ForeignReading:
    """The file as the template, or the tables in it; one without tables is read for what is wrong with it alone."""
    reading = read_content(name, content, parse)
    if not is_foreign(reading):
        return reading
    # What calls itself no workbook has been refused before a child saw it, and is read by one only now.
    found = read_foreign(name, content, parse)
    if any(table.rows for table in found.tables):
        return found
    return WorkbookReading(name, found.sha256, found.size, content, problems=found.problems)


def lay_out_file(book: Book, login: str, person_id: int, found: ForeignReading) -> LaidOut:
    """What is found in a file, with what is proposed for its columns."""
    directory = open_directory(book, login)
    proposed = propose_mappings(found.tables, directory.headings())
    layout = fingerprint(found.tables)
    return LaidOut(
        layout,
        keep_tables(found.tables, directory.headings()),
        propose_for(book, person_id, layout, found.tables, proposed),
        sum(len(table.rows) for table in found.tables),
    )


def read_as_said(
    book: Book, login: str, name: str, content: bytes, said: ColumnMapping, parse: Parse | None = None
) -> WorkbookReading:
    """The file as if it had been sent in the template."""
    found = read_foreign(name, content, parse or parse_workbook)
    return convert(found, said.settled, open_directory(book, login))


def open_directory(book: Book, login: str) -> Directory:
    """Names as far as the person may know them: of funds only those that she may read."""
    with book.look() as look:
        person_id = find_person(look.connection, login, look.version)
        readable = read_rights(look.connection, person_id, book.today(), look.version).readable()
    with book.look(sight=readable.sight) as look:
        own = None if readable.is_city else readable.fund_ids | readable.park_fund_ids
        return read_directory(look.connection, look.version, own)
