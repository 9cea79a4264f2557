"""Reads a cell of somebody's own table as what a column of the template holds."""

import re
from dataclasses import dataclass

from funds.credit_code import check_credit_code
from funds.dates import parse_period, parse_quarter
from funds.faults import ValueFault, shorten
from funds.intake.cells import Cell, CellFault, Fraction, make_reader, read_code, require_usable
from funds.intake.columns import FLAG, Column, Kind
from funds.intake.foreign.amounts import read_amount
from funds.intake.foreign.days import read_day
from funds.measures import parse_fraction, parse_percent
from funds.money import MoneyFault, Unit
from funds.numerals import fold_width

_NATIONAL = re.compile(r"([A-T]?)([0-9]{2,4})(?![0-9])")
_LOST_DIGITS = re.compile(r"[0-9.]+[eE]\+?[0-9]+")
_BLANK = {"", "-", "--", "—", "/", "无"}


@dataclass(frozen=True)
class Manner:
    """How the cells of a column are written: the unit of its amounts in fen, and whether shares are fractions."""

    unit: int | None = None
    is_fraction: bool = False


def read_value(cell: Cell, column: Column, manner: Manner) -> object:
    """The value for a column, None where the cell is blank; raises `ValueFault`."""
    require_usable(cell)
    if cell is None or (isinstance(cell, str) and fold_width(cell) in _BLANK):
        return None
    if column.kind is Kind.MONEY:
        return _read_money(cell, column, manner)
    if column.kind is Kind.DATE:
        return read_day(cell)
    if column.kind is Kind.PERCENT:
        return _read_share(cell, manner)
    if column.kind is Kind.CREDIT_CODE:
        return read_credit_code(cell)
    if column.kind is Kind.QUARTER:
        return parse_quarter(cell)
    if column.kind is Kind.PERIOD:
        return parse_period(cell)
    if column.kind is Kind.CHOICE and column.choices == FLAG:
        return _read_flag(cell, column)
    if not isinstance(cell, str | float | bool):
        raise CellFault("import.unexpected_date", text=cell)
    return make_reader(column, Unit.WAN)(cell)


def read_credit_code(cell: Cell) -> str:
    """A credit code with the spaces that people set for reading; a number that lost digits is told as such."""
    text = re.sub(r"\s", "", fold_width(cell)) if isinstance(cell, str) else cell
    if isinstance(text, str) and _LOST_DIGITS.fullmatch(text):
        raise CellFault("import.code_digits_lost", text=shorten(text))
    return check_credit_code(text)


def read_national_code(cell: Cell) -> str | None:
    """The digits of a national industry code, alone or before its name (I6520集成电路设计); None for words."""
    text = read_code(cell) if isinstance(cell, float) else cell
    found = _NATIONAL.match(fold_width(text).upper()) if isinstance(text, str) else None
    return found[2] if found else None


def _read_money(cell: Cell, column: Column, manner: Manner) -> int | None:
    amount = read_amount(cell, manner.unit)
    if amount is None:
        return None
    if amount.is_foreign:
        raise MoneyFault("money.foreign_currency", text=shorten(cell))
    if amount.fen < 0 and not column.is_signed:
        raise MoneyFault("money.negative", text=shorten(cell))
    return amount.fen


def _read_share(cell: Cell, manner: Manner) -> int:
    if isinstance(cell, Fraction):
        return parse_fraction(cell.value)
    if not isinstance(cell, str | float):
        raise CellFault("measure.not_a_number", text=shorten(cell))
    if isinstance(cell, float) and manner.is_fraction:
        return parse_fraction(cell)
    return parse_percent(cell)


def _read_flag(cell: Cell, column: Column) -> bool:
    words = {"是": True, "否": False, "y": True, "n": False, "√": True, "×": False}
    text = fold_width(cell).casefold() if isinstance(cell, str) else ""
    if text not in words:
        raise CellFault("import.unknown_choice", text=shorten(cell), choices="、".join(column.words.values()))
    return words[text]


def is_share_fraction(cells: list[Cell], title: str) -> bool:
    """Whether numbers of a column of shares are fractions: none above 1, and no percent sign in the title."""
    numbers = [cell for cell in cells if isinstance(cell, float)]
    return "%" not in fold_width(title) and bool(numbers) and all(0 <= number <= 1 for number in numbers)


__all__ = [
    "Manner",
    "ValueFault",
    "is_share_fraction",
    "read_credit_code",
    "read_national_code",
    "read_value",
]
