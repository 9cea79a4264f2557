"""How far the cluster is towards its targets, and apart from everything what only the press says."""

from datetime import date
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.leverage.leverage_cells import write_share
from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Column, FigureKey, ShownTable

PROGRESS, REPORTED = "progress", "reported"
MICRO = 1_000_000


def draw_published(state: LeverageState) -> Component | None:
    """Targets only at the city; the press only where it says something of the scope."""
    makers = {"progress": make_progress_table, "reported": make_reported_table}
    drawn = [draw_table_card(state.context, make(state)) for name, make in makers.items() if state.rows(name)]
    return html.Div(drawn, className="leverage-pair") if drawn else None


def make_progress_table(state: LeverageState) -> ShownTable:
    """A row for each target on each basis, with the de-duplicated size."""
    rows = state.rows_on_both("progress")
    cells = state.cells(row[key] for row in rows for key in ("target", "LV00c", "missing"))
    columns = (
        state.column("goal"),
        state.column("on_basis"),
        Column("LV00c", state.titled(f"{state.say('figure.LV00c')} LV00c", cells), is_number=True),
        state.column("target", cells),
        state.column("reached", is_number=True),
        state.column("missing", cells),
        state.column("paper"),
    )
    made = tuple(
        (
            cells.words(row["goal"]),
            cells.text(state.basis_name(row["basis"])),
            cells.figure(FigureKey("LV00c", row["basis"], state.scope), row["LV00c"]),
            cells.money(row["target"]),
            cells.part(row["share"]),
            cells.money(row["missing"]),
            cells.words(row["document"]),
        )
        for row in rows
    )
    note = state.say("leverage_page.progress_note", day=state.day())
    title = write_progress(state)
    return ShownTable(PROGRESS, title, columns, made, note=note, definitions=state.versions("LV00c"))


def write_progress(state: LeverageState) -> str:
    """The first target with how much of it is promised and how much has arrived."""
    rows = state.rows_on_both("progress")
    if not rows:
        return state.say("leverage_page.progress")
    first = [row for row in rows if row["policy"] == rows[0]["policy"]]
    shares = {row["basis"]: write_share(row["share"]) for row in first}
    return state.say(
        "leverage_page.progress_finding",
        target=state.amount(rows[0]["target"]),
        committed=shares.get("committed", "—"),
        paid=shares.get("paid_in", "—"),
    )


def make_reported_table(state: LeverageState) -> ShownTable:
    """What was published, with its source; worked out by nobody here and compared with nothing."""
    rows = state.rows("reported")
    cells = state.cells(())
    keys = ("subject", "statement", "said_value", "said_on", "said_in")
    columns = tuple(state.column(key, is_number=key == "said_value") for key in keys)
    made = tuple(
        (
            cells.words(row["subject"]),
            cells.words(row["statement"]),
            cells.text("—") if row["value_e6"] is None else cells.number(Fraction(row["value_e6"], MICRO)),
            cells.day(date.fromisoformat(row["day"])),
            cells.words(row["paper"]),
        )
        for row in rows
    )
    return ShownTable(
        REPORTED,
        state.say("leverage_page.reported", count=len(rows)),
        columns,
        made,
        note=state.say("leverage_page.reported_note"),
    )
