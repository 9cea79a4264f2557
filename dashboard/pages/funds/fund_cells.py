"""Cells of a fund's tables besides those that every table has: multiples and rates that are no figure of their own."""

from dataclasses import dataclass, replace
from fractions import Fraction

from dashboard.pages.cells import RATE_FORMAT, RATIO_FORMAT, CellMaker
from dashboard.tables.shown import Cell
from dashboard.words.numbers import format_rate, format_ratio


@dataclass(frozen=True)
class FundCells(CellMaker):
    """Makes the cells of one table of a fund's page."""

    def ratio(self, value: Fraction | None, reason: str | None = None) -> Cell:
        """A multiple."""
        return self.absent(reason) if value is None else Cell(format_ratio(value), value, RATIO_FORMAT)

    def rate(
        self, value: Fraction | None, reason: str | None = None, roots: tuple[Fraction, ...] = ()
    ) -> Cell:
        """A yearly rate; where there are several, — with all of them on hover."""
        if value is not None:
            return Cell(format_rate(value), value, RATE_FORMAT)
        cell = self.absent(reason)
        several = "、".join(format_rate(root) for root in roots)
        return replace(cell, hover=f"{cell.hover} {several}".strip())

    def money(self, fen: int | None, reason: str | None = None, tone: str = "") -> Cell:
        """An amount, perhaps toned."""
        cell = super().money(fen, reason)
        return replace(cell, tone=tone) if tone else cell
