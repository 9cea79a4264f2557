"""The middle of several rows of figures, column by column."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from dashboard.readings.answers import RATE_DIGITS, RATIO_DIGITS, print_plain

NAV_BASES = ("reported", "derived", "mixed")
NAV = "nav"
RATES = ("PF09", "PF10")


MEDIAN, COUNT = "medians.median", "medians.count"


def median_row(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The median of each figure over the rows that have it; keys as `PF08.nav`.

    Rows whose values stand on reported, derived or mixed net assets count together; amounts are whole
    fen, halves up; ratios keep 12 significant digits and rates 9.
    """
    return {key: _middle(key.partition(".")[0], values) for key, values in _columns(rows).items()}


def median_rows(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The medians, and beneath each over how many rows it is; nothing where there are no rows."""
    if not rows:
        return []
    counts = {key: len(values) for key, values in _columns(rows).items()}
    return [{"name": MEDIAN, **median_row(rows)}, {"name": COUNT, **counts}]


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[int | str]]:
    columns: dict[str, list[int | str]] = {}
    for row in rows:
        for key, value in row.items():
            code, _, basis = key.partition(".")
            if _is_figure(code, basis) and isinstance(value, int | str):
                kept = f".{NAV if basis in NAV_BASES else basis}" if basis else ""
                columns.setdefault(f"{code}{kept}", []).append(value)
    return columns


def _is_figure(code: str, basis: str) -> bool:
    return code in ("funds", "invested") or (bool(basis) and not basis.endswith("reason"))


def _middle(code: str, values: Sequence[int | str]) -> int | str:
    ordered = sorted(Decimal(value) for value in values)
    lower, upper = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    if all(isinstance(value, int) for value in values):
        return (int(lower) + int(upper) + 1) // 2
    digits = RATE_DIGITS if code in RATES else RATIO_DIGITS
    return print_plain(digits.divide(lower + upper, Decimal(2)))
