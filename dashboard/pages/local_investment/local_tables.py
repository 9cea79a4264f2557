"""The tables and the chart of recognised local investment: fund by fund against the contract, then firm by firm."""

from datetime import date
from fractions import Fraction

from dashboard.figures.local_investment import LocalBar, draw_local_investment
from dashboard.pages.cells import RATIO_FORMAT, CellMaker
from dashboard.pages.chart_card import Chart
from dashboard.pages.context import PageContext
from dashboard.pages.local_investment.local_desk import LocalDesk, Row, need_local
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.tables.shown import Row as ShownRow
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_ratio
from funds.measures import MICRO

DUTIES, FIRMS = "duties", "firms"
MONEY = ("public", "required", "recognised", "missing")


def make_duties(desk: LocalDesk) -> ShownTable:
    """A row for each fund with its multiple, what that asks for, what was recognised and what is missing."""
    rows = desk.duties
    unit = choose_unit(row[key] for row in rows for key in MONEY)
    columns = (
        Column("name", desk.say("cash.fund")),
        Column("times", desk.say("local.times"), is_number=True),
        *(
            Column(
                key,
                desk.say("cash.with_unit", name=desk.say(f"local.{key}"), unit=desk.say(unit.code)),
                is_number=True,
            )
            for key in MONEY
        ),
        Column("reached", desk.say("local.reached"), is_number=True),
        Column("state", desk.say("cash.state")),
        Column("clause", desk.say("local.clause")),
    )
    made = tuple(_duty(desk, row, unit) for row in rows)
    note = desk.note("local.duties_note", basis=desk.say(f"basis.{desk.basis}"))
    known = desk.slice.facts.definitions
    versions = tuple((code, known[code]) for code in ("LV12", "LV13") if code in known)
    return ShownTable(DUTIES, write_finding(desk), columns, made, note, definitions=versions)


def _duty(desk: LocalDesk, row: Row, unit: MoneyUnit) -> ShownRow:
    cells = CellMaker(desk.context.visit, unit)
    reached = None if row["LV12"] is None else Fraction(row["LV12"])
    return (
        cells.text(row["name"], link=desk.context.link(f"/funds/{row['fund']}")),
        _times(
            cells,
            None if row["times_e6"] is None else Fraction(row["times_e6"], MICRO),
            "leverage.no_local_term",
        ),
        cells.money(row["public"]),
        cells.money(row["required"], "leverage.no_local_term"),
        cells.money(row["recognised"]),
        cells.money(row["missing"], "leverage.no_local_term"),
        _times(cells, reached, "leverage.no_public_money"),
        _state(desk, cells, row),
        cells.text(row["clause"] or "", tone="wrap"),
    )


def _times(cells: CellMaker, value: Fraction | None, reason: str) -> Cell:
    return cells.absent(reason) if value is None else Cell(format_ratio(value), value, RATIO_FORMAT)


def _state(desk: LocalDesk, cells: CellMaker, row: Row) -> Cell:
    if row["is_met"] is None:
        return cells.text(desk.say("local.no_duty"), tone="soft")
    if row["is_met"]:
        return cells.text(desk.say("local.met"), tone="good")
    return cells.text(desk.say("local.unmet"), tone="near")


def make_firms(desk: LocalDesk) -> ShownTable:
    """A row for each recognition."""
    rows = desk.firms
    unit = choose_unit(row["recognised"] for row in rows)
    cells = CellMaker(desk.context.visit, unit)
    amount = desk.say("cash.with_unit", name=desk.say("local.recognised"), unit=desk.say(unit.code))
    columns = (
        Column("fund", desk.say("cash.fund")),
        Column("firm", desk.say("exits.firm")),
        Column("park", desk.say("local.park")),
        Column("recognised_on", desk.say("local.day")),
        Column("recognised", amount, is_number=True),
        Column("ground", desk.say("local.basis")),
    )
    made = tuple(
        (
            cells.text(row["fund_name"], link=desk.context.link(f"/funds/{row['fund']}")),
            cells.text(row["firm"] or "", link=_link_firm(desk, row["company"])),
            cells.text(row["park"] or ""),
            cells.day(date.fromisoformat(row["recognised_on"])),
            cells.money(row["recognised"]),
            cells.text(row["ground"] or "", tone="wrap"),
        )
        for row in rows
    )
    title = desk.say("local.firms_title", count=format_count(len(rows)))
    return ShownTable(FIRMS, title, columns, made, desk.note("local.firms_note"))


def _link_firm(desk: LocalDesk, company: str | None) -> str | None:
    return None if company is None else desk.context.link(f"/companies/{company}")


def write_finding(desk: LocalDesk) -> str:
    """How many of the funds that owe local investment have brought it, and what is missing."""
    owing = [row for row in desk.duties if row["is_met"] is not None]
    if not owing:
        return desk.say("local.finding_none")
    missing = sum(row["missing"] for row in owing)
    met = sum(row["is_met"] for row in owing)
    counts = {"count": format_count(len(owing)), "met": format_count(met)}
    if not missing:
        return desk.say("local.finding_met", **counts)
    return desk.say("local.finding", missing=desk.amount(missing), **counts)


def make_chart(desk: LocalDesk) -> Chart:
    """The same as bars, with a stroke at what is required."""
    table = make_duties(desk)
    unit = choose_unit(row[key] for row in desk.duties for key in MONEY)
    bars = [_bar(desk, row, unit) for row in desk.duties]
    axis = desk.say("cash.with_unit", name=desk.say("local.recognised"), unit=desk.say(unit.code))
    legend = (
        ("local-met", desk.say("local.legend_met")),
        ("local-short", desk.say("local.legend_short")),
        ("local-due", desk.say("local.legend_due")),
    )
    figure = draw_local_investment(bars, axis, desk.context.scheme)
    return Chart(DUTIES, write_finding(desk), table.note, figure, table, legend, is_wide=True)


def _bar(desk: LocalDesk, row: Row, unit: MoneyUnit) -> LocalBar:
    hover = desk.say(
        "local.hover" if row["required"] is not None else "local.hover_no_duty",
        fund=row["name"],
        recognised=desk.amount(row["recognised"]),
        required=desk.amount(row["required"] or 0),
    )
    required = None if row["required"] is None else row["required"] / unit.value
    return LocalBar(row["name"], row["recognised"] / unit.value, required, hover)


def export_duties(context: PageContext) -> ShownTable:
    """The funds, for export."""
    return make_duties(need_local(context))


def export_firms(context: PageContext) -> ShownTable:
    """The recognitions, for export."""
    return make_firms(need_local(context))
