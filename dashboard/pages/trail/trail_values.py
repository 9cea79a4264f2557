"""Values of the book in words: money in yuan to the fen, shares, dates, kinds, and names instead of numbers."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from dashboard.pages.cells import DAY_FORMAT, MONEY_FORMAT
from dashboard.pages.trail.trail_desk import TrailDesk
from dashboard.tables.shown import Cell
from dashboard.words import read_words
from dashboard.words.numbers import ABSENT, format_yuan
from funds.kinds import Basis, EntryKind, FundStatus, GovernmentLevel, Role, VehicleType
from funds.measures import MICRO, WHOLE_PPM, format_scaled
from funds.queries.trail_names import targets_of
from funds.queries.trail_rows import Fate, RowVersion, shown_columns

PPM_OF_PERCENT = 10**4
LONGEST, SHORT = 200, 16
# By the ending of a column: how many of its units make one of what a file gets, and how that is shown.
NUMBERS: Mapping[str, tuple[int, str]] = {
    "_fen": (100, MONEY_FORMAT),
    "_ppm": (WHOLE_PPM, "0.####%"),
    "_e6": (MICRO, "#,##0.######"),
}
# Kinds whose words stand elsewhere already.
KINDS: Mapping[type[StrEnum], tuple[str, str]] = {
    Basis: ("basis", ""),
    EntryKind: ("evidence", ""),
    FundStatus: ("fund", "status_"),
    GovernmentLevel: ("fund", "level_"),
    Role: ("role", ""),
    VehicleType: ("fund", "type_"),
}
FIGURES = ("indicator", "definition", "code")


def words_of(kind: type[StrEnum]) -> str:
    """The beginning of the codes under which the values of a kind have words."""
    area, stem = KINDS.get(kind, ("trail", f"{kind.__name__.lower()}_"))
    return f"{area}.{stem}"


def name_table(desk: TrailDesk, table: str) -> str:
    """What rows of a table are called."""
    return desk.say(f"trail.table_{table}")


def name_field(desk: TrailDesk, column: str) -> str:
    """What a column is called, with its unit where it has one."""
    name = desk.say(f"trail.field_{column}")
    if column.endswith("_fen"):
        return desk.say("trail.with_unit", name=name, unit=desk.say("unit.yuan"))
    return name


def write_value(desk: TrailDesk, table: str, column: str, value: Any) -> str:
    """A value as a person reads it."""
    if value is None:
        return ABSENT
    target = targets_of(table).get(column)
    if target is not None:
        return desk.names.of(target, value)
    if isinstance(value, bool):
        return desk.say("trail.yes" if value else "trail.no")
    if isinstance(value, StrEnum):
        return desk.say(f"{words_of(type(value))}{value.value}")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return _write_number(column, value)
    return _write_text(desk, column, str(value))


def write_change(desk: TrailDesk, row: RowVersion, column: str) -> str:
    """From what to what."""
    known = row.known_before or {}
    return desk.say(
        "trail.from_to",
        before=write_value(desk, row.table, column, known.get(column)),
        after=write_value(desk, row.table, column, row.values[column]),
    )


def write_fate(desk: TrailDesk, row: RowVersion) -> str:
    """What the row did."""
    if row.is_restored:
        return desk.say("trail.fate_restored")
    if row.fate is Fate.NEW and row.earlier is not None:
        return desk.say("trail.fate_from_day")
    return desk.say(f"trail.fate_{row.fate.value}")


def write_content(desk: TrailDesk, row: RowVersion) -> str:
    """What a row says, field by field; of a correction only what it changed."""
    if row.fate is Fate.WITHDRAWN or row.known_before is None:
        said = [
            f"{name_field(desk, column)} {write_value(desk, row.table, column, value)}"
            for column, value in row.values.items()
            if value is not None
        ]
    else:
        said = [f"{name_field(desk, column)} {write_change(desk, row, column)}" for column in row.changed()]
    return desk.say("trail.stop").join(said) or desk.say("trail.same_content")


def write_subject(desk: TrailDesk, row: RowVersion) -> str:
    """What a row is about: whom it points at, and its day."""
    targets = targets_of(row.table)
    named = [
        write_value(desk, row.table, column, row.values[column])
        for column in shown_columns(row.table)
        if targets.get(column) not in (None, "person") and row.values[column] is not None
    ]
    days = [value.isoformat() for value in row.values.values() if isinstance(value, date)]
    own = [str(row.values[column]) for column in ("name", "code", "login") if row.values.get(column)]
    parts = [name_table(desk, row.table), *(named[:2] or own[:1]), *days[:1]]
    return " · ".join(parts)


def make_value_cell(desk: TrailDesk, row: RowVersion, column: str) -> Cell:
    """The cell of a value; where it was changed, from what to what."""
    value = row.values[column]
    if row.fate is not Fate.WITHDRAWN and column in row.changed():
        text = write_change(desk, row, column)
        return Cell(text, text, hover=desk.say("trail.was_changed"), tone="near")
    text = write_value(desk, row.table, column, value)
    tone = "soft" if row.fate is Fate.WITHDRAWN else ""
    if value is None:
        return Cell(text, None, tone=tone)
    ending = f"_{column.rpartition('_')[2]}"
    if ending in NUMBERS:
        scale, shape = NUMBERS[ending]
        return Cell(text, Fraction(value, scale), shape, tone=tone)
    if isinstance(value, date):
        return Cell(text, value, DAY_FORMAT, tone=tone)
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return Cell(
        short,
        text,
        hover=text if short != text else "",
        tone="wrap" if len(text) > SHORT and not tone else tone,
    )


def is_number(column: str) -> bool:
    """Whether a column stands to the right."""
    return column.endswith(tuple(NUMBERS)) or column in ("rank", "version", "number")


def _write_number(column: str, value: int) -> str:
    if column.endswith("_fen"):
        return format_yuan(value)
    if column.endswith("_ppm"):
        return f"{format_scaled(value, PPM_OF_PERCENT)}%"
    return _write_scaled(value) if column.endswith("_e6") else str(value)


def _write_scaled(value: int) -> str:
    """An exact decimal figure with its thousands apart."""
    whole, point, decimals = format_scaled(value, MICRO).partition(".")
    return f"{int(whole):,}{point}{decimals}" if whole not in ("-0", "0") else f"{whole}{point}{decimals}"


def _write_text(desk: TrailDesk, column: str, text: str) -> str:
    """Kinds that the book keeps as text have words; anything else is what somebody wrote."""
    words = read_words(desk.context.language)
    if column in FIGURES and f"figure.{text}" in words:
        return f"{text} {desk.say(f'figure.{text}')}"
    return words.get(f"trail.{column}_{text}", text)
