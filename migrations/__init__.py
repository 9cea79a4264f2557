"""How the book's shape changes: one set of revisions for both engines, run from wherever the package lies."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from funds.models import book_tables
from funds.models.guards import install_guards
from funds.models.row_security import WHOLE, install_row_security

ADVISORY_KEY = 4_754_0001


class RowsWouldGo(Exception):
    """An older shape has no place for what the book holds: put the backup back that was made before the upgrade."""


def configure(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made in code so that an installed wheel needs no file."""
    config = Config()
    config.set_main_option("script_location", "migrations:")
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """The newest shape that this program knows."""
    return str(ScriptDirectory.from_config(configure()).get_current_head())


def knows_revision(revision: str) -> bool:
    """Whether a shape is one of this program's, old or new."""
    return revision in {one.revision for one in ScriptDirectory.from_config(configure()).walk_revisions()}


def current_revision(engine: Engine) -> str | None:
    """The shape that a book has; None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a book to a shape in one transaction of ours, guards included: a killed upgrade leaves nothing."""
    with _reshaping(engine) as connection:
        command.upgrade(configure(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take a book back to an older shape, whole or not at all; refused where that would cost rows of the book."""
    with _reshaping(engine) as connection:
        before = _read_columns(connection)
        with connection.begin_nested() as rehearsal:
            command.downgrade(configure(connection), revision)
            gone = before - _read_columns(connection)
            rehearsal.rollback()
        for table, column in sorted(gone):
            held = connection.execute(text(f"SELECT count({column}) FROM {table}")).scalar_one()  # noqa: S608 (own names)
            if held and table in {each.name for each in book_tables()}:
                raise RowsWouldGo(f"{table}.{column}: {held} values")
        command.downgrade(configure(connection), revision)


@contextmanager
def _reshaping(engine: Engine) -> Iterator[Connection]:
    """One transaction in which the book changes its shape; at its end the guards and the wall stand again."""
    with engine.connect() as connection:
        _loosen_foreign_keys(connection, loose=True)
        connection = connection.execution_options(writing=True, sight=WHOLE)
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
                yield connection
                install_guards(connection)
                if _is_walled(connection):
                    install_row_security(connection)
                _check_foreign_keys(connection)
        finally:
            _loosen_foreign_keys(connection, loose=False)


def _read_columns(connection: Connection) -> set[tuple[str, str]]:
    inspector = inspect(connection)
    return {
        (table, column["name"])
        for table in inspector.get_table_names()
        for column in inspector.get_columns(table)
    }


def _is_walled(connection: Connection) -> bool:
    """Whether the shape is one that has the wall, which then surrounds what later revisions brought too."""
    walled = "SELECT 1 FROM pg_class WHERE relname = 'revision' AND relforcerowsecurity"
    return connection.dialect.name == "postgresql" and connection.execute(text(walled)).first() is not None


def _loosen_foreign_keys(connection: Connection, *, loose: bool) -> None:
    """SQLite rebuilds a table by dropping it, which its foreign keys would refuse; only outside a transaction."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute(f"PRAGMA foreign_keys={'OFF' if loose else 'ON'}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")
