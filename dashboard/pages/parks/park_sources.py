"""The park's money from end to end: whose it is, which funds it went through, which links of the chains it reached."""

from collections.abc import Mapping

from dash.development.base_component import Component

from dashboard.figures.money_sankey import draw_money_sankey
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.parks.park_flow import name_segment
from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.readings.industries.source_flow import SOURCE_FLOW
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_money, format_percent

SOURCES = "sources"
NATURES = ("fiscal", "state_owned", "social", "undetermined")
# The meaning of a colour for each nature.
SWATCHES = {"undetermined": "unknown"}
# Room for the name of each link of a chain.
HEIGHT_PER_END = 30
GIVERS = ("nature:", "outside_giver", "reused", "fund:")


def draw_sources(state: ParkState) -> Component:
    """The flow and its table; where nothing was paid in there is nothing to draw."""
    rows = state.rows(SOURCE_FLOW)
    if not rows:
        return draw_empty_card(write_sources(state), state.say("alignment.sources_none_text"))
    unit, names = _unit(state), name_nodes(state)
    word = state.unit_name(unit)
    figure = draw_money_sankey(
        rows, names, lambda fen: f"{format_money(fen, unit)} {word}", state.context.scheme
    )
    ends = len({row["taker"] for row in rows if not row["taker"].startswith("fund:")})
    figure["layout"]["height"] = max(figure["layout"]["height"], HEIGHT_PER_END * ends + 60)
    chart = Chart(
        SOURCES,
        write_sources(state),
        _note(state, word),
        figure,
        make_sources_table(state),
        _legend(state),
        True,
    )
    return draw_chart_card(state.context, chart)


def make_sources_table(state: ParkState) -> ShownTable:
    """Every band with both its ends and its amount."""
    say, names, rows = state.say, name_nodes(state), state.rows(SOURCE_FLOW)
    cells = state.cells([*_passed(rows).values()])
    unit = state.unit_name(cells.unit)
    columns = (
        Column("giver", say("alignment.sources_from")),
        Column("taker", say("alignment.sources_to")),
        Column("leading", say("park.is_leading")),
        Column("amount", say("alignment.sources_amount", unit=unit), is_number=True),
    )
    return ShownTable(
        SOURCES,
        say("alignment.sources_table"),
        columns,
        tuple(
            (
                cells.text(names[row["giver"]], tone="wrap"),
                cells.text(names[row["taker"]], tone="wrap"),
                cells.text(_say_leading(state, row)),
                cells.money(row["amount"]),
            )
            for row in sorted(rows, key=_rank)
        ),
        note=_note(state, unit),
    )


def write_sources(state: ParkState) -> str:
    """How much was paid in and whose it is; how much of it went into leading industries, and how much was kept."""
    rows = state.rows(SOURCE_FLOW)
    given = {kind: sum(row["amount"] for row in rows if row["giver"] == f"nature:{kind}") for kind in NATURES}
    outside = sum(row["amount"] for row in rows if row["giver"] == "outside_giver")
    total = sum(given.values()) + outside
    if not total:
        return state.say("alignment.sources_none")
    told = {**{f"nature_{kind}": amount for kind, amount in given.items()}, "outside_giver": outside}
    parts = [
        state.say(
            "alignment.sources_part", name=state.say(f"flow.{name}"), share=format_percent(amount / total)
        )
        for name, amount in told.items()
        if amount
    ]
    into = [row for row in rows if row["taker"].startswith("industry:")]
    invested = sum(row["amount"] for row in into)
    leading = sum(row["amount"] for row in into if row["is_leading"])
    return state.say(
        "alignment.sources_finding" if invested else "alignment.sources_finding_idle",
        total=state.amount(total),
        parts=state.say("park.list").join(parts),
        invested=state.amount(invested),
        share=format_percent(leading / invested) if invested else "—",
    )


def name_nodes(state: ParkState) -> Mapping[str, str]:
    """What each node is called."""
    funds = {f"fund:{code}": name for code, name in state.fund_names().items()}
    nodes = {row[side] for row in state.rows(SOURCE_FLOW) for side in ("giver", "taker")}
    return {node: funds.get(node) or _name(state, node) for node in nodes}


def _name(state: ParkState, node: str) -> str:
    kind, _, code = node.partition(":")
    if kind != "industry":
        return state.say(f"flow.{node.replace(':', '_')}")
    industry, _, segment = code.partition("/")
    return name_segment(state, industry or None, segment or None)


def _note(state: ParkState, unit: str) -> str:
    code = "alignment.sources_note_through" if state.is_through else "alignment.sources_note"
    return state.say(code, unit=unit, day=state.day(state.context.as_of))


def _legend(state: ParkState) -> list[tuple[str, str]]:
    """What the colours mean, as far as they are there."""
    givers = {row["giver"] for row in state.rows(SOURCE_FLOW)}
    natures = [kind for kind in NATURES if f"nature:{kind}" in givers]
    told = [(SWATCHES.get(kind, kind), state.say(f"flow.nature_{kind}")) for kind in natures]
    kinds = (("between", "fund"), ("leading", "leading"), ("other", "other"))
    return [*told, *((swatch, state.say(f"park.legend_{what}")) for swatch, what in kinds)]


def _unit(state: ParkState) -> MoneyUnit:
    return choose_unit(_passed(state.rows(SOURCE_FLOW)).values())


def _passed(rows: tuple[Row, ...]) -> dict[str, int]:
    """What arrives at each node."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["taker"]] = sums.get(row["taker"], 0) + row["amount"]
    return sums


def _say_leading(state: ParkState, row: Row) -> str:
    if not row["taker"].startswith("industry:"):
        return ""
    return state.say("park.serves_yes" if row["is_leading"] else "park.serves_no")


def _rank(row: Row) -> tuple[int, str, int]:
    """In the order of the columns; larger amounts before smaller ones."""
    place = next((at for at, start in enumerate(GIVERS) if row["giver"].startswith(start)), len(GIVERS))
    return place, row["giver"], -row["amount"]
