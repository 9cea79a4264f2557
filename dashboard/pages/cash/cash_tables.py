"""The tables of a fund's calls and distributions: notices, what each investor owes, payouts by day and by line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dashboard.pages.cash.cash_desk import NOTICE, PAID, CashDesk, Row, Rows, open_cash
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.tables.shown import Row as ShownRow
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count
from funds.errors import NotFound
from funds.kinds import DistributionKind

CALLS, CALL_LINES, UNFUNDED = "calls", "call_lines", "unfunded"
PAYOUTS, PAYOUT_LINES = "payouts", "payout_lines"
CALLED = ("called", "settled", "outstanding")
OWED = ("committed", "paid_in", "recallable", "unfunded", "outstanding", "callable")
GIVEN = (*(str(kind) for kind in DistributionKind), "recallable", "in_kind", "total")


def make_calls(desk: CashDesk) -> ShownTable:
    """One row for each notice; its number opens it."""
    rows = desk.calls
    unit = choose_unit(row["called"] for row in rows)
    columns = (
        Column("notice", desk.say("cash.notice")),
        Column("noticed_on", desk.say("cash.noticed_on")),
        Column("due_on", desk.say("cash.due_on")),
        Column("investors", desk.say("cash.investors"), is_number=True),
        *(Column(key, desk.titled(f"cash.{key}", unit), is_number=True) for key in CALLED),
        Column("overdue_investors", desk.say("cash.overdue_investors"), is_number=True),
        Column("overdue_days", desk.say("cash.overdue_days"), is_number=True),
    )
    made = tuple(_call(desk, row, unit) for row in rows)
    title = desk.say("cash.calls_title", count=format_count(len(rows)))
    return ShownTable(
        CALLS, title, columns, made, desk.note("cash.calls_note"), _total_called(desk, rows, unit)
    )


def _call(desk: CashDesk, row: Row, unit: MoneyUnit) -> ShownRow:
    cells = desk.cells(unit)
    is_late = bool(row["overdue_investors"])
    return (
        cells.text(row["notice"], link=desk.link(**{NOTICE: row["notice"]})),
        cells.day(date.fromisoformat(row["noticed_on"])),
        cells.day(date.fromisoformat(row["due_on"])),
        cells.count(row["investors"]),
        *(cells.money(row[key]) for key in CALLED),
        _toned(cells.count(row["overdue_investors"]), is_late),
        _toned(cells.count(row["overdue_days"]), is_late)
        if is_late
        else cells.absent("cash.nothing_overdue"),
    )


def _total_called(desk: CashDesk, rows: Rows, unit: MoneyUnit) -> ShownRow | None:
    if len(rows) < 2:
        return None
    cells, empty = desk.cells(unit), Cell("")
    return (
        cells.text(desk.say("cash.total")),
        *(empty, empty, empty),
        *(cells.money(sum(row[key] for row in rows)) for key in CALLED),
        cells.count(len({(one.investor.code) for one in desk.overdue})),
        empty,
    )


def make_call_lines(desk: CashDesk) -> ShownTable:
    """What the opened notice asked each investor for; without one, every notice."""
    number = desk.context.query.get(NOTICE)
    rows = [row for row in desk.call_lines if number in (None, row["notice"])]
    if number is not None and not rows:
        raise NotFound("cash.no_such_notice")
    unit = choose_unit(row["called"] for row in rows)
    columns = (
        Column("name", desk.say("cash.investor")),
        Column("notice", desk.say("cash.notice")),
        Column("due_on", desk.say("cash.due_on")),
        *(Column(key, desk.titled(f"cash.{key}", unit), is_number=True) for key in CALLED),
        Column("last_on", desk.say("cash.last_on")),
        Column("state", desk.say("cash.state")),
    )
    made = tuple(_call_line(desk, row, unit) for row in rows)
    title = desk.say("cash.call_lines_title" if number else "cash.all_call_lines_title", notice=number or "")
    return ShownTable(CALL_LINES, title, columns, made, desk.note("cash.call_lines_note"))


def _call_line(desk: CashDesk, row: Row, unit: MoneyUnit) -> ShownRow:
    cells = desk.cells(unit)
    last = None if row["last_on"] is None else date.fromisoformat(row["last_on"])
    return (
        cells.text(row["name"]),
        cells.text(row["notice"]),
        cells.day(date.fromisoformat(row["due_on"])),
        *(cells.money(row[key]) for key in CALLED),
        cells.absent("cash.nothing_came") if last is None else cells.day(last),
        _state(desk, cells, row),
    )


def _state(desk: CashDesk, cells: CellMaker, row: Row) -> Cell:
    if row["overdue_days"]:
        return cells.text(desk.say("cash.is_overdue", days=row["overdue_days"]), tone="broken")
    if row["outstanding"]:
        return cells.text(desk.say("cash.is_open"), tone="near")
    if row["late_days"]:
        return cells.text(desk.say("cash.came_late", days=row["late_days"]), tone="soft")
    return cells.text(desk.say("cash.came_in"), tone="good")


def make_unfunded(desk: CashDesk) -> ShownTable:
    """What each investor has promised, paid in, and may still be asked for."""
    rows = desk.unfunded
    unit = choose_unit(row["committed"] for row in rows)
    columns = (
        Column("name", desk.say("cash.investor")),
        *(Column(key, desk.titled(f"cash.{key}", unit), is_number=True) for key in OWED),
    )
    made = tuple((desk.cells(unit).text(row["name"]), *_monies(desk, row, OWED, unit)) for row in rows)
    total = None
    if len(rows) > 1:
        sums = {key: sum(row[key] for row in rows) for key in OWED}
        total = (desk.cells(unit).text(desk.say("cash.total")), *_monies(desk, sums, OWED, unit))
    title = desk.say("cash.unfunded_title", amount=desk.amount(sum(row["unfunded"] for row in rows)))
    return ShownTable(UNFUNDED, title, columns, made, desk.note("cash.unfunded_note"), total)


def make_payouts(desk: CashDesk) -> ShownTable:
    """One row for each day on which something was given back; the day opens it."""
    rows = desk.payouts
    unit = choose_unit(row["total"] for row in rows)
    columns = (
        Column("paid_on", desk.say("cash.paid_on")),
        Column("investors", desk.say("cash.investors"), is_number=True),
        *(Column(key, desk.titled(f"cash.{key}", unit), is_number=True) for key in GIVEN),
    )
    made = tuple(
        (
            desk.cells(unit).text(row["paid_on"], link=desk.link(**{PAID: row["paid_on"]})),
            desk.cells(unit).count(row["investors"]),
            *_monies(desk, row, GIVEN, unit),
        )
        for row in rows
    )
    title = desk.say("cash.payouts_title", amount=desk.amount(sum(row["total"] for row in rows)))
    return ShownTable(PAYOUTS, title, columns, made, desk.note("cash.payouts_note"))


def make_payout_lines(desk: CashDesk) -> ShownTable:
    """Who got what on the opened day; without one, on every day."""
    day = desk.context.query.get(PAID)
    rows = [row for row in desk.payout_lines if day in (None, row["paid_on"])]
    if day is not None and not rows:
        raise NotFound("cash.no_such_day")
    unit = choose_unit(row["amount"] for row in rows)
    columns = (
        Column("name", desk.say("cash.investor")),
        Column("paid_on", desk.say("cash.paid_on")),
        Column("kind", desk.say("cash.kind")),
        Column("amount", desk.titled("cash.amount", unit), is_number=True),
        Column("recallable", desk.say("cash.is_recallable")),
        Column("in_kind", desk.say("cash.is_in_kind")),
    )
    made = tuple(_payout_line(desk, row, unit) for row in rows)
    title = desk.say("cash.payout_lines_title" if day else "cash.all_payout_lines_title", day=day or "")
    return ShownTable(PAYOUT_LINES, title, columns, made, desk.note("cash.payout_lines_note"))


def _payout_line(desk: CashDesk, row: Row, unit: MoneyUnit) -> ShownRow:
    cells = desk.cells(unit)
    return (
        cells.text(row["name"]),
        cells.day(date.fromisoformat(row["paid_on"])),
        cells.text(desk.say(f"cash.{row['payout_kind']}")),
        cells.money(row["amount"]),
        cells.text(desk.say("cash.yes") if row["is_recallable"] else ""),
        cells.text(desk.say("cash.yes") if row["is_in_kind"] else ""),
    )


def _monies(desk: CashDesk, row: Row, keys: Iterable[str], unit: MoneyUnit) -> Iterable[Cell]:
    return [desk.cells(unit).money(row[key]) for key in keys]


def _toned(cell: Cell, is_late: bool) -> Cell:
    return replace(cell, tone="broken") if is_late else cell


def export_calls(context: PageContext) -> ShownTable:
    """The notices, for export."""
    return make_calls(open_cash(context))


def export_call_lines(context: PageContext) -> ShownTable:
    """The opened notice, for export."""
    return make_call_lines(open_cash(context))


def export_unfunded(context: PageContext) -> ShownTable:
    """What may still be asked for, for export."""
    return make_unfunded(open_cash(context))


def export_payouts(context: PageContext) -> ShownTable:
    """The payouts by day, for export."""
    return make_payouts(open_cash(context))


def export_payout_lines(context: PageContext) -> ShownTable:
    """The opened day, for export."""
    return make_payout_lines(open_cash(context))
