"""Facts with a natural key: written once, skipped when they come again, refused when they come changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from funds.book import Change, Clash, visible
from funds.drafts import Draft
from funds.models import Replaceable, table_of
from funds.queries.codes import each_chunk
from funds.recording.chains import lives_on, was_undone
from funds.recording.sieve import Recorded, Sieve
from funds.rules.rows import check_row

D = TypeVar("D", bound=Draft)
Key = tuple[object, ...]
FIRST = "first"  # of the columns of a key, in a question


@dataclass(frozen=True)
class Noun:
    """A table of facts: its natural key (whose first column is never empty), and how its columns are called.

    Where `is_completed`, a value beside a blank of the book completes the fact instead of contradicting it.
    """

    model: type[Replaceable]
    key: tuple[str, ...]
    amount: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    is_completed: bool = False

    def key_of(self, values: Mapping[str, object]) -> Key:
        """The natural key of a row."""
        return tuple(values[column] for column in self.key)

    def field_of(self, column: str) -> str:
        """The draft's field behind a column."""
        return self.fields.get(column, column.removesuffix("_id"))


@dataclass(frozen=True)
class Line:
    """A row to be, from its draft; `unsaid` columns have a value that the draft did not state."""

    draft: Any
    values: dict[str, object]
    unsaid: frozenset[str] = frozenset()

    def contradicts(self, other: Mapping[str, object]) -> list[str]:
        """The columns that say otherwise; a blank says nothing, and so contradicts nothing."""
        return [
            column
            for column, value in self.values.items()
            if value is not None and column not in self.unsaid and other[column] != value
        ]


@dataclass
class Plan:
    """Rows found worth writing, and how many were in the book already."""

    noun: Noun
    fresh: list[tuple[Line, int | None]] = field(default_factory=list)
    same: int = 0

    def write(self, sieve: Sieve[Any]) -> int:
        """Write the sound rows; returns how many."""
        rows = [
            {**line.values, "origin": line.draft.place.origin, "replaces_id": replaces_id}
            for line, replaces_id in self.fresh
            if sieve.is_sound(line.draft)
        ]
        sieve.change.add(self.noun.model, rows)
        return len(rows)

    def total(self, sieve: Sieve[Any]) -> int:
        """The amounts of the rows written, in fen."""
        if self.noun.amount is None:
            return 0
        amounts = (line.values[self.noun.amount] for line, _ in self.fresh if sieve.is_sound(line.draft))
        return sum(amount for amount in amounts if isinstance(amount, int))


def plan_facts(sieve: Sieve[D], noun: Noun, lines: Sequence[Line]) -> Plan:
    """Look at rows one by one and against the book; reports what is wrong with them."""
    check_lines(sieve, noun, lines)
    sound = [line for line in lines if sieve.is_sound(line.draft)]
    standing = {noun.key_of(row): row for row in read_standing(sieve.change, noun, sound)}
    plan = Plan(noun)
    earlier: dict[Key, Line] = {}
    for line in sound:
        key = noun.key_of(line.values)
        if key in earlier:
            report_twin(sieve, noun, line, line.contradicts(earlier[key].values), "twin.contradicted")
            plan.same += 1
        elif key in standing:
            _meet_standing(sieve, plan, line, standing[key])
        else:
            plan.fresh.append((line, None))
        earlier.setdefault(key, line)
    report_corrected(sieve, plan)
    return plan


def keep_facts(sieve: Sieve[D], main: Plan, *others: Plan) -> Recorded:
    """Settle what was looked at and write it; the numbers are those of the main plan."""
    sieve.settle()
    for plan in others:
        plan.write(sieve)
    new = main.write(sieve)
    return sieve.conclude(new, main.same, main.total(sieve))


def check_lines(sieve: Sieve[D], noun: Noun, lines: Sequence[Line]) -> None:
    """Rules of single rows."""
    for line in lines:
        for fault in check_row(noun.model, line.values, sieve.change.on):
            sieve.report(line.draft, noun.field_of(fault.column), fault.code, fault.params)


def read_standing(change: Change, noun: Noun, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The visible rows that share the first column of their key with one of the lines."""
    table = table_of(noun.model)
    first = getattr(noun.model, noun.key[0])
    return [
        dict(row._mapping)
        for piece in each_chunk(line.values[noun.key[0]] for line in lines)
        for row in change.connection.execute(
            select(*table.columns).where(visible(noun.model, change.version), first.in_(piece))
        )
    ]


def report_twin(sieve: Sieve[D], noun: Noun, line: Line, columns: Sequence[str], code: str) -> None:
    """A row that comes again and says otherwise, naming the first of the fields that differ."""
    if columns:
        fields = [noun.field_of(column) for column in columns]
        sieve.report_twin(line.draft, fields, code)


def _meet_standing(sieve: Sieve[D], plan: Plan, line: Line, row: Mapping[str, Any]) -> None:
    differing = line.contradicts(row)
    if not differing:
        plan.same += 1
    elif plan.noun.is_completed and all(row[column] is None for column in differing):
        said = {column: value for column, value in line.values.items() if value is not None}
        completed = {column: row[column] for column in line.values} | said
        plan.fresh.append((Line(line.draft, completed), row["id"]))
    else:
        report_changed(sieve, plan.noun, line, row)


def report_changed(sieve: Sieve[D], noun: Noun, line: Line, row: Mapping[str, Any]) -> None:
    """A row that says otherwise than one of the book; which one, is kept for whoever puts it right."""
    differing = line.contradicts(row)
    report_twin(sieve, noun, line, differing, "twin.changed")
    said = {noun.field_of(column): row[column] for column in differing}
    values = {column: line.values[column] for column in differing}
    sieve.note_clash(Clash(line.draft, "twin.changed", noun.model, row["id"], said, values))


def report_corrected(sieve: Sieve[D], plan: Plan) -> None:
    """A row whose key the book knows only from before a correction is not to come in again."""
    lines = [line for line, replaces_id in plan.fresh if replaces_id is None]
    replaced = _read_replaced(sieve.change, plan.noun, lines)
    for line in lines:
        ids = replaced.get(plan.noun.key_of(line.values), [])
        if any(lives_on(sieve.change, plan.noun.model, row_id) for row_id in ids):
            sieve.report(line.draft, plan.noun.field_of(plan.noun.key[0]), "twin.corrected")


def _read_replaced(change: Change, noun: Noun, lines: Sequence[Line]) -> dict[Key, list[int]]:
    """Rows that were replaced (not withdrawn), by key."""
    model: Any = noun.model
    query = _ask_replaced(model, noun.key)
    replaced: dict[Key, list[int]] = {}
    for piece in each_chunk(line.values[noun.key[0]] for line in lines):
        for row in change.connection.execute(query, {FIRST: piece}):
            replaced.setdefault(tuple(row[1:]), []).append(row[0])
    return replaced


@cache
def _ask_replaced(model: type[Replaceable], key: tuple[str, ...]) -> Select[Any]:
    """The question, written once for each table: to write it costs more than to ask it."""
    later = aliased(model)
    columns = [getattr(model, column) for column in key]
    query = select(model.id, *columns).join(later, later.replaces_id == model.id)
    among = columns[0].in_(bindparam(FIRST, expanding=True))
    return query.where(~was_undone(model), ~later.withdrawn, among)
