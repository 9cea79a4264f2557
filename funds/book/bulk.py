"""Many rows of one table written at once: on SQLite some hundreds with each statement, as its guards cost per statement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table, insert

# So many values may stand in one statement (SQLite: 32,766).
_MOST_VALUES = 10_000
Columns = Mapping[str, Sequence[object]]


def insert_columns(connection: Connection, table: Table, columns: Columns) -> None:
    """Write rows that are given by column; every column has a value for each row."""
    if connection.dialect.name != "sqlite":
        names = list(columns)
        rows = [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        connection.execute(insert(table), rows)
        return
    named = ", ".join(columns)
    row = f"({', '.join('?' * len(columns))})"
    said = [_bind(connection, table, name, values) for name, values in columns.items()]
    size = max(1, _MOST_VALUES // len(columns))
    for part in _pieces(zip(*said, strict=True), size):
        values = ", ".join([row] * len(part))
        statement = f"INSERT INTO {table.name} ({named}) VALUES {values}"  # noqa: S608 (own names)
        connection.exec_driver_sql(statement, tuple(chain.from_iterable(part)))


def _bind(connection: Connection, table: Table, name: str, values: Sequence[object]) -> Sequence[object]:
    """The values as the driver takes them; what comes often is converted once."""
    bind: Callable[[Any], Any] | None = (
        table.columns[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    )
    if bind is None:
        return values
    known = {value: bind(value) for value in {*values}}
    return [known[value] for value in values]


def _pieces(rows: Iterator[tuple[object, ...]], size: int) -> Iterator[list[tuple[object, ...]]]:
    while piece := list(islice(rows, size)):
        yield piece
