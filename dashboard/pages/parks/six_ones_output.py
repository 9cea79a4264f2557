"""The leading industries' share of output as worked out from firms, beside the one that was filed."""

from collections.abc import Iterator
from fractions import Fraction

from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.parks.park_switches import name_mode
from dashboard.pages.parks.six_ones_view import Row, SixOnesView
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.output_share import BASIS, OUTPUT_SHARE
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import choose_unit, format_number

NAME = "output_share"


def draw_output(view: SixOnesView) -> Component:
    """The table with its export."""
    return draw_table_card(view.context, make_output_table(view))


def make_output_table(view: SixOnesView) -> ShownTable:
    """A row for each park: both shares, how far they are apart, and the output that they rest on."""
    rows, say = view.rows(OUTPUT_SHARE), view.say
    unit = choose_unit(row[key] for row in rows for key in ("leading", "whole"))
    named = say(unit.code)
    columns = (
        Column("park", say("appraisal.park")),
        Column("year", say("six_ones.year")),
        Column("AL07", say("six_ones.share_worked_out"), is_number=True, hint="AL07"),
        Column("S02", say("six_ones.share_filed"), is_number=True, hint="S02"),
        Column("apart", say("six_ones.share_apart"), is_number=True),
        Column("leading", say("six_ones.output_leading", unit=named), is_number=True),
        Column("whole", say("six_ones.output_whole", unit=named), is_number=True),
        Column("firms", say("six_ones.output_firms"), is_number=True),
        Column("lacking", say("six_ones.output_lacking"), is_number=True),
    )
    indicator = next((row["indicator"] for row in rows if row["indicator"]), None)
    note = say("six_ones.output_note", mode=name_mode(view.context, view.mode), indicator=indicator or "—")
    return ShownTable(
        NAME,
        write_finding(view),
        columns,
        tuple(tuple(_make_row(view, CellMaker(view.context.visit, unit), row)) for row in rows),
        note=note,
        definitions=view.definitions("AL07", "S02"),
    )


def write_finding(view: SixOnesView) -> str:
    """How many parks file more, and how many less, than their firms' output says."""
    apart = [Fraction(row["apart"]) for row in view.rows(OUTPUT_SHARE) if row["apart"] is not None]
    if not apart:
        return view.say("six_ones.output_none")
    return view.say(
        "six_ones.output_finding",
        count=len(apart),
        less=sum(value > 0 for value in apart),
        more=sum(value < 0 for value in apart),
    )


def _make_row(view: SixOnesView, cells: CellMaker, row: Row) -> Iterator[Cell]:
    yield cells.text(row["name"], link=view.context.link(f"/parks/{row['park']}"))
    yield cells.text(row["year"] or "")
    yield cells.figure(FigureKey("AL07", BASIS, f"park:{row['park']}"), row["AL07"], row["AL07.reason"])
    yield cells.share(None if row["S02"] is None else Fraction(row["S02"]), "six_ones.not_filed")
    yield _apart(view, row)
    yield cells.money(row["leading"])
    yield cells.money(row["whole"])
    yield cells.count(row["firms"])
    yield cells.count(row["lacking"])


def _apart(view: SixOnesView, row: Row) -> Cell:
    if row["apart"] is None:
        return view.cells.absent("six_ones.other_year")
    points = Fraction(row["apart"]) * 100
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return Cell(f"{sign}{format_number(abs(points))}", points, "#,##0.0")
