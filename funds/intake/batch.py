"""Brings a workbook that was read into the book: all its rows in one change, or none of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from sqlalchemy import select

from funds.book import Book, Change, Clash, Findings
from funds.errors import Conflict, RulesBroken
from funds.intake.choices import (
    Choice,
    Choices,
    Update,
    leave_out,
    offered,
    plan_updates,
)
from funds.intake.reading import WorkbookReading
from funds.models import Document, ImportBatch
from funds.problems import Problem, only_fatal
from funds.recording import VERBS, check_whole, leave_suspicions
from funds.recording.corrections import correct_rows

Progress = Callable[[str, int, int], None]
Keep = Callable[[Change, "ImportResult"], None]
_STAGE_WHOLE = "check"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class SheetResult:
    """What became of a sheet: rows read, new to the book, there already, and the amounts of the new ones."""

    title: str
    read: int
    new: int
    same: int
    total_fen: int
    rows: tuple[int, ...] = ()  # of the new ones; told of a rehearsal alone


@dataclass(frozen=True)
class Meeting:
    """A row of the workbook that meets one of the book, and what can be decided about it."""

    clash: Clash
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ImportResult:
    """What became of a workbook: `version` where the book changed, `already` where it held all before."""

    version: int | None
    sheets: tuple[SheetResult, ...]
    problems: tuple[Problem, ...] = ()
    already: bool = False
    meetings: tuple[Meeting, ...] = ()
    updated: int = 0

    @property
    def new(self) -> int:
        """Rows new to the book."""
        return sum(sheet.new for sheet in self.sheets)


def import_workbook(
    book: Book,
    person: str,
    reading: WorkbookReading,
    dry_run: bool = False,
    progress: Progress | None = None,
    choices: Choices | None = None,
    keep: Keep | None = None,
) -> ImportResult:
    """Record every sheet in one revision. A rehearsal returns its problems, the import itself raises them.

    Nothing is left behind where a row breaks a rule, nor where the book held every row before. With `choices`
    just the rows that meet one of the book must have been decided about. `keep` is called when all is written, to
    note beside it what came of it: both are kept, or neither.
    """
    with book.change(person, reading.name[:_LONGEST_NAME], action="import", dry_run=dry_run) as change:
        updates = _settle(change, reading, choices) if choices is not None else []
        taken = reading if choices is None else leave_out(reading, choices)
        findings = _gather(change, taken)
        sheets = _record_sheets(change, taken, progress or _say_nothing)
        if updates:
            correct_rows(change, [one for update in updates for one in update.corrections])
        check_whole(change, chain.from_iterable(sheet.drafts for sheet in taken.sheets))
        problems = tuple(findings.problems)
        is_sound = not only_fatal(problems)
        if not is_sound and not dry_run:
            raise RulesBroken(problems)
        is_news = is_sound and (any(sheet.new for sheet in sheets) or bool(updates))
        if dry_run:
            sheets = _name_rows(change, taken, sheets)
        meetings = tuple(Meeting(clash, offered(change, clash)) for clash in findings.clashes)
        if is_news and not dry_run:
            _keep_document(change, reading, sheets)
        else:
            change.abandon()
        version = change.version if is_news and not dry_run else None
        already = is_sound and not is_news
        result = ImportResult(version, sheets, problems, already, meetings, len(updates))
        if version is not None and keep is not None:
            keep(change, result)
    return result


def _settle(change: Change, reading: WorkbookReading, choices: Choices) -> list[Update]:
    """Look once more at what meets the book now, and refuse what somebody has not decided about."""
    with change.rehearsing():
        findings = _gather(change, reading)
        _record_sheets(change, reading, _say_nothing)
        updates = plan_updates(change, findings.clashes, choices)
    if {clash.draft.place.origin for clash in findings.clashes} != choices.keys():
        raise Conflict("imports.changed_meanwhile")
    return updates


def _name_rows(
    change: Change, reading: WorkbookReading, sheets: tuple[SheetResult, ...]
) -> tuple[SheetResult, ...]:
    """The sheets with the rows of which something was written."""
    origins = change.list_origins()
    drafts = {sheet.title: sheet.drafts for sheet in reading.sheets}
    return tuple(
        replace(
            sheet,
            rows=tuple(draft.place.row for draft in drafts[sheet.title] if draft.place.origin in origins),
        )
        for sheet in sheets
    )


def _gather(change: Change, reading: WorkbookReading) -> Findings:
    """Begin with what reading found, and with what its unread rows leave under suspicion."""
    suspects = set(reading.suspects)
    for sheet in reading.sheets:
        for values in sheet.refused:
            suspects |= leave_suspicions(sheet.draft_type, values)
    change.findings = Findings(list(reading.problems), suspects)
    return change.findings


def _record_sheets(change: Change, reading: WorkbookReading, progress: Progress) -> tuple[SheetResult, ...]:
    """Hand each sheet's drafts to their verb; the whole is judged afterwards."""
    results: list[SheetResult] = []
    total, done = sum(len(sheet.drafts) for sheet in reading.sheets), 0
    for sheet in reading.sheets:
        change.beat = partial(progress, sheet.title, done, total)
        change.beat()
        if sheet.drafts:
            recorded = VERBS[sheet.draft_type](change, sheet.drafts)
            results.append(
                SheetResult(sheet.title, sheet.rows_read, recorded.new, recorded.same, recorded.total_fen)
            )
        done += len(sheet.drafts)
    change.beat = partial(progress, _STAGE_WHOLE, done, total)
    change.beat()
    return tuple(results)


def _keep_document(change: Change, reading: WorkbookReading, sheets: tuple[SheetResult, ...]) -> None:
    """The file itself, once, and this import of it."""
    known = select(Document.id).where(Document.sha256 == reading.sha256)
    document_id = change.connection.execute(known).scalar()
    if document_id is None:
        file = {
            "sha256": reading.sha256,
            "name": reading.name[-_LONGEST_NAME:],
            "size": reading.size,
            "content": reading.content,
            "origin": None,
        }
        (document_id,) = change.add(Document, [file])
    batch = {
        "document_id": document_id,
        "rows_read": reading.rows_read,
        "rows_new": sum(sheet.new for sheet in sheets),
        "total_fen": sum(sheet.total_fen for sheet in sheets),
        "origin": None,
    }
    change.add(ImportBatch, [batch])


def _say_nothing(stage: str, done: int, total: int) -> None:
    """For those who do not watch."""
