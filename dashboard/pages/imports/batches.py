"""The list of what was imported, with the file itself and the way to take it back."""

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk, write_city_time
from dashboard.tables.shown import Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, format_count
from funds.permissions import Action
from funds.queries.import_batches import list_batches
from funds.queries.trail_revisions import TrailLine

NAME = "batches"
BATCH = "batch"  # the part of the address that names the batch whose file and undoing are offered


def make_batches_table(context: PageContext) -> ShownTable:
    """One row for each import that the person may see whole, the newest first."""
    say = context.say
    keys = ("batch", "when", "who", "file")
    with open_desk(context) as desk:
        lines = list_batches(desk.trail.connection, desk.trail.version, desk.reader)
        rows = tuple(_make_row(desk, line) for line in lines)
    columns = (
        *(Column(key, say(f"imports.{key}")) for key in keys),
        Column("rows_read", say("imports.read"), is_number=True),
        Column("rows_new", say("imports.new"), is_number=True),
        Column("fate", say("imports.fate")),
        Column("open", say("imports.original_and_undo")),
    )
    title = say("imports.batches_title", count=format_count(len(rows)))
    return ShownTable(NAME, title, columns, rows, say("imports.batches_note"))


def _make_row(desk: TrailDesk, line: TrailLine) -> Row:
    cells, context = CellMaker(desk.context.visit, MoneyUnit.YI), desk.context
    file, say = line.file, desk.say
    is_undone = line.reversed_by is not None
    fate = say("imports.fate_undone", version=line.reversed_by) if is_undone else say("imports.fate_stands")
    trail = desk.link_version(line.version) if context.visit.may_do(Action.READ_TRAIL) else None
    return (
        cells.text(f"#{line.version}", link=trail),
        cells.text(write_city_time(line.recorded_at)),
        cells.text(desk.write_person(line.person_id)),
        cells.text(file.name if file else "", tone="wrap"),
        cells.count(file.rows_read if file else None),
        cells.count(file.rows_new if file else None),
        cells.text(fate, tone="soft" if is_undone else ""),
        cells.text(say("imports.open"), link=context.link(context.path, **{BATCH: str(line.version)})),
    )
