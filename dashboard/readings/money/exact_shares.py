"""Amounts in proportion to others on whole fen, so that what is shared out adds up both ways."""

from collections.abc import Sequence


def share_out(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Rows split in proportion to columns (with the same sum), so that every row and every column is exact."""
    total = sum(columns)
    cells = [[row * column // total if total else 0 for column in columns] for row in rows]
    missing = [column - sum(line[at] for line in cells) for at, column in enumerate(columns)]
    for line, row in zip(cells, rows, strict=True):
        rest = row - sum(line)
        for at, lack in enumerate(missing):
            taken = min(rest, lack)
            line[at] += taken
            missing[at] -= taken
            rest -= taken
    return cells


def portion(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount in proportion to weights, the fen that are over one by one from the first weight on."""
    total = sum(weights)
    parts = [amount * weight // total for weight in weights]
    heavy = [at for at, weight in enumerate(weights) if weight]
    for at in heavy[: amount - sum(parts)]:
        parts[at] += 1
    return parts
