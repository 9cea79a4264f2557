"""The way from a fund's, a firm's or a park's own page to where its records are kept, for who may."""

from dash import dcc
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.upkeep.upkeep_desk import PATH, TAB, THING
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope


def draw_edit_link(context: PageContext, tab: str, code: str, fund_id: int | None = None) -> Component | None:
    """The link; nothing where the person keeps no such records."""
    rights = context.visit.rights
    may = rights.may_somewhere(Action.RECORD_REFERENCE)
    if fund_id is not None:
        may = may and rights.may(Action.RECORD_BUSINESS, Scope(ScopeKind.FUND, fund_id))
    if not may or context.as_known is not None:
        return None
    return dcc.Link(
        context.say("upkeep.edit"), href=context.link(PATH, **{TAB: tab, THING: code}), className="edit-link"
    )
