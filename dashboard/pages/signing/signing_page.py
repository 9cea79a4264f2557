"""撬动成果签批: one person prepares and freezes the paper of a quarter, another signs, and everybody takes the same bytes."""

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.choices import Choice, draw_menu
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.signing.freezing import freeze_paper, is_same_again
from dashboard.pages.signing.leverage_paper import NAME as DRAFT
from dashboard.pages.signing.leverage_paper import make_draft
from dashboard.pages.signing.paper_quarters import (
    QUARTER,
    last_day,
    list_quarters,
    name_quarter,
    read_quarter,
)
from dashboard.pages.signing.papers_table import (
    CHECK,
    NAME,
    PATH,
    PaperDesk,
    find_checked,
    make_papers_table,
    make_table,
    open_papers,
)
from funds.errors import LedgerError
from funds.permissions import Action
from funds.recording import prepare_papers, sign_papers

BODY, TOLD, PREPARE, REASON = (
    "signing-body",
    "signing-told",
    "signing-prepare",
    "signing-reason",
)
SIGN = "signing-sign"
FORMS = (("pdf", "signing.draft_pdf"), ("xlsx", "signing.draft_xlsx"))


def lay_out(context: PageContext) -> Component:
    """The quarter to choose, what can be done about it, and every paper."""
    quarter = read_quarter(context)
    return html.Div(
        [
            html.Div(
                [
                    html.H1(context.say("page.signing"), className="page-title"),
                    _draw_quarters(context, quarter),
                ],
                className="title-line",
            ),
            html.Div(id=TOLD),
            html.Div(draw_body(context), id=BODY, className="signing-body"),
        ],
        className="overview signing",
    )


def register(app: GuardedApp) -> None:
    """Prepare and sign; the verbs say who may."""

    @app.callback(
        Output(BODY, "children"),
        Output(TOLD, "children"),
        Input(PREPARE, "n_clicks"),
        Input({"type": SIGN, "paper": ALL}, "n_clicks"),
        State(REASON, "value"),
        State("url", "search"),
        needs=Action.INSPECT,
        prevent_initial_call=True,
    )
    def act(
        visit: Visit,
        prepare: int | None,
        signs: list[int | None],
        reason: str | None,
        search: str | None,
    ) -> list[Any]:
        if not prepare and not any(signs):
            return [no_update, no_update]
        context, trigger = read_context(visit, search, None, PATH), ctx.triggered_id
        try:
            is_sign = isinstance(trigger, dict)
            told = _sign(context, trigger["paper"]) if is_sign else _prepare(context, reason or "")
        except LedgerError as error:
            return [no_update, draw_faults(word_error(visit, error))]
        return [draw_body(read_context(visit, search, None, PATH)), draw_done(told)]


def draw_body(context: PageContext) -> list[Component | None]:
    """Everything that changes when a paper is prepared or signed."""
    with open_papers(context) as desk:
        checked = find_checked(desk)
        return [
            html.P(_write_headline(desk), className="headline"),
            None if checked is None else _draw_check(desk),
            _draw_form(desk),
            _draw_acts(desk),
            draw_table_card(context, make_table(desk)),
        ]


def _prepare(context: PageContext, reason: str) -> str:
    visit = context.visit
    visit.rights.require(Action.PREPARE_PAPER)
    draft = freeze_paper(context, read_quarter(context), reason)
    with visit.book.change(visit.person.login, reason.strip() or "signing.why_prepare", "prepare") as change:
        prepare_papers(change, [draft])
    with open_papers(read_context(visit, "", None, PATH)) as desk:
        return context.say("signing.done_prepared", paper=desk.papers[0].id)


def _sign(context: PageContext, paper: object) -> str:
    visit = context.visit
    number = (
        int(paper)
        if isinstance(paper, str) and paper.isascii() and paper.isdigit() and len(paper) < 19
        else 0
    )
    with visit.book.change(visit.person.login, "signing.why_sign", "sign") as change:
        sign_papers(change, [number])
    return context.say("signing.done_signed", paper=number, version=change.revision_id)


def _write_headline(desk: PaperDesk) -> str:
    said = desk.say("signing.headline_none")
    if desk.in_force:
        paper = max(desk.in_force, key=lambda one: one.quarter)
        said = desk.say(
            "signing.headline",
            quarter=name_quarter(paper.quarter, desk.context.language),
            prepared=desk.name_person(paper.prepared),
            signed=desk.name_person(paper.signed or paper.prepared),
            version=paper.known_version,
        )
    waiting = len(desk.waiting)
    if not waiting:
        return said
    gap = "" if desk.context.language == "zh" else " "
    return gap.join((said, desk.say("signing.waiting", count=waiting)))


def _draw_quarters(context: PageContext, quarter: str) -> Component:
    offered = list_quarters(context.visit.book.today())
    every = offered if quarter in offered else [quarter, *offered]
    choices = [
        Choice(
            name_quarter(one, context.language),
            context.here(**{QUARTER: one, CHECK: None}),
            is_chosen=one == quarter,
        )
        for one in every
    ]
    return draw_menu(context, context.say("signing.quarter"), choices)


def _draw_check(desk: PaperDesk) -> Component | None:
    paper = find_checked(desk)
    if paper is None:
        return None
    is_same = is_same_again(desk.context.visit, paper)
    kept = paper.file("json")
    told = desk.say(
        f"signing.check_{'same' if is_same else 'differs'}",
        paper=paper.id,
        version=paper.known_version,
        digest=kept.sha256[:12] if kept else "",
    )
    return draw_done(told) if is_same else draw_faults([told])


def _draw_form(desk: PaperDesk) -> Component:
    """The drafts, and (for who may) the way to freeze them."""
    context, say = desk.context, desk.say
    quarter = read_quarter(context)
    name = name_quarter(quarter, context.language)
    drafts = [
        html.A(say(words), href=context.paper_link(DRAFT, form), className="paper-link", download="")
        for form, words in FORMS
    ]
    may = context.visit.rights.may(Action.PREPARE_PAPER) and context.as_known is None
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


def _draw_acts(desk: PaperDesk) -> Component | None:
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


PAGE = Page(
    PATH,
    "page.signing",
    Action.INSPECT,
    lay_out,
    register,
    group="work.group",
    tables={NAME: make_papers_table},
    papers={DRAFT: make_draft},
)
