"""How a figure is written: short on the page, exact on hover, and — with its reason where there is none."""

from fractions import Fraction
from functools import lru_cache

from dashboard.auth.visit import Visit
from dashboard.readings.answers import Figure
from dashboard.words.numbers import (
    ABSENT,
    MoneyUnit,
    format_index,
    format_money,
    format_number,
    format_percent,
    format_rate,
    format_ratio,
    format_yuan,
)

MOST_NUMBERS = 16_384
MONEY = frozenset({"LV00a", "LV00b", "LV00c", "PF01", "PF02", "PF03", "PF04"})
SHARES = frozenset({"LV05", "LV13", "PF05", "PF16", "PF17", "AL01", "AL02", "AL03", "AL04", "AL08", "AL09"})
# Percentages and plain numbers of the six ones; what each counts stands in its name or its unit.
SHARES |= {"AL05", "AL06", "AL07", "AL10", "S02", "S08", "S09", "S16"}
NUMBERS = frozenset(f"S{number:02d}" for number in range(1, 21)) - SHARES - {"S19"}
INDEXES = frozenset({"AL11"})
RATES = frozenset({"PF09", "PF10", "PF13", "PF14", "PF15"})
COUNTS = frozenset({"AL12"})


@lru_cache(MOST_NUMBERS, typed=True)
def read_number(value: int | str) -> Fraction:
    """The number that a figure is; most figures of a page are those of its last drawing."""
    return Fraction(value)


def write_value(code: str, value: int | str | None, unit: MoneyUnit) -> str:
    """A value by its code, short; money in the unit, whose name stands elsewhere."""
    if value is None:
        return ABSENT
    if code in MONEY:
        return format_money(int(value), unit)
    number = read_number(value)
    if code in INDEXES:
        return format_index(number)
    if code in NUMBERS:
        return format_number(number)
    if code in RATES:
        return format_rate(number)
    return format_percent(number) if code in SHARES else format_ratio(number)


def write_figure(figure: Figure, unit: MoneyUnit) -> str:
    """A figure, short; how many of how many for what is counted."""
    if figure.code in COUNTS and figure.value is not None:
        return f"{figure.numerator} / {figure.denominator}"
    return write_value(figure.code, figure.value, unit)


def write_exactly(visit: Visit, code: str, value: int | str | None, reason: str | None) -> str:
    """What stands on hover: the amount to the fen, the number with all its digits, or the reason."""
    if value is None:
        return visit.say(reason) if reason else ABSENT
    if code in MONEY:
        return f"{format_yuan(int(value))} {visit.say('unit.yuan')}"
    return str(value)


def explain_figure(visit: Visit, figure: Figure) -> str:
    """The same for a figure."""
    return write_exactly(visit, figure.code, figure.value, figure.reason)


def name_basis(visit: Visit, basis: str) -> str:
    """The basis in words."""
    return visit.say(f"basis.{basis}")
