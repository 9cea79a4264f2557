"""The tables of a fund's quarter on paper besides those of its pages: returns with status, holdings, what waits."""

from collections.abc import Iterator

from dashboard.pages.cells import CellMaker
from dashboard.pages.figure_text import name_basis, write_value
from dashboard.pages.funds.fund_pack_view import PackView
from dashboard.pages.funds.fund_view import Row as ReadRow
from dashboard.pages.funds.fund_view import day_of, number_of
from dashboard.readings.portfolio.quarter_marks import MarkState, Valuation
from dashboard.tables.shown import Cell, Column, FigureKey, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, format_count

KEY, RETURNS, HELD, STAKES, WAITING = (
    "pack_key",
    "pack_returns",
    "pack_holdings",
    "pack_stakes",
    "pack_waiting",
)
MONEY = ("PF01", "PF02", "PF03", "PF04")
MULTIPLES = ("PF05", "PF06", "PF07", "PF08", "PF11")
RATES = ("PF09", "PF10", "PF12", "PF13", "PF14", "PF15")
SIDES = {"PF09": "net", "PF10": "gross"}


def make_key(pack: PackView) -> ShownTable:
    """The fund's money: committed, paid in, distributed, net assets."""
    columns = (
        Column("code", pack.say("paper.code")),
        Column("name", pack.say("paper.name")),
        Column("basis", pack.say("paper.basis")),
        Column("value", pack.view.titled("fund.amount", pack.unit), is_number=True),
    )
    rows = tuple(_figure_row(pack, code) for code in MONEY)
    versions = pack.view.versions(*MONEY)
    return ShownTable(KEY, pack.say("fund_pack.money"), columns, rows, definitions=versions)


def make_returns(pack: PackView) -> ShownTable:
    """Multiples and rates, each with what is to be said of it: how a rate was found, or why there is none."""
    columns = (
        Column("code", pack.say("paper.code")),
        Column("name", pack.say("paper.name")),
        Column("basis", pack.say("paper.basis")),
        Column("value", pack.say("fund_pack.value"), is_number=True),
        Column("status", pack.say("fund_pack.status")),
    )
    codes = (*MULTIPLES, *RATES)
    cells = pack.view.cells(pack.unit)
    rows = tuple((*_figure_row(pack, code), cells.text(_write_status(pack, code))) for code in codes)
    return ShownTable(
        RETURNS, pack.say("fund.returns"), columns, rows, definitions=pack.view.versions(*codes)
    )


def make_held(pack: PackView) -> ShownTable:
    """Every firm that the fund paid into: cost, proceeds, value, and what the value rests on."""
    view, unit = pack.view, pack.unit
    columns = (
        Column("name", view.say("fund.firm")),
        Column("invested", view.titled("fund.cost_ever", unit), is_number=True),
        Column("cost", view.titled("fund.cost_left", unit), is_number=True),
        Column("proceeds", view.titled("fund.proceeds", unit), is_number=True),
        Column("fair_value", view.titled("fund.fair_value", unit), is_number=True),
        Column("moic", "MOIC", is_number=True),
        Column("mark", view.say("fund.mark")),
        Column("state", view.say("quarter_end.state")),
    )
    states = {one.company.code: one for one in pack.desk.valuations}
    rows = tuple(_held_row(pack, row, states.get(row["company"])) for row in view.rows("holding"))
    total = tuple(_held_total(pack)) if rows else None
    title = pack.say("fund_pack.holdings", count=format_count(len(rows)))
    note = view.note(unit, "fund_pack.holdings_note")
    return ShownTable(HELD, title, columns, rows, note, total, view.versions("PF11"))


def make_stakes(pack: PackView) -> ShownTable:
    """Every fund that this one paid into."""
    view, cells = pack.view, pack.view.cells(pack.unit)
    money = (("committed", "figure.PF01"), ("paid", "figure.PF02"), ("received", "figure.PF03"))
    columns = (
        Column("name", view.say("fund.child")),
        *(Column(key, view.titled(code, pack.unit), is_number=True) for key, code in money),
        Column("value", view.titled("fund.stake_value", pack.unit), is_number=True),
        Column("source", view.say("fund.source")),
    )
    rows = tuple(
        (
            cells.text(row["name"]),
            *(cells.money(row[key]) for key, _ in money),
            cells.money(row["value"]),
            cells.text(view.say(f"basis.{row['nav_source']}")),
        )
        for row in view.rows("stake")
    )
    return ShownTable(STAKES, pack.say("fund_pack.stakes"), columns, rows, definitions=view.versions("PF04"))


