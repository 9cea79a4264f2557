"""How numbers and dates are written: one unit per table, halves rounded up, and — for what is not there."""

import math
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum
from fractions import Fraction

ABSENT = "—"
Ratio = int | float | Decimal | Fraction
_CROWDED = 10_000  # a unit is left for the next one when its rounded figure reaches this
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUARTERS = "一二三四"


class MoneyUnit(Enum):
    """What a column of money is counted in; the value is fen per unit."""

    YUAN = 100
    WAN = 1_000_000
    YI = 10_000_000_000

    @property
    def code(self) -> str:
        """The message code of the unit's name."""
        return f"unit.{self.name.lower()}"


def choose_unit(amounts: Iterable[int | None]) -> MoneyUnit:
    """The one unit for a table: the smallest in which no rounded amount reaches ten thousand."""
    largest = max((abs(amount) for amount in amounts if amount is not None), default=0)
    for unit in (MoneyUnit.YUAN, MoneyUnit.WAN):
        if _hundredths(largest, unit) < _CROWDED * 100:
            return unit
    return MoneyUnit.YI


def format_money(fen: int | None, unit: MoneyUnit) -> str:
    """An amount in a unit, two decimals, without the unit's name (it stands in the head of the column)."""
    if fen is None:
        return ABSENT
    whole, rest = divmod(_hundredths(abs(fen), unit), 100)
    sign = "-" if fen < 0 and (whole or rest) else ""
    return f"{sign}{whole:,}.{rest:02d}"


def format_yuan(fen: int | None) -> str:
    """An amount to the fen, for exports and for what is shown on hover."""
    return format_money(fen, MoneyUnit.YUAN)


def format_ratio(value: Ratio | None, digits: int = 2) -> str:
    """A multiple, as 3.53×."""
    text = _round(value, digits)
    return ABSENT if text is None else f"{text}×"


def format_percent(value: Ratio | None, digits: int = 1) -> str:
    """A share or a rate given as a ratio, as 12.9%."""
    text = _round(value, digits, 100)
    return ABSENT if text is None else f"{text}%"


def format_rate(value: Ratio | None) -> str:
    """A yearly rate given as a ratio, as 7.87%."""
    return format_percent(value, 2)


def format_count(value: int | None) -> str:
    """A number of things, with its thousands apart."""
    return ABSENT if value is None else f"{value:,}"


def format_number(value: Ratio | None) -> str:
    """A number as it is filed, its thousands apart, with a decimal where it is not whole."""
    text = _round(value, 1)
    return ABSENT if text is None else text.removesuffix(".0")


def format_index(value: Ratio | None) -> str:
    """A plain number between two bounds, such as a cosine or a Herfindahl index: two decimals."""
    return _round(value, 2) or ABSENT


def format_date(day: date | None, language: str) -> str:
    """A day in running text: 2026年9月30日, 30 Sep 2026."""
    if day is None:
        return ABSENT
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_quarter(day: date | None, language: str) -> str:
    """The quarter that a day lies in: 2026年三季度, Q3 2026."""
    if day is None:
        return ABSENT
    quarter = (day.month - 1) // 3
    return f"{day.year}年{_QUARTERS[quarter]}季度" if language == "zh" else f"Q{quarter + 1} {day.year}"


def _hundredths(fen: int, unit: MoneyUnit) -> int:
    """Hundredths of the unit, halves up, in integers."""
    return (fen * 100 * 2 + unit.value) // (unit.value * 2)


def _round(value: Ratio | None, digits: int, times: int = 1) -> str | None:
    """A number with its digits, halves away from zero, as text; None for what is no number."""
    if isinstance(value, Fraction | int):
        return _round_exactly(value.numerator * times, value.denominator, digits)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    with localcontext(prec=340):  # room for any float
        # The shortest text of a float is what was meant; its binary tail must not decide a half.
        exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
        if not exact.is_finite():
            return None
        rounded = (exact * times).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{rounded if rounded else abs(rounded):,}"


def _round_exactly(numerator: int, denominator: int, digits: int) -> str:
    """The same for a fraction, in integers: pages are full of them."""
    scale: int = 10**digits
    units = (2 * abs(numerator) * scale + denominator) // (2 * denominator)
    whole, rest = divmod(units, scale)
    sign = "-" if numerator < 0 and units else ""
    return f"{sign}{whole:,}.{rest:0{digits}d}" if digits else f"{sign}{whole:,}"
