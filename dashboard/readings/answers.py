"""A reading's frozen answer: figures with what they were worked out from, and rows beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal
from functools import cached_property

from dashboard.readings.row_names import Names
from dashboard.readings.row_names import name_rows as name_rows

RATIO_DIGITS = Context(prec=12)
RATE_DIGITS = Context(prec=9)


@dataclass(frozen=True)
class Figure:
    """One number: money in whole fen, a ratio or a rate as text, or None with the reason why there is none.

    `entries` names the rows of the book behind it, as `entry:17`; `parts` are the amounts that its formula
    is filled in with, by name, where numerator and denominator alone do not tell it.
    """

    code: str
    basis: str
    value: int | str | None
    reason: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    entries: Sequence[str] = ()
    definition_version: int | None = None
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Reading:
    """The answer to one question at one scope, day and version."""

    report: str
    scope: str
    as_of: date
    version: int
    figures: tuple[Figure, ...]
    rows: tuple[Mapping[str, object], ...] = field(default=())

    def figure(self, code: str, basis: str | None = None) -> Figure:
        """The figure of a code (and basis); raises KeyError when the reading has none."""
        for figure in self._by_code.get(code, ()):
            if basis in (None, figure.basis):
                return figure
        raise KeyError(f"{code} {basis}")

    def table(self, name: str) -> tuple[Mapping[str, object], ...]:
        """The rows of one table, in order; none where the reading has no such table."""
        return self._tables.get(name, ())

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.code, []).append(figure)
        return found

    @cached_property
    def _tables(self) -> Mapping[object, tuple[Mapping[str, object], ...]]:
        found: dict[object, list[Mapping[str, object]]] = {}
        for row in self.rows:
            found.setdefault(row.get("table"), []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}


def money(code: str, basis: str, fen: int, entries: Sequence[str] = ()) -> Figure:
    """An amount in fen."""
    return Figure(code, basis, int(fen), entries=_keep(entries))


def ratio(
    code: str, basis: str, numerator: int, denominator: int, reason: str, entries: Sequence[str] = ()
) -> Figure:
    """Numerator ÷ denominator of whole fen, exact to 12 significant digits, or `reason` where it has none."""
    top, bottom = int(numerator), int(denominator)
    value = print_ratio(top, bottom) if bottom > 0 else None
    return Figure(code, basis, value, None if bottom > 0 else reason, top, bottom, _keep(entries))


def absent(code: str, basis: str, reason: str, entries: Sequence[str] = ()) -> Figure:
    """A figure that cannot be worked out, with its reason."""
    return Figure(code, basis, None, reason, entries=_keep(entries))


def print_ratio(numerator: int, denominator: int) -> str:
    """A quotient of integers with 12 significant digits, without an exponent."""
    return print_plain(RATIO_DIGITS.divide(Decimal(numerator), Decimal(denominator)))


def print_rate(value: float) -> str:
    """A rate with 9 significant digits, without an exponent."""
    return print_plain(RATE_DIGITS.create_decimal(repr(float(value))))


def print_plain(number: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _keep(entries: Sequence[str]) -> Sequence[str]:
    """The names as nobody can change them; those that are not written out stay so."""
    return entries if isinstance(entries, Names) else tuple(entries)
