"""What was known at a version: one predicate for every table of the book."""

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, inspect, not_, select
from sqlalchemy.orm import aliased

from funds.models.base import BookRow, Replaceable


def visible(model: type[BookRow], version: int) -> ColumnElement[bool]:
    """Rows of `model` (or an alias of it) that stand at `version`: written by then, not withdrawn, not replaced."""
    # An alias is made for one query; what is said of a table is said again and again of the same few versions.
    asked: Any = model
    return _kept_for_table(asked, version) if isinstance(asked, type) else _write_out(model, version)


def _write_out(model: type[BookRow], version: int) -> ColumnElement[bool]:
    written = model.revision_id <= version
    if not hasattr(model, "replaces_id"):
        return written
    current: type[Replaceable] = model  # type: ignore[assignment]
    later = _alias_of(current)
    replaced = exists(select(later.id).where(later.replaces_id == current.id, later.revision_id <= version))
    return and_(written, not_(current.withdrawn), not_(replaced))


def _alias_of(model: type[Replaceable]) -> type[Replaceable]:
    """A second name for the model's table; made once, as making it costs more than the query it stands in."""
    return _later(inspect(model).mapper.class_)


@lru_cache(maxsize=512)
def _kept_for_table(model: type[BookRow], version: int) -> ColumnElement[bool]:
    return _write_out(model, version)


@cache
def _later(model: type[Replaceable]) -> type[Replaceable]:
    return aliased(model, name=f"later_{model.__name__.lower()}")
