"""The list of industries as a table, and every edition of the city's list."""

from collections.abc import Iterator

from dashboard.pages.cells import CellMaker
from dashboard.pages.industries.industry_state import PATH, IndustriesState, Row
from dashboard.pages.parks.park_switches import MODE, name_mode
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import ABSENT, MoneyUnit

NAME, EDITIONS = "industries", "editions"


def make_industries_table(state: IndustriesState) -> ShownTable:
    """A row for each industry, indented below its broader one."""
    cells, say = state.cells(row["cost"] for row in state.rows), state.say
    unit = say(cells.unit.code)
    columns = (
        Column("name", say("industry.name")),
        Column("code", say("industry.code")),
        Column("category", say("industry.category")),
        Column("parks", say("industry.leads_in")),
        Column("funds", say("industry.declared"), is_number=True),
        Column("firms", say("industry.firms"), is_number=True),
        Column("cost", say("industry.cost", unit=unit), is_number=True),
        Column("value", say("industry.value", unit=unit), is_number=True),
        Column("segments", say("industry.segments"), is_number=True),
        Column("aliases", say("industry.aliases")),
    )
    rows = tuple(tuple(_make_row(state, cells, row)) for row in state.rows)
    note = say("industry.list_note", mode=name_mode(state.context, state.mode), day=state.day())
    return ShownTable(NAME, say("industry.list_title"), columns, rows, note=note)


def make_editions_table(state: IndustriesState, industry: int | None = None) -> ShownTable:
    """Every industry (or one) in every edition, in force or not."""
    say, cells = state.say, CellMaker(state.context.visit, MoneyUnit.YI)
    editions = state.slice.facts.chains.editions
    names = {one.industry_id: one.code for one in editions}
    columns = (
        Column("code", say("industry.code")),
        Column("name", say("industry.name")),
        Column("parent", say("industry.parent")),
        Column("category", say("industry.category")),
        Column("aliases", say("industry.aliases")),
        Column("from", say("industry.from")),
        Column("to", say("industry.to")),
        Column("basis", say("industry.basis")),
    )
    rows = tuple(
        (
            cells.text(one.code),
            cells.text(one.name),
            cells.text(names.get(one.parent_id, "") if one.parent_id is not None else ""),
            cells.text(say(f"industry.category_{one.category}")),
            cells.text(one.aliases or "", tone="wrap"),
            cells.day(one.from_date),
            cells.day(one.to_date),
            cells.text(one.basis or "", tone="wrap"),
        )
        for one in editions
        if industry in (None, one.industry_id)
    )
    return ShownTable(EDITIONS, say("industry.editions"), columns, rows, note=say("industry.editions_note"))


def _make_row(state: IndustriesState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    names = state.park_names()
    kept = {MODE: state.context.query.get(MODE)}
    indent = "　" * row["depth"]
    yield cells.text(f"{indent}{row['label']}", link=state.context.link(f"{PATH}/{row['code']}", **kept))
    yield cells.text(row["code"])
    yield cells.text(state.say(f"industry.category_{row['category']}"))
    yield cells.text(state.list(names[code] for code in row["parks"]) or ABSENT, tone="wrap")
    yield cells.count(len(row["funds"]))
    yield cells.count(row["firms"])
    yield cells.money(row["cost"])
    yield cells.money(row["fair_value"])
    yield cells.count(row["segments"])
    yield cells.text(row["aliases"] or "", tone="wrap")
