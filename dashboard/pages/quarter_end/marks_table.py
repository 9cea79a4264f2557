"""The grid of a quarter's end as a table: cost, last mark, the mark that waits, what asks for a new one."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.pages.context import PageContext
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk, fine_unit, open_desk
from dashboard.pages.quarter_end.trigger_words import write_triggers
from dashboard.readings.portfolio.quarter_marks import MarkState, Valuation
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count
from funds.permissions import Action
from funds.queries.value_papers import MadeMark

NAME = "quarter_marks"
TONES = {MarkState.MARKED: "", MarkState.WAITING: "near", MarkState.MISSING: "broken"}
NUMBERS = ("cost", "value", "last_value", "waiting_value")


def make_marks_table(context: PageContext) -> ShownTable:
    """The grid, for export."""
    return make_marks(open_desk(context))


def make_marks(desk: QuarterDesk) -> ShownTable:
    """One row for each holding that stands; what needs a mark comes first."""
    unit = unit_of(desk.valuations)
    rows = tuple(_make_row(desk, one, unit) for one in desk.valuations)
    title = write_finding(desk) if desk.fund else desk.say("page.quarter_end")
    return ShownTable(
        NAME,
        title,
        list_columns(desk, unit),
        rows,
        desk.note(unit, "quarter_end.marks_note"),
        _sum(desk, unit),
    )


def unit_of(valuations: Sequence[Valuation]) -> MoneyUnit:
    """One unit for all amounts of the grid."""
    marks = [mark for one in valuations for mark in (one.last, one.waiting) if mark is not None]
    amounts = [*(one.cost for one in valuations), *(one.value for one in valuations)]
    return fine_unit(choose_unit([*amounts, *(mark.value_fen for mark in marks)]))


def write_finding(desk: QuarterDesk) -> str:
    """How many holdings stand, and how many still need what."""
    states = [one.state for one in desk.valuations]
    if not states:
        return desk.say("quarter_end.no_holdings")
    order = (MarkState.MARKED, MarkState.WAITING, MarkState.MISSING)
    counts = {state: states.count(state) for state in order if state in states}
    clauses = [
        desk.say("quarter_end.says_held", count=format_count(len(states))),
        *(desk.say(f"quarter_end.says_{state}", count=format_count(n)) for state, n in counts.items()),
    ]
    if asking := sum(bool(one.triggers) for one in desk.valuations):
        clauses.append(desk.say("quarter_end.says_triggers", count=format_count(asking)))
    return desk.say("fund.join").join(clauses)


def list_columns(desk: QuarterDesk, unit: MoneyUnit) -> tuple[Column, ...]:
    """The heads of the grid."""
    say = desk.say
    return (
        Column("name", say("fund.firm")),
        Column("state", say("quarter_end.state")),
        Column("triggers", say("quarter_end.triggers")),
        Column("cost", desk.titled("fund.cost_left", unit), is_number=True),
        Column("value", desk.titled("quarter_end.value_now", unit), is_number=True),
        Column("last_value", desk.titled("quarter_end.last_value", unit), is_number=True),
        Column("last_day", say("quarter_end.last_day")),
        Column("method", say("fund.method")),
        Column("evidence", say("quarter_end.evidence")),
        Column("waiting_value", desk.titled("quarter_end.waiting_value", unit), is_number=True),
        Column("waiting_by", say("quarter_end.waiting_by")),
    )


def _make_row(desk: QuarterDesk, one: Valuation, unit: MoneyUnit) -> Row:
    cells, last, waiting = desk.cells(unit), one.last, one.waiting
    triggers = write_triggers(desk, one.triggers, unit)
    return (
        cells.text(one.company.name, link=desk.context.link(f"/companies/{one.company.code}")),
        cells.text(desk.say(f"quarter_end.state_{one.state}"), tone=TONES[one.state]),
        cells.text("；".join(triggers), tone="wrap"),
        cells.money(one.cost),
        cells.money(one.value),
        cells.money(None if last is None else last.value_fen, "quarter_end.never_marked"),
        _day(desk, last, unit),
        cells.text(desk.say(f"fund.method_{last.method}") if last else ""),
        cells.text((last.evidence or "") if last else "", tone="wrap"),
        cells.money(None if waiting is None else waiting.value_fen, "quarter_end.nothing_waits"),
        cells.text("" if waiting is None else f"{waiting.maker} · {waiting.valued_on.isoformat()}"),
    )


def _day(desk: QuarterDesk, mark: MadeMark | None, unit: MoneyUnit) -> Cell:
    """The day of the last mark, which leads to its history."""
    cells = desk.cells(unit)
    if mark is None:
        return cells.text(desk.say("fund.at_cost"), tone="soft", hover=desk.say("fund.at_cost_hint"))
    can_trail = desk.context.visit.may_do(Action.READ_TRAIL)
    link = desk.context.link(f"/history/mark/{mark.id}") if can_trail else None
    return replace(cells.day(mark.valued_on), link=link)


def _sum(desk: QuarterDesk, unit: MoneyUnit) -> Row | None:
    """The foot: what may be added up."""
    if not desk.valuations:
        return None
    cells = desk.cells(unit)
    blank = cells.text("")
    return (
        cells.text(desk.say("fund.total")),
        blank,
        blank,
        cells.money(sum(one.cost for one in desk.valuations)),
        cells.money(sum(one.value for one in desk.valuations)),
        *(blank,) * 6,
    )
