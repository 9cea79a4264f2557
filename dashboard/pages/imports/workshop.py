"""How a job looks a workbook through, and how one records it; each attempt begins anew and ends once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from dashboard.auth.identity import Identity
from dashboard.jobs.job import JobState, StoredJob
from dashboard.jobs.task import End, Task
from dashboard.pages.imports.draft_store import (
    AT_WORK,
    LOOKED_AT,
    State,
    StoredDraft,
    find_draft,
    move,
    move_in,
    read_content,
)
from dashboard.pages.imports.file_reading import lay_out_file, read_as_said, read_file
from dashboard.pages.imports.mapping_store import ask_for_mapping, find_mapping
from dashboard.pages.imports.outcome import Outcome, describe, forgive
from funds.book import Change
from funds.book.trial import open_trial
from funds.errors import Conflict, LedgerError, NotAllowed, RulesBroken
from funds.intake import ImportResult, WorkbookReading, import_workbook
from funds.intake.batch import Progress
from funds.intake.choices import Choice
from funds.intake.foreign.reading import ForeignReading
from funds.intake.parsing import parse_workbook
from funds.problems import fatal, only_fatal

READ, CHECK, AGAIN = "read", "check", "again"


def check_draft(task: Task, person: Identity) -> None:
    """Read a workbook and rehearse its import; whatever comes of it is kept beside the file."""
    book, draft_id = task.book, int(task.job.subject)
    if not move(book, draft_id, LOOKED_AT, State.READING, rows_read=0):
        return
    draft = find_draft(book, person.person_id, draft_id)
    reading = _read(task, person, draft)
    if isinstance(reading, ForeignReading):
        ask_for_mapping(
            book, draft_id, lay_out_file(book, person.login, person.person_id, reading), task.seal
        )
    elif move(book, draft_id, {State.READING}, State.CHECKING, rows_read=reading.rows_read):
        task.tick(CHECK, 0, reading.rows_read)
        outcome = rehearse(task, person.login, reading)
        move(book, draft_id, {State.CHECKING}, State.CHECKED, task.seal, result=outcome)


def write_draft(task: Task, person: Identity) -> None:
    """Record a workbook as one revision, by the same verb as the command; refused, it is looked through again."""
    book, draft_id = task.book, int(task.job.subject)
    draft = find_draft(book, person.person_id, draft_id)
    if draft.state is not State.WRITING:
        return
    reading = _read(task, person, draft)
    if isinstance(reading, ForeignReading):
        raise Conflict("imports.not_ready")

    def keep(change: Change, result: ImportResult) -> None:
        done = describe(reading, result)
        task.seal(change.connection, version=result.version)
        move_in(change.connection, draft_id, {State.WRITING}, State.DONE, version=result.version, result=done)

    task.begin_final(reading.rows_read)
    try:
        result = import_workbook(
            book, person.login, reading, progress=task.tick_within, choices=draft.decided, keep=keep
        )
    except (RulesBroken, Conflict) as error:
        outcome = _refuse(rehearse(task, person.login, reading), error)
        move(book, draft_id, {State.WRITING}, State.CHECKED, task.seal, result=outcome)
        return
    if result.version is None:  # the book held every row before: nothing was kept with it
        move(book, draft_id, {State.WRITING}, State.DONE, task.seal, result=describe(reading, result))


def end_draft(connection: Connection, job: StoredJob, end: End) -> None:
    """What becomes of a workbook whose job was called off or did not come to its end."""
    draft_id = int(job.subject)
    if end.state is JobState.CANCELLED:
        # One whose recording was called off before it began is as ready as it was; others were told to stop before.
        move_in(connection, draft_id, {State.WRITING}, State.CHECKED)
        return
    told = Outcome(notice=end.notice, params=end.params)
    move_in(connection, draft_id, AT_WORK, State.FAILED, result=told)


def rehearse(task: Task, login: str, reading: WorkbookReading) -> Outcome:
    """What recording the workbook would come to; nothing is written.

    What is wrong only as long as rows count that somebody may still leave out is no more than a warning.
    """
    if not reading.sheets:
        return describe(reading, None)
    with open_trial(task.book) as trial:
        # Beside a change of the very same file nothing else can be written.
        say = task.tick if trial is not task.book else task.tick_within
        try:
            result = import_workbook(trial, login, reading, dry_run=True, progress=_name(CHECK, say))
        except NotAllowed as refused:
            return _add_problem(describe(reading, None), refused)
        outcome = describe(reading, result)
        if not outcome.grave or not outcome.meetings:
            return outcome
        skipped = {one.origin: Choice.SKIP for one in outcome.meetings}
        spared = import_workbook(
            trial, login, reading, dry_run=True, progress=_name(AGAIN, say), choices=skipped
        )
        return replace(outcome, problems=forgive(outcome.problems, only_fatal(spared.problems)))


def _name(stage: str, progress: Progress) -> Progress:
    """Progress of one round through the sheets, each named behind its stage."""
    return lambda sheet, done, total: progress(f"{stage}:{sheet}", done, total)


def _read(task: Task, person: Identity, draft: StoredDraft) -> WorkbookReading | ForeignReading:
    """Read the file in the child, and say now and then how far it is."""

    def watch(content: bytes) -> Iterator[dict[str, Any]]:
        rows = 0
        for line in parse_workbook(content):
            found = line.get("rows")
            rows += len(found) if isinstance(found, list) else 0
            task.tick(READ, rows)
            yield line

    book = task.book
    content = read_content(book, person.person_id, draft.id)
    task.tick(READ)
    if not draft.is_mapped:
        return read_file(draft.name, content, watch)
    said = find_mapping(book, person.person_id, draft.id).said
    return read_as_said(book, person.login, draft.name, content, said, watch)


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
