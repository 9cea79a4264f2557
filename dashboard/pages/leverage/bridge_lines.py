"""The lines behind a bar of the bridge: who, how much, on what evidence, confirmed by whom; and what was filed."""

from collections.abc import Sequence
from fractions import Fraction

from dashboard.pages.cells import CellMaker
from dashboard.pages.leverage.drill_panel import find_history, make_entries, title_amount
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.readings.money.leverage_bridge import CLAIMED, UNEXPLAINED
from dashboard.tables.shown import Cell, Column, RowsOnDemand, ShownTable
from dashboard.words.numbers import ABSENT, choose_unit, format_count, format_ratio

LINES, ENTRIES = "bridge_line", "bridge_entry"
BAR, LINE, ANCHOR = "bar", "line", "bridge-bar"
# Bars whose lines are the filings themselves.
CLAIM_STEPS = (CLAIMED, UNEXPLAINED)


def make_bridge_lines(state: LeverageState, step: str) -> ShownTable:
    """What a bar takes away (or, at the last one, what is confirmed), investor by investor, the largest first."""
    rows = list_lines(state, step)
    unit = choose_unit(row["amount"] for row in rows)
    columns = (
        Column("investor", state.say("leverage_flow.investor")),
        Column("fund", state.say("leverage_flow.fund")),
        Column("amount", title_amount(state, state.say("leverage_flow.amount"), unit), is_number=True),
        Column("nature", state.say("leverage_flow.nature")),
        Column("evidence", state.say("leverage_flow.evidence")),
        Column("confirmed", state.say("leverage_flow.confirmed_by")),
        Column("from", state.say("leverage_flow.from")),
        Column("entries", state.say("leverage_flow.rows"), is_number=True),
    )
    name = state.say(f"leverage_flow.step_{step}")
    if not rows:
        return ShownTable(LINES, state.say("leverage_flow.bar_empty", step=name), columns, ())
    total = state.amount(sum(row["amount"] for row in rows))
    title = state.say("leverage_flow.bar_lines", step=name, count=format_count(len(rows)), amount=total)
    note = state.say("leverage_flow.bar_note", unit=state.unit_name(unit))
    cells = state.cells(row["amount"] for row in rows)
    made = RowsOnDemand(
        rows,
        lambda row: _make_line(
            state, row, cells, f"{state.context.here(**{BAR: step, LINE: key_of(row)})}#{ANCHOR}"
        ),
    )
    return ShownTable(LINES, title, columns, made, note, definitions=state.versions("LV04"))


def make_claims(state: LeverageState, step: str) -> ShownTable:
    """What each fund filed; at the unexplained, only the filings that rows do not explain."""
    rows = [row for row in state.rows("claim") if step == CLAIMED or row.get("unexplained")]
    rows.sort(key=lambda row: -abs(row.get("unexplained" if step == UNEXPLAINED else "claimed") or 0))
    amounts = [row.get(key) for row in rows for key in ("claimed", "confirmed", "unexplained")]
    unit, cells = choose_unit(amounts), state.cells(amounts)
    columns = (
        Column("fund", state.say("leverage_flow.fund")),
        Column("filed", state.say("leverage_flow.filed")),
        Column("claimed", title_amount(state, state.say("leverage_flow.step_claimed"), unit), is_number=True),
        Column(
            "confirmed", title_amount(state, state.say("leverage_flow.step_confirmed"), unit), is_number=True
        ),
        Column(
            "unexplained",
            title_amount(state, state.say("leverage_flow.step_unexplained"), unit),
            is_number=True,
        ),
        Column("counted", state.say("leverage_flow.counted_in")),
    )
    made = tuple(
        (
            cells.text(row["name"], link=state.context.link(f"/funds/{row['fund']}"), tone="wrap"),
            _make_filed(state, row),
            cells.money(row["claimed"], "leverage.no_claim_of_fund"),
            cells.money(row["confirmed"]),
            cells.money(row.get("unexplained"), "leverage.no_claim_of_fund"),
            cells.text(_name_counted(state, row), tone="wrap"),
        )
        for row in rows
    )
    filed = [row for row in rows if row["claimed"] is not None]
    name = state.say(f"leverage_flow.step_{step}")
    if not made:
        return ShownTable(LINES, state.say("leverage_flow.bar_empty", step=name), columns, ())
    title = state.say("leverage_flow.claims", step=name, count=format_count(len(filed)))
    note = state.say(f"leverage_flow.{step}_note", unit=state.unit_name(unit))
    return ShownTable(LINES, title, columns, made, note, definitions=state.versions("LV04"))


