"""The database role that the program runs as on PostgreSQL: it owns nothing, so that the wall holds for it too."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, inspect, text

from funds.errors import BookUnusable
from funds.models import Base, book_tables

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class RoleStanding:
    """A role of the server: `is_unbound` goes through every wall, `is_owner` could take this one down."""

    name: str
    is_unbound: bool
    is_owner: bool


def is_role_name(name: str) -> bool:
    """Whether a name needs no quotes and no second thought."""
    return NAME.fullmatch(name) is not None


def read_standing(engine: Engine, role: str | None = None) -> RoleStanding | None:
    """What a role of the server may do with this book, by default the one that is connected; None if unknown.

    On SQLite there are no roles.
    """
    if engine.dialect.name != "postgresql":
        return None
    with engine.connect() as connection:
        return _read_standing(connection, role)


def admit_role(engine: Engine, role: str) -> None:
    """Let the application's role read and add to the book and keep what the program needs to run; nothing else.

    Made here where it is missing and the owner may make roles; on SQLite nothing.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection, connection.begin():
        if _read_standing(connection, role) is None:
            _make_role(connection, role)
        standing = _read_standing(connection, role)
        if standing is None or standing.is_unbound or standing.is_owner:
            raise BookUnusable("book.app_role_strong", role=role)
        for statement in _grants(connection, role):
            connection.execute(text(statement))


def list_admitted(engine: Engine) -> list[str]:
    """The roles that were let in before, other than the owner; on SQLite none."""
    if engine.dialect.name != "postgresql":
        return []
    query = (
        "SELECT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee "
        "WHERE c.relname = 'revision' AND c.relnamespace = current_schema()::regnamespace "
        "AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner ORDER BY r.rolname"
    )
    with engine.connect() as connection:
        return [row[0] for row in connection.execute(text(query))]


def _read_standing(connection: Connection, role: str | None) -> RoleStanding | None:
    query = (
        "SELECT r.rolname, r.rolsuper OR r.rolbypassrls, EXISTS (SELECT 1 FROM pg_class c WHERE c.relkind = 'r' "
        "AND c.relnamespace = current_schema()::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER')) "
        "FROM pg_roles r WHERE r.rolname = COALESCE(:role, current_user)"
    )
    row = connection.execute(text(query), {"role": role}).first()
    return None if row is None else RoleStanding(*row)


def _make_role(connection: Connection, role: str) -> None:
    may = "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
    if not connection.execute(text(may)).scalar():
        raise BookUnusable("book.app_role_absent", role=role)
    connection.execute(text(f"CREATE ROLE {_quote(connection, role)} LOGIN"))


def _grants(connection: Connection, role: str) -> list[str]:
    """Rows of the book are read and added, those of the program also changed and forgotten; nothing is emptied."""
    to = f"TO {_quote(connection, role)}"
    present = set(inspect(connection).get_table_names())
    book = {table.name for table in book_tables()} & present
    own = set(Base.metadata.tables) & present - book
    return [
        f"GRANT USAGE ON SCHEMA {_quote(connection, connection.dialect.default_schema_name or 'public')} {to}",
        f"GRANT SELECT ON alembic_version {to}",
        f"GRANT SELECT, INSERT ON {', '.join(sorted(book))} {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(sorted(own))} {to}",
        f"GRANT USAGE ON SEQUENCE {', '.join(_sequences(connection))} {to}",
    ]


def _sequences(connection: Connection) -> list[str]:
    query = (
        "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"
    )
    return [_quote(connection, row[0]) for row in connection.execute(text(query))]


def _quote(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
