"""What the rows point at is there, and no column of the book can hold a number that is not whole."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Column, Connection, Table, inspect, select
from sqlalchemy.sql import ColumnElement

from funds.models import Base, CommitmentMovement, Entry, Person, Revision, book_tables
from funds.problems import Problem, fatal


def check_references(connection: Connection, version: int) -> Iterator[Problem]:
    """Every row known at the version that points at a row that is not."""
    for column, target in _references():
        table = column.table
        aim = target.table.alias("aim")
        found = select(aim.c[target.name]).where(aim.c[target.name] == column).exists()
        lost = select(*table.primary_key).where(column.is_not(None), _known(table, version), ~found)
        for row in connection.execute(lost):
            name = "/".join(str(part) for part in row)
            yield fatal(
                "invariant.reference", f"{table.name}#{name}", column=column.name, target=target.table.name
            )


def _references() -> Iterator[tuple[Column[int], Column[int]]]:
    """The database's own foreign keys, and those that it cannot hold."""
    for table in book_tables():
        for key in table.foreign_keys:
            yield key.parent, key.column
    tables = Base.metadata.tables
    revision, person = tables[Revision.__tablename__], tables[Person.__tablename__]
    yield revision.c.person_id, person.c.id
    for model in (Entry, CommitmentMovement):  # a movement is called after its first line
        table = tables[model.__tablename__]
        yield table.c.movement_id, table.c.id


def _known(table: Table, version: int) -> ColumnElement[bool]:
    written: Column[int] = table.c.id if table.name == "revision" else table.c.revision_id
    return written <= version


def check_columns(connection: Connection) -> Iterator[Problem]:
    """Columns of book tables that can hold a fraction."""
    shape = inspect(connection)
    for table in book_tables():
        for column in shape.get_columns(table.name):
            try:
                kind = column["type"].python_type
            except NotImplementedError:
                continue
            if kind in (float, Decimal):
                yield fatal("invariant.fraction_column", f"{table.name}.{column['name']}")
