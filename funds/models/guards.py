"""The database's own hold on the book: triggers that refuse UPDATE, DELETE, REPLACE and TRUNCATE."""

from sqlalchemy import Connection, Table, UniqueConstraint, inspect, text

from funds.models import book_tables

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION book_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'book.append_only: % of %', TG_OP, TG_TABLE_NAME; END $$
"""


def install_guards(connection: Connection) -> None:
    """Put every guard (back) in place; migrations end with this, as a table rebuilt on SQLite loses its own.

    A migration that stops at an older shape has no tables that later ones bring.
    """
    present = set(inspect(connection).get_table_names())
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(POSTGRESQL_FUNCTION.replace("%", "%%"))
    for table in book_tables():
        if table.name not in present:
            continue
        for name, statement in _guards(table, connection.dialect.name).items():
            drop = f"DROP TRIGGER IF EXISTS {name}"
            connection.execute(
                text(drop + (f" ON {table.name}" if connection.dialect.name == "postgresql" else ""))
            )
            connection.execute(text(statement))


def missing_guards(connection: Connection) -> list[str]:
    """The guards that ought to be in the database and are not, or no longer say what they ought to."""
    wanted = {
        name: statement
        for table in book_tables()
        for name, statement in _guards(table, connection.dialect.name).items()
    }
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        found = {row[0]: row[1] for row in rows}
        return [name for name, statement in wanted.items() if found.get(name) != statement]
    body = connection.execute(text("SELECT prosrc FROM pg_proc WHERE proname = 'book_refuse'")).scalar()
    if body is None or body not in POSTGRESQL_FUNCTION:
        return ["book_refuse"]
    query = (
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND proname = 'book_refuse'"
    )
    present = {row[0] for row in connection.execute(text(query))}
    return [name for name in wanted if name not in present]


def _guards(table: Table, dialect: str) -> dict[str, str]:
    name = table.name
    if dialect == "postgresql":
        rows, whole = f"guard_{name}_rows", f"guard_{name}_truncate"
        return {
            rows: f"CREATE TRIGGER {rows} BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION book_refuse()",
            whole: f"CREATE TRIGGER {whole} BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION book_refuse()",
        }
    refuse = "BEGIN SELECT RAISE(ABORT, 'book.append_only'); END"
    when = f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {_same_key(table)})"  # noqa: S608 (own names)
    return {
        f"guard_{name}_update": f"CREATE TRIGGER guard_{name}_update BEFORE UPDATE ON {name} {refuse}",
        f"guard_{name}_delete": f"CREATE TRIGGER guard_{name}_delete BEFORE DELETE ON {name} {refuse}",
        # INSERT OR REPLACE deletes without the delete trigger wherever recursive_triggers is off.
        f"guard_{name}_replace": f"CREATE TRIGGER guard_{name}_replace BEFORE INSERT ON {name} {when} {refuse}",
    }


def _same_key(table: Table) -> str:
    keys = [[column.name for column in table.primary_key.columns]]
    keys += [
        [c.name for c in item.columns] for item in table.constraints if isinstance(item, UniqueConstraint)
    ]
    keys += [[column.name for column in index.columns] for index in table.indexes if index.unique]
    matches = [" AND ".join(f"{name} = NEW.{name}" for name in key) for key in sorted(keys)]
    return " OR ".join(f"({match})" for match in matches)
