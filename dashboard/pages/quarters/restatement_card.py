"""What came late to a locked quarter (补录说明): which rows, who, why, and what it did to the figures."""

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.quarters.quarters_desk import QuartersDesk, open_desk
from dashboard.readings.quarters.collection import FundQuarter
from dashboard.readings.quarters.restatements import FIGURES, Effect, read_effects
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import choose_unit
from funds.queries.ledger_slice import slice_ledger
from funds.queries.quarter_papers import RestatedRows
from funds.queries.scopes import fund_scope

NAME = "restatements"
# Each entry is read at two versions of the book.
MOST = 12


def make_restatements(desk: QuartersDesk) -> ShownTable:
    """One row for each late entry: of the chosen fund, else of all."""
    ones = desk.state.funds if desk.chosen is None else (desk.chosen,)
    entries = [(one, entry) for one in ones for entry in one.restated]
    shown = sorted(entries, key=lambda pair: -pair[1].restated.version)[:MOST]
    effects = [_read(desk, one, entry) for one, entry in shown]
    unit = choose_unit(one.difference for row in effects for one in row)
    cells = CellMaker(desk.context.visit, unit)
    words = ("fund", "version", "what", "who", "why")
    columns = [Column(key, desk.say(f"quarters.restated_{key}")) for key in words]
    for name in FIGURES:
        title = desk.say(f"quarters.effect_{name}", unit=desk.say(unit.code))
        columns.append(Column(name, title, is_number=True))
    rows = tuple(_row(desk, cells, one, entry, row) for (one, entry), row in zip(shown, effects, strict=True))
    code = "quarters.restated_title" if len(shown) == len(entries) else "quarters.restated_title_cut"
    title = desk.say(code, quarter=desk.quarter_name, count=len(entries), shown=len(shown))
    return ShownTable(NAME, title, tuple(columns), rows, desk.say("quarters.restated_note"))


def make_restatements_table(context: PageContext) -> ShownTable:
    """For export."""
    return make_restatements(open_desk(context))


def _read(desk: QuartersDesk, one: FundQuarter, entry: RestatedRows) -> tuple[Effect, ...]:
    visit, version = desk.context.visit, entry.restated.version
    before, after = (
        slice_ledger(visit.book, visit.person.login, fund_scope(one.fund.code), desk.end, known)
        for known in (version - 1, version)
    )
    return read_effects(before, after, one.fund.id)


def _row(
    desk: QuartersDesk, cells: CellMaker, one: FundQuarter, entry: RestatedRows, effects: tuple[Effect, ...]
) -> Row:
    restated = entry.restated
    what = desk.say("quarters.comma").join(
        desk.say("quarters.restated_rows", table=desk.say(f"trail.table_{name}"), count=count)
        for name, count in sorted(entry.rows.items())
    )
    who = desk.say(
        "quarters.restated_people",
        proposer=desk.state.name(restated.proposer_id),
        approver=desk.state.name(restated.approver_id),
    )
    link = desk.context.link(f"/trail/{restated.version}")
    return (
        cells.text(one.fund.name),
        Cell(f"#{restated.version}", restated.version, link=link),
        cells.text(what, tone="wrap"),
        cells.text(who, tone="wrap"),
        cells.text(restated.reason, tone="wrap"),
        *(_effect_cell(desk, cells, effect) for effect in effects),
    )


def _effect_cell(desk: QuartersDesk, cells: CellMaker, effect: Effect) -> Cell:
    """By how much the figure moved; before and after on hover."""
    found = cells.money(effect.difference)
    hover = desk.say(
        "quarters.effect_hover",
        before=cells.money(effect.before).hover,
        after=cells.money(effect.after).hover,
    )
    sign = "+" if effect.difference > 0 else ""
    tone = "soft" if effect.difference == 0 else "near"
    return Cell(f"{sign}{found.text}", found.value, found.number_format, hover, tone=tone)
