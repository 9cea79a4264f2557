"""Which funds serve the industry, whose money is in it, and the firms that it is in."""

from collections.abc import Iterator
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.figures.fund_investors import NatureBar, draw_fund_investors
from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.industries.industry_state import IndustryState, Row
from dashboard.pages.parks.park_switches import name_mode
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.industry_view import FIRM, FUND, MONEY
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import ABSENT, choose_unit, format_money, format_percent

FUNDS, COMPANIES = "/funds", "/companies"
NATURES = ("fiscal", "state_owned", "social", "undetermined")
HEIGHT = 128
# The swatch of each nature in the legend.
SWATCHES = {"undetermined": "unknown"}


def draw_money(state: IndustryState) -> Component:
    """The funds, then whose money it is and the firms."""
    if not state.table(FUND):
        return draw_empty_card(state.say("industry.no_fund"), state.say("industry.no_fund_text"))
    parts = [draw_table_card(state.context, make_funds_table(state))]
    if state.table(FIRM):
        parts += [draw_natures(state), draw_table_card(state.context, make_firms_table(state))]
    return html.Div(parts, className="park-beside")


def draw_natures(state: IndustryState) -> Component:
    """The cost as one bar of natures."""
    rows = {row["nature"]: row["cost"] for row in state.table(MONEY) if row["nature"]}
    whole = sum(row["cost"] for row in state.table(MONEY))
    if not whole:
        return draw_empty_card(state.say("industry.no_cost"), state.say("industry.no_cost_text"))
    unit = choose_unit(rows.values())
    say = state.say
    shares = {kind: format_percent(Fraction(rows[kind], whole)) for kind in NATURES}
    hovers = {
        kind: f"{say(f'flow.nature_{kind}')} {format_money(rows[kind], unit)} {say(unit.code)} {shares[kind]}"
        for kind in NATURES
    }
    amounts = {kind: rows[kind] / unit.value for kind in NATURES}
    bar = NatureBar(say("industry.cost_bar"), amounts, shares, hovers)
    axis = say("industry.cost", unit=say(unit.code))
    figure = draw_fund_investors([bar], NATURES, axis, state.context.scheme)
    figure["layout"]["height"] = HEIGHT
    legend = [(SWATCHES.get(kind, kind), say(f"flow.nature_{kind}")) for kind in NATURES]
    note = say("industry.money_note", day=state.day(), mode=name_mode(state.context, state.mode))
    chart = Chart("natures", write_natures(state), note, figure, make_natures_table(state), legend)
    return draw_chart_card(state.context, chart)


def write_natures(state: IndustryState) -> str:
    """The cost and the share of each nature that has one."""
    rows = state.table(MONEY)
    whole = sum(row["cost"] for row in rows)
    told = [
        " ".join((state.say(f"flow.nature_{row['nature']}"), format_percent(Fraction(row["cost"], whole))))
        for row in rows
        if row["nature"] and row["cost"]
    ]
    return state.say("industry.money_finding", cost=state.amount(whole), parts=state.list(told))


def make_natures_table(state: IndustryState) -> ShownTable:
    """A row for each nature; what cannot be looked through stands apart with its reason."""
    rows, say = state.table(MONEY), state.say
    whole = sum(row["cost"] for row in rows)
    cells = state.cells([whole])
    columns = (
        Column("nature", say("industry.nature")),
        Column("cost", say("industry.cost", unit=say(cells.unit.code)), is_number=True),
        Column("share", say("industry.share_of_cost"), is_number=True),
    )
    made = tuple(
        (
            cells.text(say(f"flow.nature_{row['nature']}" if row["nature"] else row["reason"])),
            cells.money(row["cost"]),
            cells.share(Fraction(row["cost"], whole) if whole else None),
        )
        for row in rows
    )
    total = (cells.text(say("industry.total")), cells.money(whole), cells.share(Fraction(1)))
    return ShownTable("natures", say("industry.money_table"), columns, made, total=total)


def make_funds_table(state: IndustryState) -> ShownTable:
    """Funds that declare the industry or hold something in it."""
    rows, say = state.table(FUND), state.say
    cells = state.cells(row[key] for row in rows for key in ("cost", "fair_value"))
    unit = say(cells.unit.code)
    columns = (
        Column("fund", say("park.fund")),
        Column("parks", say("industry.fund_parks")),
        Column("declares", say("industry.declares")),
        Column("firms", say("industry.firms"), is_number=True),
        Column("cost", say("industry.cost", unit=unit), is_number=True),
        Column("share", say("industry.share_of_fund"), is_number=True),
        Column("value", say("industry.value", unit=unit), is_number=True),
    )
    made = tuple(tuple(_fund(state, cells, row)) for row in rows)
    both = sum(row["declares"] and row["firms"] > 0 for row in rows)
    title = say(
        "industry.funds_finding",
        declared=sum(row["declares"] for row in rows),
        holding=sum(row["firms"] > 0 for row in rows),
        both=both,
    )
    note = say("industry.funds_note", mode=name_mode(state.context, state.mode), day=state.day())
    return ShownTable("funds", title, columns, made, note=note)


def make_firms_table(state: IndustryState) -> ShownTable:
    """A row for each firm and fund."""
    rows, say = state.table(FIRM), state.say
    cells = state.cells(row[key] for row in rows for key in ("cost", "fair_value"))
    unit = say(cells.unit.code)
    columns = (
        Column("company", say("chains.firm")),
        Column("segments", say("chains.segment")),
        Column("park", say("chains.park")),
        Column("fund", say("park.fund")),
        Column("cost", say("industry.cost", unit=unit), is_number=True),
        Column("value", say("industry.value", unit=unit), is_number=True),
    )
    names = {fund.code: fund.name for fund in state.slice.readable_funds}
    made = tuple(
        (
            cells.text(row["company_name"], link=state.context.link(f"{COMPANIES}/{row['company']}")),
            cells.text(state.list(row["segments"]) or ABSENT, tone="wrap"),
            cells.text(row["park_name"] or say("chains.nowhere")),
            cells.text(names[row["fund"]], tone="wrap"),
            cells.money(row["cost"]),
            cells.money(row["fair_value"]),
        )
        for row in rows
    )
    count = len({row["company"] for row in rows})
    note = say("industry.firms_note", mode=name_mode(state.context, state.mode))
    return ShownTable("firms", say("industry.firms_title", count=count), columns, made, note=note)


def _fund(state: IndustryState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    names = state.park_names()
    parks = state.list(names[code] for code in row["parks"]) or state.say("industry.of_city")
    yield cells.text(row["fund_name"], link=state.context.link(f"{FUNDS}/{row['fund']}"))
    yield cells.text(parks, tone="wrap")
    yield cells.text(state.say("report.yes" if row["declares"] else "report.no"))
    yield cells.count(row["firms"])
    yield cells.money(row["cost"])
    yield cells.share(None if row["share"] is None else Fraction(row["share"]), row["reason"])
    yield cells.money(row["fair_value"])
