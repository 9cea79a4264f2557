"""The NAV bridge of a fund: from the last year's end to today, and both its values with their difference."""

from dash import html
from dash.development.base_component import Component

from dashboard.figures.nav_bridge import BridgeStep, draw_nav_bridge
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_view import FundView, Row, height_of, load_fund
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_money, format_yuan

NAME = "nav_bridge"
STEPS = ("calls", "distributions", "realised", "unrealised", "income", "fees", "carry", "other")


def draw_bridge(view: FundView) -> Component:
    """The card."""
    (row,) = view.rows(NAME)
    unit = _unit(row)
    steps = [_step(view, row, key, unit) for key in list_steps(row)]
    figure = draw_nav_bridge(steps, view.say(unit.code), view.context.scheme)
    chart = Chart(NAME, write_finding(view, row), _note(view, row, unit), figure, make_bridge(view))
    return draw_chart_card(view.context, chart, above=_draw_values(view, row, unit))


def make_bridge_table(context: PageContext) -> ShownTable:
    """The steps, for export."""
    return make_bridge(load_fund(context))


def make_bridge(view: FundView) -> ShownTable:
    """Opening, steps and closing; what they leave unexplained stands as its own step."""
    (row,) = view.rows(NAME)
    unit = _unit(row)
    cells = view.cells(unit)
    rows = [(cells.text(_name(view, key)), cells.money(row[key])) for key in list_steps(row)]
    values: list[tuple[Cell, Cell]] = [
        (cells.text(view.say(f"fund.{key}")), cells.money(row[key], "fund.no_reported"))
        for key in ("nav_reported", "nav_derived", "nav_difference")
    ]
    columns = (
        Column("step", view.say("fund.step")),
        Column("amount", view.titled("fund.amount", unit), is_number=True),
    )
    title = view.say("fund.bridge_table", fund=view.fund.name)
    return ShownTable(NAME, title, columns, (*rows, *values), definitions=view.versions("PF04"))


def list_steps(row: Row) -> list[str]:
    """The levels and the steps that moved anything."""
    moved = [key for key in STEPS if row[key]]
    return ["opening", *moved, *(["difference"] if row["difference"] else []), "closing"]


def write_finding(view: FundView, row: Row) -> str:
    """By how much the value changed, through what most, and whether the steps explain it."""
    unit = _unit(row)
    change = row["closing"] - row["opening"]
    moved = [key for key in STEPS if row[key]]
    largest = max(moved, key=lambda key: abs(row[key]), default=None)
    code = "fund.bridge_up" if change > 0 else "fund.bridge_down" if change < 0 else "fund.bridge_same"
    clauses = [view.say(code, amount=view.amount(abs(change), unit))]
    if largest is not None:
        signed = f"{'+' if row[largest] > 0 else ''}{view.amount(row[largest], unit)}"
        clauses.append(view.say("fund.bridge_most", step=_name(view, largest), amount=signed))
    if not row["ties"]:
        gap = "fund.bridge_gap_above" if row["difference"] > 0 else "fund.bridge_gap_below"
        clauses.append(view.say(gap, amount=view.amount(abs(row["difference"]), unit)))
    return view.say("fund.join").join(clauses)


def _draw_values(view: FundView, row: Row, unit: MoneyUnit) -> Component:
    """Reported and derived side by side, and what lies between them."""
    items = []
    for key in ("nav_reported", "nav_derived", "nav_difference"):
        fen = row[key]
        tone = " tone-near" if key == "nav_difference" and fen else ""
        exact = view.say("fund.no_reported") if fen is None else f"{format_yuan(fen)} {view.say('unit.yuan')}"
        text = format_money(fen, unit)
        items.append(
            html.Div(
                [html.Dt(view.say(f"fund.{key}")), html.Dd(text, title=exact, className=f"number{tone}")],
                className="fund-value",
            )
        )
    return html.Dl(items, className="fund-values")


def _note(view: FundView, row: Row, unit: MoneyUnit) -> str:
    language = view.context.language
    start = format_date(view.slice.as_of.replace(year=view.slice.as_of.year - 1, month=12, day=31), language)
    source = view.say(f"basis.{row['closing_source']}")
    return view.note(unit, "fund.bridge_note", start=start, source=source)


def _name(view: FundView, key: str) -> str:
    return view.say(f"fund.step_{key}")


def _step(view: FundView, row: Row, key: str, unit: MoneyUnit) -> BridgeStep:
    is_total = key in ("opening", "closing")
    fen = row[key]
    sign = "+" if fen > 0 and not is_total else ""
    hover = f"{_name(view, key)}<br>{sign}{format_yuan(fen)} {view.say('unit.yuan')}"
    text = f"{sign}{format_money(fen, unit)}"
    return BridgeStep(_name(view, key), height_of(fen, unit), text, hover, is_total)


def _unit(row: Row) -> MoneyUnit:
    return choose_unit(row[key] for key in (*STEPS, "opening", "closing", "nav_reported", "nav_derived"))
