"""What was found in a workbook, as it is kept beside its file: problems, sheets, rows that meet the book, totals."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import groupby
from typing import Any

import orjson

from funds.book import Clash
from funds.intake import ImportResult, WorkbookReading
from funds.intake.choices import ALIKE, CHANGED, Choice
from funds.intake.columns import Column, Sheet
from funds.intake.sheets import SHEET_BY_DRAFT, SHEET_BY_TITLE
from funds.intake.writing import cell_of
from funds.problems import Problem, Severity, only_fatal

MOST_ROWS = 12  # runs of new rows that are named for a sheet


@dataclass(frozen=True)
class SheetOutcome:
    """What is in a sheet: rows read, new, there already, changed and alike; `runs` are the rows that are new."""

    title: str
    read: int
    new: int
    same: int
    changed: int
    alike: int
    total_fen: int | None  # None where the sheet holds no amounts
    runs: str = ""


@dataclass(frozen=True)
class FieldOutcome:
    """A field of a row in which the workbook and the book differ, in the words of the template."""

    title: str
    old: str
    new: str


@dataclass(frozen=True)
class MeetingOutcome:
    """A row of the workbook that meets one of the book, and what can be decided about it."""

    origin: str
    code: str
    name: str
    fields: tuple[FieldOutcome, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True)
class ControlOutcome:
    """A line of the cover's control totals beside what was counted; None where nothing was stated."""

    title: str
    rows_stated: int | None
    rows: int
    sum_stated_fen: int | None
    sum_fen: int | None


@dataclass(frozen=True)
class Outcome:
    """Everything that was found; `notice` is a message of the work itself, with its parameters."""

    problems: tuple[Problem, ...] = ()
    sheets: tuple[SheetOutcome, ...] = ()
    meetings: tuple[MeetingOutcome, ...] = ()
    controls: tuple[ControlOutcome, ...] = ()
    rows_read: int = 0
    already: bool = False
    notice: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def grave(self) -> int:
        """How many problems keep the workbook from being recorded."""
        return len(only_fatal(self.problems))

    @property
    def new(self) -> int:
        """Rows that are new beyond doubt."""
        return sum(sheet.new for sheet in self.sheets)

    @property
    def same(self) -> int:
        """Rows that the book holds."""
        return sum(sheet.same for sheet in self.sheets)

    def count(self, code: str) -> int:
        """How many rows meet the book in a way."""
        return sum(meeting.code == code for meeting in self.meetings)


def describe(reading: WorkbookReading, result: ImportResult | None) -> Outcome:
    """What reading and rehearsal found; a row that somebody can decide about is no problem any more."""
    if result is None:
        return Outcome(reading.problems, rows_read=reading.rows_read, controls=_controls(reading))
    met = {cell for meeting in result.meetings for cell in _cells(meeting.clash)}
    problems = tuple(one for one in result.problems if (one.code, one.where) not in met)
    return Outcome(
        problems,
        tuple(_sheet(reading, result, title) for title in (sheet.title for sheet in result.sheets)),
        tuple(_meeting(one.clash, one.choices) for one in result.meetings),
        _controls(reading),
        reading.rows_read,
        result.already and not result.meetings,
    )


def forgive(problems: Iterable[Problem], grave: Sequence[Problem]) -> tuple[Problem, ...]:
    """The grave ones as they are, and whatever else was found as warnings."""
    told = {(one.code, one.where) for one in grave}
    others = (one for one in problems if (one.code, one.where) not in told)
    return (*grave, *(replace(one, severity=Severity.WARNING) for one in others))


def write_outcome(outcome: Outcome) -> str:
    """As text, to be kept."""
    return orjson.dumps(asdict(outcome)).decode()


