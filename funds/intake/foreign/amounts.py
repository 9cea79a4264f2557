"""Amounts as fund offices write them: with currencies, units, brackets for minus, and Chinese numerals."""

import re
from dataclasses import dataclass
from decimal import Decimal

from funds.faults import shorten
from funds.intake.cells import Cell
from funds.intake.foreign.chinese_numbers import read_chinese_number
from funds.money import MOST_FEN, MoneyFault
from funds.numerals import fold_width, is_numeral, scale_numeral, write_number

YUAN = 100  # fen
# How many fen each unit holds, the longer names first.
UNITS = {
    "百万元": 10**8,
    "百万": 10**8,
    "千万元": 10**9,
    "千万": 10**9,
    "亿元": 10**10,
    "万元": 10**6,
    "千元": 10**5,
    "亿": 10**10,
    "万": 10**6,
    "元": YUAN,
    "圆": YUAN,
}
HOME = "CNY"
_CURRENCIES = (
    ("CNY", ("人民币", "rmb", "cny", "¥", "￥")),
    ("HKD", ("hk$", "hkd", "港元", "港币")),
    ("USD", ("us$", "usd", "美元", "美金", "$")),
    ("EUR", ("eur", "欧元", "€")),
    ("JPY", ("jpy", "日元", "日圆")),
    ("GBP", ("gbp", "英镑", "£")),
)
_BLANK = {"-", "--", "—", "——", "–", "/", "\\", "无", "n/a", "na"}
_VAGUE = re.compile(
    r"^(约|近|超|逾|不超过|不低于|大于|小于|[<>≥≤~])|(左右|以上|以下|余|多|\+|以内)(亿|万)?元?$"
)
_TWO = re.compile(r"^[0-9.,]+ ?[/、;|] ?[0-9.,]+$")
_MINUS = ("△", "▲", "-")


@dataclass(frozen=True)
class Amount:
    """So many fen (hundredths of another currency's unit), with the sign that was written."""

    fen: int
    currency: str = HOME

    @property
    def is_foreign(self) -> bool:
        """Whether it is no money of the book's."""
        return self.currency != HOME


def read_amount(cell: Cell, unit: int | None) -> Amount | None:
    """The amount of a cell; None where the cell says that there is none. `unit` is the column's, in fen.

    A unit written in the cell outweighs the column's; a currency sign without any unit stands for 元. Raises
    `MoneyFault` for what is no amount, is two, or is only about one.
    """
    if cell is None:
        return None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Amount(_scale(write_number(cell), unit or UNITS["万元"], cell))
    if not isinstance(cell, str):
        raise MoneyFault("money.not_a_number", text=shorten(cell))
    text = re.sub(r"\s", "", fold_width(cell)).lower()
    if not text or text in _BLANK:
        return None
    if _VAGUE.search(text):
        raise MoneyFault("foreign.vague_amount", text=shorten(cell))
    if _TWO.match(text):
        raise MoneyFault("foreign.two_amounts", text=shorten(cell))
    currency, is_marked, text = _take_currency(text)
    is_negative, text = _take_minus(text)
    text = re.sub(r"(元|圆)?[整正]$", r"\1", text)
    fen = _read_number(text, unit or (YUAN if is_marked else UNITS["万元"]), cell)
    return Amount(-fen if is_negative else fen, currency)


def _read_number(text: str, unit: int, cell: Cell) -> int:
    number, named = text, unit
    for label, size in UNITS.items():
        if text.endswith(label) and is_numeral(text[: -len(label)]):
            number, named = text[: -len(label)], size
            break
    if is_numeral(number):
        return _scale(number, named, cell)
    bare = text.rstrip("元圆")
    chinese = read_chinese_number(bare)
    if chinese is None:
        raise MoneyFault("money.not_a_number", text=shorten(cell))
    # 三千万 is thirty million yuan in a column of 万元 too; 三百 without any unit is 300 of the column's.
    is_whole = bare != text or any(sign in bare for sign in "万萬亿億")
    return _scale(write_number(Decimal(chinese)), YUAN if is_whole else unit, cell)


def _scale(numeral: str | None, unit: int, cell: Cell) -> int:
    if numeral is None:
        raise MoneyFault("money.not_a_number", text=shorten(cell))
    label = next((label for label, size in UNITS.items() if size == unit), "元")
    fen = scale_numeral(numeral, unit)
    if fen is None:
        raise MoneyFault("money.not_whole_fen", text=shorten(cell), unit=label)
    if abs(fen) > MOST_FEN:
        raise MoneyFault("money.too_large", text=shorten(cell), unit=label)
    return fen


def _take_currency(text: str) -> tuple[str, bool, str]:
    """The currency, whether any was named, and the text without its name."""
    for currency, names in _CURRENCIES:
        for name in names:
            if text.startswith(name):
                return currency, True, text[len(name) :].lstrip(":")
            if text.endswith(name):
                return currency, True, text[: -len(name)]
    return HOME, False, text


def _take_minus(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1]
    for sign in _MINUS:
        if text.startswith(sign):
            return True, text[len(sign) :]
    if text.endswith("-"):
        return True, text[:-1]
    return False, text
