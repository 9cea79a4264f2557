"""What opens below the flow of every yuan: the lines of one band, and the rows of the book behind a line."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import BadAddress
from dashboard.pages.leverage.drill_panel import draw_drill, make_entries, title_amount
from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.pages.leverage.yuan_nodes import name_nodes
from dashboard.readings.money.yuan_lines import YuanLine, read_band_lines
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import ABSENT, choose_unit, format_count

BAND, PAIR, ANCHOR = "band", "pair", "yuan-band"
LINES, ENTRIES = "yuan_line", "yuan_entry"
BETWEEN = "|"


def address_of(state: LeverageState, giver: str, taker: str) -> str:
    """The address of this page with a band open."""
    return f"{state.context.here(**{BAND: f'{giver}{BETWEEN}{taker}', PAIR: None})}#{ANCHOR}"


def draw_yuan_panel(state: LeverageState) -> Component:
    """The panel, where the address opens a band; else how one is opened."""
    if read_band(state) is None:
        return html.P(state.say("leverage_flow.yuan_hint"), className="card-note")
    tables = [make_yuan_line_table(state)]
    if PAIR in state.context.query:
        tables.append(make_yuan_entry_table(state))
    ways = [(state.say("leverage_flow.close"), state.context.here(**{BAND: None, PAIR: None}))]
    return html.Section(draw_drill(state, ANCHOR, tables, ways), className="card table-card")


def make_yuan_line_table(state: LeverageState) -> ShownTable:
    """Who paid whom, the largest first; for export too, where without an open band there are none."""
    lines, band = _read_lines(state), read_band(state)
    unit, cells = choose_unit(line.amount for line in lines), state.cells(line.amount for line in lines)
    columns = (
        Column("other", state.say("leverage_flow.other")),
        Column("fund", state.say("leverage_flow.fund")),
        Column("amount", title_amount(state, state.say("leverage_flow.amount"), unit), is_number=True),
        Column("entries", state.say("leverage_flow.rows"), is_number=True),
    )
    if band is None or not lines:
        code = "leverage_flow.band_closed" if band is None else _explain_none(state, band)
        return ShownTable(LINES, state.say(code), columns, ())
    names = name_nodes(state)
    title = state.say(
        "leverage_flow.band_lines",
        giver=names.get(band[0], band[0]),
        taker=names.get(band[1], band[1]),
        count=format_count(len(lines)),
        amount=state.amount(sum(line.amount for line in lines)),
    )
    is_through = "outside_giver" in band
    note = state.say("leverage_flow.band_through" if is_through else "leverage_flow.band_note")

    def make_row(line: YuanLine) -> tuple[Cell, ...]:
        opened = f"{state.context.here(**{PAIR: _key_of(line)})}#{ANCHOR}"
        rows = len(line.entries)
        return (
            cells.text(line.other_name or ABSENT, link=opened, tone="wrap"),
            cells.text(line.fund_name, link=state.context.link(f"/funds/{line.fund}"), tone="wrap"),
            cells.money(line.amount),
            Cell(format_count(rows), rows, "#,##0", link=opened),
        )

    return ShownTable(LINES, title, columns, tuple(make_row(line) for line in lines), note)


def make_yuan_entry_table(state: LeverageState) -> ShownTable:
    """The rows of the book behind the open line; for export too, where without one there are none."""
    found = [line for line in _read_lines(state) if _key_of(line) == state.context.query.get(PAIR)]
    if not found:
        return make_entries(state, ENTRIES, state.say("leverage_flow.no_line"), ())
    title = state.say("leverage_flow.pair", giver=found[0].other_name, taker=found[0].fund_name)
    return make_entries(state, ENTRIES, title, [entry for line in found for entry in line.entries])


def read_band(state: LeverageState) -> tuple[str, str] | None:
    """Both ends of the band that the address opens."""
    text = state.context.query.get(BAND)
    if text is None:
        return None
    giver, between, taker = text.partition(BETWEEN)
    if not (giver and between and taker):
        raise BadAddress("leverage_flow.bad_band", text=text[:40])
    return giver, taker


def _read_lines(state: LeverageState) -> list[YuanLine]:
    """The lines of the open band, if it is one of those that are drawn."""
    band = read_band(state)
    drawn = {(row["giver"], row["taker"]) for row in state.rows("yuan") if "amount" in row}
    return read_band_lines(state.slice, state.basis, *band) if band in drawn and band is not None else []


def _explain_none(state: LeverageState, band: tuple[str, str]) -> str:
    """Why a band has no lines: it is what is left, or it is not there in this state of the page."""
    drawn = {(row["giver"], row["taker"]) for row in state.rows("yuan") if "amount" in row}
    return "leverage_flow.band_rest" if band in drawn else "leverage_flow.band_gone"


def _key_of(line: YuanLine) -> str:
    return f"{line.fund}{BETWEEN}{line.other}"
