"""What a person asks for with a workbook on its way: look it through anew, record it, or stop; the asking is kept with it."""

from dashboard.jobs.job import CHECK_IMPORT, WRITE_IMPORT
from dashboard.jobs.store import ask, call_off, find_last
from dashboard.pages.imports.draft_store import (
    AT_WORK,
    JOBS,
    LOOKED_AT,
    STARTABLE,
    Also,
    State,
    StoredDraft,
    move,
    move_in,
)
from funds.book import Book
from funds.errors import Conflict


def asking(book: Book, person_id: int, kind: str, draft_id: int) -> Also:
    """Asks for work on a workbook, in the step that lets it wait."""
    return lambda connection: ask(connection, book.now(), person_id, kind, draft_id)


def restart(book: Book, person_id: int, draft: StoredDraft) -> None:
    """Let a workbook be looked through anew; one that is being worked on stays as it is."""
    # Broken off is what stands as being worked on; the state that was read says that nobody does.
    since = AT_WORK if draft.state is State.BROKEN else {draft.state} & STARTABLE
    also = asking(book, person_id, CHECK_IMPORT, draft.id)
    if not move(book, draft.id, since, State.WAITING, also, result=None, rows_read=0):
        raise Conflict("imports.not_startable")


def ask_to_record(book: Book, person_id: int, draft: StoredDraft) -> None:
    """Let a workbook be recorded that was looked through and decided about; once."""
    also = asking(book, person_id, WRITE_IMPORT, draft.id)
    if not draft.is_ready or not move(book, draft.id, {State.CHECKED}, State.WRITING, also):
        raise Conflict("imports.not_ready")


def stop(book: Book, person_id: int, draft: StoredDraft) -> None:
    """Do without the work on a workbook; refused once it is being recorded."""
    job = find_last(book, person_id, *JOBS, subject=draft.id)
    if job is None or not job.is_stoppable:
        raise Conflict("imports.not_stoppable")
    with book.keep() as connection:
        is_gone = call_off(connection, job, book.now())
        if job.kind == CHECK_IMPORT:
            move_in(connection, draft.id, LOOKED_AT, State.STOPPED)
        elif is_gone:
            move_in(connection, draft.id, {State.WRITING}, State.CHECKED)
