"""What is being said about the columns of one file on its way, kept beside the file until it is accepted."""

from dataclasses import dataclass

from sqlalchemy import select, update

from dashboard.forms.column_mapping import ColumnMapping, read_said, write_said
from dashboard.jobs.job import CHECK_IMPORT
from dashboard.pages.imports.draft_jobs import asking
from dashboard.pages.imports.draft_store import Also, State, move
from dashboard.pages.imports.file_reading import LaidOut
from dashboard.pages.imports.found_tables import KeptTable, read_tables, write_tables
from funds.book import OPEN, Book
from funds.errors import Conflict, NotFound
from funds.models import ImportDraft

REOPENED = frozenset({State.CHECKED, State.STOPPED, State.FAILED})


@dataclass(frozen=True)
class StoredMapping:
    """The tables of a file and what was said of them."""

    layout: str
    tables: tuple[KeptTable, ...]
    said: ColumnMapping


def ask_for_mapping(book: Book, draft_id: int, laid_out: LaidOut, also: Also | None = None) -> bool:
    """Let a file wait for somebody to say what its columns become."""
    return move(
        book,
        draft_id,
        {State.READING},
        State.MAPPING,
        also,
        rows_read=laid_out.rows,
        layout=laid_out.layout,
        tables=write_tables(laid_out.tables),
        mapping=write_said(laid_out.said),
        is_mapped=False,
    )


def find_mapping(book: Book, person_id: int, draft_id: int) -> StoredMapping:
    """What was said of a file; of another person's, and of the template, there is none."""
    query = select(ImportDraft.layout, ImportDraft.tables, ImportDraft.mapping).where(
        ImportDraft.person_id == person_id, ImportDraft.id == draft_id, ImportDraft.mapping.is_not(None)
    )
    with book.look(sight=OPEN) as look:
        row = look.connection.execute(query).first()
    if row is None:
        raise NotFound("imports.no_such_draft")
    tables = read_tables(row.tables)
    return StoredMapping(row.layout, tables, read_said(row.mapping, tables))


def keep_said(book: Book, person_id: int, draft_id: int, said: ColumnMapping) -> None:
    """Keep what was said so far; refused where the file waits for nothing more."""
    query = update(ImportDraft).where(
        ImportDraft.person_id == person_id,
        ImportDraft.id == draft_id,
        ImportDraft.state == State.MAPPING.value,
    )
    with book.keep() as connection:
        if connection.execute(query.values(mapping=write_said(said))).rowcount != 1:
            raise Conflict("import_mapping.not_waiting")


def accept(book: Book, person_id: int, draft_id: int) -> None:
    """Let the file be looked through by what was said."""
    also = asking(book, person_id, CHECK_IMPORT, draft_id)
    if not move(book, draft_id, {State.MAPPING}, State.WAITING, also, is_mapped=True, result=None):
        raise Conflict("import_mapping.not_waiting")


def reopen(book: Book, draft_id: int) -> None:
    """Let what was said be changed again; decisions about single rows are gone with it."""
    if not move(book, draft_id, REOPENED, State.MAPPING, is_mapped=False, result=None, choices=None):
        raise Conflict("imports.not_startable")
