"""Random changes of single values, rows and storage in a book, each with the names it must be found under."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.sql.expression import Executable

from funds.kinds import PaperRole
from funds.models import Base

Row = Mapping[str, Any]
_TRIES = 30


class Way(StrEnum):
    VALUE = "value"
    DELETE = "delete"
    INSERT = "insert"
    SWAP = "swap"
    STORAGE = "storage"


@dataclass(frozen=True)
class Tamper:
    """Statements that change the book, what they do in words, and the rows that must be named for it."""

    label: str
    names: frozenset[str]
    statements: tuple[Executable, ...] = ()

    def __call__(self, connection: Connection) -> None:
        for statement in self.statements:
            connection.execute(statement)


@dataclass
class Vandal:
    """Draws tampers from a connection to the sound book."""

    connection: Connection
    chance: Random

    def draw(self, table: Table, way: Way) -> Tamper:
        """A tamper of one table; the label says what was done."""
        row = self._row(table)
        tamper: Tamper = getattr(self, f"_{way}")(table, row)
        return replace(tamper, label=f"{way} of {table.name}: {tamper.label}")

    def _value(self, table: Table, row: Row) -> Tamper:
        column = self.chance.choice(list(table.columns))
        new = self._other(column, row[column.name])
        changed = {**row, column.name: new}
        label = f"{column.name} {row[column.name]!r:.60} → {new!r:.60}"
        return Tamper(label, names(table, row, changed), (_update(table, row, {column.name: new}),))

    def _delete(self, table: Table, row: Row) -> Tamper:
        return Tamper(name(table, row), names(table, row), (delete(table).where(*_is(table, row)),))

    def _insert(self, table: Table, row: Row) -> Tamper:
        fresh = dict(row)
        for column in table.columns:
            is_key = column.primary_key or column.unique or column.name == "replaces_id"
            is_key |= column.name in {"fund_id", "company_id", "investor_id", "holding_id"} and "id" in row
            if column.primary_key and isinstance(column.type, Integer):
                fresh[column.name] = self._highest(column) + self.chance.randint(1, 5)
            elif is_key and row[column.name] is not None:
                fresh[column.name] = self._other(column, row[column.name])
        if table.name == "seal_leaf":  # of a revision that there is, for a table it did not write to
            fresh |= {"revision_id": row["revision_id"], "table_name": "membership_"}
        if table.name == "signature":  # the other hand, for a paper has one of each
            fresh |= {"role": PaperRole.SIGNED, "person_id": row["prepared_by_id"] + 1}
        return Tamper(name(table, fresh), names(table, fresh), (insert(table).values(fresh),))

    def _swap(self, table: Table, row: Row) -> Tamper:
        keys = {column.name for column in table.primary_key}
        for _ in range(_TRIES):
            other = self._row(table)
            columns = [name for name in row if name not in keys and row[name] != other[name]]
            if columns:
                break
        else:  # no two rows differ, or there is one only
            return self._value(table, row)
        column = self.chance.choice(columns)
        statements = (
            _update(table, row, {column: other[column]}),
            _update(table, other, {column: row[column]}),
        )
        return Tamper(f"{column} of {name(table, row)}", names(table, row, other), statements)

    def _storage(self, table: Table, row: Row) -> Tamper:
        """The same value kept as another storage class, as only SQLite allows."""
        columns = [column for column in table.columns if row[column.name] is not None]
        wanted = [column for column in columns if not (column.primary_key and table.name != "seal_leaf")]
        column = self.chance.choice(wanted)
        kept = f"CAST({column.name} AS TEXT)"
        value = kept if isinstance(column.type, LargeBinary) else f"CAST({kept} AS BLOB)"
        statement = update(table).where(*_is(table, row)).values({column.name: text(value)})
        return Tamper(f"{column.name} of {name(table, row)}", names(table, row), (statement,))

    def _row(self, table: Table) -> Row:
        total = self.connection.execute(select(func.count()).select_from(table)).scalar_one()
        assert total, f"{table.name} is empty"
        query = select(table).order_by(*table.primary_key).offset(self.chance.randrange(total)).limit(1)
        return dict(self.connection.execute(query).mappings().one())

    def _highest(self, column: Column[Any]) -> int:
        return int(self.connection.execute(select(func.max(column))).scalar_one())

    def _other(self, column: Column[Any], value: Any) -> Any:
        """A different value of the same type."""
        if value is not None and column.nullable and self.chance.random() < 0.1:
            return None
        kind = column.type
        if isinstance(kind, Boolean):
            return not value
        if isinstance(kind, Enum):
            assert kind.enum_class is not None
            return self.chance.choice([member for member in kind.enum_class if member != value])
        if isinstance(kind, String):
            return self._other_text(value)
        if isinstance(kind, LargeBinary):
            return self._other_bytes(value)
        if isinstance(kind, Date):
            days = self.chance.choice([-366, -1, 1, 30])
            return (value or date(2020, 1, 1)) + timedelta(days=days)
        if column.primary_key:
            return self._highest(column) + self.chance.randint(1, 5)
        return (value or 0) + self.chance.choice([-1_000_000, -1, 1, 10, 7])

    def _other_text(self, value: str | None) -> str:
        if not value:
            return "x"
        at = self.chance.randrange(len(value))
        digit = self.chance.choice([c for c in "0123456789改" if c != value[at]])
        return value[:at] + digit + value[at + 1 :]

    def _other_bytes(self, value: bytes | None) -> bytes:
        if not value:
            return b"\0"
        at = self.chance.randrange(len(value))
        return value[:at] + bytes([value[at] ^ (1 << self.chance.randrange(8))]) + value[at + 1 :]


def table_of(table_name: str) -> Table:
    """A table of the book by name."""
    return Base.metadata.tables[table_name]


def name(table: Table, row: Row) -> str:
    """`entry#12`, `seal_leaf#3/entry`."""
    return f"{table.name}#" + "/".join(str(row[column.name]) for column in table.primary_key)


def names(table: Table, *rows: Row) -> frozenset[str]:
    """The names of several rows of a table."""
    return frozenset(name(table, row) for row in rows)


def _is(table: Table, row: Row) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


def _update(table: Table, row: Row, values: Row) -> Executable:
    return update(table).where(*_is(table, row)).values(values)
