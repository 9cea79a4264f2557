"""How the book's shape changes: one set of revisions for both engines, run from wherever the package lies."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from funds.models.guards import install_guards
from funds.models.row_security import WHOLE, install_row_security

ADVISORY_KEY = 4_754_0001


def configure(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made in code so that an installed wheel needs no file."""
    config = Config()
    config.set_main_option("script_location", "migrations:")
    config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """The newest shape that this program knows."""
    return str(ScriptDirectory.from_config(configure()).get_current_head())


def current_revision(engine: Engine) -> str | None:
    """The shape that a book has; None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a book to a shape in one transaction of ours, guards included: a killed upgrade leaves nothing."""
    with engine.connect() as connection:
        _loosen_foreign_keys(connection, loose=True)
        connection = connection.execution_options(writing=True, sight=WHOLE)
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
                command.upgrade(configure(connection), revision)
                install_guards(connection)
                if _is_walled(connection):
                    install_row_security(connection)
                _check_foreign_keys(connection)
        finally:
            _loosen_foreign_keys(connection, loose=False)


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
