"""What leads from the left side's alignment to the right side's: its numerator and its denominator, step by step."""

from dash import html
from dash.development.base_component import Component

from dashboard.figures.nav_bridge import BridgeStep, draw_nav_bridge
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.parks.compare_state import CompareState, Row
from dashboard.readings.industries.compare_parks import BRIDGE, LEFT, RIGHT
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_money, format_yuan

NAME = "bridge"
# What AL01 divides by what.
PARTS = ("aligned", "cost")
BESIDE = {"aligned": "aligned_value", "cost": "fair_value"}


def draw_bridges(state: CompareState) -> Component:
    """Numerator and denominator side by side, each with the fair value in its table."""
    cards = [_draw_bridge(state, part) for part in PARTS]
    return html.Div(cards, className="page-grid")


def make_part_table(state: CompareState, part: str) -> ShownTable:
    """A row for each step with its amount, and the fair value beside it."""
    rows, unit = state.rows(BRIDGE), _unit(state)
    cells, say = state.cells(unit), state.say
    titles = {
        one: say("overview.with_unit", name=say(f"compare.amount_{one}"), unit=say(unit.code))
        for one in (part, BESIDE[part])
    }
    columns = (
        Column("step", say("compare.step")),
        *(Column(one, title, is_number=True) for one, title in titles.items()),
    )
    made: tuple[tuple[Cell, ...], ...] = tuple(
        (cells.text(name_step(state, row["step"])), *(cells.money(row[one]) for one in titles))
        for row in rows
    )
    title = say("compare.bridge_title", name=say(f"compare.amount_{part}"))
    return ShownTable(f"{NAME}_{part}", title, columns, made, definitions=state.versions("AL01", "AL02"))


def name_step(state: CompareState, step: str) -> str:
    """A step in words; the ends are the two sides."""
    return state.name(step) if step in (LEFT, RIGHT) else state.say(f"compare.kind_{step}")


def _draw_bridge(state: CompareState, part: str) -> Component:
    unit, rows = _unit(state), state.rows(BRIDGE)
    kept = [row for row in rows if row["step"] in (LEFT, RIGHT) or row[part]]
    steps = [_make_step(state, row, part, unit) for row in kept]
    figure = draw_nav_bridge(steps, state.say(unit.code), state.context.scheme)
    note = state.say(
        f"compare.note_{part}", unit=state.say(unit.code), mode=state.say(f"park.mode_{state.mode}")
    )
    table = make_part_table(state, part)
    return draw_chart_card(
        state.context, Chart(f"{NAME}-{part}", _write_finding(state, part), note, figure, table)
    )


def _write_finding(state: CompareState, part: str) -> str:
    """By how much the amount differs, and through what most."""
    first, *steps, last = state.rows(BRIDGE)
    change = last[part] - first[part]
    name = state.say(f"compare.amount_{part}")
    code = (
        "compare.bridge_up" if change > 0 else "compare.bridge_down" if change < 0 else "compare.bridge_same"
    )
    unit = _unit(state)
    told = state.say(code, name=name, amount=state.amount(abs(change), unit=unit))
    moved = [row for row in steps if row[part]]
    if not moved:
        return told
    largest = max(moved, key=lambda row: abs(row[part]))
    amount = state.amount(largest[part], unit=unit, is_signed=True)
    most = state.say("compare.bridge_most", step=name_step(state, largest["step"]), amount=amount)
    return state.say("overview.join").join((told, most))


def _make_step(state: CompareState, row: Row, part: str, unit: MoneyUnit) -> BridgeStep:
    is_total, fen = row["step"] in (LEFT, RIGHT), row[part]
    sign = "+" if fen > 0 and not is_total else ""
    name = state.say(f"compare.end_{row['step']}") if is_total else name_step(state, row["step"])
    hover = f"{name_step(state, row['step'])}<br>{sign}{format_yuan(fen)} {state.say('unit.yuan')}"
    return BridgeStep(name, fen / unit.value, f"{sign}{format_money(fen, unit)}", hover, is_total)


def _unit(state: CompareState) -> MoneyUnit:
    return choose_unit(row[part] for row in state.rows(BRIDGE) for part in (*BESIDE, *BESIDE.values()))
