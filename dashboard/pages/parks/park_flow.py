"""Which links of which chains the park's money went into."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.figures.segments_sankey import Stream, draw_segments_sankey
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.parks.park_state import ParkState
from dashboard.pages.parks.park_switches import FlowPeriod, draw_flow_switch, read_flow
from dashboard.readings.industries.segments_flow import (
    ALL_TIME,
    SEGMENT_FLOW,
    THIS_YEAR,
    Band,
    group_small,
    total_links,
)
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_money, format_percent

# So many firms can be told apart in one picture.
MOST_FIRMS = 20
AMOUNTS = {FlowPeriod.ALL: ALL_TIME, FlowPeriod.YEAR: THIS_YEAR}


def draw_flow(state: ParkState) -> Component:
    """The switch, the flow and its table; where nothing was paid there is only the switch."""
    period = read_flow(state.context)
    switch = draw_flow_switch(state.context, period)
    bands, grouped = group_small(state.rows(SEGMENT_FLOW), AMOUNTS[period], MOST_FIRMS)
    if not bands:
        card = draw_empty_card(write_finding(state), state.say("park.flow_none_text"))
        return card if not state.rows(SEGMENT_FLOW) else _with_switch(card, switch)
    unit = choose_unit(band.amount for band in bands)
    name = state.unit_name(unit)
    figure = draw_segments_sankey(
        name_streams(state, bands, grouped),
        lambda fen: f"{format_money(fen, unit)} {name}",
        state.context.scheme,
    )
    note = state.say("park.flow_note", unit=name, day=state.day(state.context.as_of))
    if grouped:
        shown = len({band.company for band in bands} - {None})
        note += state.say("park.flow_grouped", shown=shown, count=grouped)
    legend = [("between", "fund"), ("leading", "leading"), ("other", "other")]
    words = [(swatch, state.say(f"park.legend_{what}")) for swatch, what in legend]
    chart = Chart("flow", write_finding(state), note, figure, make_flow_table(state), words, is_wide=True)
    above = html.Div([switch, _draw_bars(state, unit)])
    return html.Div(draw_chart_card(state.context, chart, above=above), className="park-flow")


def make_flow_table(state: ParkState) -> ShownTable:
    """Every firm that a fund paid into: its link, all that was paid, and what was paid this year."""
    rows = state.rows(SEGMENT_FLOW)
    cells = state.cells(row[ALL_TIME] for row in rows)
    unit, funds, year = state.unit_name(cells.unit), state.fund_names(), state.context.as_of.year
    say = state.say
    columns = (
        Column("company", say("park.company")),
        Column("fund", say("park.fund")),
        Column("segment", say("park.segment")),
        Column("is_leading", say("park.is_leading")),
        Column("all", say("park.amount_all", unit=unit), is_number=True),
        Column("year", say("park.amount_year", unit=unit, year=year), is_number=True),
    )
    made = tuple(
        (
            cells.text(row["name"]),
            cells.text(funds[row["fund"]]),
            cells.text(name_segment(state, row["industry"], row["segment"])),
            cells.text(say("park.serves_yes" if row["is_leading"] else "park.serves_no")),
            cells.money(row[ALL_TIME]),
            cells.money(row[THIS_YEAR]),
        )
        for row in rows
    )
    return ShownTable("flow", say("park.flow_table"), columns, made)


def write_finding(state: ParkState) -> str:
    """How much went into firms, how much of it into leading industries, and the largest link."""
    period, year = read_flow(state.context), state.context.as_of.year
    rows, amount = state.rows(SEGMENT_FLOW), AMOUNTS[period]
    is_year = period is FlowPeriod.YEAR
    total = sum(row[amount] for row in rows)
    if not total:
        code = "park.flow_none_year" if is_year else "park.flow_none"
        return state.say(code, day=state.day(state.context.as_of), year=year)
    leading = sum(row[amount] for row in rows if row["is_leading"])
    largest = total_links(rows, amount)[0]
    return state.say(
        "park.flow_finding_year" if is_year else "park.flow_finding",
        year=year,
        total=state.amount(total),
        share=format_percent(leading / total),
        segment=name_segment(state, largest.industry, largest.segment),
        amount=state.amount(largest.amount),
    )


def name_segment(state: ParkState, industry: str | None, segment: str | None) -> str:
    """A link of a chain by the names of its industry and its own."""
    if industry is None:
        return state.say("park.flow_untagged")
    names = {
        (state.slice.facts.industries[one.industry_id].code, one.code): one.name
        for one in state.slice.facts.segments.values()
        if one.industry_id in state.slice.facts.industries
    }
    name = names.get((industry, segment or ""))
    if name is None:
        return state.say("park.flow_no_segment", industry=state.names([industry]))
    return state.say("park.flow_segment", industry=state.names([industry]), segment=name)


def name_streams(state: ParkState, bands: Sequence[Band], grouped: int) -> list[Stream]:
    """The flow's streams under the names that they are shown by."""
    funds = state.fund_names()
    firms = {row["company"]: row["name"] for row in state.rows(SEGMENT_FLOW)}
    others = state.say("park.flow_others", count=grouped)
    return [
        Stream(
            funds[band.fund],
            others if band.company is None else firms[band.company],
            name_segment(state, band.industry, band.segment),
            band.is_leading,
            band.amount,
        )
        for band in bands
    ]


def _draw_bars(state: ParkState, unit: MoneyUnit) -> Component:
    """The links as a list of bars: what a narrow screen shows instead of the flow."""
    links = total_links(state.rows(SEGMENT_FLOW), AMOUNTS[read_flow(state.context)])
    bars = [
        html.Li(
            [
                html.Span(name_segment(state, link.industry, link.segment)),
                html.Span(format_money(link.amount, unit), className="number"),
                html.Span(
                    className=f"link-bar swatch-{'leading' if link.is_leading else 'other'}",
                    style={"width": f"{100 * link.amount / links[0].amount:.1f}%"},
                ),
            ]
        )
        for link in links
    ]
    title = f"{state.say('park.flow_bars')}（{state.unit_name(unit)}）"
    return html.Div([html.P(title, className="card-note"), html.Ol(bars)], className="link-bars")


def _with_switch(card: Component, switch: Component) -> Component:
    card.children = [*card.children, switch]
    return card
