"""The J-curve of a fund: how deep it went, when it came back, and where it stands."""

from datetime import date
from itertools import pairwise

from dash.development.base_component import Component

from dashboard.figures.j_curve import CurveNote, CurvePoint, CurveWords, draw_j_curve
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_view import (
    FundView,
    Row,
    Rows,
    day_of,
    height_of,
    load_fund,
    number_of,
    numbers_of,
)
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import (
    MoneyUnit,
    choose_unit,
    format_quarter,
    format_rate,
    format_ratio,
)

NAME = "j_curve"
AMOUNTS = ("paid_in", "distributed", "net", "nav", "value")


def draw_curve(view: FundView) -> Component:
    """The card; where nothing was paid in there is no curve yet."""
    rows = view.rows(NAME)
    if not rows:
        return draw_empty_card(view.say("fund.curve"), view.say("fund.curve_empty"))
    unit = _unit(rows)
    words = CurveWords(
        net=view.say("fund.curve_net"),
        nav=view.say("fund.curve_nav"),
        value=view.say("fund.curve_value"),
        axis=view.say(unit.code),
    )
    points = [_point(view, row, unit) for row in rows]
    figure = draw_j_curve(points, list_notes(view, rows, unit), words, view.context.scheme)
    legend = [("line", words.value), ("line-soft", words.net), ("area", words.nav)]
    note = view.note(unit, "fund.curve_note")
    return draw_chart_card(
        view.context, Chart(NAME, write_finding(view, rows), note, figure, make_curve(view), legend)
    )


def make_curve_table(context: PageContext) -> ShownTable:
    """The numbers of the curve, for export."""
    return make_curve(load_fund(context))


def make_curve(view: FundView) -> ShownTable:
    """Quarter ends, the latest first."""
    rows, unit = view.rows(NAME), _unit(view.rows(NAME))
    made = [_make_row(view, row, unit) for row in reversed(rows)]
    columns = (
        Column("day", view.say("fund.day")),
        *(Column(name, view.titled(f"fund.curve_{name}", unit), is_number=True) for name in AMOUNTS),
        Column("tvpi", "TVPI", is_number=True),
        Column("rate", view.say("fund.rate_so_far"), is_number=True),
    )
    title = view.say("fund.curve_table", fund=view.fund.name)
    return ShownTable(NAME, title, columns, tuple(made), definitions=view.versions("PF04", "PF08", "PF09"))


def find_trough(rows: Rows) -> Row:
    """The quarter end on which investors were most out of pocket by what they had, counting what was left."""
    lowest: Row = min(rows, key=lambda row: row["value"])
    return lowest


def find_return(rows: Rows) -> Row | None:
    """The quarter end since which the value has not been below nothing again, after it once was."""
    found: Row | None = None
    for before, row in pairwise(rows):
        if row["value"] < 0:
            found = None
        elif before["value"] < 0:
            found = row
    return found


def write_finding(view: FundView, rows: Rows) -> str:
    """Trough and return by their quarters, and the position today."""
    unit, language = _unit(rows), view.context.language
    trough, back, last = find_trough(rows), find_return(rows), rows[-1]
    today = view.say(
        "fund.curve_today" if last["value"] >= 0 else "fund.curve_today_below",
        amount=view.amount(abs(last["value"]), unit),
    )
    if trough["value"] >= 0:
        return view.say("fund.curve_never_below") + view.say("fund.join") + today
    deep = view.say(
        "fund.curve_trough",
        quarter=format_quarter(day_of(trough), language),
        amount=view.amount(-trough["value"], unit),
    )
    if back is None:
        return view.say("fund.join").join([deep, today])
    up = view.say("fund.curve_back", quarter=format_quarter(day_of(back), language))
    return view.say("fund.join").join([deep, up, today])


def list_notes(view: FundView, rows: Rows, unit: MoneyUnit) -> list[CurveNote]:
    """The trough and the way back, named on the line."""
    trough, back = find_trough(rows), find_return(rows)
    notes = []
    if trough["value"] < 0:
        notes.append(_note(trough, view.say("fund.trough"), unit, is_above=False))
    if back is not None:
        notes.append(_note(back, view.say("fund.break_even"), unit, is_above=True))
    return notes


def _note(row: Row, text: str, unit: MoneyUnit, *, is_above: bool) -> CurveNote:
    return CurveNote(day_of(row), height_of(row["value"], unit), text, is_above)


def _point(view: FundView, row: Row, unit: MoneyUnit) -> CurvePoint:
    day: date = day_of(row)
    amounts = [f"{view.say(f'fund.curve_{name}')} {view.amount(row[name], unit)}" for name in AMOUNTS]
    rate = format_rate(number_of(row["rate"]))
    rates = f"TVPI {format_ratio(number_of(row['tvpi']))} · {view.say('fund.rate_so_far')} {rate}"
    heights = {name: height_of(row[name], unit) for name in ("net", "nav", "value")}
    return CurvePoint(day, **heights, hover="<br>".join([day.isoformat(), *amounts, rates]))


def _make_row(view: FundView, row: Row, unit: MoneyUnit) -> tuple[Cell, ...]:
    cells = view.cells(unit)
    return (
        cells.day(day_of(row)),
        *(cells.money(row[name]) for name in AMOUNTS),
        cells.ratio(number_of(row["tvpi"]), "multiple.no_paid_in"),
        cells.rate(number_of(row["rate"]), row["reason"], numbers_of(row["roots"])),
    )


def _unit(rows: Rows) -> MoneyUnit:
    return choose_unit(row[name] for row in rows for name in AMOUNTS)
