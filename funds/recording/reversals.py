"""Takes a whole revision back, after asking what rests on it: withdrawals, and copies of what it replaced."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.errors import Conflict, NotFound
from funds.models import (
    AuditFinding,
    AuditSample,
    Base,
    BookRow,
    Period,
    Replaceable,
    Revision,
    Signature,
    table_of,
)
from funds.permissions import Action, read_rights
from funds.recording.chains import content_columns, read_row, read_successors
from funds.recording.guards import VETTED, require_row
from funds.recording.rests import Rest, find_dependents
from funds.recording.whole import check_whole

FOUNDING = 1  # the revision that makes the book and its first person
LISTED = 20  # rests named in the refusal
RESTED = "reversal.rested_upon"
# What was signed or found stands: a later paper takes its place, a further step goes on from it.
FOR_GOOD: tuple[type[BookRow], ...] = (Signature, AuditSample, AuditFinding, Period)
REPLACEABLE: tuple[type[Replaceable], ...] = tuple(
    mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Replaceable)
)


@dataclass(frozen=True)
class Undo:
    """A row of the revision, the row that stands in its place today, and what it had replaced before."""

    model: type[Replaceable]
    row: Mapping[str, Any]
    tip_id: int
    before: Mapping[str, Any] | None

    @property
    def is_gone(self) -> bool:
        """Whether nothing stands in the row's place afterwards."""
        return self.before is None or bool(self.before["withdrawn"])


@dataclass(frozen=True)
class Reversals:
    """`undone` revisions were taken back; `traceless` ones cancel out, the reversals themselves included."""

    undone: frozenset[int]
    traceless: frozenset[int]


def reverse_revision(change: Change, revision_id: int) -> int:
    """Take back every row of a revision; returns how many. The change must name it as what it reverses.

    A row that had replaced nothing is withdrawn; a row that had replaced another gives way to a copy of that.
    """
    reversals = read_reversals(change)
    _check_revision(change, revision_id, reversals)
    undos, rests = _plan(change, revision_id, reversals)
    _require(change, undos)
    rests += _read_dependents(change, revision_id, undos)
    if rests:
        listed = ", ".join(str(rest) for rest in rests[:LISTED])
        raise Conflict(RESTED, revision=revision_id, count=len(rests), rows=listed)
    _write(change, undos)
    check_whole(change)
    return len(undos)


@dataclass(frozen=True)
class TableUndo:
    """Of one table: how many rows would be withdrawn, and how many would give way to what they had replaced."""

    table: str
    withdrawn: int
    restored: int


@dataclass(frozen=True)
class Preview:
    """What taking a revision back would do; where something rests on it, it cannot be done."""

    tables: tuple[TableUndo, ...]
    rests: tuple[Rest, ...]


def preview_reversal(change: Change, revision_id: int) -> Preview:
    """Judge a reversal as if it were made, for a change that is then abandoned."""
    reversals = read_reversals(change)
    _check_revision(change, revision_id, reversals)
    undos, rests = _plan(change, revision_id, reversals)
    _require(change, undos)
    tables = {
        name: [undo for undo in undos if table_of(undo.model).name == name]
        for name in dict.fromkeys(table_of(undo.model).name for undo in undos)
    }
    counts = tuple(
        TableUndo(name, sum(one.is_gone for one in found), sum(not one.is_gone for one in found))
        for name, found in tables.items()
    )
    return Preview(counts, tuple(rests + _read_dependents(change, revision_id, undos)))


def find_rests(change: Change, revision_id: int) -> list[Rest]:
    """What would keep a revision from being reversed."""
    undos, rests = _plan(change, revision_id, read_reversals(change))
    return rests + _read_dependents(change, revision_id, undos)


def read_reversals(change: Change) -> Reversals:
    """Which revisions were reversed so far, reversals of reversals minded."""
    query = select(Revision.id, Revision.reverses_id).where(
        Revision.reverses_id.is_not(None), Revision.id < change.revision_id
    )
    undone: set[int] = set()
    reversing: set[int] = set()
    for row in change.connection.execute(query.order_by(Revision.id.desc())):
        reversing.add(row.id)
        if row.id not in undone:
            undone.add(row.reverses_id)
    return Reversals(frozenset(undone), frozenset(undone | reversing))


