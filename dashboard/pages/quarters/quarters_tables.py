"""The tables of a quarter: funds, parks, the checks of one fund, and what came late."""

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.quarters.check_words import name_check, word_check, word_way
from dashboard.pages.quarters.quarters_desk import FUND, QuartersDesk, open_desk
from dashboard.readings.quarters.collection import FundQuarter, ParkQuarter
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit

FUNDS, PARKS, CHECKS = "quarter_funds", "quarter_parks", "quarter_checks"


def make_funds(desk: QuartersDesk) -> ShownTable:
    """Every fund with what it filed, which checks hold, and whether it is locked."""
    keys = ("name", "parks", "filed", "late", "checks", "locked", "reminded", "restated")
    numbers = {"late", "restated"}
    columns = tuple(Column(key, desk.say(f"quarters.{key}"), is_number=key in numbers) for key in keys)
    title = desk.say("quarters.funds_title", quarter=desk.quarter_name, count=len(desk.state.funds))
    rows = tuple(_fund_row(desk, one) for one in desk.state.funds)
    return ShownTable(FUNDS, title, columns, rows, desk.say("quarters.funds_note"))


def make_parks(desk: QuartersDesk) -> ShownTable:
    """Every park: it is locked once all funds that it set up are."""
    keys = ("park", "count", "count_filed", "count_green", "count_locked", "locked")
    columns = tuple(
        Column(key, desk.say(f"quarters.{key}"), is_number=key.startswith("count")) for key in keys
    )
    title = desk.say("quarters.parks_title", quarter=desk.quarter_name)
    rows = tuple(_park_row(desk, one) for one in desk.state.parks)
    return ShownTable(PARKS, title, columns, rows, desk.say("quarters.parks_note"))


def make_checks(desk: QuartersDesk) -> ShownTable:
    """The checks of the chosen fund, each with what was found and what to do."""
    keys = ("check", "state", "found", "todo")
    columns = tuple(Column(key, desk.say(f"quarters.{key}")) for key in keys)
    chosen = desk.chosen
    if chosen is None:
        return ShownTable(CHECKS, desk.say("quarters.checks_none"), columns, ())
    title = desk.say("quarters.checks_title", green=chosen.green, count=len(chosen.checks))
    cells = _cells(desk)
    rows = []
    for result in chosen.checks:
        state = desk.say("quarters.holds" if result.is_green else "quarters.open")
        way = None if result.is_green else word_way(desk, chosen, result)
        rows.append(
            (
                cells.text(f"{result.check.number} {name_check(desk, result.check)}"),
                cells.text(state, tone="" if result.is_green else "near"),
                cells.text(word_check(desk, result), tone="wrap"),
                cells.text("") if way is None else cells.text(way[0], link=way[1]),
            )
        )
    return ShownTable(CHECKS, title, columns, tuple(rows), desk.say("quarters.checks_note"))


def _fund_row(desk: QuartersDesk, one: FundQuarter) -> Row:
    cells, parks = _cells(desk), _name_parks(desk, one)
    name = cells.text(one.fund.name, link=desk.context.here(**{FUND: one.fund.code}), hover=one.fund.code)
    filed = cells.absent("quarters.not_filed") if one.filed is None else cells.day(one.filed.filed_on)
    last = one.reminders[-1] if one.reminders else None
    reminded = cells.absent("quarters.never_reminded")
    if last is not None:
        words = desk.say("quarters.reminded_on", day=last.reminded_on, count=len(one.reminders))
        reminded = cells.text(words)
    return (
        name,
        cells.text(parks, tone="wrap"),
        filed,
        _late_cell(desk, one),
        _checks_cell(desk, one),
        _lock_cell(desk, one),
        reminded,
        cells.count(len(one.restated)) if one.restated else cells.absent("quarters.none_late"),
    )


def _late_cell(desk: QuartersDesk, one: FundQuarter) -> Cell:
    cells = _cells(desk)
    if not one.late_days:
        return cells.count(0)
    found = cells.count(one.late_days)
    return Cell(found.text, found.value, found.number_format, tone="near" if one.is_late else "")


def _checks_cell(desk: QuartersDesk, one: FundQuarter) -> Cell:
    open_ = [name_check(desk, result.check) for result in one.checks if not result.is_green]
    text = desk.say("quarters.green_of", green=one.green, count=len(one.checks))
    if not open_:
        return Cell(text, one.green)
    hover = desk.say("quarters.open_checks", checks=desk.say("quarters.comma").join(open_))
    return Cell(text, one.green, hover=hover, tone="near")


def _lock_cell(desk: QuartersDesk, one: FundQuarter) -> Cell:
    cells, kind = _cells(desk), "unlock" if one.lock else "lock"
    waiting = one.waits_for(kind)
    if waiting is not None:
        link = desk.context.link(f"/proposals/{waiting.id}")
        return cells.text(desk.say(f"quarters.waits_{kind}"), link=link)
    if one.lock is None:
        return cells.text(desk.say("quarters.not_locked"), tone="soft")
    lock = one.lock
    hover = desk.say(
        "quarters.locked_by",
        proposer=desk.state.name(lock.proposer_id),
        approver=desk.state.name(lock.approver_id),
        version=lock.version,
    )
    return Cell(desk.say("quarters.locked_on", day=lock.day), lock.day, hover=hover, tone="strong")


def _park_row(desk: QuartersDesk, one: ParkQuarter) -> Row:
    cells = _cells(desk)
    if one.park is None:
        name = cells.text(desk.say("quarters.city_funds"))
    else:
        name = cells.text(one.park.name, link=desk.context.link(f"/parks/{one.park.code}"))
    state = desk.say("quarters.park_locked" if one.is_locked else "quarters.park_open")
    counts = (one.funds, one.filed, one.green, one.locked)
    return (
        name,
        *(cells.count(number) for number in counts),
        cells.text(state, tone="strong" if one.is_locked else "soft"),
    )


def _name_parks(desk: QuartersDesk, one: FundQuarter) -> str:
    if desk.slice is None:
        return ""
    parks = desk.slice.facts.parks
    names = [parks[park].name for park in sorted(p for p in one.fund.shares if p is not None)]
    names += [desk.say("quarters.city")] if None in one.fund.shares or not names else []
    return desk.say("quarters.comma").join(names)


def _cells(desk: QuartersDesk) -> CellMaker:
    return CellMaker(desk.context.visit, MoneyUnit.WAN)


def make_funds_table(context: PageContext) -> ShownTable:
    """For export."""
    return make_funds(open_desk(context))


def make_parks_table(context: PageContext) -> ShownTable:
    """For export."""
    return make_parks(open_desk(context))


def make_checks_table(context: PageContext) -> ShownTable:
    """For export."""
    return make_checks(open_desk(context))
