"""How a backup becomes a book again: read with a check of every line, and written as a whole or not at all."""

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 (zlib names it like a function)

import orjson
from sqlalchemy import Connection, inspect, text

from funds.book.backup import FORMAT, MANIFEST, KeptTable, Manifest, Tell, from_json
from funds.book.book import Book
from funds.book.lock import hold_file_lock, take_transaction_lock
from funds.book.table_lines import Kind, TableShape, Tally, digest_tables
from funds.errors import Conflict, RulesBroken
from funds.models.row_security import WHOLE
from funds.problems import fatal

LINES_AT_ONCE = 5_000
BYTES_AT_ONCE = 8 * 1024 * 1024
LARGEST_MANIFEST = 16 * 1024 * 1024
DAMAGED = (BadZipFile, DeflateError, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True)
class Backup:
    """A file that was found to be a backup; its tables are looked at as they are read."""

    archive: ZipFile
    manifest: Manifest

    def read_table(self, table: KeptTable) -> Iterator[list[bytes]]:
        """The lines of a table, some at a time; ends with a refusal where they are not what was written."""
        tally = Tally()
        try:
            with self.archive.open(table.file) as member:
                reader = BufferedReader(member, BYTES_AT_ONCE)  # type: ignore[type-var]  # a reader in all but name
                while lines := reader.readlines(BYTES_AT_ONCE):
                    tally.add(lines)
                    for start in range(0, len(lines), LINES_AT_ONCE):
                        yield lines[start : start + LINES_AT_ONCE]
        except (*DAMAGED, KeyError) as fault:
            raise _damaged(table.file, tally.rows) from fault
        if tally.result() != table.digest:
            raise _damaged(table.file, tally.rows)

    def check(self) -> None:
        """Read all of it and keep nothing."""
        for table in self.manifest.tables:
            for _ in self.read_table(table):
                pass


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """A backup by its file; refuses any other file, and one whose table of contents is gone."""
    try:
        archive = ZipFile(path)
    except FileNotFoundError as fault:
        raise RulesBroken([fatal("restore.no_file", str(path), file=path)]) from fault
    except DAMAGED as fault:
        raise RulesBroken([fatal("restore.not_a_backup", str(path), file=path.name)]) from fault
    with archive:
        yield Backup(archive, _read_manifest(archive, path))


def _read_manifest(archive: ZipFile, path: Path) -> Manifest:
    foreign = RulesBroken([fatal("restore.not_a_backup", str(path), file=path.name)])
    if MANIFEST not in archive.namelist() or archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise foreign
    try:
        said = orjson.loads(archive.read(MANIFEST))
        if said["format"] != FORMAT:
            raise foreign
        return from_json(said)
    except (*DAMAGED, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _damaged(MANIFEST, 0) from fault


def require_empty(book: Book) -> None:
    """Refuse a place where there is a book already, or anything else."""
    with book.engine.connect() as connection:
        connection = connection.execution_options(sight=WHOLE)
        present = set(inspect(connection).get_table_names())
        if "revision" in present:
            is_empty = connection.execute(text("SELECT 1 FROM revision LIMIT 1")).first() is None
        else:
            is_empty = not present
    if not is_empty:
        raise Conflict("restore.not_empty", book=book.url.render_as_string())


def fill_book(book: Book, backup: Backup, tell: Tell = lambda _table, _rows: None) -> None:
    """Write every row of a backup into an empty book of the same shape, in one transaction.

    All of the file is read before the first row is written, and what then stands in the database before it is kept.
    """
    backup.check()
    tables = backup.manifest.tables
    with hold_file_lock(book.url), book.engine.connect() as connection:
        connection = connection.execution_options(sight=WHOLE, writing=True)
        with connection.begin():
            take_transaction_lock(connection)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            _require_fit(connection, tables)
            for table in tables:
                write = _choose_writer(connection, table.shape)
                for lines in backup.read_table(table):
                    write(lines)
                tell(table.shape.name, table.digest.rows)
            _set_sequences(connection, tables)
            found = digest_tables(connection, [table.shape for table in tables])
            wrong = [table for table in tables if found[table.shape.name] != table.digest]
            if wrong:
                raise RulesBroken([fatal("restore.rows_differ", table.shape.name) for table in wrong])
    with book.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("ANALYZE")  # without it the planner knows nothing of the new rows


def _require_fit(connection: Connection, tables: Sequence[KeptTable]) -> None:
    """Whether each table and column is there; also keeps a made-up name out of any statement."""
    inspector = inspect(connection)
    present = set(inspector.get_table_names())
    for table in tables:
        name = table.shape.name
        found = {column["name"] for column in inspector.get_columns(name)} if name in present else set()
        unknown = {*table.shape.columns, *table.shape.key} - found
        if name not in present or unknown:
            where = f"{name}.{min(unknown)}" if name in present else name
            raise RulesBroken([fatal("restore.unknown_column", MANIFEST, column=where)])


def _choose_writer(connection: Connection, shape: TableShape) -> Callable[[Sequence[bytes]], None]:
    names = ", ".join(shape.columns)
    if connection.dialect.name == "postgresql" and not shape.has_bytes:
        # The server takes the lines apart itself.
        statement = (
            f"INSERT INTO {shape.name} ({names}) SELECT {names} FROM "  # noqa: S608 (own names)
            f"json_populate_recordset(NULL::{shape.name}, CAST(%s AS json))"
        )

        def write_json(lines: Sequence[bytes]) -> None:
            said = b"[" + b",".join(lines) + b"]"
            connection.exec_driver_sql(statement, (said.decode("utf-8"),))

        return write_json
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    marks = ", ".join([mark] * len(shape.columns))
    insert = f"INSERT INTO {shape.name} ({names}) VALUES ({marks})"  # noqa: S608 (own names)

    def write_rows(lines: Sequence[bytes]) -> None:
        connection.exec_driver_sql(insert, [_decode(shape, line) for line in lines])

    return write_rows


def _decode(shape: TableShape, line: bytes) -> tuple[Any, ...]:
    said = orjson.loads(line)
    return tuple(_read_value(kind, said.get(name)) for name, kind in shape.columns.items())


def _read_value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind is Kind.BYTES:
        return b64decode(value)
    return bool(value) if kind is Kind.BOOLEAN else value


def _set_sequences(connection: Connection, tables: Sequence[KeptTable]) -> None:
    """On PostgreSQL the numbers that the server gives go on behind those that came in."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        name = table.shape.name
        if table.shape.key != ("id",) or not table.digest.rows:
            continue
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": name}
        ).scalar()
        if sequence is not None:
            last = f"SELECT setval(CAST(:sequence AS regclass), (SELECT max(id) FROM {name}))"  # noqa: S608 (own names)
            connection.execute(text(last), {"sequence": sequence})


def _damaged(file: str, lines: int) -> RulesBroken:
    return RulesBroken([fatal("restore.damaged", file, line=lines + 1)])