def make_waiting(pack: PackView) -> ShownTable:
    """Marks of the quarter that nobody approved yet: told, and left out of every number above."""
    view, cells = pack.view, pack.view.cells(pack.unit)
    columns = (
        Column("name", view.say("fund.firm")),
        Column("waiting", view.titled("quarter_end.waiting_value", pack.unit), is_number=True),
        Column("value", view.titled("fund_pack.value_counted", pack.unit), is_number=True),
        Column("evidence", view.say("quarter_end.evidence")),
    )
    rows = tuple(
        (
            cells.text(one.company.name),
            cells.money(one.waiting.value_fen if one.waiting else None),
            cells.money(one.value),
            cells.text((one.waiting.evidence or "") if one.waiting else "", tone="wrap"),
        )
        for one in pack.waiting
    )
    return ShownTable(WAITING, pack.say("fund_pack.waiting"), columns, rows)


def _figure_row(pack: PackView, code: str) -> Row:
    figure, cells = pack.view.figure(code), CellMaker(pack.context.visit, pack.unit)
    key = FigureKey(code, figure.basis, pack.view.slice.scope.label)
    return (
        cells.text(code),
        cells.text(pack.say(f"figure.{code}")),
        cells.text(name_basis(pack.context.visit, figure.basis)),
        cells.figure(key, figure.value, figure.reason),
    )


def _write_status(pack: PackView, code: str) -> str:
    """Of a rate how it was found, its roots, the period under a year, and what the last mark does to it.

    Why another number is not there stands with the number itself.
    """
    figure = pack.view.figure(code)
    if code not in SIDES:
        return ""
    return "；".join(_write_rate(pack, code, figure.reason))


def _write_rate(pack: PackView, code: str, reason: str | None) -> Iterator[str]:
    rate, period = (_side(pack, table, SIDES[code]) for table in ("rate", "period"))
    yield pack.say(reason or "rate.ok")
    if rate is not None and rate["status"] == "multiple_roots":
        yield "、".join(write_value(code, root, MoneyUnit.YI) for root in rate["roots"])
    if period is not None and period["under_a_year"] and period["period_return"] is not None:
        told = write_value(code, period["period_return"], MoneyUnit.YI)
        yield pack.say("fund.period", rate=told, days=format_count(period["days"]))
    if rate is not None and rate["last_mark_bps"] is not None:
        yield pack.say("fund.rate_mark", points=rate["last_mark_bps"], day=rate["valued_before"])


def _side(pack: PackView, table: str, side: str) -> ReadRow | None:
    return next((row for row in pack.view.rows(table) if row["side"] == side), None)


def _held_row(pack: PackView, row: ReadRow, one: Valuation | None) -> Row:
    view, cells = pack.view, pack.view.cells(pack.unit)
    return (
        cells.text(row["name"]),
        cells.money(row["invested"]),
        cells.money(row["cost"]),
        cells.money(row["proceeds"]),
        cells.money(row["fair_value"]),
        cells.ratio(number_of(row["moic"]), "multiple.no_cost"),
        cells.text(view.say("fund.at_cost"))
        if row["mark_day"] is None
        else cells.day(day_of(row, "mark_day")),
        _state(pack, row, one),
    )


def _state(pack: PackView, row: ReadRow, one: Valuation | None) -> Cell:
    cells = pack.view.cells(pack.unit)
    if one is not None:
        tone = "" if one.state is MarkState.MARKED else "near"
        return cells.text(pack.say(f"quarter_end.state_{one.state}"), tone=tone)
    return cells.text(
        pack.say("fund.is_written_off" if row["is_written_off"] else "fund.is_exited"), tone="soft"
    )


def _held_total(pack: PackView) -> Iterator[Cell]:
    cells = pack.view.cells(pack.unit)
    (total,) = pack.view.rows("holding_sum")
    yield cells.text(pack.say("fund.total"))
    for key in ("invested", "cost", "proceeds", "fair_value"):
        yield cells.money(total[key])
    yield cells.ratio(number_of(total["moic"]), "multiple.no_cost")
    yield cells.text("")
    yield cells.text("")
