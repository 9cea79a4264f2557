"""What the multiple would be if doubtful natures were classed otherwise: lowest, now, highest, and one by one."""

from fractions import Fraction

from dash.development.base_component import Component

from dashboard.figures.leverage_range import Reach, draw_leverage_range
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.leverage.leverage_cells import LeverageCells, write_multiple, write_share
from dashboard.pages.leverage.leverage_state import LeverageState, Row, Rows
from dashboard.tables.shown import Cell, FigureKey, RowsOnDemand, ShownTable

NAME = "sensitivity"
# More rows than these are read in the table.
MOST_DRAWN = 12


def draw_sensitivity(state: LeverageState) -> Component:
    """The range of all doubts and each by itself; a calm card where there is nothing to doubt or to divide by."""
    rows = state.rows("sensitivity")
    cases = {row["case"]: row for row in rows if row["case"] != "one"}
    if reason := _refuse(state, cases):
        return draw_empty_card(state.say("leverage_page.doubts"), reason)
    now = cases["now"]
    reaches = [_make_whole(state, cases), *(_make_one(state, now, row) for row in drawn_rows(rows))]
    axis = f"{state.say('figure.LV04')} LV04 · {state.basis_name()}"
    told = state.say("leverage_page.doubts_now", value=write_multiple(now["LV04"]))
    figure = draw_leverage_range(float(Fraction(now["LV04"])), told, reaches, axis, state.context.scheme)
    return draw_chart_card(
        state.context,
        Chart(
            NAME,
            write_finding(state),
            _write_note(state),
            figure,
            make_sensitivity_table(state),
            is_wide=True,
        ),
    )


def _refuse(state: LeverageState, cases: dict[str, Row]) -> str | None:
    """Why there is nothing to draw."""
    if not cases:
        return state.say("leverage.of_whole_funds")
    now = cases["now"]
    if now.get("reason") is not None:
        return state.say(now["reason"])
    if not now["count"]:
        return state.say("leverage_page.doubts_none")
    if any(cases[case]["LV04"] is None for case in ("now", "low", "high")):
        told = state.say("leverage_page.says_doubt", count=now["count"], amount=state.amount(now["amount"]))
        return told + state.say("leverage_page.semicolon") + state.say("leverage.no_fiscal")
    return None


def drawn_rows(rows: Rows) -> Rows:
    """The single doubts with the most money, as many as a figure holds."""
    return [row for row in rows if row["case"] == "one" and row["LV04"] is not None][:MOST_DRAWN]


def _make_whole(state: LeverageState, cases: dict[str, Row]) -> Reach:
    low, high = cases["low"], cases["high"]
    return Reach(
        state.say("leverage_page.doubts_together"),
        float(Fraction(low["LV04"])),
        float(Fraction(high["LV04"])),
        _hover(state, low, state.say("report.case_low")),
        _hover(state, high, state.say("report.case_high")),
        is_whole=True,
    )


def _make_one(state: LeverageState, now: Row, row: Row) -> Reach:
    ends = sorted((float(Fraction(now["LV04"])), float(Fraction(row["LV04"]))))
    name = state.say(
        "leverage_page.doubts_one",
        name=name_party(state, row),
        otherwise=state.say(f"report.otherwise_{row['otherwise']}"),
    )
    told = _hover(state, row, name)
    return Reach(name, ends[0], ends[1], told, told)


def _hover(state: LeverageState, row: Row, name: str) -> str:
    return state.say(
        "leverage_page.doubts_hover",
        name=name,
        value=write_multiple(row["LV04"]),
        share=write_share(row["LV05"]),
        social=state.amount(row["social"]),
        fiscal=state.amount(row["fiscal"]),
    )


def name_party(state: LeverageState, row: Row) -> str:
    """Who it is; investors of others' funds have no names for a reader of parts of the city."""
    return str(row["investor"] or state.say("leverage_page.unnamed"))


def write_finding(state: LeverageState) -> str:
    """The range with what it rests on."""
    cases = {row["case"]: row for row in state.rows("sensitivity") if row["case"] != "one"}
    return state.say(
        "leverage_page.doubts_finding",
        count=cases["now"]["count"],
        amount=state.amount(cases["now"]["amount"]),
        now=write_multiple(cases["now"]["LV04"]),
        low=write_multiple(cases["low"]["LV04"]),
        high=write_multiple(cases["high"]["LV04"]),
    )


def _write_note(state: LeverageState) -> str:
    return state.say(
        "leverage_page.doubts_note", basis=state.basis_name(), terms=state.terms(), day=state.day()
    )


def make_sensitivity_table(state: LeverageState) -> ShownTable:
    """Now, lowest and highest, then each doubtful investor as each class that it might be, with the evidence."""
    rows = [row for row in state.rows("sensitivity") if row.get("reason") is None]
    evidence = {row["party"]: row for row in state.rows("nature") if row["party"] is not None}
    cells = state.cells(row[key] for row in rows for key in ("amount", "social", "fiscal"))
    columns = (
        state.column("investor"),
        state.column("counted_as"),
        state.column("otherwise"),
        state.column("doubt"),
        state.column("state_share", is_number=True),
        state.column("amount", cells),
        state.figure_column("LV04"),
        state.figure_column("LV05"),
        *(state.column(key, cells) for key in ("social", "fiscal")),
        state.column("evidence"),
        state.column("since"),
        state.column("confirmed_by"),
    )
    made = RowsOnDemand(rows, lambda row: _make_row(state, cells, row, evidence.get(row.get("party"), {})))
    title = state.say("leverage_page.doubts_table")
    return ShownTable(
        NAME, title, columns, made, note=_write_note(state), definitions=state.versions("LV04", "LV05")
    )


def _make_row(state: LeverageState, cells: LeverageCells, row: Row, known: Row) -> tuple[Cell, ...]:
    is_one = row["case"] == "one"

    def said(kind: str, key: str) -> Cell:
        return cells.text(state.say(f"report.{kind}_{row[key]}")) if is_one else cells.text("")

    return (
        cells.words(name_party(state, row) if is_one else state.say(f"leverage_page.case_{row['case']}")),
        said("nature", "nature"),
        said("otherwise", "otherwise"),
        said("doubt", "doubt"),
        cells.millionths(row.get("state_ppm")),
        cells.money(row["amount"]),
        *_make_figures(state, cells, row),
        *(cells.money(row[key]) for key in ("social", "fiscal")),
        cells.words(known.get("evidence")) if is_one else cells.text(""),
        cells.text(known.get("from") or "—") if is_one else cells.text(""),
        cells.text(known.get("confirmed_by") or "—") if is_one else cells.text(""),
    )


def _make_figures(state: LeverageState, cells: LeverageCells, row: Row) -> tuple[Cell, Cell]:
    """The answer of today is a figure of its own; the others are only supposed."""
    if row["case"] != "now":
        return cells.multiple(row["LV04"], "leverage.no_fiscal"), cells.part(
            row["LV05"], "leverage.no_capital"
        )
    lv04, lv05 = (FigureKey(code, row["basis"], state.scope) for code in ("LV04", "LV05"))
    return (
        cells.figure(lv04, row["LV04"], "leverage.no_fiscal"),
        cells.figure(lv05, row["LV05"], "leverage.no_capital"),
    )
