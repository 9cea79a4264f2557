"""The figures of both sides with their difference; each number opens the passport of its side and day."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from dashboard.pages.cells import CellMaker
from dashboard.pages.figure_text import MONEY, RATES, SHARES, name_basis
from dashboard.pages.parks.compare_state import CompareState, Row
from dashboard.readings.industries.compare_parks import FIGURE
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import ABSENT, choose_unit, format_percent, format_ratio

NAME = "figures"
POINTS_FORMAT, RATIO_FORMAT = "+0.0%;-0.0%;0.0%", '+0.00"×";-0.00"×";0.00"×"'


def make_figures_table(state: CompareState) -> ShownTable:
    """A row for each figure."""
    rows = state.rows(FIGURE)
    unit = choose_unit(
        value for row in rows for side in ("left", "right") if isinstance(value := row[side], int)
    )
    cells, say = state.cells(unit), state.say
    columns = (
        Column("figure", say("compare.figure")),
        Column("basis", say("compare.basis")),
        Column("left", state.name("left"), is_number=True),
        Column("right", state.name("right"), is_number=True),
        Column("difference", say("compare.difference"), is_number=True),
    )
    return ShownTable(
        NAME,
        say("compare.figures_title"),
        columns,
        tuple(tuple(_make_row(state, cells, row)) for row in rows),
        note=say("compare.figures_note", unit=say(unit.code), mode=say(f"park.mode_{state.mode}")),
        definitions=state.versions(*dict.fromkeys(row["code"] for row in rows)),
    )


def write_points(difference: Fraction) -> str:
    """A difference of two shares in percentage points, with its sign."""
    return _sign(format_percent(difference).removesuffix("%"))


def _make_row(state: CompareState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    code, say = row["code"], state.say
    unit = f"（{say(cells.unit.code)}）" if code in MONEY else ""
    yield cells.text(f"{say(f'figure.{code}')} {code}{unit}")
    bases = dict.fromkeys((row["left_basis"], row["right_basis"]))
    yield cells.text(say("compare.versus").join(name_basis(state.context.visit, one) for one in bases))
    yield _make_side(state, cells, row, "left")
    yield _make_side(state, cells, row, "right")
    yield _make_difference(state, cells, row)


def _make_side(state: CompareState, cells: CellMaker, row: Row, place: str) -> Cell:
    side = state.left if place == "left" else state.right
    key = FigureKey(row["code"], row[f"{place}_basis"], side.address)
    made = cells.figure(key, row[place], row[f"{place}_reason"])
    # A number's name may stand once on a page: where both sides are the same, the left one opens the passport.
    return replace(made, figure=None) if place == "right" and state.left == state.right else made


def _make_difference(state: CompareState, cells: CellMaker, row: Row) -> Cell:
    value, code = row["change"], row["code"]
    if value is None:
        return cells.absent("compare.no_difference")
    if code in MONEY:
        made = cells.money(int(value))
        return Cell(_sign(made.text), made.value, made.number_format, made.hover)
    number = Fraction(Decimal(value))
    if code in SHARES or code in RATES:
        text = state.say("compare.points", points=write_points(number))
        return Cell(text, number, POINTS_FORMAT, str(value))
    text = format_ratio(number) or ABSENT
    return Cell(_sign(text), number, RATIO_FORMAT, str(value))


def _sign(text: str) -> str:
    """A plus before what is more than nothing."""
    is_more = not text.startswith("-") and any(digit in text for digit in "123456789")
    return f"+{text}" if is_more else text
