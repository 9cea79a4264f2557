"""The way from a fund or a firm to logging a deal, for whoever may."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.record_deal.deal_desk import COMPANY, FUND, PATH
from funds.kinds import ScopeKind
from funds.permissions import Action, Scope
from funds.queries.facts import NamedThing


def draw_fund_link(context: PageContext, fund: NamedThing) -> Component | None:
    """From a fund that the person records for."""
    scope = Scope(ScopeKind.FUND, fund.id)
    is_own = context.visit.rights.may(Action.RECORD_BUSINESS, scope)
    return _draw(context, FUND, fund.code) if is_own else None


def draw_company_link(context: PageContext, company: NamedThing) -> Component | None:
    """From a firm, for whoever records for any fund."""
    may = context.visit.may_do(Action.RECORD_BUSINESS)
    return _draw(context, COMPANY, company.code) if may else None


def _draw(context: PageContext, name: str, code: str) -> Component:
    link = dcc.Link(context.say("record_deal.link"), href=context.link(PATH, **{name: code}))
    return html.Span(link, className="deal-link")
