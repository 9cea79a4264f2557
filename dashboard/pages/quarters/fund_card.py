"""The cards of one fund at one quarter: its checks, its control totals, and the form of what comes late."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.quarter_forms import LATE_FIELDS, LATE_KINDS, TOTAL_FIELDS
from dashboard.pages.quarters.quarters_acts import ACT
from dashboard.pages.quarters.quarters_desk import FUND, QuartersDesk
from dashboard.pages.quarters.quarters_tables import make_checks
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.quarters.collection import FundQuarter
from dashboard.words.numbers import format_yuan
from funds.permissions import Action
from funds.queries.facts import FundFacts

TOTAL, LATE = "quarters-total", "quarters-late"
SAVE, TOLD = "save", "told"


def draw_fund(desk: QuartersDesk) -> list[Component | None]:
    """Everything about the chosen fund; nothing where none is chosen."""
    chosen = desk.chosen
    if chosen is None:
        return []
    back = dcc.Link(desk.say("quarters.all_funds"), href=desk.context.here(**{FUND: None}))
    title = html.H2(desk.say("quarters.fund_title", fund=chosen.fund.name, quarter=desk.quarter_name))
    words = html.P(_write_standing(desk, chosen), className="card-note")
    return [
        html.Div([title, back], className="section-line quarters-fund"),
        words,
        draw_table_card(desk.context, make_checks(desk)),
        _draw_totals(desk, chosen),
        _draw_late(desk, chosen),
    ]


def draw_act(
    desk: QuartersDesk, name: str, fund: str, *, count: int = 1, is_quiet: bool = False
) -> Component:
    """A button; `count` is how many funds it means."""
    button: Component = html.Button(
        desk.say(f"quarters.act_{name}", count=count),
        id={"type": ACT, "act": name, "fund": fund},
        type="button",
        className="button quiet" if is_quiet else "button",
    )
    return button


def list_acts(desk: QuartersDesk, one: FundQuarter) -> list[str]:
    """What this person can do about a fund's quarter now."""
    if not desk.is_now:
        return []
    acts = []
    if one.lock is None and desk.may(Action.RECORD_BUSINESS, one):
        acts.append("file")
    if one.is_late and desk.may(Action.LOCK_QUARTER, one):
        acts.append("remind")
    if one in desk.lockable():
        acts.append("lock")
    if one in desk.approvable():
        acts.append("approve")
    if one.lock is not None and one.waits_for("unlock") is None and desk.may(Action.LOCK_QUARTER, one):
        acts.append("unlock")
    return acts


def _write_standing(desk: QuartersDesk, one: FundQuarter) -> str:
    """Locked by whom, or what is still open."""
    if one.lock is not None:
        return desk.say(
            "quarters.standing_locked",
            day=one.lock.day,
            proposer=desk.state.name(one.lock.proposer_id),
            approver=desk.state.name(one.lock.approver_id),
            version=one.lock.version,
            reason=one.lock.reason,
        )
    if one.is_green:
        return desk.say("quarters.standing_green")
    return desk.say("quarters.standing_open", count=len(one.checks) - one.green)


def _draw_totals(desk: QuartersDesk, one: FundQuarter) -> Component | None:
    """What a mother's manager counted, child by child, and the form to file it."""
    children = _children(desk, one)
    if not children or one.lock is not None or not desk.is_now or not desk.may(Action.RECORD_BUSINESS, one):
        return None
    filed = {total.child_id: total for total in desk.state.totals if total.mother_id == one.fund.id}
    lines = [
        html.Li(
            desk.say(
                "quarters.total_filed",
                child=child.name,
                called=format_yuan(filed[child.id].called_fen),
                distributed=format_yuan(filed[child.id].distributed_fen),
            )
            if child.id in filed
            else desk.say("quarters.total_missing", child=child.name)
        )
        for child in children
    ]
    choices = [{"value": child.code, "label": child.name} for child in children]
    fields = [_field(desk, TOTAL, name, choices if name == "child" else None) for name in TOTAL_FIELDS]
    return _draw_form(desk, TOTAL, fields, html.Ul(lines, className="quarters-totals"))


def _draw_late(desk: QuartersDesk, one: FundQuarter) -> Component | None:
    """The form of what comes late, where the quarter is locked."""
    if one.lock is None or not desk.is_now or not desk.may(Action.RECORD_BUSINESS, one):
        return None
    choices = [{"value": kind, "label": desk.say(f"quarters.brings_{kind}")} for kind in LATE_KINDS]
    fields = [_field(desk, LATE, name, choices if name == "kind" else None) for name in LATE_FIELDS]
    return _draw_form(desk, LATE, fields, None)


def _draw_form(
    desk: QuartersDesk, form: str, fields: Sequence[Component], above: Component | None
) -> Component:
    save = html.Button(
        desk.say(f"{form.replace('-', '.')}_save"), id=f"{form}-{SAVE}", type="button", className="button"
    )
    return html.Section(
        [
            html.H2(desk.say(f"{form.replace('-', '.')}_title"), className="card-title"),
            html.P(desk.say(f"{form.replace('-', '.')}_note"), className="card-note"),
            above,
            html.Div([*fields, html.Div(save, className="acts")], className="fields"),
            html.Div(id=f"{form}-{TOLD}"),
        ],
        className="card quarters-form",
    )


def _field(desk: QuartersDesk, form: str, name: str, choices: Sequence[dict[str, str]] | None) -> Component:
    """A field that keeps what is typed in this tab until the form is sent."""
    fund = "" if desk.chosen is None else desk.chosen.fund.code
    common = {
        "id": f"{form}-{name}",
        "label": desk.say(f"{form.replace('-', '.')}_{name}"),
        "persistence": f"{desk.context.visit.person.login}.{fund}.{desk.quarter}",
        "persistence_type": "session",
    }
    if choices is not None:
        select: Component = dmc.Select(
            data=list(choices), searchable=True, nothingFoundMessage=desk.say("switcher.nothing"), **common
        )
        return select
    text: Component = dmc.TextInput(
        debounce=True, description=desk.say(f"{form.replace('-', '.')}_{name}_note"), **common
    )
    return text


def _children(desk: QuartersDesk, one: FundQuarter) -> list[FundFacts]:
    """The funds of the book in which this fund has a commitment, as far as they may be read."""
    if desk.slice is None:
        return []
    rows = desk.slice.ledger.commitments
    codes = {
        fund
        for fund, who in zip(rows.fund.tolist(), rows.investor.tolist(), strict=True)
        if who == one.fund.party_id
    }
    return [fund for fund in desk.slice.readable_funds if fund.id in codes]
