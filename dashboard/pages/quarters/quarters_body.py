"""What stands on the page of a quarter: how far it is in one sentence, what one can do, and the tables."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.pages.choices import Choice, draw_menu
from dashboard.pages.context import PageContext
from dashboard.pages.quarters.fund_card import draw_act, draw_fund, list_acts
from dashboard.pages.quarters.quarters_acts import ALL_OF_THEM, REASON
from dashboard.pages.quarters.quarters_desk import QUARTER, QuartersDesk, list_ends
from dashboard.pages.quarters.quarters_tables import make_funds, make_parks
from dashboard.pages.quarters.restatement_card import make_restatements
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import empty_state
from dashboard.readings.portfolio.quarter_days import code_of_quarter, newest_end
from dashboard.readings.quarters.collection import QuarterState
from dashboard.words.numbers import format_date, format_quarter


def draw_quarter(desk: QuartersDesk, told: Component | None = None) -> list[Component | None]:
    """Everything on the page; `told` is what came of the last act."""
    heading = html.H1(desk.say("quarters.heading", quarter=desk.quarter_name), className="page-title")
    title = html.Div([heading, _draw_choice(desk.context, desk)], className="title-line")
    if not desk.state.funds:
        empty = empty_state(desk.context.visit, "quarters.empty_title", "quarters.empty_text")
        return [title, html.Section(empty, className="card")]
    has_late = any(one.restated for one in desk.state.funds)
    return [
        title,
        html.P(write_finding(desk.context, desk.state), className="headline"),
        _draw_deadlines(desk),
        told,
        _draw_acts(desk),
        *draw_fund(desk),
        draw_table_card(desk.context, make_funds(desk)),
        None if desk.chosen else draw_table_card(desk.context, make_parks(desk)),
        draw_table_card(desk.context, make_restatements(desk)) if has_late else None,
    ]


def write_finding(context: PageContext, state: QuarterState) -> str:
    """How many funds and parks are locked, who is late, and how many could be locked."""
    clauses = [
        context.say("quarters.says_funds", funds=len(state.funds), locked=state.locked),
    ]
    if state.parks_counted:
        clauses.append(
            context.say("quarters.says_parks", parks=state.parks_counted, locked=state.parks_locked)
        )
    missing = sum(one.filed is None for one in state.funds)
    if missing:
        clauses.append(context.say("quarters.says_missing", missing=missing, late=len(state.late)))
    else:
        clauses.append(context.say("quarters.says_all_filed"))
    return context.say("quarters.join").join(clauses) + context.say("quarters.stop")


def _draw_choice(context: PageContext, desk: QuartersDesk) -> Component:
    newest = newest_end(context.as_of)
    choices = [
        Choice(
            format_quarter(end, context.language),
            context.here(**{QUARTER: None if end == newest else code_of_quarter(end)}),
            is_chosen=end == desk.end,
        )
        for end in list_ends(context, desk.end)
    ]
    return html.Div(draw_menu(context, desk.say("quarters.quarter"), choices), className="quarters-choice")


def _draw_deadlines(desk: QuartersDesk) -> Component | None:
    """The last day of each step, and whether it is past."""
    known = [one for one in desk.state.deadlines if one.day is not None]
    if not known:
        return None
    items = []
    for one in known:
        day = format_date(one.day, desk.context.language)
        is_past = one.day is not None and one.day < desk.context.as_of
        words = desk.say(f"quarters.due_{one.step}", day=day)
        items.append(html.Li(words, className="past" if is_past else ""))
    if not all(one.is_checked for one in known):
        items.append(html.Li(desk.say("quarters.unchecked"), className="unchecked"))
    return html.Ul(items, className="quarters-deadlines")


def _draw_acts(desk: QuartersDesk) -> Component | None:
    """What this person can do: about the chosen fund, else about all that it concerns."""
    if desk.chosen is not None:
        code = desk.chosen.fund.code
        buttons = [
            draw_act(desk, name, code, is_quiet=name in ("remind", "unlock"))
            for name in list_acts(desk, desk.chosen)
        ]
        title = desk.say("quarters.acts_fund", fund=desk.chosen.fund.name)
    else:
        buttons = _draw_bulk(desk)
        title = desk.say("quarters.acts")
    if not buttons:
        return None
    reason = dmc.TextInput(
        id=REASON,
        label=desk.say("quarters.reason"),
        description=desk.say("quarters.reason_note"),
        debounce=True,
    )
    return html.Section(
        [
            html.H2(title, className="card-title"),
            reason,
            html.Div(buttons, className="acts"),
        ],
        className="card quarters-acts",
    )


def _draw_bulk(desk: QuartersDesk) -> list[Component]:
    if not desk.is_now:
        return []
    found = {"approve": desk.approvable(), "lock": desk.lockable(), "remind": desk.late_ones()}
    return [
        draw_act(desk, name, ALL_OF_THEM, count=len(ones), is_quiet=name == "remind")
        for name, ones in found.items()
        if ones
    ]
