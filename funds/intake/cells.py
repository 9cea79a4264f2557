"""What stood in a cell, and how each kind of column reads it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from funds.credit_code import check_credit_code
from funds.dates import parse_date, parse_period, parse_quarter
from funds.faults import ValueFault, shorten
from funds.intake.columns import WHOLE_CITY, Column, Kind
from funds.measures import MeasureFault, parse_figure, parse_fraction, parse_percent, parse_whole
from funds.money import Unit, parse_money
from funds.numerals import drop_invisible, fold_width, is_numeral, write_number

CODE_LENGTH, _NAME_LENGTH, _TEXT_LENGTH = 64, 200, 2000
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
_UNUSABLE = {
    "error_cell": "import.error_cell",
    "formula": "import.formula",
    "time_cell": "import.time_cell",
}
_KEPT_CONTROLS = {"\n", "\t"}
_MOST_EXACT = 10**15
_SEVERAL = re.compile(r"[;、]")


class CellFault(ValueFault):
    """What stood in a cell is not what its column holds."""


@dataclass(frozen=True)
class Fraction:
    """A number in a cell that is formatted as a percentage: 0.125, shown as 12.5 %."""

    value: float

    def __str__(self) -> str:
        return f"{self.value * 100:.15g}%"


@dataclass(frozen=True)
class Unusable:
    """A cell without a value of its own: an error, a bare time, or a formula that nobody has calculated."""

    code: str
    text: str = ""


Cell = str | float | bool | date | Fraction | Unusable | None
Sent = str | float | bool
Reader = Callable[[Sent], object]

BLANK = object()
# Before what is neither text nor number the child sets a sign that no workbook can hold.
TYPED = "\0"


def decode_cell(sent: Sent) -> Cell:
    """A cell as the child sent it: a text, a number, a truth, or the sign with a kind and a value."""
    if not isinstance(sent, str):
        return sent
    if not sent.startswith(TYPED):
        text = sent.strip()
        if not text.isprintable():
            text = drop_invisible(text).strip()
        return Unusable("import.error_cell", text) if text in _ERRORS else text or None
    kind, _, value = sent[1:].partition(":")
    if kind == "date":
        return date.fromisoformat(value)
    return Fraction(float(value)) if kind == "percent" else Unusable(_UNUSABLE[kind], value)


def make_reader(column: Column, unit: Unit) -> Reader:
    """The function that reads the column's cells as sent: BLANK, a value, or a ValueFault raised.

    What comes often it reads but once.
    """
    read = _READERS[column.kind](column, unit)
    has_dates = column.kind in (Kind.DATE, Kind.PERIOD)
    is_repetitive = column.kind in _REPETITIVE
    known: dict[Sent, object] = {"": BLANK}

    def read_cell(sent: Sent) -> object:
        # As keys True and 1.0 are one.
        is_truth = sent is True or sent is False
        if sent in known and not is_truth:
            return known[sent]
        cell = decode_cell(sent)
        if cell is None:
            return BLANK
        require_usable(cell)
        if isinstance(cell, date) and not has_dates:
            raise CellFault("import.unexpected_date", text=cell)
        value = read(cell)
        if is_repetitive and not is_truth:
            known[sent] = value
        return value

    return read_cell


def require_usable(cell: Cell) -> None:
    """Raise the fault of a cell that has no value of its own."""
    if isinstance(cell, Unusable):
        raise CellFault(cell.code, text=cell.text)


def read_code(cell: Cell) -> str:
    """A code as text: 1001.0 becomes 1001; what Excel cut the digits of is refused."""
    text = _write_whole(cell) if isinstance(cell, float) else cell
    if not isinstance(text, str):
        raise CellFault("import.not_words", text=shorten(cell))
    code = fold_width(text)
    if not code.isprintable() and any(unicodedata.category(sign) == "Cc" for sign in code):
        raise CellFault("import.control_character", text=shorten(code))
    return _within(code, CODE_LENGTH)


def list_codes(row: Iterable[Sent]) -> set[str]:
    """Whatever in a row that is not read may be a code that other rows refer to."""
    found: set[str] = set()
    for sent in row:
        try:
            found.add(read_code(decode_cell(sent)))
        except CellFault:
            continue
    return found


def _write_whole(number: float) -> str:
    if not number.is_integer():
        raise CellFault("import.code_not_whole", text=shorten(number))
    if abs(number) >= _MOST_EXACT:
        raise CellFault("import.code_digits_lost", text=shorten(number))
    return str(int(number))


def _read_words(cell: Cell, most: int) -> str:
    """Words as they stand, up to a length; a number is taken for its digits."""
    text = write_number(cell) if isinstance(cell, float) else cell
    if not isinstance(text, str):
        raise CellFault("import.not_words", text=shorten(cell))
    if not text.isprintable() and any(
        unicodedata.category(sign) == "Cc" and sign not in _KEPT_CONTROLS for sign in text
    ):
        raise CellFault("import.control_character", text=shorten(text))
    return _within(text, most)


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise CellFault("import.too_long", text=shorten(text), length=len(text), most=most)
    return text


def _read_codes(cell: Cell) -> tuple[str, ...]:
    if not isinstance(cell, str):
        return (read_code(cell),)
    return tuple(read_code(part) for part in _SEVERAL.split(fold_width(cell)) if part.strip())


def _read_park(cell: Cell) -> str | None:
    code = read_code(cell)
    return None if code == WHOLE_CITY else code


def _read_percent(cell: Cell) -> int:
    return parse_fraction(cell.value) if isinstance(cell, Fraction) else parse_percent(read_plain(cell))


def _read_figure(cell: Cell) -> int:
    if isinstance(cell, Fraction):
        raise MeasureFault("measure.percent_sign", text=cell)
    return parse_figure(read_plain(cell))


def _read_figure_or_words(cell: Cell) -> dict[str, object]:
    """`value_e6` where a number stands, else `words`; 8% is neither, for the unit has a column of its own."""
    if isinstance(cell, str) and not is_numeral(fold_width(cell).removesuffix("%").rstrip()):
        return {"words": _read_words(cell, _TEXT_LENGTH)}
    return {"value_e6": _read_figure(cell)}


def _read_choice(column: Column) -> Callable[[Cell], object]:
    def read(cell: Cell) -> object:
        if isinstance(cell, bool) and cell in column.choices.values():
            return cell
        word = fold_width(cell).replace(" ", "") if isinstance(cell, str) else ""
        if word not in column.choices:
            choices = "、".join(column.words.values())
            raise CellFault("import.unknown_choice", text=shorten(cell), choices=choices)
        return column.choices[word]

    return read


def read_plain(cell: Cell) -> str | float:
    """For the parsers of numbers, which themselves refuse whatever is neither text nor number."""
    return cast("str | float", cell)


_REPETITIVE = {
    Kind.CODE,
    Kind.CODES,
    Kind.PARK_OR_CITY,
    Kind.NAME,
    Kind.DATE,
    Kind.QUARTER,
    Kind.PERIOD,
    Kind.PERCENT,
    Kind.CHOICE,
}
_READERS: Mapping[Kind, Callable[[Column, Unit], Callable[[Cell], object]]] = {
    Kind.CODE: lambda column, unit: read_code,
    Kind.CODES: lambda column, unit: _read_codes,
    Kind.PARK_OR_CITY: lambda column, unit: _read_park,
    Kind.CREDIT_CODE: lambda column, unit: check_credit_code,
    Kind.NAME: lambda column, unit: lambda cell: _read_words(cell, _NAME_LENGTH),
    Kind.TEXT: lambda column, unit: lambda cell: _read_words(cell, _TEXT_LENGTH),
    Kind.DATE: lambda column, unit: parse_date,
    Kind.QUARTER: lambda column, unit: parse_quarter,
    Kind.PERIOD: lambda column, unit: parse_period,
    Kind.MONEY: lambda column, unit: (
        lambda cell: parse_money(read_plain(cell), unit, signed=column.is_signed)
    ),
    Kind.PERCENT: lambda column, unit: _read_percent,
    Kind.FIGURE: lambda column, unit: _read_figure,
    Kind.FIGURE_OR_WORDS: lambda column, unit: _read_figure_or_words,
    Kind.WHOLE: lambda column, unit: lambda cell: parse_whole(read_plain(cell)),
    Kind.CHOICE: lambda column, unit: _read_choice(column),
}