def make_bridge_entries(state: LeverageState, step: str, key: str | None) -> ShownTable:
    """The rows of the book behind the line of a key."""
    found = [row for row in list_lines(state, step) if key_of(row) == key]
    if not found:
        return make_entries(state, ENTRIES, state.say("leverage_flow.no_line"), ())
    title = state.say("leverage_flow.pair", giver=found[0]["investor"], taker=_fund_name(state, found[0]))
    return make_entries(state, ENTRIES, title, found[0]["entries"])


def list_lines(state: LeverageState, step: str) -> Sequence[Row]:
    """The lines of a bar, the largest first."""
    rows = [row for row in state.rows("bridge_line") if row["step"] == step]
    return sorted(rows, key=lambda row: (-row["amount"], row["fund"], row["party"]))


def key_of(row: Row) -> str:
    """How a line is named in the address: fund and investor."""
    return f"{row['fund']}|{row['party']}"


def _make_line(state: LeverageState, row: Row, cells: CellMaker, opened: str) -> tuple[Cell, ...]:
    is_fund = row["nature"] == "fund"
    evidence = row["evidence"] or state.say(
        "leverage_flow.evidence_fund" if is_fund else "leverage_flow.evidence_none"
    )
    since = (
        Cell(row["from"], row["from"], link=find_history(state, row["nature_row"])) if row["from"] else None
    )
    return (
        cells.text(row["investor"] or ABSENT, link=opened, tone="wrap"),
        cells.text(_fund_name(state, row), link=state.context.link(f"/funds/{row['fund']}"), tone="wrap"),
        cells.money(row["amount"]),
        cells.text(_name_nature(state, row)),
        cells.text(evidence, tone="wrap" if row["evidence"] else "soft"),
        cells.text(row["confirmed_by"]) if row["confirmed_by"] else cells.absent("leverage_flow.unconfirmed"),
        since or cells.absent("leverage_flow.no_statement"),
        Cell(format_count(len(row["entries"])), len(row["entries"]), "#,##0", link=opened),
    )


def _name_nature(state: LeverageState, row: Row) -> str:
    kind = row["sub_type"] or state.say(f"company.nature_{row['nature']}")
    if row["level"] is None:
        return str(kind)
    return state.say("leverage_flow.of_level", level=state.say(f"fund.level_{row['level']}"), nature=kind)


def _make_filed(state: LeverageState, row: Row) -> Cell:
    """The filing with its definition and basis, which leads to its history."""
    if row["claimed"] is None:
        return Cell(state.say("leverage_flow.not_filed"), None, hover=state.say(row["reason"]), tone="soft")
    text = f"{row['definition']} {state.basis_name(row['basis'])} {format_ratio(Fraction(row['value']))}"
    hover = state.say("leverage_flow.derived") if row["is_derived"] else ""
    return Cell(text, text, hover=hover, link=find_history(state, row["row"]))


def _name_counted(state: LeverageState, row: Row) -> str:
    names = [state.say(f"leverage_flow.step_{step}") for step in row.get("counted_in", ())]
    return state.say("park.list").join(names) if names else ABSENT


def _fund_name(state: LeverageState, row: Row) -> str:
    names = {fund.code: fund.name for fund in state.slice.facts.funds.values()}
    return str(names.get(row["fund"], row["fund"]))
