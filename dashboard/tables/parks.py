"""The grid of parks (or of one park's funds): leading industries, money, leverage, alignment and the rate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

# How a value is written, and what stands on hover: (code, value, reason) → text.
Write = Callable[[str, Any], str]
Explain = Callable[[str, Any, str | None], str]
Say = Callable[..., str]


@dataclass(frozen=True)
class FigureColumn:
    """A column that shows one figure on one basis."""

    code: str
    basis: str
    width: int = 88

    @property
    def field(self) -> str:
        """Its name in a row and in the grid; no full stop, which would mean a path."""
        return f"{self.code}-{self.basis}"


MONEY = (FigureColumn("PF01", "committed", 104), FigureColumn("PF02", "paid_in", 104))
LEVERAGE = tuple(FigureColumn(code, basis) for code in ("LV04", "LV05") for basis in ("committed", "paid_in"))
OUTCOME = (FigureColumn("AL01", "cost", 112), FigureColumn("PF09", "nav", 88))
FIGURES = (*MONEY, *LEVERAGE, *OUTCOME)
BY_FIELD: Mapping[str, FigureColumn] = {column.field: column for column in FIGURES}
# The rate and the value stand on whichever net asset value the funds have.
NAV_BASES = ("reported", "derived", "mixed")


def find_cell(row: Mapping[str, object], column: FigureColumn) -> tuple[str, Any, str | None]:
    """The basis, value and reason of a figure in a reading's row."""
    bases = NAV_BASES if column.basis == "nav" else (column.basis,)
    for basis in bases:
        key = f"{column.code}.{basis}"
        if key in row:
            reason = row.get(f"{key}.reason")
            return basis, row[key], None if reason is None else str(reason)
    return column.basis, None, None


def make_rows(
    rows: Sequence[Mapping[str, object]], industries: Mapping[str, str], write: Write, explain: Explain
) -> list[dict[str, Any]]:
    """The grid's rows: of each figure a number to sort by, a text to show and a text for hovering."""
    made: list[dict[str, Any]] = []
    for row in rows:
        leading = row["leading"]
        names = [industries.get(code, code) for code in (leading if isinstance(leading, list) else [])]
        line: dict[str, Any] = {
            "scope": row["scope"],
            "name": row["name"],
            "funds": row["funds"],
            "leading": "、".join(names),
        }
        for column in FIGURES:
            basis, value, reason = find_cell(row, column)
            line[column.field] = None if value is None else float(Fraction(value))
            line[f"{column.field}-text"] = write(column.code, value)
            line[f"{column.field}-hover"] = explain(column.code, value, reason)
            line[f"{column.field}-basis"] = basis
        made.append(line)
    return made


def define_columns(say: Say, unit: str, name_header: str, *, with_funds: bool) -> list[dict[str, Any]]:
    """The columns in their order; leverage stands in groups of committed and paid-in."""
    first: list[dict[str, Any]] = [
        {
            "field": "name",
            "headerName": name_header,
            "pinned": "left",
            "width": 138,
            "tooltipField": "name",
            "wrapText": True,
            "autoHeight": True,
            "cellClass": "cell-words",
        }
    ]
    if with_funds:
        first.append(
            {"field": "funds", "headerName": say("overview.funds"), "width": 72, "type": "rightAligned"}
        )
    first.append(
        {
            "field": "leading",
            "headerName": say("overview.leading"),
            "minWidth": 128,
            "flex": 1,
            "tooltipField": "leading",
            "wrapText": True,
            "autoHeight": True,
            "cellClass": "cell-words",
        }
    )
    money = [_figure_column(column, f"{say(f'figure.{column.code}')} ({unit})") for column in MONEY]
    groups = [
        {
            "headerName": f"{say(f'figure.{code}')} {code}",
            "marryChildren": True,
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
            "children": [
                _figure_column(column, say(f"basis.{column.basis}"))
                for column in LEVERAGE
                if column.code == code
            ],
        }
        for code in ("LV04", "LV05")
    ]
    outcome = [_figure_column(column, say(f"overview.short_{column.code}")) for column in OUTCOME]
    return [*first, *money, *groups, *outcome]


def _figure_column(column: FigureColumn, header: str) -> dict[str, Any]:
    return {
        "field": column.field,
        "colId": column.field,
        "headerName": header,
        "headerTooltip": column.code,
        "wrapHeaderText": True,
        "autoHeaderHeight": True,
        "type": "rightAligned",
        "width": column.width,
        "cellClass": "cell-figure ag-right-aligned-cell",
        "valueFormatter": {"function": f"params.data['{column.field}-text']"},
        "tooltipField": f"{column.field}-hover",
        "sortingOrder": ["desc", "asc", None],
    }
