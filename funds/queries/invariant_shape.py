"""What the rows point at is there, and no column of the book can hold a number that is not whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Integer, Select, Table, bindparam, inspect, select
from sqlalchemy.sql import ColumnElement

from funds.models import Base, CommitmentMovement, Entry, Person, Revision, book_tables
from funds.problems import Problem, fatal


def check_references(connection: Connection, version: int) -> Iterator[Problem]:
    """Every row known at the version that points at a row that is not."""
    for column, target, lost in _lost_references():
        for row in connection.execute(lost, {"version": version}):
            name = "/".join(str(part) for part in row)
            yield fatal(
                "invariant.reference", f"{column.table.name}#{name}", column=column.name, target=target
            )


@cache
def _lost_references() -> Sequence[tuple[Column[int], str, Select[Any]]]:
    """For each reference what it points at, and the query of the rows whose aim is gone; making them takes longest."""
    found = []
    for column, target in _references():
        table, aim = column.table, target.table.alias("aim")
        is_there = select(aim.c[target.name]).where(aim.c[target.name] == column).exists()
        lost = select(*table.primary_key).where(column.is_not(None), _is_known(table), ~is_there)
        found.append((column, target.table.name, lost))
    return found


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


def _is_known(table: Table) -> ColumnElement[bool]:
    written: Column[int] = table.c.id if table.name == "revision" else table.c.revision_id
    return written <= bindparam("version", type_=Integer)


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
