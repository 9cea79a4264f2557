"""A backup: one moment of the book in one file, written beside its name and put in place whole or not at all."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from sqlalchemy import Connection, inspect, text

from funds.book.anchor import Head
from funds.book.book import Book
from funds.book.seal import read_head
from funds.book.table_lines import Kind, TableDigest, TableShape, Tally, read_lines, shape_of
from funds.errors import BookUnusable, Conflict
from funds.models import Base, book_tables
from funds.models.row_security import WHOLE

FORMAT = "industry-fund-tracker backup 1"
MANIFEST = "manifest.json"
# What the program needs to go on as it was: who may come in and how, what was tried at the door, work not yet recorded,
# and what programs were answered, so that one which asks again writes nothing twice.
KEPT = frozenset(
    {
        "secret",
        "second_factor",
        "recovery_code",
        "sign_in",
        "form_draft",
        "import_draft",
        "import_layout",
        "api_request",
    }
)
# What must not come to life again: doors that were closed since, and work under way at that moment.
LEFT_OUT = frozenset({"web_session", "invitation", "api_token", "job", "job_worker", "made_paper"})

Tell = Callable[[str, int], None]  # a table and its rows


@dataclass(frozen=True)
class KeptTable:
    """One table of a backup: its shape, and what its lines must come to."""

    shape: TableShape
    digest: TableDigest

    @property
    def file(self) -> str:
        """The name of its lines within the file."""
        return f"tables/{self.shape.name}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: which book at which head, in which shape, with which tables."""

    uuid: str
    number: int
    kind: str
    city_name: str
    head: Head
    schema: str
    made_at: str
    tables: tuple[KeptTable, ...]

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return sum(table.digest.rows for table in self.tables)


def kept_shapes(connection: Connection) -> list[TableShape]:
    """The tables of a backup, those that others refer to first; of a book in an older shape, as it has them."""
    inspector = inspect(connection)
    kept = ({table.name for table in book_tables()} | KEPT) & set(inspector.get_table_names())
    shapes = []
    for table in Base.metadata.sorted_tables:
        if table.name in kept:
            present = {column["name"] for column in inspector.get_columns(table.name)}
            shapes.append(shape_of(table, present))
    return shapes


def write_backup(book: Book, path: Path, tell: Tell = lambda _table, _rows: None) -> Manifest:
    """Write all of the book at one moment into a new file, while others go on writing into the book."""
    if path.exists():
        raise Conflict("backup.exists", file=path)
    try:
        with _put_in_place(path) as handle, hold_still(book) as connection:
            return _write(book, connection, handle, tell)
    except OSError as fault:
        code = "backup.disk_full" if fault.errno in (errno.ENOSPC, errno.EDQUOT) else "backup.not_written"
        raise BookUnusable(code, file=path, fault=fault.strerror or str(fault)) from fault


@contextmanager
def hold_still(book: Book) -> Iterator[Connection]:
    """One transaction that sees the book as it stands now and nothing that is written meanwhile."""
    with book.engine.connect() as connection:
        yield connection.execution_options(sight=WHOLE)


def _write(book: Book, connection: Connection, handle: IO[bytes], tell: Tell) -> Manifest:
    schema = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    head, tables = read_head(connection), []
    with ZipFile(handle, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for shape in kept_shapes(connection):
            table = _write_table(archive, connection, shape)
            tell(shape.name, table.digest.rows)
            tables.append(table)
        manifest = Manifest(
            book.uuid, book.number, book.kind, book.city_name, head, schema, book.now(), tuple(tables)
        )
        archive.writestr(_member(MANIFEST), orjson.dumps(as_json(manifest), option=orjson.OPT_INDENT_2))
    return manifest


def _write_table(archive: ZipFile, connection: Connection, shape: TableShape) -> KeptTable:
    tally = Tally()
    file = KeptTable(shape, tally.result()).file
    with archive.open(_member(file), "w", force_zip64=True) as member:
        for lines in read_lines(connection, shape):
            member.write(tally.add(lines))
    return KeptTable(shape, tally.result())


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


@contextmanager
def _put_in_place(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name once all of it is on the disk; nothing is left of one that failed."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def as_json(manifest: Manifest) -> dict[str, Any]:
    """The manifest as it stands in the file."""
    return {
        "format": FORMAT,
        "book": {
            "uuid": manifest.uuid,
            "number": manifest.number,
            "kind": manifest.kind,
            "city": manifest.city_name,
        },
        "head": {"version": manifest.head.version, "hash": manifest.head.hash},
        "schema": manifest.schema,
        "made_at": manifest.made_at,
        "tables": [
            {
                "name": table.shape.name,
                "key": table.shape.key,
                "columns": table.shape.columns,
                "rows": table.digest.rows,
                "sha256": table.digest.sha256,
            }
            for table in manifest.tables
        ],
    }


def from_json(said: dict[str, Any]) -> Manifest:
    """The manifest that a file holds; raises KeyError, TypeError or ValueError where it is none."""
    book, head = said["book"], said["head"]
    tables = tuple(
        KeptTable(
            TableShape(
                str(one["name"]),
                tuple(map(str, one["key"])),
                {str(name): Kind(kind) for name, kind in one["columns"].items()},
            ),
            TableDigest(int(one["rows"]), str(one["sha256"])),
        )
        for one in said["tables"]
    )
    return Manifest(
        str(book["uuid"]),
        int(book["number"]),
        str(book["kind"]),
        str(book["city"]),
        Head(int(head["version"]), str(head["hash"])),
        str(said["schema"]),
        str(said["made_at"]),
        tables,
    )
