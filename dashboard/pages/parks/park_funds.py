"""The funds that serve the park — 设立, 出资 and 落地 apart — and the city's money in those set up for it."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.parks.park_measures import end_basis
from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.alignment_bases import COST
from dashboard.readings.industries.park_view_funds import (
    ALL_MONEY,
    CITY_FISCAL,
    CITY_MONEY,
    CITY_MOTHERS,
    SERVING,
)
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import format_percent
from funds.queries.attribution import WHOLE

MONEY = ("PF01.committed", "PF02.paid_in", "invested", CITY_MOTHERS, CITY_FISCAL)
FIGURES = (("PF01", "committed"), ("PF02", "paid_in"))
SERVES = "●\u00a0"


def draw_funds(state: ParkState) -> Component:
    """The table with the city's money in a sentence beneath."""
    if not state.rows(SERVING):
        return draw_empty_card(state.say("park.funds_none"), state.say("park.funds_none_text"))
    told = write_city_money(state)
    below = html.P(told, className="card-note park-below") if told else None
    return draw_table_card(state.context, make_funds_table(state), below=below)


def make_funds_table(state: ParkState) -> ShownTable:
    """A row for each fund and relation."""
    rows = state.rows(SERVING)
    cells = state.cells(row.get(key) for row in rows for key in MONEY)
    seen: set[str] = set()
    made = []
    for row in rows:
        made.append(tuple(_make_row(state, cells, row, is_first=row["fund"] not in seen)))
        seen.add(row["fund"])
    return ShownTable(
        "funds",
        write_finding(state),
        tuple(_columns(state, state.unit_name(cells.unit))),
        tuple(made),
        note=state.say("park.funds_note"),
        definitions=state.versions("PF01", "PF02", "AL01"),
    )


def write_finding(state: ParkState) -> str:
    """How many funds serve the park, and how many of them declare what leads here."""
    rows = state.rows(SERVING)
    if not rows:
        return state.say("park.funds_none")
    serving = {row["fund"] for row in rows if row["serves"]}
    code = "park.funds_finding" if serving else "park.funds_finding_apart"
    return state.say(code, count=len({row["fund"] for row in rows}), serving=len(serving))


def write_city_money(state: ParkState) -> str:
    """How much of what was paid into the park's own funds is the city's; nothing where nothing was."""
    paid = {row["kind"]: row["paid_in"] for row in state.rows(CITY_MONEY)}
    if not paid[ALL_MONEY]:
        return ""
    parts = [
        state.say(
            f"park.funds_{kind}",
            amount=state.amount(paid[kind]),
            share=format_percent(Fraction(paid[kind], paid[ALL_MONEY])),
        )
        for kind in (CITY_MOTHERS, CITY_FISCAL)
        if paid[kind]
    ]
    if not parts:
        return state.say("park.funds_city_none")
    return state.say("park.funds_city", parts=state.say("park.join").join(parts))


def _columns(state: ParkState, unit: str) -> Iterable[Column]:
    say = state.say
    yield Column("fund", say("park.fund"))
    yield Column("relation", say("park.relation"))
    yield Column("share", say("park.share"), is_number=True)
    yield Column("since", say("park.since"))
    yield Column("fields", say("park.fields"))
    yield Column("serves", say("park.serves"))
    yield Column("PF01", say("park.committed", unit=unit), is_number=True, hint="PF01")
    yield Column("PF02", say("park.paid_in", unit=unit), is_number=True, hint="PF02")
    yield Column("invested", say("park.invested_in", unit=unit), is_number=True)
    yield Column(CITY_MOTHERS, say("park.city_mothers", unit=unit), is_number=True)
    yield Column(CITY_FISCAL, say("park.city_fiscal", unit=unit), is_number=True)
    aligned = say("alignment.aligned_through" if state.is_through else "park.aligned")
    yield Column("AL01", aligned, is_number=True, hint="AL01")


def _make_row(state: ParkState, cells: CellMaker, row: Row, *, is_first: bool) -> Iterator[Cell]:
    say, may_see = state.say, "PF01.committed" in row
    link = state.context.link(f"/funds/{row['fund']}") if may_see else None
    yield cells.text(row["name"], link=link)
    yield cells.text(say(f"park.relation_{row['relation']}"))
    yield cells.share(Fraction(row["share_ppm"], WHOLE))
    yield cells.day(date.fromisoformat(row["since"]))
    yield cells.text(_write_fields(state, row), tone="wrap")
    yield cells.text(say("park.serves_yes" if row["serves"] else "park.serves_no"))
    if not may_see:
        for _ in (*MONEY, "AL01"):
            yield cells.absent(row["reason"])
        return
    # A number's name may stand once on a page: in the second row of a fund it is only an amount.
    scope = f"fund:{row['fund']}"
    for code, basis in FIGURES:
        amount = row[f"{code}.{basis}"]
        key = FigureKey(code, basis, scope)
        yield cells.figure(key, amount) if is_first else cells.money(amount)
    yield cells.money(row["invested"])
    yield cells.money(row[CITY_MOTHERS])
    yield cells.money(row[CITY_FISCAL])
    key = FigureKey("AL01", end_basis(state, COST), scope)
    yield _make_aligned(cells, row, key, is_first=is_first)


def _make_aligned(cells: CellMaker, row: Row, key: FigureKey, *, is_first: bool) -> Cell:
    name = f"{key.code}.{key.basis}"
    value, reason = row[name], row.get(f"{name}.reason")
    if is_first:
        return cells.figure(key, value, reason)
    return cells.share(None if value is None else Fraction(value), reason)


def _write_fields(state: ParkState, row: Row) -> str:
    names = [(code, state.names([code])) for code in row["industries"]]
    marked = [f"{SERVES if code in row['serves'] else ''}{name}" for code, name in names]
    return state.say("park.list").join(marked) or "—"
