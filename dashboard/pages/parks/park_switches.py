"""The switches of a park's page, which write the address: how tags count, and which payments the flow shows."""

from collections.abc import Sequence
from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import BadAddress, PageContext
from dashboard.readings.industries.alignment_pieces import TagMode

MODE, FLOW = "mode", "flow"


class FlowPeriod(StrEnum):
    """All that was ever paid into firms, or what was paid in the as-of year."""

    ALL = "all"
    YEAR = "year"


def read_mode(context: PageContext) -> TagMode:
    """How tags count, as the address says; by the main tag where it says nothing."""
    text = context.query.get(MODE, TagMode.PRIMARY.value)
    try:
        return TagMode(text)
    except ValueError as fault:
        raise BadAddress("page.bad_mode", text=text[:20]) from fault


def read_flow(context: PageContext) -> FlowPeriod:
    """Which payments the flow shows, as the address says; all of them where it says nothing."""
    text = context.query.get(FLOW, FlowPeriod.ALL.value)
    try:
        return FlowPeriod(text)
    except ValueError as fault:
        raise BadAddress("page.bad_flow", text=text[:20]) from fault


def name_mode(context: PageContext, mode: TagMode) -> str:
    """The mode in words."""
    return context.say(f"park.mode_{mode}")


def draw_mode_switch(context: PageContext, chosen: TagMode) -> Component:
    """The three ways in which tags count, with what the chosen one means."""
    options = [
        (
            context.say(f"park.mode_{mode}"),
            context.here(**{MODE: None if mode is TagMode.PRIMARY else mode.value}),
            mode is chosen,
        )
        for mode in TagMode
    ]
    return _draw_switch(context, context.say("park.mode"), options, context.say(f"park.mode_{chosen}_note"))


def draw_flow_switch(context: PageContext, chosen: FlowPeriod) -> Component:
    """All payments, or this year's."""
    options = [
        (context.say("park.flow_all"), context.here(**{FLOW: None}), chosen is FlowPeriod.ALL),
        (
            context.say("park.flow_year", year=context.as_of.year),
            context.here(**{FLOW: FlowPeriod.YEAR.value}),
            chosen is FlowPeriod.YEAR,
        ),
    ]
    return _draw_switch(context, context.say("park.flow"), options)


def _draw_switch(
    context: PageContext, name: str, options: Sequence[tuple[str, str, bool]], note: str = ""
) -> Component:
    links = [
        dcc.Link(
            words,
            href=address,
            className="segment" + (" segment-chosen" if is_chosen else ""),
            # what says which one holds to those who do not see the colour
            title=context.say("park.chosen") if is_chosen else "",
        )
        for words, address, is_chosen in options
    ]
    return html.Div(
        [
            html.Span(name, className="segment-name"),
            html.Div(links, className="segments"),
            html.Span(note, className="segment-note") if note else None,
        ],
        className="segment-line",
        role="group",
        **aria(label=name),
    )
