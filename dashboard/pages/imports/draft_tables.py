"""The tables of a workbook on its way: problems by cell, what would change, rows that meet the book, totals."""

from collections.abc import Mapping

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.imports.import_desk import DraftDesk, open_draft, sheet_of
from dashboard.pages.imports.outcome import ControlOutcome, MeetingOutcome, Outcome, SheetOutcome
from dashboard.pages.imports.stages import stage_of
from dashboard.pages.page import TableMaker
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count
from funds.problems import Problem

PROBLEMS, CHANGES, MEETINGS, CONTROLS = "problems", "changes", "meetings", "controls"
NOTHING = Outcome()


def make_problems(desk: DraftDesk) -> ShownTable:
    """What is wrong, cell by cell, as far as the address asks for it."""
    say, shown = desk.say, desk.shown
    keys = ("severity", "stage", "sheet", "cell", "problem")
    counts = {"grave": _grave(desk), "shown": format_count(len(shown))}
    title = say("imports.problems_title", count=format_count(len(desk.problems)), **counts)
    columns = tuple(Column(key, say(f"imports.{key}")) for key in keys)
    return ShownTable(PROBLEMS, title, columns, tuple(_problem(desk, one) for one in shown))


def make_changes(desk: DraftDesk) -> ShownTable:
    """Sheet by sheet what the book would gain."""
    say, outcome = desk.say, desk.draft.outcome or NOTHING
    unit = choose_unit(sheet.total_fen for sheet in outcome.sheets)
    counts = ("read", "new", "same", "changed", "alike")
    columns = (
        Column("sheet", say("imports.sheet")),
        *(Column(key, say(f"imports.{key}"), is_number=True) for key in counts),
        Column("amount", f"{say('imports.amount')}（{say(unit.code)}）", is_number=True),
        Column("rows", say("imports.new_rows")),
    )
    cells = CellMaker(desk.context.visit, unit)
    rows = tuple(_sheet(cells, sheet) for sheet in outcome.sheets)
    return ShownTable(CHANGES, word_changes(desk), columns, rows, say("imports.changes_note"))


def make_meetings(desk: DraftDesk) -> ShownTable:
    """The rows that meet one of the book, field by field."""
    say, outcome = desk.say, desk.draft.outcome or NOTHING
    keys = ("row", "meets", "thing", "field", "old", "in_file", "decision")
    columns = tuple(Column(key, say(f"imports.{key}")) for key in keys)
    rows = tuple(row for one in outcome.meetings for row in _meeting(desk, one))
    title = say("imports.meetings_title", count=format_count(len(outcome.meetings)))
    return ShownTable(MEETINGS, title, columns, rows)


def make_controls(desk: DraftDesk) -> ShownTable:
    """The totals that the cover states beside what was counted."""
    say, controls = desk.say, (desk.draft.outcome or NOTHING).controls
    unit = choose_unit(one.sum_fen for one in controls)
    named = say(unit.code)
    columns = (
        Column("sheet", say("imports.sheet")),
        Column("rows_stated", say("imports.rows_stated"), is_number=True),
        Column("rows_counted", say("imports.rows_counted"), is_number=True),
        Column("sum_stated", f"{say('imports.sum_stated')}（{named}）", is_number=True),
        Column("sum_counted", f"{say('imports.sum_counted')}（{named}）", is_number=True),
        Column("agrees", say("imports.agrees")),
    )
    rows = tuple(_control(desk, unit, one) for one in controls)
    differing = sum(not _agrees(one) for one in controls)
    code = "imports.controls_differ" if differing else "imports.controls_agree"
    title = say(code, count=format_count(differing or len(controls)))
    return ShownTable(CONTROLS, title, columns, rows)


def word_changes(desk: DraftDesk) -> str:
    """What recording would come to, in one sentence."""
    outcome = desk.draft.outcome or NOTHING
    return desk.say(
        "imports.changes_title",
        new=format_count(outcome.new),
        same=format_count(outcome.same),
        changed=format_count(outcome.count("twin.changed")),
        alike=format_count(outcome.count("twin.alike")),
    )


def _grave(desk: DraftDesk) -> str:
    return format_count(desk.draft.outcome.grave if desk.draft.outcome is not None else 0)


def _problem(desk: DraftDesk, problem: Problem) -> Row:
    severity = desk.say(f"imports.severity_{problem.severity}")
    stage = desk.say(f"imports.stage_{stage_of(problem)}")
    sheet, _, cell = problem.where.rpartition("!")
    words = desk.word(problem)
    return (
        Cell(severity, severity, tone="broken" if problem.severity == "fatal" else "near"),
        Cell(stage, stage),
        Cell(sheet_of(problem), sheet),
        Cell(cell, cell),
        Cell(words, words, tone="wrap"),
    )


def _sheet(cells: CellMaker, sheet: SheetOutcome) -> Row:
    counts = (sheet.read, sheet.new, sheet.same, sheet.changed, sheet.alike)
    return (
        cells.text(sheet.title),
        *(cells.count(count) for count in counts),
        cells.money(sheet.total_fen, "imports.no_amounts"),
        cells.text(sheet.runs, tone="wrap"),
    )


def _meeting(desk: DraftDesk, one: MeetingOutcome) -> list[Row]:
    choice = desk.draft.choices.get(one.origin)
    decided = desk.say(f"imports.choice_{choice}" if choice else "imports.choice_open")
    kind = desk.say("imports.meets_alike" if one.code == "twin.alike" else "imports.meets_changed")
    return [
        tuple(
            Cell(text, text) for text in (one.origin, kind, one.name, each.title, each.old, each.new, decided)
        )
        for each in one.fields
    ]


def _control(desk: DraftDesk, unit: MoneyUnit, one: ControlOutcome) -> Row:
    cells, absent = CellMaker(desk.context.visit, unit), "imports.not_stated"
    agrees = desk.say("imports.agrees_yes" if _agrees(one) else "imports.agrees_no")
    return (
        cells.text(one.title),
        cells.count(one.rows_stated, absent),
        cells.count(one.rows),
        cells.money(one.sum_stated_fen, absent),
        cells.money(one.sum_fen, "imports.not_counted"),
        Cell(agrees, agrees, tone="" if _agrees(one) else "broken"),
    )


def _agrees(one: ControlOutcome) -> bool:
    return one.rows_stated in (None, one.rows) and one.sum_stated_fen in (None, one.sum_fen)


def _of_address(table: str) -> TableMaker:
    def made(context: PageContext) -> ShownTable:
        return MAKERS[table](open_draft(context))

    return made


MAKERS = {PROBLEMS: make_problems, CHANGES: make_changes, MEETINGS: make_meetings, CONTROLS: make_controls}
TABLES: Mapping[str, TableMaker] = {name: _of_address(name) for name in MAKERS}
