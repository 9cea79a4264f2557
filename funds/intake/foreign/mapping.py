"""Which column of a table becomes which column of the template: as proposed, as corrected, as kept for next time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from funds.errors import NotFound
from funds.intake.foreign.tables import FoundTable
from funds.intake.sheets import SHEET_BY_TITLE


class Tabular(Protocol):
    """Whatever has columns: a table as found, or as it was kept to be shown."""

    @property
    def columns(self) -> Sequence[object]:
        """From the first on."""


@dataclass(frozen=True)
class Feed:
    """What feeds a column of the template: a column of the table (from 0), or the same words in every row."""

    column: int | None = None
    words: str = ""


@dataclass(frozen=True)
class PartMapping:
    """One sheet of the template that a table feeds, each of its columns by title."""

    sheet: str
    feeds: Mapping[str, Feed]


@dataclass(frozen=True)
class TableMapping:
    """What becomes of one table; without parts it is left out. `why` says how each column was understood."""

    parts: tuple[PartMapping, ...] = ()
    is_summary: bool = False
    why: Mapping[str, str] = field(default_factory=dict)


Mappings = tuple[TableMapping, ...]


def fingerprint(tables: Sequence[FoundTable]) -> str:
    """The layout's own name: the titles of all columns in their order, whatever stands below them."""
    layout = [[column.title.text for column in table.columns] for table in tables]
    return hashlib.sha256(orjson.dumps(layout)).hexdigest()


def write_mappings(mappings: Mappings) -> str:
    """The mappings as text, to be kept."""
    told = [
        {
            "is_summary": one.is_summary,
            "why": dict(one.why),
            "parts": [
                {
                    "sheet": part.sheet,
                    "feeds": {title: [feed.column, feed.words] for title, feed in part.feeds.items()},
                }
                for part in one.parts
            ],
        }
        for one in mappings
    ]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def read_mappings(text: str, tables: Sequence[Tabular]) -> Mappings:
    """Mappings as kept or sent, for these tables; refuses what does not fit them."""
    try:
        told = orjson.loads(text)
        if len(told) != len(tables):
            raise NotFound("foreign.other_layout")
        return tuple(_read_one(one, table) for one, table in zip(told, tables, strict=True))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as fault:
        raise NotFound("foreign.other_layout") from fault


def _read_one(told: dict[str, Any], table: Tabular) -> TableMapping:
    parts = tuple(_read_part(part, len(table.columns)) for part in told["parts"])
    why = {str(place): str(code) for place, code in dict(told.get("why", {})).items()}
    return TableMapping(parts, bool(told["is_summary"]), why)


def _read_part(told: dict[str, Any], width: int) -> PartMapping:
    sheet = SHEET_BY_TITLE[told["sheet"]]
    titles = {column.title for column in sheet.columns}
    feeds: dict[str, Feed] = {}
    for title, (column, words) in told["feeds"].items():
        is_placed = column is None or (isinstance(column, int) and 0 <= column < width)
        if title not in titles or not is_placed or not isinstance(words, str):
            raise NotFound("foreign.other_layout")
        feeds[title] = Feed(column, words)
    return PartMapping(sheet.title, feeds)
