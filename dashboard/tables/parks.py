"""Which figures the table of parks holds, in which groups, and how a figure is found in a reading's row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# The rate and the value stand on whichever net asset value the funds have.
NAV_BASES = ("reported", "derived", "mixed")
NAV = "nav"


@dataclass(frozen=True)
class FigureColumn:
    """A column that shows one figure on one basis, under a heading of its group."""

    code: str
    basis: str
    group: str

    @property
    def key(self) -> str:
        """Its name in the address that sorts the table."""
        return f"{self.code}.{self.basis}"


FIGURES = (
    FigureColumn("PF01", "committed", "money"),
    FigureColumn("PF02", "paid_in", "money"),
    FigureColumn("PF05", "committed", "pace"),
    FigureColumn("PF16", "paid_in", "pace"),
    FigureColumn("PF17", "paid_in", "pace"),
    FigureColumn("LV04", "committed", "LV04"),
    FigureColumn("LV04", "paid_in", "LV04"),
    FigureColumn("LV05", "committed", "LV05"),
    FigureColumn("LV05", "paid_in", "LV05"),
    FigureColumn("AL01", "cost", "outcome"),
    FigureColumn("PF08", NAV, "outcome"),
    FigureColumn("PF09", NAV, "outcome"),
)


@dataclass(frozen=True)
class FoundFigure:
    """A figure as it stands in a row: on which basis, its value, and why there is none."""

    basis: str
    value: Any
    reason: str | None


def find_figure(row: Mapping[str, Any], column: FigureColumn) -> FoundFigure:
    """The figure of a column in a reading's row."""
    for basis in NAV_BASES if column.basis == NAV else (column.basis,):
        key = f"{column.code}.{basis}"
        if key in row:
            return FoundFigure(basis, row[key], row.get(f"{key}.reason"))
    return FoundFigure(column.basis, None, None)
