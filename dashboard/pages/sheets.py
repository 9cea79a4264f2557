"""A long list comes sheet by sheet: where somebody stands in it, and the way to the sheets before and after."""

from collections.abc import Callable

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.words.numbers import format_count


def count_sheets(total: int, size: int) -> int:
    """How many sheets a list takes; an empty one takes one."""
    return max(1, -(-total // size))


def draw_steps(
    context: PageContext, sheet: int, last: int, address: Callable[[int], str]
) -> Component | None:
    """The way to the sheets beside this one, each at its address; nothing where one sheet holds it all."""
    if last <= 1:
        return None
    text = context.say("trail.sheet", sheet=format_count(sheet), last=format_count(last))

    def step(code: str, to: int) -> Component:
        is_there = 1 <= to <= last
        words = context.say(code)
        return dcc.Link(words, href=address(to)) if is_there else html.Span(words, className="trail-step-off")

    return html.Nav(
        [step("trail.sheet_before", sheet - 1), html.Span(text), step("trail.sheet_after", sheet + 1)],
        className="trail-sheets",
        **aria(label=context.say("trail.sheets")),
    )
