"""Drafts of proposals, and the one text that drafts become while they wait for a second person."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from funds.drafts.place import Draft, Place

D = TypeVar("D", bound=Draft)
Scalar = str | int | bool | None


@dataclass(frozen=True)
class ChangedValue:
    """A column of a row and what it ought to say, as text, number or yes and no; days as ISO text."""

    column: str
    value: Scalar


@dataclass(frozen=True, kw_only=True)
class CorrectionDraft(Draft):
    """Values that a row of the book ought to have."""

    table: str
    row_id: int
    values: tuple[ChangedValue, ...]


@dataclass(frozen=True, kw_only=True)
class ProposalDraft(Draft):
    """Drafts of one kind that somebody else is to approve; `seen_version` is how the proposer saw the book."""

    kind: str
    drafts: tuple[Draft, ...]
    reason: str
    seen_version: int | None = None


def write_drafts(drafts: Sequence[Draft]) -> str:
    """The canonical text of drafts of one class: the same drafts give the same text; places are left out."""
    lines = [
        {field.name: _plain(getattr(draft, field.name)) for field in fields(draft) if field.name != "place"}
        for draft in drafts
    ]
    return json.dumps(lines, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_drafts(draft_type: type[D], text: str) -> tuple[D, ...]:
    """The drafts behind a text that `write_drafts` wrote."""
    hints = get_type_hints(draft_type)
    return tuple(
        draft_type(**{name: _read(value, hints[name]) for name, value in line.items()}, place=Place())
        for line in json.loads(text)
    )


def _plain(value: object) -> object:
    if isinstance(value, ChangedValue):
        return [value.column, value.value]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(value: Any, kind: Any) -> object:
    if value is None:
        return value
    if get_origin(kind) is UnionType:
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return tuple(_read(one, item) for one in value)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(value)
    return kind(value) if issubclass(kind, StrEnum) else value


_READERS: Mapping[Any, Callable[[Any], object]] = {
    date: date.fromisoformat,
    ChangedValue: lambda pair: ChangedValue(*pair),
}