def read_outcome(text: str) -> Outcome:
    """From the text that was kept."""
    told: dict[str, Any] = orjson.loads(text)
    meetings = (
        MeetingOutcome(
            **{
                **one,
                "fields": tuple(FieldOutcome(**each) for each in one["fields"]),
                "choices": tuple(one["choices"]),
            }
        )
        for one in told["meetings"]
    )
    return Outcome(
        tuple(Problem(**{**one, "severity": Severity(one["severity"])}) for one in told["problems"]),
        tuple(SheetOutcome(**one) for one in told["sheets"]),
        tuple(meetings),
        tuple(ControlOutcome(**one) for one in told["controls"]),
        told["rows_read"],
        told["already"],
        told["notice"],
        told["params"],
    )


def name_runs(rows: Sequence[int]) -> str:
    """Rows as runs: `2–14、17`; cut short where there are many."""
    runs = []
    for _, run in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        found = [row for _, row in run]
        runs.append(str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}")
    return "、".join(runs[:MOST_ROWS]) + ("…" if len(runs) > MOST_ROWS else "")


def _cells(clash: Clash) -> Iterable[tuple[str, str]]:
    """Where the problem of a row that is decided about may stand: at any cell of it, in a file of any layout."""
    return ((clash.code, clash.draft.place.of(each.name)) for each in fields(clash.draft))


def _sheet_of(clash: Clash) -> Sheet:
    return SHEET_BY_DRAFT[type(clash.draft)]


def _sheet(reading: WorkbookReading, result: ImportResult, title: str) -> SheetOutcome:
    sheet = next(one for one in result.sheets if one.title == title)
    clashes = [one.clash for one in result.meetings if _sheet_of(one.clash).title == title]
    # By origin: rows of tables that stand side by side share their line.
    # What was recorded was decided about: then whatever came in beside another is new as well.
    is_open = result.version is None
    alike = {one.draft.place.origin: one.draft.place.row for one in clashes if is_open and one.code == ALIKE}
    changed = {one.draft.place.origin for one in clashes if one.code == CHANGED}
    fresh = sorted(Counter(sheet.rows) - Counter(alike.values()))
    read = next(one.rows_read for one in reading.sheets if one.title == title)
    return SheetOutcome(
        title,
        read,
        sheet.new - len(alike),
        sheet.same,
        len(changed),
        len(alike),
        sheet.total_fen if SHEET_BY_TITLE[title].total else None,
        name_runs(fresh),
    )


def _meeting(clash: Clash, choices: Sequence[Choice]) -> MeetingOutcome:
    draft = clash.draft
    columns = _sheet_of(clash).columns
    keys = columns[:4]
    name = " · ".join(text for column in keys if (text := _write(draft, column)))
    fields = tuple(
        FieldOutcome(
            column.heading.removesuffix("*"), _write_said(draft, column, clash.said), _write(draft, column)
        )
        for column in columns
        if clash.said.keys() & set(column.fields)
    )
    return MeetingOutcome(draft.place.origin, clash.code, name, fields, tuple(map(str, choices)))


def _write(draft: Any, column: Column) -> str:
    value = cell_of(draft, column)
    return "" if value is None else f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _write_said(draft: Any, column: Column, said: Mapping[str, object]) -> str:
    """What the book says there, as the template would have it; of what it knows by number only, nothing."""
    given = {name: said[name] for name in column.fields if name in said}
    if any(
        isinstance(value, int) != isinstance(getattr(draft, name), int)
        for name, value in given.items()
        if value is not None and getattr(draft, name) is not None
    ):
        return ""
    return _write(replace(draft, **given), column)


def _controls(reading: WorkbookReading) -> tuple[ControlOutcome, ...]:
    counted = {sheet.title: sheet for sheet in reading.sheets}
    return tuple(
        ControlOutcome(
            control.title,
            control.rows,
            counted[control.title].rows_read if control.title in counted else 0,
            control.sum_fen,
            counted[control.title].known_total if control.title in counted else 0,
        )
        for control in reading.controls
        if control.rows is not None or control.sum_fen is not None
    )
