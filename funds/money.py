"""Money as whole fen: the one parser of amounts that people typed, and how fen are written out."""

import re
from decimal import Decimal
from enum import IntEnum

from funds.faults import ValueFault, shorten
from funds.numerals import UNSIGNED, fold_width, is_numeral, scale_numeral, write_number

MOST_FEN = 10**15


class Unit(IntEnum):
    """A unit of amounts; its value is how many fen it holds."""

    YUAN = 100
    WAN = 1_000_000
    YI = 10_000_000_000

    @property
    def label(self) -> str:
        """The unit's name, as headers of the workbook and of reports write it."""
        return _LABELS[self]


_LABELS = {Unit.YUAN: "元", Unit.WAN: "万元", Unit.YI: "亿元"}
_UNITS = {"元": Unit.YUAN, "万元": Unit.WAN, "万": Unit.WAN, "亿元": Unit.YI, "亿": Unit.YI}
_AMOUNT = re.compile(rf"(-?)(?:¥ ?)?({UNSIGNED}) ?(亿元|万元|亿|万|元)?")
_FOREIGN = re.compile(r"[$€£₩]|usd|hkd|eur|jpy|gbp|美元|美金|港元|港币|欧元|日元|英镑", re.IGNORECASE)
_EXPONENT = re.compile(r"[0-9.]+[eE][+-]?[0-9]+")


class MoneyFault(ValueFault):
    """An amount that cannot be read, or not as whole fen."""


def unit_of(label: str) -> Unit | None:
    """The unit that a header or a cell names, if it names one."""
    return _UNITS.get(fold_width(label))


def parse_money(
    value: str | int | float | Decimal,
    unit: Unit = Unit.WAN,
    *,
    signed: bool = False,
    most: int = MOST_FEN,
) -> int:
    """An amount in fen; a unit written in the text outweighs the column's. Negative only where `signed`."""
    if isinstance(value, float) and 0 < value * unit < MOST_FEN:
        # The double nearest to an amount of so few digits stands for that amount and no other.
        nearest = round(value * unit)
        if nearest / unit == value:
            return nearest
    if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
        raise MoneyFault("money.not_a_number", text=shorten(value))
    numeral, unit = _read_text(value, unit) if isinstance(value, str) else (write_number(value), unit)
    if numeral is None:
        raise MoneyFault("money.not_a_number", text=shorten(value))
    fen = scale_numeral(numeral, unit)
    if fen is None:
        raise MoneyFault("money.not_whole_fen", text=shorten(value), unit=unit.label)
    if abs(fen) > most:
        raise MoneyFault("money.too_large", text=shorten(value), unit=unit.label)
    if fen < 0 and not signed:
        raise MoneyFault("money.negative", text=shorten(value))
    return fen


def _read_text(text: str, unit: Unit) -> tuple[str | None, Unit]:
    """The numeral within the text and the unit that holds for it."""
    folded = fold_width(text)
    if not folded:
        raise MoneyFault("money.empty")
    if _FOREIGN.search(folded):
        raise MoneyFault("money.foreign_currency", text=shorten(text))
    if _EXPONENT.fullmatch(folded):
        raise MoneyFault("money.exponent", text=shorten(text))
    found = _AMOUNT.fullmatch(folded)
    if found is None or not is_numeral(found[2]):
        grouped = "," in folded and re.fullmatch(r"-?¥? ?[0-9,]+(\.[0-9]+)? ?[亿万元]*", folded)
        raise MoneyFault("money.bad_grouping" if grouped else "money.not_a_number", text=shorten(text))
    return found[1] + found[2], _UNITS.get(found[3], unit)


def format_fen(fen: int, unit: Unit = Unit.WAN, places: int | None = None, *, grouped: bool = True) -> str:
    """Fen in a unit without its name: exact, or rounded half away from zero to so many places."""
    digits = len(str(int(unit))) - 1
    size = abs(fen)
    if places is not None and places < digits:
        step = 10 ** (digits - places)
        size = (size + step // 2) // step * step
    whole, rest = divmod(size, unit)
    decimals = f"{rest:0{digits}d}"
    decimals = decimals.rstrip("0") if places is None else decimals[:places].ljust(places, "0")
    sign = "-" if fen < 0 and size else ""
    return f"{sign}{whole:{',' if grouped else ''}d}{'.' if decimals else ''}{decimals}"
