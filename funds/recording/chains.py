"""Follows rows that replace each other to the one that stands last."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, Table, select

from funds.book import Change
from funds.models import BookRow, Replaceable, Revision, table_of

BOOKKEEPING = frozenset({"id", "revision_id", "origin", "withdrawn", "replaces_id"})


def content_columns(model: type[BookRow]) -> list[str]:
    """The columns that say something, in the table's order."""
    return [column.name for column in table_of(model).columns if column.name not in BOOKKEEPING]


def read_row(change: Change, model: type[BookRow], row_id: int) -> Mapping[str, Any] | None:
    """A whole row by its id, visible or not."""
    table = table_of(model)
    row = change.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return dict(row) if row else None


def read_predecessors(change: Change, model: type[Replaceable], row_id: int) -> Sequence[Mapping[str, Any]]:
    """The rows that a row replaced, one behind the other, oldest first."""
    table = table_of(model)
    chain = select(table.c.replaces_id.label("id")).where(table.c.id == row_id).cte(recursive=True)
    chain = chain.union_all(select(table.c.replaces_id).join(chain, table.c.id == chain.c.id))
    return _read_chain(change, table, chain)


def read_successors(change: Change, model: type[Replaceable], row_id: int) -> Sequence[Mapping[str, Any]]:
    """The rows that replaced a row and each other, oldest first."""
    table = table_of(model)
    chain = select(table.c.id).where(table.c.replaces_id == row_id).cte(recursive=True)
    chain = chain.union_all(select(table.c.id).join(chain, table.c.replaces_id == chain.c.id))
    return _read_chain(change, table, chain)


def _read_chain(change: Change, table: Table, chain: CTE) -> Sequence[Mapping[str, Any]]:
    query = select(table).join(chain, table.c.id == chain.c.id).order_by(table.c.id)
    return [dict(row) for row in change.connection.execute(query).mappings()]


def lives_on(change: Change, model: type[Replaceable], row_id: int) -> bool:
    """Whether the content that began with (or replaced) a row still stands in some form."""
    successors = read_successors(change, model, row_id)
    return not successors or not successors[-1]["withdrawn"]


def was_undone(model: type[Replaceable]) -> ColumnElement[bool]:
    """Whether the change that wrote a row was taken back: what it said holds nothing up any more."""
    undoing = select(Revision.id).where(Revision.reverses_id == model.revision_id)
    return undoing.correlate(model).exists()
