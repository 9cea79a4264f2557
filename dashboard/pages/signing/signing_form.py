"""The drafts of a quarter's paper, the way to freeze them, and a button for each paper that waits for a signature."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.signing.leverage_paper import NAME as DRAFT
from dashboard.pages.signing.paper_quarters import last_day, name_quarter, read_quarter
from dashboard.pages.signing.papers_table import PaperDesk
from funds.permissions import Action

PREPARE, REASON, SIGN = "signing-prepare", "signing-reason", "signing-sign"
FORMS = (("pdf", "signing.draft_pdf"), ("xlsx", "signing.draft_xlsx"))


def draw_form(context: PageContext, *, is_busy: bool) -> Component:
    """The drafts, and (for who may, and makes none already) the way to freeze them."""
    say, quarter = context.say, read_quarter(context)
    name = name_quarter(quarter, context.language)
    drafts = [
        html.A(say(words), href=context.paper_link(DRAFT, form), className="paper-link")
        for form, words in FORMS
    ]
    is_free = context.as_known is None and not is_busy
    may = is_free and context.visit.rights.may(Action.PREPARE_PAPER)
    note = say("signing.form_note", day=last_day(quarter).isoformat(), version=context.version)
    return html.Section(
        [
            html.H2(say("signing.form", quarter=name), className="card-title"),
            html.P(note, className="card-note"),
            html.Div([html.Span(say("signing.draft")), *drafts], className="paper-offer"),
            dmc.TextInput(
                id=REASON,
                label=say("signing.reason"),
                description=say("signing.reason_note"),
                value="",
                debounce=True,
                className="" if may else "unseen",
                disabled=not may,
            ),
            html.Div(
                html.Button(
                    say("signing.prepare"), id=PREPARE, type="button", className="button", disabled=not may
                ),
                className="acts" if may else "unseen",
            ),
        ],
        className="card signing-form",
    )


def draw_acts(desk: PaperDesk) -> Component | None:
    """A button for each paper that waits, for who may sign it."""
    context = desk.context
    if context.as_known is not None:
        return html.P(desk.say("signing.past_version"), className="card-note")
    me = context.visit.person.person_id
    own = [paper for paper in desk.waiting if paper.prepared.person_id != me]
    if not own or not context.visit.rights.may(Action.SIGN_PAPER):
        return None
    buttons = [
        html.Button(
            desk.say("signing.sign", quarter=paper.quarter, paper=paper.id),
            id={"type": SIGN, "paper": str(paper.id)},
            type="button",
            className="button",
        )
        for paper in own
    ]
    head = html.H2(desk.say("signing.acts"), className="card-title")
    return html.Section([head, html.Div(buttons, className="acts")], className="card")
