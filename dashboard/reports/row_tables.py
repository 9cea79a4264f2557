"""The rows of a reading as tables: one for each name that rows carry, with columns and codes in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.readings.answers import Reading
from dashboard.words import read_words, say

ROWS = "rows"
NAME = "table"


@dataclass(frozen=True)
class RowTable:
    """A table with its heading (None for rows that name no table), titles, and cells as whole fen or text."""

    heading: str | None
    titles: tuple[str, ...]
    rows: tuple[tuple[int | str | None, ...], ...]


def split_tables(reading: Reading, language: str) -> list[RowTable]:
    """The tables in the order in which the rows first name them."""
    groups: dict[str | None, list[Mapping[str, object]]] = {}
    for row in reading.rows:
        name = row.get(NAME)
        groups.setdefault(None if name is None else str(name), []).append(row)
    return [_make(name, rows, language) for name, rows in groups.items()]


def _make(name: str | None, rows: Sequence[Mapping[str, object]], language: str) -> RowTable:
    keys = [key for key in dict.fromkeys(key for row in rows for key in row) if key != NAME]
    return RowTable(
        None if name is None else say(f"report.table_{name}", language),
        tuple(_title(key, language) for key in keys),
        tuple(tuple(_cell(key, row.get(key), language) for key in keys) for row in rows),
    )


def _title(key: str, language: str) -> str:
    words = read_words(language)
    if f"figure.{key}" in words:
        return f"{key} {words[f'figure.{key}']}"
    return words.get(f"report.field_{key}", key)


def _cell(key: str, value: object, language: str) -> int | str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return say("report.yes" if value else "report.no", language)
    if isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return ",".join(str(item) for item in value)
    return _coded(key)(str(value), language)


def _coded(key: str) -> Callable[[str, str], str]:
    """How the codes of a column are said; names and texts stand as they are."""
    if key.endswith("status"):
        return lambda text, language: say(f"rate.{text}", language)
    if key.endswith("source") or key == "basis":
        return lambda text, language: say(f"basis.{text}", language)
    if key in ("by", "side"):
        return lambda text, language: say(f"report.{key}_{text}", language)
    if key.endswith("reason") or key == "name":
        return say
    return lambda text, language: read_words(language).get(f"report.{key}_{text}", text)
