"""The bridge from what managers filed to what is confirmed: every bar opens the lines, evidence and people behind it."""

from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.leverage_bridge import BarPlace, BridgeBar, chain_bars, place_bars
from dashboard.pages.attributes import aria
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.context import BadAddress
from dashboard.pages.leverage.bridge_lines import (
    ANCHOR,
    BAR,
    CLAIM_STEPS,
    LINE,
    make_bridge_entries,
    make_bridge_lines,
    make_claims,
)
from dashboard.pages.leverage.drill_panel import draw_drill, title_amount
from dashboard.pages.leverage.leverage_state import LeverageState, Row, Rows
from dashboard.pages.shown_table import draw_export, draw_table
from dashboard.readings.money.leverage_bridge import CLAIMED, CONFIRMED, STEPS
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import (
    MoneyUnit,
    choose_unit,
    format_count,
    format_money,
    format_ratio,
    format_yuan,
)

NAME = "bridge"
CODE = "LV04"


def draw_bridge(state: LeverageState) -> Component:
    """The card; where nobody filed there is nothing to come down from."""
    rows = _list_bars(state)
    if not rows:
        return draw_empty_card(state.say("leverage_flow.bridge"), _write_silence(state))
    table = make_bridge_table(state)
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(write_finding(state, rows), className="card-title"),
                    html.P(table.note, className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(state.context, table),
        ],
        className="card-head",
    )
    below = html.Details(
        [html.Summary(state.say("chart.table")), draw_table(state.context, table)], className="chart-table"
    )
    parts = [head, _draw_bars(state, rows), below, _draw_panel(state, rows)]
    return html.Section(parts, className="card chart-card bridge-card", id="bridge")


def make_bridge_table(state: LeverageState) -> ShownTable:
    """Each bar with its amount, what is left after it, and the multiple there."""
    rows = _list_bars(state)
    unit = _unit(rows)
    cells = state.cells([row["amount"] for row in rows])
    columns = (
        Column("step", state.say("leverage_flow.step")),
        Column("amount", title_amount(state, state.say("leverage_flow.amount"), unit), is_number=True),
        Column("after", title_amount(state, state.say("leverage_flow.after"), unit), is_number=True),
        Column("multiple", state.say("leverage_flow.multiple"), is_number=True),
        Column("meaning", state.say("leverage_flow.meaning")),
    )
    made = tuple(
        (
            cells.text(name_step(state, row["step"]), link=_address(state, row["step"])),
            cells.money(row["amount"]),
            cells.money(row["after"]),
            cells.text(write_multiple(row), hover=state.say("leverage_flow.multiple_hint")),
            cells.text(state.say(f"leverage_flow.means_{row['step']}"), tone="wrap"),
        )
        for row in rows
    )
    title = state.say("leverage_flow.bridge")
    note = _write_note(state, rows) if rows else _write_silence(state)
    return ShownTable(NAME, title, columns, made, note, definitions=state.versions(CODE))


def make_bridge_line_table(state: LeverageState) -> ShownTable:
    """The lines of the open bar, for export; without one there are none."""
    step = read_bar(state) or CLAIMED
    return make_claims(state, step) if step in CLAIM_STEPS else make_bridge_lines(state, step)


def make_bridge_entry_table(state: LeverageState) -> ShownTable:
    """The rows of the book behind the open line, for export; without one there are none."""
    return make_bridge_entries(state, read_bar(state) or CLAIMED, state.context.query.get(LINE))


def write_finding(state: LeverageState, rows: Rows) -> str:
    """What was filed and what is confirmed of it, and the bar that takes away most."""
    steps = {row["step"]: row["amount"] for row in rows}
    claimed, confirmed = steps[CLAIMED], steps[CONFIRMED]
    told = {
        "quarter": rows[0]["quarter"],
        "funds": format_count(rows[0]["funds"]),
        "claimed": state.amount(claimed),
        "confirmed": state.amount(confirmed),
    }
    largest = max(STEPS, key=lambda step: (abs(steps[step]), step != "unexplained"))
    if not steps[largest]:
        return state.say("leverage_flow.bridge_same", **told)
    code = "leverage_flow.bridge_less" if confirmed < claimed else "leverage_flow.bridge_more"
    if confirmed == claimed:
        code = "leverage_flow.bridge_even"
    gap, most = state.amount(abs(claimed - confirmed)), state.amount(abs(steps[largest]))
    return state.say(code, gap=gap, step=name_step(state, largest), most=most, **told)


