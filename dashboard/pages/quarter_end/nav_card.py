"""The fund's value at a quarter's end: the reported one beside the derived one, the bridge, and the form to report."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.figures.nav_bridge import BridgeStep, draw_nav_bridge
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.quarter_end.nav_tables import BRIDGE, coarse_unit_of, make_bridge, make_nav
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk
from dashboard.pages.shown_table import draw_table_card
from dashboard.words.numbers import MoneyUnit, format_money, format_yuan
from funds.kinds import NavSource
from funds.permissions import Action

VALUE, SOURCE, INVESTOR, SAVE, TOLD = (
    "qe-nav-value",
    "qe-nav-source",
    "qe-nav-investor",
    "qe-nav-save",
    "qe-nav-told",
)
WHOLE_FUND = "whole"


def draw_nav(desk: QuarterDesk) -> Component:
    """Items and form beside the bridge."""
    form = _draw_form(desk) if desk.may(Action.RECORD_BUSINESS) else None
    return html.Div(
        [draw_table_card(desk.context, make_nav(desk), below=form), _draw_bridge(desk)], className="page-grid"
    )


def _draw_bridge(desk: QuarterDesk) -> Component:
    roll = desk.roll
    unit = coarse_unit_of(roll)  # on a phone there is no room for longer numbers; the table has them
    moved = [(key, value) for key, value in roll.bridge.steps if value]
    steps = [
        _step(desk, desk.say("quarter_end.opening"), roll.bridge.opening, unit, is_total=True),
        *(_step(desk, desk.say(f"fund.step_{key}"), value, unit) for key, value in moved),
        _step(desk, desk.say("quarter_end.closing"), roll.derived, unit, is_total=True),
    ]
    table = make_bridge(desk)
    figure = draw_nav_bridge(steps, desk.say(unit.code), desk.context.scheme)
    return draw_chart_card(desk.context, Chart(BRIDGE, table.title, table.note, figure, table))


def _step(desk: QuarterDesk, name: str, fen: int, unit: MoneyUnit, *, is_total: bool = False) -> BridgeStep:
    sign = "+" if fen > 0 and not is_total else ""
    hover = f"{name}<br>{sign}{format_yuan(fen)} {desk.say('unit.yuan')}"
    return BridgeStep(name, fen / unit.value, f"{sign}{format_money(fen, unit)}", hover, is_total)


def _draw_form(desk: QuarterDesk) -> Component:
    """Report the value of the whole fund, or of one investor's account."""
    say = desk.say
    sources = [{"value": str(one), "label": say(f"trail.navsource_{one}")} for one in NavSource]
    investors = [{"value": WHOLE_FUND, "label": say("quarter_end.whole_fund")}]
    investors += [{"value": code, "label": name} for code, name in list_investors(desk)]
    return html.Div(
        [
            html.H3(say("quarter_end.report_nav"), className="quarter-form-title"),
            html.Div(
                [
                    dmc.TextInput(
                        id=VALUE,
                        label=say("quarter_end.nav_value"),
                        description=say("quarter_end.nav_value_note"),
                        debounce=True,
                    ),
                    dmc.Select(
                        id=SOURCE,
                        label=say("quarter_end.nav_source"),
                        data=sources,
                        value=str(NavSource.MANAGER_REPORT),
                        allowDeselect=False,
                    ),
                    dmc.Select(
                        id=INVESTOR,
                        label=say("quarter_end.nav_of"),
                        data=investors,
                        value=WHOLE_FUND,
                        allowDeselect=False,
                        searchable=True,
                    ),
                ],
                className="quarter-nav-fields",
            ),
            html.Div(
                html.Button(say("quarter_end.save_nav"), id=SAVE, type="button", className="button"),
                className="acts",
            ),
            html.Div(id=TOLD),
        ],
        className="quarter-acts",
    )


def list_investors(desk: QuarterDesk) -> list[tuple[str, str]]:
    """Code and name of everybody who committed to the fund; a fund of the book goes by its own."""
    changes, facts = desk.slice.commitments, desk.slice.facts
    funds = desk.slice.fund_of_party
    found = {}
    for party in sorted(set(changes.investor.tolist())):
        one = facts.funds[funds[party]] if party in funds else facts.parties.get(party)
        if one is not None:
            found[one.code] = one.name
    return sorted(found.items())
