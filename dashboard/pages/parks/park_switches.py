"""The switches of a park's page, which write the address: how tags count, and which payments the flow shows."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import FIRST_DAY, BadAddress, PageContext
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.words.numbers import format_date

MODE, FLOW = "mode", "flow"
# Whether funds of funds are looked through; the first day of a chosen period of payments.
THROUGH, FROM = "through", "from"
YES = "1"
# The periods on offer, in months up to the as-of date.
MONTHS = (12, 36)


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


def read_through(context: PageContext) -> bool:
    """Whether the address asks to look through; not where it says nothing."""
    text = context.query.get(THROUGH)
    if text not in (None, YES):
        raise BadAddress("page.bad_through", text=text[:20])
    return text == YES


def read_since(context: PageContext) -> date | None:
    """The first day of the period that the address names."""
    text = context.query.get(FROM)
    if text is None:
        return None
    try:
        since = date.fromisoformat(text)
    except ValueError as fault:
        raise BadAddress("page.bad_from", text=text[:20]) from fault
    if not FIRST_DAY <= since <= context.as_of:
        raise BadAddress("page.bad_from", text=text[:20])
    return since


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


def draw_through_switch(context: PageContext, *, is_through: bool) -> Component:
    """What the funds hold themselves, or also what they hold through other funds."""
    options = [
        (context.say("alignment.direct"), context.here(**{THROUGH: None}), not is_through),
        (context.say("alignment.through"), context.here(**{THROUGH: YES}), is_through),
    ]
    note = context.say("alignment.through_note" if is_through else "alignment.direct_note")
    return _draw_switch(context, context.say("alignment.look_through"), options, note)


def draw_period_switch(context: PageContext, since: date | None) -> Component:
    """Payments of the calendar year, or of the last months up to the as-of date."""
    offered = {count_back(context.as_of, months): months for months in MONTHS}
    options = [
        (context.say("park.flow_year", year=context.as_of.year), context.here(**{FROM: None}), since is None)
    ]
    for day, months in offered.items():
        words = context.say("alignment.period_months", months=months)
        options.append((words, context.here(**{FROM: day.isoformat()}), day == since))
    note = ""
    if since is not None:
        days = [format_date(day, context.language) for day in (since, context.as_of)]
        note = context.say("alignment.period_note", first=days[0], last=days[1])
    return _draw_switch(context, context.say("alignment.period"), options, note)


def count_back(day: date, months: int) -> date:
    """The first day of so many months that end with a day: 12 months to 31 December begin on 1 January."""
    after = day + timedelta(days=1)
    years, month = divmod(after.year * 12 + after.month - 1 - months, 12)
    return date(years, month + 1, min(after.day, monthrange(years, month + 1)[1]))


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
