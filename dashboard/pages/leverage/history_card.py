"""How the multiple and the share of social money went, quarter by quarter, on both bases."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from dash.development.base_component import Component

from dashboard.figures.leverage_history import Course, Panel, draw_leverage_history
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.leverage.leverage_cells import LeverageCells, write_multiple, write_share
from dashboard.pages.leverage.leverage_state import LeverageState, Row, Rows
from dashboard.tables.shown import Cell, Column, ShownTable
from funds.kinds import Basis

NAME = "history"
CODES = ("LV04", "LV05")
MONEY = ("social", "fiscal", "total")


def draw_history(state: LeverageState) -> Component:
    """Two panels, each with a line for either basis; a calm card where there is no quarter yet."""
    rows = state.rows_on_both("history")
    if not any(row[code] is not None for row in rows for code in CODES):
        reason = "leverage.of_whole_funds" if state.is_of_firms else "leverage_page.history_none_text"
        return draw_empty_card(state.say("leverage_page.history_none"), state.say(reason))
    panels = [
        Panel(f"{state.say(f'figure.{code}')} {code}", code == "LV05", _make_courses(state, rows, code))
        for code in CODES
    ]
    figure = draw_leverage_history(panels, state.context.scheme)
    note = state.say("leverage_page.history_note", terms=_terms(state), day=state.day())
    chart = Chart(NAME, write_finding(state), note, figure, make_history_table(state), is_wide=True)
    return draw_chart_card(state.context, chart)


def _terms(state: LeverageState) -> str:
    return state.terms(is_through=False)


def _make_courses(state: LeverageState, rows: Rows, code: str) -> Sequence[Course]:
    """Committed dashed, paid in solid; what a quarter has no number for is a gap."""
    courses = []
    for basis in Basis:
        own = [row for row in rows if row["basis"] == basis.value]
        if own:
            courses.append(
                Course(
                    state.say(f"basis.{basis}"),
                    [row["day"] for row in own],
                    [None if row[code] is None else float(Fraction(row[code])) for row in own],
                    [_hover(state, row, code) for row in own],
                    is_promise=basis is Basis.COMMITTED,
                )
            )
    return courses


def _hover(state: LeverageState, row: Row, code: str) -> str:
    return state.say(
        "leverage_page.history_hover",
        day=state.day(row["day"]),
        basis=state.basis_name(row["basis"]),
        value=_write(code, row[code]),
        social=state.amount(row["social"]),
        fiscal=state.amount(row["fiscal"]),
        total=state.amount(row["total"]),
    )


def _write(code: str, text: str | None) -> str:
    return write_multiple(text) if code == "LV04" else write_share(text)


def write_finding(state: LeverageState) -> str:
    """Where the paid-in multiple (or that of commitments) stands, and how it moved over four quarters."""
    own = [row for row in state.rows_on_both("history") if row["basis"] == state.basis.value]
    rows = [row for row in own if row["LV04"] is not None]
    if not rows:
        return state.say("leverage_page.history_no_multiple", basis=state.basis_name())
    now, terms = rows[-1], {"basis": state.basis_name()}
    told = state.say("leverage_page.history_now", value=write_multiple(now["LV04"]), **terms)
    before = _a_year_before(rows)
    if before is None:
        return told
    step = Fraction(now["LV04"]) - Fraction(before["LV04"])
    word = "up" if step > 0 else "down" if step < 0 else "same"
    return state.say(
        f"leverage_page.history_{word}",
        told=told,
        day=state.day(before["day"]),
        value=write_multiple(before["LV04"]),
    )


def _a_year_before(rows: Sequence[Row]) -> Row | None:
    """The line of the same day a year earlier, else the last quarter's end before it."""
    day = str(rows[-1]["day"])
    wanted = f"{int(day[:4]) - 1}{day[4:]}"
    earlier = [row for row in rows if row["day"] <= wanted]
    return earlier[-1] if earlier else None


def make_history_table(state: LeverageState) -> ShownTable:
    """A row for each quarter, the newest first, both bases side by side."""
    rows = state.rows_on_both("history")
    by_day: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_day.setdefault(row["day"], {})[row["basis"]] = row
    cells = state.cells(row[key] for row in rows for key in MONEY)
    columns = [Column("day", state.say("leverage_page.day"))]
    for basis in Basis:
        name = state.say(f"basis.{basis}")
        columns += [
            Column(
                f"{code}_{basis}",
                f"{state.say(f'leverage_page.short_{code}')} {code}",
                is_number=True,
                group=name,
            )
            for code in CODES
        ]
        columns += [
            Column(
                f"{key}_{basis}",
                state.titled(state.say(f"leverage_page.{key}"), cells),
                is_number=True,
                group=name,
            )
            for key in MONEY
        ]
    made = tuple(_make_row(cells, day, by_day[day]) for day in sorted(by_day, reverse=True))
    note = state.say("leverage_page.history_note", terms=_terms(state), day=state.day())
    title = state.say("leverage_page.history_table")
    return ShownTable(NAME, title, tuple(columns), made, note=note, definitions=state.versions(*CODES))


def _make_row(cells: LeverageCells, day: str, found: Mapping[str, Row]) -> tuple[Cell, ...]:
    made = [cells.text(day)]
    for basis in Basis:
        row = found.get(basis.value, {})
        made.append(cells.multiple(row.get("LV04"), "leverage.no_fiscal"))
        made.append(cells.part(row.get("LV05"), "leverage.no_capital"))
        made += [cells.money(row.get(key), "leverage.no_capital") for key in MONEY]
    return tuple(made)
