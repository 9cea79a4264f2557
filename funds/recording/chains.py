"""Follows rows that replace each other to the one that stands last."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

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


def read_successors(change: Change, model: type[Replaceable], row_id: int) -> Sequence[Mapping[str, Any]]:
    """The rows that replaced a row and each other, oldest first."""
    table = table_of(model)
    found: list[Mapping[str, Any]] = []
    while (
        row := change.connection.execute(select(table).where(table.c.replaces_id == row_id))
        .mappings()
        .first()
    ):
        found.append(dict(row))
        row_id = row["id"]
    return found


def lives_on(change: Change, model: type[Replaceable], row_id: int) -> bool:
    """Whether the content that began with (or replaced) a row still stands in some form."""
    successors = read_successors(change, model, row_id)
    return not successors or not successors[-1]["withdrawn"]


def was_undone(model: type[Replaceable]) -> ColumnElement[bool]:
    """Whether the change that wrote a row was taken back: what it said holds nothing up any more."""
    undoing = select(Revision.id).where(Revision.reverses_id == model.revision_id)
    return undoing.correlate(model).exists()
