"""The tables of a file of any layout as they are kept to be shown: where they stand, their columns, their first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import orjson

from funds.intake.cells import Cell, Unusable
from funds.intake.foreign.amounts import UNITS
from funds.intake.foreign.mapping import TableMapping, read_mappings, write_mappings
from funds.intake.foreign.proposing import offer_parts
from funds.intake.foreign.tables import FoundTable, describe_heading

PREVIEWED = 5
LONGEST_CELL = 60


@dataclass(frozen=True)
class KeptColumn:
    """A column: its title, and the letter (or, in a table on its side, the number) that a spreadsheet calls it by."""

    title: str
    letter: str


@dataclass(frozen=True)
class KeptTable:
    """A table: where its header begins, the words above it, its unit, and what it could feed."""

    where: str
    heading: str
    unit: str
    is_turned: bool
    rows: int
    columns: tuple[KeptColumn, ...]
    preview: tuple[tuple[str, ...], ...]
    offers: str

    def read_offers(self) -> TableMapping:
        """What every sheet of the trade would take from it."""
        return read_mappings(self.offers, [self])[0]


def keep_tables(tables: Sequence[FoundTable], known_names: Mapping[str, str]) -> tuple[KeptTable, ...]:
    """What is shown of tables as found; `known_names` as for proposals."""
    return tuple(_keep(table, known_names) for table in tables)


def write_tables(tables: Sequence[KeptTable]) -> str:
    """As text."""
    return orjson.dumps([asdict(table) for table in tables]).decode()


def read_tables(text: str | None) -> tuple[KeptTable, ...]:
    """From the text that was kept; none of a file that is the template."""
    told: list[dict[str, Any]] = orjson.loads(text) if text else []
    return tuple(
        KeptTable(
            **{
                **one,
                "columns": tuple(KeptColumn(**column) for column in one["columns"]),
                "preview": tuple(tuple(row) for row in one["preview"]),
            }
        )
        for one in told
    )


def _keep(table: FoundTable, known_names: Mapping[str, str]) -> KeptTable:
    offers = write_mappings((offer_parts(table, known_names),))
    return KeptTable(
        table.corner,
        describe_heading(table),
        next((name for name, fen in UNITS.items() if fen == table.unit), ""),
        table.grid.is_turned,
        len(table.rows),
        tuple(_keep_column(table, at) for at in range(len(table.columns))),
        tuple(tuple(map(_write_cell, row.cells)) for row in table.rows[:PREVIEWED]),
        offers,
    )


def _keep_column(table: FoundTable, at: int) -> KeptColumn:
    address = table.where(table.header.last, at).rpartition("!")[2]
    number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letter = number if table.grid.is_turned else address.removesuffix(number)
    return KeptColumn(table.columns[at].title.text, letter)


def _write_cell(cell: Cell) -> str:
    """A cell as a reader expects it; a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, Unusable):
        return cell.text
    if isinstance(cell, float):
        return f"{cell:.15g}"
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
