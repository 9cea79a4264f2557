"""Where workbooks are looked through and recorded, one at a time, beside the pages that show how far it is."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Semaphore, Thread
from typing import Any

from dashboard.incidents import record_incident
from dashboard.pages.imports.draft_store import (
    State,
    StoredDraft,
    find_draft,
    move,
    note_rows,
    read_content,
)
from dashboard.pages.imports.file_reading import lay_out_file, read_as_said, read_file
from dashboard.pages.imports.mapping_store import ask_for_mapping, find_mapping
from dashboard.pages.imports.outcome import Outcome, describe, forgive
from funds.book import Book
from funds.errors import Conflict, LedgerError, NotAllowed, RulesBroken
from funds.intake import WorkbookReading, import_workbook
from funds.intake.choices import Choice
from funds.intake.foreign.reading import ForeignReading
from funds.intake.parsing import parse_workbook
from funds.problems import fatal, only_fatal

TELL_EVERY = 1.0  # seconds between two notes of how far it is
PLACE = "import"


class Stopped(Exception):
    """The owner wants no more of it."""


class Workshop:
    """The work of one server: what waits stands in line, so that one large file does not hold up the pages."""

    def __init__(self) -> None:
        self._one = Semaphore(1)

    def start(self, work: Callable[..., None], *given: Any) -> Thread:
        """Begin some work in a thread of its own."""
        thread = Thread(target=self._run, args=(work, given), name="import", daemon=True)
        thread.start()
        return thread

    def _run(self, work: Callable[..., None], given: tuple[Any, ...]) -> None:
        with self._one:
            work(*given)


def check_draft(book: Book, login: str, person_id: int, draft_id: int) -> None:
    """Read a workbook and rehearse its import; whatever comes of it is kept beside the file."""

    def work() -> None:
        if not move(book, draft_id, {State.WAITING}, State.READING):
            return
        draft = find_draft(book, person_id, draft_id)
        reading = _read(book, login, person_id, draft)
        if isinstance(reading, ForeignReading):
            ask_for_mapping(book, draft_id, lay_out_file(book, login, person_id, reading))
        elif move(book, draft_id, {State.READING}, State.CHECKING, rows_read=reading.rows_read):
            outcome = rehearse(book, login, reading)
            move(book, draft_id, {State.CHECKING}, State.CHECKED, result=outcome)

    _guard(book, draft_id, work)


def write_draft(book: Book, login: str, person_id: int, draft_id: int) -> None:
    """Record a workbook as one revision, by the same verb as the command; refused, it is looked through again."""

    def work() -> None:
        draft = find_draft(book, person_id, draft_id)
        reading = _read(book, login, person_id, draft)
        if isinstance(reading, ForeignReading):
            raise Conflict("imports.not_ready")
        try:
            result = import_workbook(book, login, reading, choices=draft.decided)
        except (RulesBroken, Conflict) as error:
            outcome = _refuse(rehearse(book, login, reading), error)
            move(book, draft_id, {State.WRITING}, State.CHECKED, result=outcome)
            return
        version = result.version
        move(book, draft_id, {State.WRITING}, State.DONE, version=version, result=describe(reading, result))

    _guard(book, draft_id, work)


def rehearse(book: Book, login: str, reading: WorkbookReading) -> Outcome:
    """What recording the workbook would come to; nothing is written.

    What is wrong only as long as rows count that somebody may still leave out is no more than a warning.
    """
    if not reading.sheets:
        return describe(reading, None)
    try:
        result = import_workbook(book, login, reading, dry_run=True)
    except NotAllowed as refused:
        return _add_problem(describe(reading, None), refused)
    outcome = describe(reading, result)
    if not outcome.grave or not outcome.meetings:
        return outcome
    skipped = {one.origin: Choice.SKIP for one in outcome.meetings}
    spared = import_workbook(book, login, reading, dry_run=True, choices=skipped)
    return replace(outcome, problems=forgive(outcome.problems, only_fatal(spared.problems)))


def _read(book: Book, login: str, person_id: int, draft: StoredDraft) -> WorkbookReading | ForeignReading:
    """Read the file in the child, and say now and then how far it is; what is recorded is not interrupted."""

    def watch(content: bytes) -> Iterator[dict[str, Any]]:
        rows, told = 0, time.monotonic()
        for line in parse_workbook(content):
            found = line.get("rows")
            rows += len(found) if isinstance(found, list) else 0
            if time.monotonic() - told >= TELL_EVERY:
                if draft.state is State.READING and not note_rows(book, draft.id, rows):
                    raise Stopped
                told = time.monotonic()
            yield line

    content = read_content(book, person_id, draft.id)
    if not draft.is_mapped:
        return read_file(draft.name, content, watch)
    said = find_mapping(book, person_id, draft.id).said
    return read_as_said(book, login, draft.name, content, said, watch)


def _guard(book: Book, draft_id: int, work: Callable[[], None]) -> None:
    """Whatever happens in a thread is told beside the file; nobody else would hear of it."""
    at_work = {State.READING, State.CHECKING, State.WRITING}
    try:
        work()
    except Stopped:
        return
    except LedgerError as error:
        move(book, draft_id, at_work, State.FAILED, result=Outcome(notice=error.code, params=error.params))
    except Exception as error:
        incident = record_incident(error, PLACE)
        told = Outcome(notice="imports.incident", params={"incident": incident})
        move(book, draft_id, at_work, State.FAILED, result=told)


def _add_problem(outcome: Outcome, error: LedgerError) -> Outcome:
    problem = fatal(error.code, "", **error.params)
    return Outcome((*outcome.problems, problem), controls=outcome.controls, rows_read=outcome.rows_read)


def _refuse(outcome: Outcome, error: RulesBroken | Conflict) -> Outcome:
    """What is found now, with the reason why recording was refused: the book has changed, or a decision is at fault."""
    if isinstance(error, Conflict):
        return replace(outcome, notice=error.code)
    if outcome.grave:
        return replace(outcome, notice="imports.changed_meanwhile")
    problems = (*only_fatal(error.problems), *outcome.problems)
    return replace(outcome, problems=problems, notice="imports.decisions_refused")
