"""Control totals: rows of 合计 and 小计 within a sheet, and the table of the cover sheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from funds.intake.cells import Cell
from funds.intake.columns import Column
from funds.money import Unit, format_fen
from funds.problems import Problem, fatal

SECTION = "小计"
# Every one of the labels ends in it.
TOTAL_SIGN = "计"
_TOTAL = re.compile(r"(合计|总计|小计)[:：]?")


def read_total_label(cell: Cell) -> str | None:
    """合计, 总计 or 小计 where the cell says that its row is a total."""
    if not isinstance(cell, str) or TOTAL_SIGN not in cell:
        return None
    found = _TOTAL.fullmatch(re.sub(r"\s", "", cell))
    return found[1] if found else None


@dataclass(frozen=True)
class StatedTotal:
    """What a total row states for a field: of the rows since the last 小计, or of the whole sheet."""

    field: str
    column: str
    where: str
    stated_fen: int
    section_fen: int | None = None


@dataclass
class Sums:
    """What the amounts of a sheet come to, whole and since the last 小计; `broken` fields are not known."""

    whole: dict[str, int] = field(default_factory=dict)
    section: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    stated: list[StatedTotal] = field(default_factory=list)

    def add(self, name: str, fen: int | None) -> None:
        """Count an amount; None is one that could not be read."""
        if fen is None:
            self.broken.add(name)
            return
        self.whole[name] = self.whole.get(name, 0) + fen
        self.section[name] = self.section.get(name, 0) + fen

    def state(self, column: Column, where: str, fen: int, label: str) -> None:
        """Note what a total row states."""
        section = self.section.get(column.field, 0) if label == SECTION else None
        self.stated.append(StatedTotal(column.field, column.title, where, fen, section))

    def begin_section(self) -> None:
        """Start again after a 小计."""
        self.section = {}

    def check(self) -> list[Problem]:
        """The stated totals that do not agree."""
        return [
            _disagreement(
                "import.total_mismatch", total.where, total.stated_fen, counted, column=total.column
            )
            for total in self.stated
            if total.field not in self.broken and (counted := self._count(total)) != total.stated_fen
        ]

    def _count(self, total: StatedTotal) -> int:
        return self.whole.get(total.field, 0) if total.section_fen is None else total.section_fen


@dataclass(frozen=True)
class Control:
    """A line of the cover sheet's table: how many rows a sheet has, and what its amounts come to."""

    title: str
    rows: int | None
    rows_where: str
    sum_fen: int | None
    sum_where: str


@dataclass(frozen=True)
class Counted:
    """What was counted in a sheet; no sum where an amount could not be read."""

    rows: int
    sum_fen: int | None


def check_controls(controls: tuple[Control, ...], counted: Mapping[str, Counted]) -> list[Problem]:
    """Where the cover sheet's control totals and the sheets do not agree."""
    problems: list[Problem] = []
    for control in controls:
        found = counted.get(control.title, Counted(0, 0))
        if control.rows is not None and control.rows != found.rows:
            problems.append(
                fatal(
                    "import.control_rows",
                    control.rows_where,
                    sheet=control.title,
                    stated=control.rows,
                    counted=found.rows,
                )
            )
        if None not in (control.sum_fen, found.sum_fen) and control.sum_fen != found.sum_fen:
            problems.append(
                _disagreement(
                    "import.control_sum",
                    control.sum_where,
                    control.sum_fen or 0,
                    found.sum_fen or 0,
                    sheet=control.title,
                )
            )
    return problems


def _disagreement(code: str, where: str, stated: int, counted: int, **params: object) -> Problem:
    return fatal(
        code,
        where,
        **params,
        stated=format_fen(stated, Unit.WAN),
        counted=format_fen(counted, Unit.WAN),
        difference=format_fen(stated - counted, Unit.WAN),
    )
