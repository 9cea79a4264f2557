"""What somebody decides about rows that meet one of the book: leave them out, take them too, or put the book right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from funds.book import Change, Clash
from funds.intake.reading import WorkbookReading
from funds.models import Entry, Replaceable, table_of
from funds.recording.chains import read_row
from funds.recording.companions import read_companions
from funds.recording.corrections import Correction, correctable

ALIKE, CHANGED = "twin.alike", "twin.changed"
# What a draft's field is called in the book, where it is not called the same.
DAYS = frozenset({"paid_on", "received_on", "signed_on", "exited_on"})
COLUMNS_OF_DAYS = ("moved_on", "signed_on", "exited_on")


class Choice(StrEnum):
    """What becomes of a row that meets one of the book."""

    SKIP = "skip"
    BOTH = "both"
    UPDATE = "update"


Choices = Mapping[str, Choice]  # by the row of the workbook: `投资!14`, `台账!H14→投资`


@dataclass(frozen=True)
class Update:
    """A row of the workbook that is to take the place of what the book says."""

    origin: str
    corrections: tuple[Correction, ...]


def offered(change: Change, clash: Clash) -> tuple[Choice, ...]:
    """What can be decided about a clash; only a row that is alike may stand beside the other."""
    beside = (Choice.BOTH,) if clash.code == ALIKE else ()
    return (Choice.SKIP, *beside, *((Choice.UPDATE,) if _correct(change, clash) else ()))


def leave_out(reading: WorkbookReading, choices: Choices) -> WorkbookReading:
    """The workbook without the rows that are skipped or put the book right."""
    out = {origin for origin, choice in choices.items() if choice is not Choice.BOTH}
    sheets = tuple(
        replace(sheet, drafts=tuple(draft for draft in sheet.drafts if draft.place.origin not in out))
        for sheet in reading.sheets
    )
    return replace(reading, sheets=sheets)


def plan_updates(change: Change, clashes: Iterable[Clash], choices: Choices) -> list[Update]:
    """The corrections of the clashes that somebody decided to put right."""
    return [
        Update(clash.draft.place.origin, _correct(change, clash))
        for clash in clashes
        if choices.get(clash.draft.place.origin) is Choice.UPDATE
    ]


def _correct(change: Change, clash: Clash) -> tuple[Correction, ...]:
    """The corrections that make the book say what the draft says; none where that cannot be done."""
    model: Any = clash.model
    if clash.values:
        is_free = clash.values.keys() <= correctable(model)
        return (Correction(model, clash.row_id, clash.values, clash.draft.place),) if is_free else ()
    row = read_row(change, model, clash.row_id) or {}
    rows = [(model, row), *read_companions(change, model, row)]
    found: dict[int, Correction] = {}
    for field in clash.said:
        placed = _place(rows, clash.draft, field)
        if placed is None:
            return ()
        at, column, value = placed
        target, values = rows[at], {column: value}
        if at in found:
            values = {**found[at].values, **values}
        found[at] = Correction(target[0], target[1]["id"], values, clash.draft.place)
    # The day of a payment is carried to its deal, whose own correction must come before.
    return tuple(found[at] for at in sorted(found, reverse=True))


def _place(
    rows: Sequence[tuple[type[Replaceable], Mapping[str, Any]]], draft: Any, field: str
) -> tuple[int, str, object] | None:
    """Which of a movement's rows holds a field, under which name, and what it ought to hold."""
    value = getattr(draft, field)
    for at, (model, row) in enumerate(rows):
        for column in _names(model, field):
            if column in correctable(model):
                is_out = column == "amount_fen" and row[column] < 0
                return at, column, -value if is_out else value
    return None


def _names(model: type[Replaceable], field: str) -> Iterator[str]:
    """What a field may be called in a table."""
    columns = table_of(model).columns
    wanted = (
        COLUMNS_OF_DAYS if field in DAYS else ("detail",) if (model, field) == (Entry, "kind") else (field,)
    )
    yield from (column for column in wanted if column in columns)
