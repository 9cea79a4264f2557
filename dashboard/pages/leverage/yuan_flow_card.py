"""Every yuan from its source to the parks: one Sankey that sums at each cut, and the lines behind each band."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dash import Input, Output, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.figures.yuan_flow import FlowBand, draw_yuan_sankey
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.leverage.drill_panel import title_amount
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.pages.leverage.yuan_drill import address_of, draw_yuan_panel
from dashboard.pages.leverage.yuan_nodes import name_nodes
from dashboard.readings.money.money_flow import REUSED
from dashboard.readings.money.yuan_flow import NATURES, column_of
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_money, format_percent, format_yuan

NAME, CUTS = "yuan", "yuan_cut"
SWATCHES = {"fiscal": "fiscal", "state_owned": "state_owned", "social": "social", "undetermined": "unknown"}


def draw_yuan_flow(state: LeverageState) -> Component:
    """The card; where there is no money, or nobody can tell whose it is, there is a reason and no chart."""
    rows = list_bands(state)
    if not rows:
        return draw_empty_card(state.say("leverage_flow.yuan"), _write_silence(state))
    unit = _unit(rows)
    chart = Chart(
        NAME,
        write_yuan_finding(state),
        _write_note(state, unit),
        _draw_figure(state, rows, unit),
        make_yuan_flow_table(state),
        legend=_legend(state, rows),
        is_wide=True,
    )
    parts = [draw_chart_card(state.context, chart), _draw_cuts(state), draw_yuan_panel(state)]
    return html.Div(parts, className="yuan-flow", id="yuan-flow")


def make_yuan_flow_table(state: LeverageState) -> ShownTable:
    """Every pair of nodes with its money by nature; the pair opens its lines."""
    rows = list_bands(state)
    unit, names = _unit(rows), name_nodes(state)
    cells = state.cells(_sum_nodes(rows))
    natures = [str(kind) for kind in NATURES]
    columns = (
        Column("giver", state.say("leverage_flow.giver")),
        Column("taker", state.say("leverage_flow.taker")),
        Column("amount", title_amount(state, state.say("leverage_flow.amount"), unit), is_number=True),
        *(
            Column(kind, title_amount(state, state.say(f"company.nature_{kind}"), unit), is_number=True)
            for kind in natures
        ),
    )
    pairs: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        pairs.setdefault((row["giver"], row["taker"]), Counter())[row["nature"]] += row["amount"]
    last = last_tier(rows)

    def rank(pair: tuple[str, str]) -> tuple[float, str, float, int]:
        giver, taker = pair
        return column_of(giver, last), giver, column_of(taker, last), -sum(pairs[pair].values())

    def make_row(pair: tuple[str, str]) -> tuple[Cell, ...]:
        sums = pairs[pair]
        return (
            cells.text(names[pair[0]], link=address_of(state, *pair), tone="wrap"),
            cells.text(names[pair[1]], tone="wrap"),
            cells.money(sum(sums.values())),
            *(cells.money(sums[kind]) for kind in natures),
        )

    made = tuple(make_row(pair) for pair in sorted(pairs, key=rank))
    note = _write_note(state, unit) if rows else _write_silence(state)
    title = state.say("leverage_flow.yuan")
    return ShownTable(NAME, title, columns, made, note, definitions=state.versions("LV07", "LV08"))


def make_yuan_cut_table(state: LeverageState) -> ShownTable:
    """What crosses each line between two columns: the same money at all of them."""
    rows = state.rows(CUTS)
    unit, cells = choose_unit(row["amount"] for row in rows), state.cells(row["amount"] for row in rows)
    columns = (
        Column("cut", state.say("leverage_flow.cut")),
        Column("amount", title_amount(state, state.say("leverage_flow.amount"), unit), is_number=True),
        Column("yuan", state.say("leverage_flow.exact"), is_number=True),
    )
    made = tuple(
        (
            cells.text(_name_cut(state, row["cut"])),
            cells.money(row["amount"]),
            Cell(format_yuan(row["amount"]), format_yuan(row["amount"])),
        )
        for row in rows
    )
    return ShownTable(CUTS, state.say("leverage_flow.cuts"), columns, made, write_cut_sum(state))


def write_yuan_finding(state: LeverageState) -> str:
    """How much came in, and how much of it stands in firms."""
    rows = list_bands(state)
    outside = sum(row["amount"] for row in rows if column_of(row["giver"], 1) == 0 and row["giver"] != REUSED)
    invested = sum(row["amount"] for row in rows if row["taker"].startswith("industry:"))
    told = {"basis": state.basis_name(), "total": state.amount(outside)}
    if not invested:
        return state.say("leverage_flow.yuan_none", **told)
    social = sum(
        row["amount"] for row in rows if row["taker"].startswith("industry:") and row["nature"] == "social"
    )
    share = format_percent(social / invested)
    return state.say("leverage_flow.yuan_finding", invested=state.amount(invested), share=share, **told)


def write_cut_sum(state: LeverageState) -> str:
    """That all cuts carry the same to the fen, or by how much they do not."""
    rows = state.rows(CUTS)
    if not rows:
        return ""
    amounts = {row["amount"] for row in rows}
    again = rows[0]["reused"]
    told = f"{format_yuan(max(amounts))} {state.say('unit.yuan')}"
    if len(amounts) > 1:
        gap = f"{format_yuan(max(amounts) - min(amounts))} {state.say('unit.yuan')}"
        return state.say("leverage_flow.cut_gap", amount=told, gap=gap)
    if again:
        more = f"{format_yuan(again)} {state.say('unit.yuan')}"
        return state.say("leverage_flow.cut_sum_reused", amount=told, again=more)
    return state.say("leverage_flow.cut_sum", amount=told)


def list_bands(state: LeverageState) -> Sequence[Row]:
    """The bands on the basis of the switch."""
    return [row for row in state.rows(NAME) if "amount" in row]


def last_tier(rows: Sequence[Row]) -> int:
    """The number of the lowest tier."""
    nodes = {row[side] for row in rows for side in ("giver", "taker")}
    return max((int(node[5:]) for node in nodes if node.startswith("tier:")), default=0)


def _draw_figure(state: LeverageState, rows: Sequence[Row], unit: MoneyUnit) -> dict[str, Any]:
    """Bands of one pair and nature are one, leading or not."""
    last = last_tier(rows)
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        sums[row["giver"], row["taker"], row["nature"]] += row["amount"]

    def write(fen: int) -> str:
        return f"{format_money(fen, unit)} {state.unit_name(unit)}<br>{format_yuan(fen)} {state.say('unit.yuan')}"

    bands = [
        FlowBand(
            giver,
            taker,
            nature,
            amount,
            f"{state.say(f'company.nature_{nature}')} {write(amount)}",
            address_of(state, giver, taker),
        )
        for (giver, taker, nature), amount in sums.items()
    ]
    names = name_nodes(state)
    return draw_yuan_sankey(bands, names, lambda node: column_of(node, last), write, state.context.scheme)


def _draw_cuts(state: LeverageState) -> Component:
    return html.P(write_cut_sum(state), className="card-note yuan-cuts")


def _name_cut(state: LeverageState, cut: str) -> str:
    if cut.startswith("tier:"):
        return state.say("leverage_flow.cut_tier", tier=cut[5:])
    return state.say(f"leverage_flow.cut_{cut}")


def _unit(rows: Sequence[Row]) -> MoneyUnit:
    return choose_unit(_sum_nodes(rows))


def _sum_nodes(rows: Sequence[Row]) -> list[int]:
    into: Counter[str] = Counter()
    for row in rows:
        into[row["taker"]] += row["amount"]
    return list(into.values())


def _write_note(state: LeverageState, unit: MoneyUnit) -> str:
    code = f"leverage_flow.yuan_note_{state.basis}"
    return state.say(code, unit=state.unit_name(unit), day=state.day())


def _write_silence(state: LeverageState) -> str:
    if state.is_of_firms:
        return state.say("leverage_flow.of_firms")
    reasons = [row["reason"] for row in state.rows(NAME) if row.get("reason")]
    return state.say(reasons[0] if reasons else "leverage_flow.yuan_empty")


def _legend(state: LeverageState, rows: Sequence[Row]) -> list[tuple[str, str]]:
    used = {row["nature"] for row in rows}
    return [
        (swatch, state.say(f"company.nature_{kind}")) for kind, swatch in SWATCHES.items() if kind in used
    ]


def register_yuan_flow(app: GuardedApp) -> None:
    """A band that is clicked opens its lines; the browser does it by itself."""
    app.clientside(
        "open_band",
        Output("url", "href", allow_duplicate=True),
        Input(f"chart-{NAME}", "clickData"),
        prevent_initial_call=True,
    )
