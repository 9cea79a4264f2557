"""Refuses an edit that rests on what somebody else has changed meanwhile, with the difference field by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from funds.book import Change, visible
from funds.errors import Conflict, NotFound
from funds.models import Replaceable, Revision, table_of
from funds.permissions import read_rights
from funds.queries.trail_readers import make_reader, may_see_row, readable_rows
from funds.queries.trail_rows import shown_columns
from funds.recording.chains import read_predecessors, read_row, read_successors
from funds.recording.proposal_grounds import name_person

Row = Mapping[str, Any]
NOTHING: Row = {}


@dataclass(frozen=True)
class Difference:
    """One field: what it said when the form was opened, what it says now, and what the form would have it say."""

    column: str
    opened: Any
    now: Any
    mine: Any

    @property
    def is_contested(self) -> bool:
        """Whether both changed it, and not to the same."""
        return self.now != self.opened and self.mine not in (self.opened, self.now)


@dataclass(frozen=True)
class Overtaken:
    """What stands now in place of what was opened: `row_id` is None where nothing does any more."""

    table: str
    row_id: int | None
    version: int
    person: str
    recorded_at: str
    fields: tuple[Difference, ...]


class StaleEdit(Conflict):
    """The form was opened before somebody else's change of the same; nothing was written."""

    def __init__(self, overtaken: Overtaken) -> None:
        self.overtaken = overtaken
        super().__init__("edit.stale", person=overtaken.person, version=overtaken.version)


def refuse_stale(
    change: Change,
    model: type[Replaceable],
    about: int | Mapping[str, object],
    seen_version: int,
    mine: Mapping[str, object],
) -> int | None:
    """Refuse an edit of a row (by its id), or of all that some columns speak of, if it was changed meanwhile.

    `seen_version` is how the book stood when the form was opened, `mine` what the form says, by column. Of a
    row the id is returned under which it stands today: a change that was taken back again is no change.
    """
    if isinstance(about, int):
        return _refuse_stale_row(change, model, about, seen_version, mine)
    _refuse_stale_ground(change, model, about, min(seen_version, change.version - 1), mine)
    return None


def _refuse_stale_row(
    change: Change, model: type[Replaceable], row_id: int, seen_version: int, mine: Row
) -> int:
    name = table_of(model).name
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    row = read_row(change, model, row_id)
    reader = make_reader(change.person_id, rights)
    if row is None or not may_see_row(change.connection, reader, name, row_id):
        raise NotFound("edit.no_such_row", row=f"{name}#{row_id}")
    whole = [*read_predecessors(change, model, row_id), row, *read_successors(change, model, row_id)]
    chain = [one for one in whole if one["revision_id"] < change.version]
    opened = next((one for one in reversed(chain) if one["revision_id"] <= seen_version), chain[0])
    now = chain[-1]
    if now["withdrawn"] or _differs(name, opened, now):
        raise StaleEdit(_compare(change, name, opened, now, mine))
    return int(now["id"])


def _refuse_stale_ground(
    change: Change, model: type[Replaceable], columns: Row, seen_version: int, mine: Row
) -> None:
    table = table_of(model)
    rights = read_rights(change.connection, change.person_id, change.on, change.version)
    seen = readable_rows(table, table.name, make_reader(change.person_id, rights))
    about = [table.c[name].is_not_distinct_from(value) for name, value in columns.items()]
    query = select(table).where(seen, *about, table.c.revision_id < change.version).order_by(table.c.id)
    rows = [dict(row) for row in change.connection.execute(query).mappings()]
    since = [row for row in rows if row["revision_id"] > seen_version]
    standing = _standing_at(change, model, rows, change.version - 1)
    earlier = _standing_at(change, model, rows, seen_version)
    if not since or _contents(table.name, standing) == _contents(table.name, earlier):
        return
    newest = max(since, key=lambda row: row["id"])
    opened, now = _newest(earlier) or NOTHING, _newest(standing)
    found = _compare(change, table.name, opened, {**newest, "withdrawn": True} if now is None else now, mine)
    raise StaleEdit(found)


def _standing_at(
    change: Change, model: type[Replaceable], rows: Iterable[Row], version: int
) -> Sequence[Row]:
    """Those of the rows that stood at a version."""
    table, listed = table_of(model), list(rows)
    query = select(table.c.id).where(visible(model, version), table.c.id.in_([row["id"] for row in listed]))
    stood = set(change.connection.execute(query).scalars())
    return [row for row in listed if row["id"] in stood]


def _newest(rows: Sequence[Row]) -> Row | None:
    """The fact that holds last."""
    return max(rows, key=lambda row: (str(row.get("from_date") or ""), row["id"]), default=None)


def _contents(name: str, rows: Iterable[Row]) -> list[str]:
    """What rows say, whatever their numbers."""
    return sorted(repr([row[column] for column in shown_columns(name)]) for row in rows)


def _differs(name: str, opened: Row, now: Row) -> bool:
    return any(opened[column] != now[column] for column in shown_columns(name))


def _compare(change: Change, name: str, opened: Row, now: Row, mine: Row) -> Overtaken:
    """Every field that either side changed; what was taken back says nothing any more."""
    is_gone = bool(now["withdrawn"])
    fields = [
        Difference(
            column,
            opened.get(column),
            None if is_gone else now[column],
            mine.get(column, opened.get(column)),
        )
        for column in shown_columns(name)
    ]
    changed = [one for one in fields if one.now != one.opened or one.mine != one.opened]
    query = select(Revision.person_id, Revision.recorded_at).where(Revision.id == now["revision_id"])
    author = change.connection.execute(query).one()
    return Overtaken(
        table=name,
        row_id=None if is_gone else int(now["id"]),
        version=int(now["revision_id"]),
        person=name_person(change, author.person_id),
        recorded_at=str(author.recorded_at),
        fields=tuple(changed),
    )