def _check_revision(change: Change, revision_id: int, reversals: Reversals) -> None:
    known = select(Revision.id, Revision.reverses_id).where(
        Revision.id.in_([revision_id, change.revision_id])
    )
    announced = {row.id: row.reverses_id for row in change.connection.execute(known)}
    if revision_id not in announced or revision_id == change.revision_id:
        raise NotFound("reversal.no_such_revision", revision=revision_id)
    if revision_id == FOUNDING:
        raise Conflict("reversal.founding")
    if revision_id in reversals.undone:
        raise Conflict("reversal.done_before", revision=revision_id)
    for model in FOR_GOOD:
        wrote = select(model.id).where(model.revision_id == revision_id)
        if change.connection.execute(wrote).first() is not None:
            raise Conflict("reversal.for_good", revision=revision_id)
    if announced[change.revision_id] != revision_id:
        raise Conflict("reversal.not_announced", revision=revision_id)


def _require(change: Change, undos: Sequence[Undo]) -> None:
    """Whoever takes rows back could have written them, and what they had replaced."""
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    rights.require_somewhere(Action.REVERSE)
    is_wide = rights.may(Action.REVERSE)
    judged: set[tuple[type[Replaceable], bool]] = set()
    for undo in undos:
        # A right over the city is judged once for each kind of row, other rights row by row.
        for row in (undo.row, undo.before):
            if row is None:
                continue
            is_vetted = undo.model in VETTED and row[VETTED[undo.model][0]] is not None
            if not is_wide or (undo.model, is_vetted) not in judged:
                require_row(change, rights, undo.model, row)
            judged.add((undo.model, is_vetted))


def _plan(change: Change, revision_id: int, reversals: Reversals) -> tuple[list[Undo], list[Rest]]:
    undos: list[Undo] = []
    rests: list[Rest] = []
    for model in REPLACEABLE:
        rows = _read_rows(change, model, revision_id)
        replaced = _read_replaced(change, model, revision_id) if rows else set()
        for row in rows:
            successors = read_successors(change, model, row["id"]) if row["id"] in replaced else []
            if successors and successors[0]["revision_id"] == revision_id:
                continue
            rests += [
                Rest(table_of(model).name, later["id"], later["revision_id"])
                for later in successors
                if later["revision_id"] not in reversals.traceless
            ]
            tip_id = successors[-1]["id"] if successors else row["id"]
            undos.append(Undo(model, row, tip_id, _read_before(change, model, row)))
    return undos, rests


def _read_dependents(change: Change, revision_id: int, undos: Sequence[Undo]) -> list[Rest]:
    own = {(table_of(undo.model).name, undo.tip_id) for undo in undos}
    gone = [(undo.model, undo.row) for undo in undos if undo.is_gone]
    return find_dependents(change, revision_id, own, gone)


def _read_rows(change: Change, model: type[Replaceable], revision_id: int) -> list[Mapping[str, Any]]:
    table = table_of(model)
    query = select(table).where(table.c.revision_id == revision_id).order_by(table.c.id)
    return [dict(row) for row in change.connection.execute(query).mappings()]


def _read_replaced(change: Change, model: type[Replaceable], revision_id: int) -> set[int]:
    table = table_of(model)
    later = table.alias()
    query = select(table.c.id).join(later, later.c.replaces_id == table.c.id)
    return {row.id for row in change.connection.execute(query.where(table.c.revision_id == revision_id))}


def _read_before(
    change: Change, model: type[Replaceable], row: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """What a row had replaced that was not of its own revision."""
    before: Mapping[str, Any] | None = row
    while before is not None and before["revision_id"] == row["revision_id"]:
        replaced = before["replaces_id"]
        before = None if replaced is None else read_row(change, model, replaced)
    return before


def _write(change: Change, undos: Sequence[Undo]) -> None:
    copies: dict[type[Replaceable], list[dict[str, object]]] = defaultdict(list)
    for undo in undos:
        source = undo.row if undo.before is None else undo.before
        copy = {column: source[column] for column in content_columns(undo.model)}
        copies[undo.model].append({**copy, "withdrawn": undo.is_gone, "replaces_id": undo.tip_id})
    for model, rows in copies.items():
        change.add(model, rows)
