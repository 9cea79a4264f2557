"""A table as lines of text: the same bytes from either engine, in one order, with one digest over them all."""

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Boolean, Column, Connection, Date, LargeBinary, String, Table, text

from funds.errors import BookUnusable

ROWS_AT_ONCE = 5_000
# A kept file may weigh as much as an upload is allowed to; the leaves of one revision never do.
FILES_AT_ONCE, LEAVES_AT_ONCE = 1, 50
LEAVES = "seal_leaf"


class Kind(StrEnum):
    """What a column holds, whatever the engine calls it."""

    INTEGER = "integer"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    BYTES = "bytes"


@dataclass(frozen=True)
class TableShape:
    """A table's name, its key in order, and what each column holds, by name."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, Kind]

    @property
    def has_bytes(self) -> bool:
        """Whether a row may weigh more than a line of figures."""
        return Kind.BYTES in self.columns.values()


@dataclass(frozen=True)
class TableDigest:
    """How many rows a table has, and the digest over their lines in order of the key."""

    rows: int
    sha256: str


@dataclass
class Tally:
    """Counts and digests lines as they pass."""

    rows: int = 0
    _digest: Any = field(default_factory=sha256)

    def add(self, lines: Sequence[bytes]) -> bytes:
        """Take in some lines and return them as one text."""
        joined = b"".join(lines)
        self._digest.update(joined)
        self.rows += len(lines)
        return joined

    def result(self) -> TableDigest:
        """What has passed so far."""
        return TableDigest(self.rows, self._digest.hexdigest())


def shape_of(table: Table, present: Collection[str]) -> TableShape:
    """The shape of a table of ours with the columns that are there, by name."""
    ours = sorted((column for column in table.columns if column.name in present), key=lambda one: one.name)
    columns = {column.name: _kind_of(column) for column in ours}
    return TableShape(table.name, tuple(column.name for column in table.primary_key), columns)


def read_lines(connection: Connection, shape: TableShape) -> Iterator[list[bytes]]:
    """The rows of a table in order of its key, each a line of JSON with what is not NULL, some at a time.

    What is NULL has no place in a line, so that a column which an upgrade adds changes no old row's line.
    """
    names = list(shape.columns)
    blobs = [name for name, kind in shape.columns.items() if kind is Kind.BYTES]
    options = {"stream_results": True, "yield_per": _rows_at_once(shape)}
    result = connection.execute(text(_query(connection, shape)), execution_options=options)
    for part in result.partitions():
        lines = []
        for row in part:
            line = {name: value for name, value in zip(names, row, strict=True) if value is not None}
            lines.append(_encode(shape, line, blobs))
        yield lines


def digest_tables(connection: Connection, shapes: Iterable[TableShape]) -> dict[str, TableDigest]:
    """Counts and digests of tables as they stand."""
    digests = {}
    for shape in shapes:
        tally = Tally()
        for lines in read_lines(connection, shape):
            tally.add(lines)
        digests[shape.name] = tally.result()
    return digests


def _encode(shape: TableShape, line: dict[str, Any], blobs: Sequence[str]) -> bytes:
    try:
        for name in blobs:
            if name in line:
                line[name] = b64encode(line[name]).decode("ascii")
        return orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    except (TypeError, ValueError) as fault:
        # SQLite keeps any kind of value in any column: `verify` names every such place.
        where = "/".join(str(line.get(part)) for part in shape.key)
        raise BookUnusable("backup.row_unreadable", row=f"{shape.name}#{where}") from fault


def _rows_at_once(shape: TableShape) -> int:
    if not shape.has_bytes:
        return ROWS_AT_ONCE
    return LEAVES_AT_ONCE if shape.name == LEAVES else FILES_AT_ONCE


def _query(connection: Connection, shape: TableShape) -> str:
    is_postgresql = connection.dialect.name == "postgresql"

    def read(name: str, kind: Kind) -> str:
        return f"CAST({name} AS INTEGER)" if is_postgresql and kind is Kind.BOOLEAN else name

    def order(name: str) -> str:
        # Byte by byte, as SQLite compares, and not as the server's language sorts.
        is_text = shape.columns[name] is Kind.TEXT
        return f'{name} COLLATE "C"' if is_postgresql and is_text else name

    columns = ", ".join(read(name, kind) for name, kind in shape.columns.items())
    return f"SELECT {columns} FROM {shape.name} ORDER BY {', '.join(map(order, shape.key))}"  # noqa: S608 (own names)


def _kind_of(column: Column[Any]) -> Kind:
    if isinstance(column.type, Boolean):
        return Kind.BOOLEAN
    if isinstance(column.type, LargeBinary):
        return Kind.BYTES
    if isinstance(column.type, Date):
        return Kind.DATE
    return Kind.TEXT if isinstance(column.type, String) else Kind.INTEGER
