"""Whose money it is and how that is known: each investor's nature with its evidence, and who stated it otherwise when."""

from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboard.pages.leverage.leverage_cells import LeverageCells
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Cell, RowsOnDemand, ShownTable
from funds.kinds import Basis
from funds.permissions import Action

NATURES, RESTATED = "natures", "reclassified"


def draw_natures(state: LeverageState) -> Component | None:
    """Both tables, folded; of an industry's firms there is neither."""
    if not state.rows("nature"):
        return None
    tables = [draw_table_card(state.context, make_natures_table(state))]
    if state.rows("reclassification"):
        tables.insert(0, draw_table_card(state.context, make_restated_table(state)))
    count = state.say(
        "leverage_page.natures",
        count=len(state.rows("nature")),
        doubted=sum(row["doubt"] is not None for row in state.rows("nature")),
    )
    return html.Details([html.Summary(count), *tables], className="leverage-more")


def make_natures_table(state: LeverageState) -> ShownTable:
    """A row for each investor that is no fund, the largest first."""
    rows = state.rows("nature")
    cells = state.cells(row.get(basis.value) for row in rows for basis in Basis)
    columns = (
        state.column("investor"),
        state.column("nature"),
        state.column("gov_level"),
        state.column("sub_type"),
        *(state.column(f"paid_{basis}", cells) for basis in Basis),
        state.column("doubt"),
        state.column("state_share", is_number=True),
        state.column("since"),
        state.column("evidence"),
        state.column("confirmed_by"),
        state.column("changes", is_number=True),
    )
    note = state.say("leverage_page.natures_note", day=state.day())
    made = RowsOnDemand(rows, partial(_make_row, state, cells))
    return ShownTable(NATURES, state.say("leverage_page.natures_table"), columns, made, note=note)


def _make_row(state: LeverageState, cells: LeverageCells, row: Row) -> tuple[Cell, ...]:
    doubt = state.say(f"report.doubt_{row['doubt']}") if row["doubt"] else ""
    return (
        cells.words(row["investor"]),
        _nature(state, cells, row),
        _level(state, cells, row),
        cells.text(row["sub_type"] or ""),
        *(cells.money(row.get(basis.value), "leverage.no_capital") for basis in Basis),
        cells.text(doubt, tone="soft"),
        cells.millionths(row["state_ppm"], row["owners_reason"]),
        cells.text(row["from"] or "—"),
        cells.words(row["evidence"]),
        cells.text(row["confirmed_by"] or "—"),
        cells.count(row["changes"]),
    )


def make_restated_table(state: LeverageState) -> ShownTable:
    """Every statement about investors of whom more than one was made."""
    rows = state.rows("reclassification")
    cells = state.cells(())
    keys = ("investor", "nature", "gov_level", "since", "evidence", "stated_by", "confirmed_by", "corrected")
    columns = (*(state.column(key) for key in keys), state.column("history"))
    parties = {row["party"] for row in rows}
    title = state.say("leverage_page.restated", count=len(parties))
    made = tuple(
        (
            cells.words(row["investor"]),
            _nature(state, cells, row),
            _level(state, cells, row),
            cells.text(row["from"]),
            cells.words(row["evidence"]),
            cells.text(row["stated_by"] or "—"),
            cells.text(row["confirmed_by"] or "—"),
            cells.text(state.say("report.no" if row["is_current"] else "report.yes")),
            _way(state, cells, row),
        )
        for row in rows
    )
    return ShownTable(RESTATED, title, columns, made, note=state.say("leverage_page.restated_note"))


def _nature(state: LeverageState, cells: LeverageCells, row: Row) -> Cell:
    words = state.say(f"report.nature_{row['nature']}")
    if row["is_injected"]:
        words = state.say("leverage_page.injected", nature=words)
    return cells.text(words, tone="soft" if row["nature"] == "undetermined" else "")


def _level(state: LeverageState, cells: LeverageCells, row: Row) -> Cell:
    return cells.text(state.say(f"report.level_{row['level']}") if row["level"] else "")


def _way(state: LeverageState, cells: LeverageCells, row: Row) -> Cell:
    """The way to the record's own history, for who may read the trail."""
    version = state.say("leverage_page.of_version", version=row["revision"])
    if not state.context.visit.may_do(Action.READ_TRAIL):
        return cells.text(version)
    table, _, number = str(row["row"]).partition(":")
    return cells.text(version, link=state.context.link(f"/history/{table}/{number}"))
