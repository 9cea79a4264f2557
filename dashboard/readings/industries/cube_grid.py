"""The cube cut open for looking at: one measure over parks and industries, of all funds or of some."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.readings.industries.cube import (
    CUBE,
    CUBE_FUND,
    CUBE_SUM,
    OF_CELL,
    OF_INDUSTRY,
    OF_PARK,
)

Row = Mapping[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True)
class CubeFilter:
    """The funds that are looked at: one by its code, those of a type, or all."""

    fund: str | None = None
    fund_type: str | None = None

    def keeps(self, row: Row) -> bool:
        """Whether a row of a fund is among them."""
        return self.fund in (None, row["fund"]) and self.fund_type in (None, row["fund_type"])


@dataclass(frozen=True)
class CubeGrid:
    """Parks by industries with their margins; every park stands in it, and every industry that leads somewhere.

    `by_park` and `total` count every holding once in any mode; `by_industry` adds up its column.
    """

    parks: tuple[str, ...]
    industries: tuple[str, ...]
    cells: Mapping[Place, int]
    leading: frozenset[Place]
    by_park: Mapping[str, int]
    by_industry: Mapping[str, int]
    total: int

    @property
    def leading_total(self) -> int:
        """What lies in industries that lead in the very park."""
        return sum(amount for place, amount in self.cells.items() if place in self.leading)

    @property
    def unserved(self) -> list[Place]:
        """Industries that lead in a park and hold nothing there."""
        return sorted(place for place in self.leading if not self.cells.get(place))

    def largest(self) -> tuple[Place, int] | None:
        """The cell that holds most, if any holds something."""
        held = [(amount, place) for place, amount in self.cells.items() if amount > 0]
        if not held:
            return None
        most = max(amount for amount, _ in held)
        return min(place for amount, place in held if amount == most), most


def open_cube(rows: Iterable[Row], measure: str, chosen: CubeFilter) -> CubeGrid:
    """The grid of one measure from the rows of a cube."""
    tables: dict[str, list[Row]] = {CUBE: [], CUBE_FUND: [], CUBE_SUM: []}
    for row in rows:
        if row.get("table") in tables:
            tables[str(row["table"])].append(row)
    cells: Counter[Place] = Counter()
    by_park: Counter[str] = Counter()
    by_industry: Counter[str] = Counter()
    for row in filter(chosen.keeps, tables[CUBE]):
        cells[row["park"], row["industry"]] += row[measure]
        by_industry[row["industry"]] += row[measure]
    for row in filter(chosen.keeps, tables[CUBE_FUND]):
        by_park[row["park"]] += row[measure]
    sums = tables[CUBE_SUM]
    return CubeGrid(
        parks=tuple(row["park"] for row in sums if row["of"] == OF_PARK),
        industries=tuple(row["industry"] for row in sums if row["of"] == OF_INDUSTRY),
        cells=cells,
        leading=frozenset(
            (row["park"], row["industry"]) for row in sums if row["of"] == OF_CELL and row["is_leading"]
        ),
        by_park=by_park,
        by_industry=by_industry,
        total=sum(by_park.values()),
    )
