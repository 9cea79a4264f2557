"""The way from a park, or from the parks, to their comparison."""

from datetime import date

from dash import dcc
from dash.development.base_component import Component

from dashboard.pages.context import FIRST_DAY, PageContext

PATH = "/compare"
LEFT, RIGHT, AT = "left", "right", "@"
LEAP_DAY = (2, 29)


def draw_compare_way(context: PageContext, code: str | None = None) -> Component:
    """The link: of a park to itself a year before, else to the page that lets one choose."""
    if code is None:
        return dcc.Link(context.say("compare.link_parks"), href=context.link(PATH), className="compare-way")
    before, now = (f"park:{code}{AT}{day}" for day in (a_year_before(context.as_of), context.as_of))
    href = context.link(PATH, **{LEFT: before, RIGHT: now})
    return dcc.Link(context.say("compare.link"), href=href, className="compare-way")


def a_year_before(day: date) -> date:
    """The same day of the year before; of a leap day the last of February."""
    year = max(day.year - 1, FIRST_DAY.year)
    return date(year, 2, 28) if (day.month, day.day) == LEAP_DAY else day.replace(year=year)
