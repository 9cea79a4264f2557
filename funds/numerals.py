"""Decimal numerals as people and spreadsheets write them, read exactly as integers of a stated scale."""

import math
import re
from decimal import Decimal

# Only what a Chinese keyboard types wide. Full Unicode folding would also turn 5² into 52 and ½ into 1⁄2.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5, 0xFFE1: 0xA3}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_FOLDED = _WIDE | _INVISIBLE | {0x2212: 0x2D, 0xA0: 0x20}

UNSIGNED = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_NUMERAL = re.compile("-?" + UNSIGNED)
# Excel keeps 15 significant digits; what stands behind them is noise of its floats.
_EXCEL_DIGITS = 15
_LONGEST = 40


def drop_invisible(text: str) -> str:
    """The text without the characters of no width that come along when people paste."""
    return text.translate(_INVISIBLE)


def fold_width(text: str) -> str:
    """The text with full-width characters narrow, invisible ones gone, and no space around it."""
    return text.translate(_FOLDED).strip()


def is_numeral(text: str) -> bool:
    """Whether the text is a plain number, without exponent, with thousands grouped by three or not at all."""
    return len(text) <= _LONGEST and _NUMERAL.fullmatch(text) is not None


def scale_numeral(text: str, scale: int) -> int | None:
    """A numeral × scale, or None where that is not a whole number."""
    whole, _, decimals = text.replace(",", "").partition(".")
    scaled, rest = divmod(abs(int(whole + decimals)) * scale, int("1" + "0" * len(decimals)))
    if rest:
        return None
    return -scaled if text.startswith("-") else scaled


def write_number(value: int | float | Decimal) -> str | None:
    """A number as a numeral (floats at Excel's 15 digits); None where it is not finite or beyond measure."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        value = Decimal(f"{value:.{_EXCEL_DIGITS}g}")
    number = Decimal(value)
    if not number.is_finite() or (number and abs(number.adjusted()) > _LONGEST):
        return None
    text = f"{number:f}" if number else "0"
    return text if len(text) <= 2 * _LONGEST else None
