"""The desk of who keeps the code book, on the pages of industries: forms, and what came of the last one."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.industries.code_book_forms import (
    draw_code_form,
    draw_edge_form,
    draw_industry_form,
    draw_reason,
    draw_segment_form,
)
from dashboard.pages.industries.industry_state import IndustryState
from funds.permissions import Action

# What a change draws anew, on the list and on the page of an industry alike.
PLACE, TOLD = "industries-page", "code-told"


def may_keep(context: PageContext) -> bool:
    """Whether the person keeps the code book, and looks at the book as it is now."""
    return context.visit.rights.may(Action.RECORD_CODE_BOOK) and context.as_known is None


def draw_new_industry(context: PageContext, told: Component | None) -> Component | None:
    """The way to a new industry."""
    if not may_keep(context):
        return None
    return _draw_desk(context, [draw_industry_form(context, None)], told)


def draw_desk(state: IndustryState, told: Component | None) -> Component | None:
    """Everything that can be put right about an industry and its chain."""
    if not may_keep(state.context):
        return None
    forms = [
        draw_industry_form(state.context, state),
        draw_segment_form(state),
        draw_edge_form(state),
        draw_code_form(state),
    ]
    return _draw_desk(state.context, forms, told)


def _draw_desk(context: PageContext, forms: list[Component], told: Component | None) -> Component:
    return html.Section(
        [
            html.H2(context.say("industry.desk"), className="card-title"),
            html.P(context.say("industry.desk_note"), className="card-note"),
            html.Div(draw_reason(context), className="fields"),
            html.Div(told, id=TOLD),
            *forms,
        ],
        className="card account code-desk",
    )
