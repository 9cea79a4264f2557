"""Cells of a table by what they hold: text, money in one unit, figures with their passport, days, counts."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from dashboard.auth.visit import Visit
from dashboard.pages.figure_text import (
    COUNTS,
    INDEXES,
    MONEY,
    NUMBERS,
    RATES,
    SHARES,
    read_number,
    write_exactly,
    write_value,
)
from dashboard.tables.number_formats import shape_as_written
from dashboard.tables.shown import Cell, FigureKey
from dashboard.words.numbers import (
    ABSENT,
    MoneyUnit,
    format_count,
    format_money,
    format_number,
    format_percent,
    format_yuan,
)

MONEY_FORMAT, COUNT_FORMAT, DAY_FORMAT = "#,##0.00", "#,##0", "yyyy-mm-dd"
INDEX_FORMAT = "0.00"
RATIO_FORMAT, SHARE_FORMAT, RATE_FORMAT = '#,##0.00"×"', "#,##0.0%", "#,##0.00%"

MOST_AMOUNTS = 8_192


@dataclass(frozen=True)
class CellMaker:
    """Makes the cells of one table, whose money is all in one unit."""

    visit: Visit
    unit: MoneyUnit

    def text(self, words: str, *, link: str | None = None, hover: str = "", tone: str = "") -> Cell:
        """Words, perhaps a link."""
        return Cell(words, words, hover=hover, link=link, tone=tone)

    def absent(self, reason: str | None = None) -> Cell:
        """— with its reason (a message code) on hover."""
        return Cell(ABSENT, None, hover=self.visit.say(reason) if reason else "")

    def money(self, fen: int | None, reason: str | None = None) -> Cell:
        """An amount that is no figure of its own."""
        if fen is None:
            return self.absent(reason)
        return _write_money(fen, self.unit, self.visit.say("unit.yuan"))

    def share(self, value: Fraction | None, reason: str | None = None) -> Cell:
        """A share as a percentage, one decimal."""
        if value is None:
            return self.absent(reason)
        return Cell(format_percent(value), value, SHARE_FORMAT)

    def count(self, number: int | None, reason: str | None = None) -> Cell:
        """A number of things."""
        return self.absent(reason) if number is None else Cell(format_count(number), number, COUNT_FORMAT)

    def number(self, value: Fraction, hover: str = "") -> Cell:
        """A plain number as it is filed."""
        text = format_number(value)
        return Cell(text, value, shape_as_written(text), hover)

    def day(self, day: date | None) -> Cell:
        """A day."""
        return self.absent() if day is None else Cell(day.isoformat(), day, DAY_FORMAT)

    def figure(
        self,
        key: FigureKey,
        value: int | str | None,
        reason: str | None = None,
        parts: tuple[int, int] | None = None,
    ) -> Cell:
        """A figure by its code, whose number opens its passport; `parts` of what is counted, n of m."""
        if value is None:
            return Cell(ABSENT, None, hover=self.visit.say(reason) if reason else "", figure=key)
        hover = write_exactly(self.visit, key.code, value, reason)
        if key.code in MONEY:
            amount = Fraction(int(value), self.unit.value)
            return Cell(write_value(key.code, value, self.unit), amount, MONEY_FORMAT, hover, figure=key)
        if key.code in COUNTS and parts is not None:
            text = f"{parts[0]} / {parts[1]}"
            return Cell(text, text, hover=hover, figure=key)
        text = write_value(key.code, value, self.unit)
        return Cell(text, read_number(value), _shape_of(key.code, text), hover, figure=key)


@lru_cache(MOST_AMOUNTS)
def _write_money(fen: int, unit: MoneyUnit, yuan: str) -> Cell:
    """Most amounts of a page are those of its last drawing, and many are nothing at all."""
    exact = f"{format_yuan(fen)} {yuan}"
    return Cell(format_money(fen, unit), Fraction(fen, unit.value), MONEY_FORMAT, exact)


def _shape_of(code: str, text: str) -> str:
    if code in INDEXES:
        return INDEX_FORMAT
    if code in NUMBERS:
        return shape_as_written(text)
    if code in RATES:
        return RATE_FORMAT
    return SHARE_FORMAT if code in SHARES else RATIO_FORMAT
