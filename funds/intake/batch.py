"""Brings a workbook that was read into the book: all its rows in one change, or none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select

from funds.book import Book, Change, Findings
from funds.errors import RulesBroken
from funds.intake.reading import WorkbookReading
from funds.models import Document, ImportBatch
from funds.problems import Problem, only_fatal
from funds.recording import VERBS, check_whole, leave_suspicions

Progress = Callable[[str, int, int], None]
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


@dataclass(frozen=True)
class ImportResult:
    """What became of a workbook: `version` where the book changed, `already` where it held all before."""

    version: int | None
    sheets: tuple[SheetResult, ...]
    problems: tuple[Problem, ...] = ()
    already: bool = False

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
) -> ImportResult:
    """Record every sheet in one revision. A rehearsal returns its problems, the import itself raises them.

    Nothing is left behind where a row breaks a rule, nor where the book held every row before.
    """
    with book.change(person, reading.name[:_LONGEST_NAME], action="import", dry_run=dry_run) as change:
        findings = _gather(change, reading)
        sheets = _record_sheets(change, reading, progress or _say_nothing)
        problems = tuple(findings.problems)
        is_sound = not only_fatal(problems)
        if not is_sound and not dry_run:
            raise RulesBroken(problems)
        is_news = is_sound and any(sheet.new for sheet in sheets)
        if is_news:
            _keep_document(change, reading, sheets)
        else:
            change.abandon()
    version = change.version if is_news and not dry_run else None
    return ImportResult(version, sheets, problems, already=is_sound and not is_news)


def _gather(change: Change, reading: WorkbookReading) -> Findings:
    """Begin with what reading found, and with what its unread rows leave under suspicion."""
    suspects = set(reading.suspects)
    for sheet in reading.sheets:
        for values in sheet.refused:
            suspects |= leave_suspicions(sheet.draft_type, values)
    change.findings = Findings(list(reading.problems), suspects)
    return change.findings


def _record_sheets(change: Change, reading: WorkbookReading, progress: Progress) -> tuple[SheetResult, ...]:
    """Hand each sheet's drafts to their verb, then let the whole be judged once."""
    results: list[SheetResult] = []
    total, done = sum(len(sheet.drafts) for sheet in reading.sheets), 0
    for sheet in reading.sheets:
        progress(sheet.title, done, total)
        if sheet.drafts:
            recorded = VERBS[sheet.draft_type](change, sheet.drafts)
            results.append(
                SheetResult(sheet.title, sheet.rows_read, recorded.new, recorded.same, recorded.total_fen)
            )
        done += len(sheet.drafts)
    progress(_STAGE_WHOLE, done, total)
    check_whole(change, chain.from_iterable(sheet.drafts for sheet in reading.sheets))
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
