"""All that stands on the page of a quarter's end, drawn anew after each act."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.quarter_end import funds_table, marks_form, marks_table, nav_card, review_form
from dashboard.pages.quarter_end.quarter_desk import FUND, PATH, QUARTER, QuarterDesk, open_desk
from dashboard.pages.shown_table import SORT, draw_table_card
from dashboard.pages.states import draw_state
from dashboard.pages.switcher import SWITCHER
from dashboard.readings.portfolio.quarter_days import code_of_quarter

BODY = "qe-body"


def draw_quarter(context: PageContext, told: Component | None = None) -> list[Component | None]:
    """Everything on the page; `told` is what came of the last act."""
    desk = open_desk(context)
    if desk.fund is None:
        title = html.H1(context.say("page.quarter_end"), className="page-title")
        return [
            title,
            draw_state(
                "empty", context.say("quarter_end.empty_title"), context.say("quarter_end.empty_text")
            ),
        ]
    quarter = desk.name_quarter(desk.end)
    heading = context.say("quarter_end.heading", fund=desk.fund.name, quarter=quarter)
    funds = funds_table.make_funds(desk)
    return [
        html.Div(
            [html.H1(context.say("page.quarter_end"), className="page-title"), _draw_choices(desk)],
            className="title-line",
        ),
        html.P(f"{heading}{marks_table.write_finding(desk)}", className="headline"),
        told,
        marks_form.draw_marks(desk),
        review_form.draw_review(desk),
        nav_card.draw_nav(desk),
        draw_table_card(context, funds) if len(funds.rows) > 1 else None,
    ]


def _draw_choices(desk: QuarterDesk) -> Component:
    """The way to another fund, and to another quarter."""
    funds = [(desk.context.here(**{FUND: one.code, SORT: None}), one.name) for one in desk.funds]
    here = desk.context.here(**{FUND: desk.chosen.code, SORT: None})
    quarters = [
        (_to_quarter(desk, code_of_quarter(end)), desk.name_quarter(end)) for end in desk.list_quarters()
    ]
    return html.Div(
        [
            _draw_choice(desk, "fund", funds, here, 300),
            _draw_choice(desk, "quarter", quarters, _to_quarter(desk, desk.quarter), 170),
        ],
        className="quarter-choices",
    )


def _to_quarter(desk: QuarterDesk, quarter: str) -> str:
    return desk.context.here(**{FUND: desk.chosen.code, QUARTER: quarter, SORT: None})


def _draw_choice(
    desk: QuarterDesk, what: str, places: list[tuple[str, str]], here: str, width: int
) -> Component:
    select: Component = dmc.Select(
        id={"type": SWITCHER, "path": f"{PATH}#{what}"},
        data=[{"value": address, "label": name} for address, name in places],
        value=here,
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=desk.say("switcher.nothing"),
        size="sm",
        w=width,
        className="switcher",
        **aria(label=desk.say(f"quarter_end.choose_{what}")),
    )
    return select
