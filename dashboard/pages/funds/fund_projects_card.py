"""The projects of a fund of which a state was filed: how far each has come, before there is any holding too."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.funds.fund_view import FundView
from dashboard.pages.record_deal.project_steps import draw_steps
from dashboard.readings.portfolio.project_life import read_steps


def draw_projects(view: FundView) -> Component | None:
    """One line of states for each project; nothing where none was filed."""
    facts = view.slice.facts
    filed = {stage.company_id for stage in facts.stages if stage.fund_id == view.fund.id}
    firms = sorted(
        (facts.companies[one] for one in filed if one in facts.companies), key=lambda one: one.code
    )
    if not firms:
        return None
    lines = [
        html.Div(
            [
                html.P(dcc.Link(firm.name, href=view.context.link(f"/companies/{firm.code}"))),
                draw_steps(view.context.visit, read_steps(view.slice, view.fund.id, firm.id)),
            ],
            className="fund-project",
        )
        for firm in firms
    ]
    title = html.H2(view.say("record_deal.projects", count=len(firms)), className="card-title")
    note = html.P(view.say("record_deal.projects_note"), className="card-note")
    return html.Section([title, note, *lines], className="card")
