"""Where state-owned money counts, as a switch that writes the address."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import BadAddress, PageContext
from dashboard.readings.money.capital import SoeTreatment

SOE = "soe"


def read_soe(context: PageContext) -> SoeTreatment:
    """The treatment in the address; apart where there is none."""
    text = context.query.get(SOE, SoeTreatment.APART.value)
    try:
        return SoeTreatment(text)
    except ValueError as fault:
        raise BadAddress("page.bad_soe", text=text[:20]) from fault


def draw_soe_switch(context: PageContext, chosen: SoeTreatment, below: Component) -> Component:
    """The section of leverage with its switch."""
    links = [
        dcc.Link(
            context.say(f"overview.soe_{treatment.value}"),
            href=_address(context, treatment),
            className="segment" + (" segment-chosen" if treatment is chosen else ""),
            # what says which one holds to those who do not see the colour
            title=context.say("overview.soe_chosen") if treatment is chosen else "",
        )
        for treatment in SoeTreatment
    ]
    switch = html.Div(
        [
            html.Span(context.say("overview.soe"), className="segment-name"),
            html.Div(links, className="segments"),
        ],
        className="segment-line",
        role="group",
        **aria(label=context.say("overview.soe")),
    )
    title = html.H2(context.say("overview.leverage"), className="section-title")
    return html.Section([html.Div([title, switch], className="section-line"), below])


def _address(context: PageContext, treatment: SoeTreatment) -> str:
    state = None if treatment is SoeTreatment.APART else treatment.value
    return context.here(**{SOE: state})
