"""Books for the programme, and what must be true of each after every fault."""

import io
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing, redirect_stdout
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text

import migrations
from dashboard.cli.main import main
from funds.book import Book, found_book
from funds.kinds import BookKind
from funds.models import Entry, Revision, Seal
from tests.builders import paid_city, record
from tests.faults.jobs import LINES_OF


def build_founded(url: str) -> None:
    """A founded book of the newest shape, as `fundtracker init` makes it, without its packs."""
    with Book(url) as book:
        migrations.upgrade(book.engine)
        found_book(book, BookKind.OWN, "示例市")


def build_paid(url: str) -> None:
    """A book in which a mother fund pays into a child, for the writers to go on with."""
    build_founded(url)
    with Book(url) as book:
        record(book, *paid_city())


def verify_all(url: str, anchors: Path | None = None) -> list[str]:
    """What `fundtracker verify --all` finds in a book; on SQLite also what SQLite itself finds."""
    with Book(url, anchors=anchors) as book:
        anchor = book.anchor
        place = book.url
    given = ["--anchor", str(anchor.path)] if anchor else []
    said = io.StringIO()
    with redirect_stdout(said):
        code = main(["verify", "--all", "--book", url, *given])
    found = [] if code == 0 else [f"{code}: {said.getvalue()[:2_000]}"]
    if place.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(place.database))) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        found += [] if answer == "ok" else [answer]
    return found


@dataclass
class Ledger:
    """What writers acknowledged of their changes, and what of it is missing, half there or doubled."""

    url: str
    acked: dict[str, int] = field(default_factory=dict)

    def hear(self, lines: list[str]) -> None:
        """Note what a writer said."""
        for line in lines:
            version, _, reason = line.partition(" ")
            self.acked[reason] = int(version)

    def judge(self) -> dict[str, int]:
        """Acknowledged changes lost, changes half there or doubled, and forks of the chain."""
        with Book(self.url) as book, book.look() as look:
            execute = look.connection.execute
            revisions = execute(select(Revision.id, Revision.reason, Revision.recorded_at)).all()
            lines = execute(select(Entry.revision_id, func.count()).group_by(Entry.revision_id)).all()
            previous = execute(select(Seal.previous_hash)).scalars().all()
        of_revision: Mapping[int, int] = {row[0]: row[1] for row in lines}
        kept = {row.reason: row.id for row in revisions}
        written = [row for row in revisions if row.reason.partition("-")[0] in LINES_OF]
        torn = [
            row.id for row in written if of_revision.get(row.id) != LINES_OF[row.reason.partition("-")[0]]
        ]
        doubled = len(written) - len({row.reason for row in written})
        is_whole = sorted(row.id for row in revisions) == list(range(1, len(revisions) + 1))
        return {
            "lost": sum(
                reason not in kept or version not in (0, kept[reason])
                for reason, version in self.acked.items()
            ),
            "partial": len(torn) + doubled,
            "forks": len(previous) - len(set(previous)) + (not is_whole),
        }


def hash_tables(engine: Engine, version: int | None = None) -> dict[str, str]:
    """A digest of every table's rows, the same on either engine; of a book that went on, as it stood at a version."""
    with engine.connect() as connection:
        _see_all(connection)
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        return {name: _hash_rows(connection, name, version) for name in sorted(names)}


def _see_all(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('app.reach', 'whole', true)"))


def _hash_rows(connection: Connection, table: str, version: int | None) -> str:
    columns = sorted(column["name"] for column in inspect(connection).get_columns(table))
    written = "id" if table == "revision" else "revision_id"
    until = f" WHERE {written} <= {version}" if version is not None and written in columns else ""
    rows = connection.execute(text(f"SELECT {', '.join(columns)} FROM {table}{until}"))
    lines = sorted(json.dumps([_plain(cell) for cell in row]) for row in rows)
    return sha256("\n".join([*columns, *lines]).encode()).hexdigest()


def _plain(cell: object) -> object:
    if isinstance(cell, bool):  # SQLite knows 0 and 1 only
        return str(int(cell))
    return cell.hex() if isinstance(cell, bytes) else str(cell)
