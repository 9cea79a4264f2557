"""The way from a record to its history, for pages that list records."""

from dash import dcc
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from funds.permissions import Action


def draw_history_link(context: PageContext, table: str, row_id: int) -> Component | None:
    """A link to who changed the record, when and why; nothing for who may not read the trail."""
    if not context.visit.may_do(Action.READ_TRAIL):
        return None
    link: Component = dcc.Link(context.say("trail.history"), href=context.link(f"/history/{table}/{row_id}"))
    return link
