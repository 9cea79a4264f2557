"""The projects outside the park's leading industries, each with the reason."""

from collections.abc import Iterator
from datetime import date

from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.figure_text import write_value
from dashboard.pages.parks.park_headline import write_outside
from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.pages.parks.park_switches import name_mode
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.off_industry import OFF_INDUSTRY
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, format_percent
from funds.queries.attribution import WHOLE

MONEY = ("cost", "off_cost", "fair_value")


def draw_off_industry(state: ParkState) -> Component:
    """The table; a calm card where there is nothing to list."""
    if not state.rows(OFF_INDUSTRY):
        text = "" if _held(state) else state.say("park.off_none_text")
        return draw_empty_card(write_finding(state), text)
    return draw_table_card(state.context, make_off_industry_table(state))


def make_off_industry_table(state: ParkState) -> ShownTable:
    """Firm, fund, why, where it is registered, and the amounts."""
    rows = state.rows(OFF_INDUSTRY)
    cells = state.cells(row[key] for row in rows for key in MONEY)
    unit, funds, say = state.unit_name(cells.unit), state.fund_names(), state.say
    columns = (
        Column("company", say("park.company")),
        Column("reason", say("park.off_reason")),
        Column("cost", say("park.off_cost", unit=unit), is_number=True),
        Column("off_cost", say("park.off_amount", unit=unit), is_number=True),
        Column("value", say("park.off_value", unit=unit), is_number=True),
        Column("fund", say("park.fund")),
        Column("registered", say("park.off_registered")),
        Column("decided", say("park.off_decided")),
    )
    return ShownTable(
        "off_industry",
        write_finding(state),
        columns,
        tuple(tuple(_make_row(state, cells, funds[row["fund"]], row)) for row in rows),
        note=say("park.off_note", mode=name_mode(state.context, state.mode)),
        definitions=state.versions("AL01"),
    )


def write_finding(state: ParkState) -> str:
    """How many projects and how much cost do not count; how many did not when they were decided."""
    if not _held(state):
        return state.say("park.off_none")
    rows = state.rows(OFF_INDUSTRY)
    count = sum(row["is_off"] for row in rows)
    later = len(rows) - count
    if not count:
        return state.say("park.off_finding_later" if later else "park.off_finding_all_in", later=later)
    figure = state.reading.figure("AL01", "cost")
    whole, counted = figure.denominator or 0, figure.numerator or 0
    return state.say(
        "park.off_finding_some" if later else "park.off_finding",
        count=count,
        amount=state.amount(whole - counted),
        share=format_percent((whole - counted) / whole) if whole else "—",
        later=later,
        outside=write_outside(state),
    )


def write_reason(state: ParkState, row: Row) -> str:
    """The reason with the industry and the day that belong to it, and what leads among tags that do not speak."""
    _, _, kind = row["reason"].partition("_")
    reason = state.say(
        f"park.why_{kind}",
        industries=state.names(row["industries"] or [None]),
        day=state.day(row["since"]) if row["since"] else "",
        share=write_value("AL01", str(row["weight"] / WHOLE), MoneyUnit.YI),
    )
    if not (row["is_off"] and row["other_leading"]):
        return reason
    return reason + state.say("park.why_other_tag", industries=state.names(row["other_leading"]))


def _held(state: ParkState) -> bool:
    return state.reading.figure("AL04", "count").denominator != 0


def _make_row(state: ParkState, cells: CellMaker, fund: str, row: Row) -> Iterator[Cell]:
    is_off = row["is_off"]
    yield cells.text(row["name"], link=state.context.link(f"/companies/{row['company']}"))
    yield cells.text(write_reason(state, row), tone="wrap" if is_off else "wrap tone-soft")
    yield cells.money(row["cost"])
    yield cells.money(row["off_cost"])
    yield cells.money(row["fair_value"])
    yield cells.text(fund, tone="wrap")
    yield cells.text(state.say(row["registered_reason"]))
    yield cells.day(date.fromisoformat(row["decided"]))
