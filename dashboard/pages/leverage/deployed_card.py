"""What the paid-in money did, beside what it is: invested in firms, passed on, kept, or used again."""

from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.leverage.leverage_cells import LeverageCells, write_multiple, write_share
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.answers import print_ratio
from dashboard.tables.shown import Cell, ShownTable

NAME = "deployed"
MONEY = ("external", "reused", "invested", "passed", "kept")


def draw_deployed(state: LeverageState) -> Component:
    """The table; a calm card where nothing was paid in or a fund cannot be looked through."""
    rows = state.rows("deployed")
    if not rows:
        return draw_empty_card(state.say("leverage_page.deployed"), state.say("leverage.of_whole_funds"))
    if rows[-1].get("reason") is not None:
        return draw_empty_card(state.say("leverage_page.deployed"), state.say(rows[-1]["reason"]))
    return draw_table_card(state.context, make_deployed_table(state))


def make_deployed_table(state: LeverageState) -> ShownTable:
    """A row for each nature; every row sums: from outside + reused = invested + passed on + kept."""
    rows = [row for row in state.rows("deployed") if row.get("reason") is None]
    cells = state.cells(row[key] for row in rows for key in MONEY)
    columns = (
        state.column("nature"),
        *(state.column(key, cells) for key in MONEY),
        state.column("put_share", is_number=True),
    )
    made = [_make_row(state, cells, row) for row in rows]
    title = write_finding(state) if rows else state.say("leverage_page.deployed")
    note = state.say("leverage_page.deployed_note", day=state.day())
    return ShownTable(
        NAME,
        title,
        columns,
        tuple(made[:-1]),
        note=note,
        total=made[-1] if made else None,
        definitions=state.versions("LV04"),
    )


def write_finding(state: LeverageState) -> str:
    """How much of the paid-in money is in firms, and both multiples side by side."""
    whole = state.rows("deployed")[-1]
    if whole["external"] <= 0:
        return state.say("leverage_page.deployed_none")
    by_lens = {row["lens"]: row for row in state.rows_on_both("lens") if row["basis"] == "paid_in"}
    return state.say(
        "leverage_page.deployed_finding",
        external=state.amount(whole["external"]),
        share=write_share(print_ratio(whole["invested"], whole["external"])),
        kept=state.amount(whole["kept"]),
        paid=write_multiple(by_lens["fund"].get("LV04")),
        deployed=write_multiple(by_lens["project"].get("LV04")),
    )


def _make_row(state: LeverageState, cells: LeverageCells, row: Row) -> tuple[Cell, ...]:
    share = print_ratio(row["invested"], row["external"]) if row["external"] > 0 else None
    return (
        cells.text(state.say(f"report.nature_{row['nature']}")),
        *(cells.money(row[key]) for key in MONEY),
        cells.part(share, "leverage_page.deployed_none"),
    )
