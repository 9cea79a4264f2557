"""Cells of the leverage page's tables beyond money and counts: multiples, shares and days that readings print as text."""

from fractions import Fraction

from dashboard.pages.cells import RATIO_FORMAT, CellMaker
from dashboard.tables.shown import Cell
from dashboard.words.numbers import format_money, format_percent, format_ratio

FEN_A_YUAN, PPM = 100, 1_000_000


class LeverageCells(CellMaker):
    """Makes the cells of one table, whose money is all in one unit."""

    def multiple(self, text: str | None, reason: str | None = None) -> Cell:
        """A multiple that is no figure of its own, all digits on hover."""
        if text is None:
            return self.absent(reason)
        value = Fraction(text)
        return Cell(format_ratio(value), value, RATIO_FORMAT, text)

    def part(self, text: str | None, reason: str | None = None) -> Cell:
        """A share."""
        return self.share(None if text is None else Fraction(text), reason)

    def millionths(self, ppm: int | None, reason: str | None = None) -> Cell:
        """A share in millionths."""
        return self.share(None if ppm is None else Fraction(ppm, PPM), reason)

    def days(self, text: str | None, reason: str | None = None) -> Cell:
        """A number of days."""
        if text is None:
            return self.absent(reason)
        return self.number(Fraction(text), text)

    def yuan_days(self, amount: int) -> Cell:
        """Yuan × days in the table's unit × days."""
        fen = amount * FEN_A_YUAN
        exact = f"{amount:,} {self.visit.say('leverage_page.yuan_days')}"
        return Cell(format_money(fen, self.unit), Fraction(fen, self.unit.value), "#,##0.00", exact)

    def words(self, text: str | None) -> Cell:
        """Long words that wrap; — where there are none."""
        return self.text(text, tone="wrap") if text else self.absent()


def write_multiple(text: str | None) -> str:
    """A multiple in running text."""
    return format_ratio(None if text is None else Fraction(text))


def write_share(text: str | None) -> str:
    """A share in running text."""
    return format_percent(None if text is None else Fraction(text))