def write_multiple(row: Row) -> str:
    """The multiple that is reached, with its sign; — where there is no fiscal money to divide by."""
    value = row["multiple_after"]
    return "—" if value is None else format_ratio(Fraction(value))


def name_step(state: LeverageState, step: str) -> str:
    """A bar by name."""
    return state.say(f"leverage_flow.step_{step}")


def read_bar(state: LeverageState) -> str | None:
    """The bar that the address opens."""
    step = state.context.query.get(BAR)
    if step is not None and step not in (CLAIMED, *STEPS, CONFIRMED):
        raise BadAddress("leverage_flow.bad_bar", text=step[:40])
    return step


def _list_bars(state: LeverageState) -> Rows:
    """The bars; none where nobody filed an amount."""
    return [row for row in state.rows("bridge") if "amount" in row and row["funds"]]


def _write_silence(state: LeverageState) -> str:
    code = "leverage_flow.of_firms" if state.is_of_firms else "leverage_flow.no_claim"
    return state.say(code)


def _unit(rows: Rows) -> MoneyUnit:
    return choose_unit(row["amount"] for row in rows)


def _write_note(state: LeverageState, rows: Rows) -> str:
    first = rows[0]
    note = state.say(
        "leverage_flow.bridge_note",
        unit=state.unit_name(_unit(rows)),
        day=state.day(first["day"]),
        fiscal=state.amount(first["fiscal"]),
    )
    if not first["silent"]:
        return note
    return note + state.say("leverage_flow.bridge_silent", count=format_count(first["silent"]))


def _draw_bars(state: LeverageState, rows: Rows) -> Component:
    unit = _unit(rows)
    bars = chain_bars([(row["step"], row["amount"]) for row in rows])
    lines = [
        _draw_bar(state, row, bar, place, unit)
        for row, bar, place in zip(rows, bars, place_bars(bars), strict=True)
    ]
    return html.Ol(lines, className="bridge-bars", **aria(label=state.say("leverage_flow.bridge")))


def _draw_bar(state: LeverageState, row: Row, bar: BridgeBar, place: BarPlace, unit: MoneyUnit) -> Component:
    """One bar as a link over its whole line; a bar with nothing says so in words."""
    step, amount = row["step"], row["amount"]
    name = name_step(state, step)
    text = format_money(amount, unit) if amount else state.say("leverage_flow.nothing")
    exact = f"{name} {format_yuan(amount)} {state.say('unit.yuan')}"
    kinds = "bridge-level" if bar.is_level else "bridge-step"
    fill = html.Span(
        className=f"bridge-fill {kinds} bridge-{step}",
        style={"left": f"{place.left:.3f}%", "width": f"{place.width:.3f}%"},
    )
    track = html.Span(fill, className="bridge-track")
    multiple = html.Span(
        write_multiple(row), className="bridge-multiple", title=state.say("leverage_flow.multiple")
    )
    words = [
        html.Span(name, className="bridge-name"),
        track,
        html.Span(text, className="bridge-amount" + ("" if amount else " bridge-none")),
        multiple,
    ]
    is_open = read_bar(state) == step
    link = dcc.Link(
        words,
        href=_address(state, step),
        title=exact,
        className="bridge-line" + (" bridge-open" if is_open else ""),
    )
    return html.Li(link)


def _address(state: LeverageState, step: str) -> str:
    return f"{state.context.here(**{BAR: step, LINE: None})}#{ANCHOR}"


def _draw_panel(state: LeverageState, rows: Rows) -> Component | None:
    step = read_bar(state)
    if step is None:
        return html.P(state.say("leverage_flow.bridge_hint"), className="card-note")
    tables = [make_bridge_line_table(state)]
    entries = make_bridge_entry_table(state)
    if state.context.query.get(LINE) is not None:
        tables.append(entries)
    ways = [(state.say("leverage_flow.close"), state.context.here(**{BAR: None, LINE: None}))]
    ways.append((state.say("leverage_flow.definition"), state.context.link(f"/definitions/{CODE}")))
    return draw_drill(state, ANCHOR, tables, ways)
