"""The table: job, ours, peer, ratio and goal, as plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from benchmarks.race import Row

HEADS = ("job", "ours", "peer", "ratio", "goal", "")
MARKS = {True: "met", False: "MISSED", None: ""}


def print_table(rows: Sequence[Row]) -> None:
    """All rows under one head, columns as wide as their widest cell."""
    cells = [HEADS, *(cells_of(row) for row in rows)]
    widths = [max(_width(line[i]) for line in cells) for i in range(len(HEADS))]
    cells.insert(1, tuple("-" * width for width in widths))
    for line in cells:
        padded = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        print("  ".join(padded).rstrip())


def cells_of(row: Row) -> tuple[str, ...]:
    """What stands under the heads."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.job, row.ours, row.peer, ratio, row.goal, MARKS[row.met]


def _width(text: str) -> int:
    """Columns on screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
