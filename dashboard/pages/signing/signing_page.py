"""撬动成果签批: one person prepares and freezes the paper of a quarter, another signs, and everybody takes the same bytes."""

from collections.abc import Callable
from typing import Any, TypeVar

from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.jobs.job import StoredJob
from dashboard.pages.choices import Choice, draw_menu
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.signing.freezing import is_same_again
from dashboard.pages.signing.leverage_paper import NAME as DRAFT
from dashboard.pages.signing.leverage_paper import make_draft
from dashboard.pages.signing.paper_job import ask_for_paper, find_job
from dashboard.pages.signing.paper_progress import (
    CALL_OFF,
    TICK,
    call_off_paper,
    draw_paper_job,
    draw_tick,
    is_under_way,
    tell_end,
)
from dashboard.pages.signing.paper_quarters import (
    QUARTER,
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
from dashboard.pages.signing.signing_form import PREPARE, REASON, SIGN, draw_acts, draw_form
from funds.errors import LedgerError
from funds.permissions import Action
from funds.recording import sign_papers

BODY, TOLD = "signing-body", "signing-told"
Drawn = TypeVar("Drawn")


def lay_out(context: PageContext) -> Component:
    """The quarter to choose, what can be done about it, and every paper."""
    quarter, job = read_quarter(context), find_job(context.visit)
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
            html.Div(draw_body(context, job), id=BODY, className="signing-body"),
            draw_tick(job),
        ],
        className="overview signing",
    )


def register(app: GuardedApp) -> None:
    """Prepare and sign, where the verbs say who may; follow a paper that is being made."""
    _register_acts(app)
    _register_tick(app)


def _register_acts(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children"),
        Output(TOLD, "children"),
        Output(TICK, "disabled"),
        Input(PREPARE, "n_clicks"),
        Input({"type": SIGN, "paper": ALL}, "n_clicks"),
        Input({"type": CALL_OFF, "job": ALL}, "n_clicks"),
        State(REASON, "value"),
        State("url", "search"),
        needs=Action.INSPECT,
        prevent_initial_call=True,
    )
    def act(
        visit: Visit,
        prepare: int | None,
        signs: list[int | None],
        stops: list[int | None],
        reason: str | None,
        search: str | None,
    ) -> list[Any]:
        if not prepare and not any(signs) and not any(stops):
            return [no_update, no_update, no_update]
        context, trigger = read_context(visit, search, None, PATH), ctx.triggered_id
        try:
            if not isinstance(trigger, dict):
                told = _prepare(context, reason or "")
            else:
                told = call_off_paper(context) if "job" in trigger else _sign(context, trigger["paper"])
        except LedgerError as error:
            return [no_update, draw_faults(word_error(visit, error)), no_update]
        after, job = read_context(visit, search, None, PATH), find_job(visit)
        return [draw_body(after, job), draw_done(told), not is_under_way(job)]


def _register_tick(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(TOLD, "children", allow_duplicate=True),
        Output(TICK, "disabled", allow_duplicate=True),
        Input(TICK, "n_intervals"),
        State("url", "search"),
        needs=Action.INSPECT,
        prevent_initial_call=True,
    )
    def follow(visit: Visit, beats: int | None, search: str | None) -> list[Any]:
        if not beats:
            return [no_update, no_update, no_update]
        context = read_context(visit, search, None, PATH)
        job = find_job(visit)
        told = no_update if is_under_way(job) else tell_end(context)
        return [draw_body(context, job), told, not is_under_way(job)]


def draw_body(context: PageContext, job: StoredJob | None) -> list[Any]:
    """Everything that changes when a paper is prepared or signed; what the papers alone say is drawn once."""
    person = str(context.visit.person.person_id)

    def draw(desk: PaperDesk) -> Component:
        return html.P(_write_headline(desk), className="headline")

    def draw_list(desk: PaperDesk) -> Component:
        return html.Div(
            [draw_acts(desk), draw_table_card(context, make_table(desk))], className="signing-body"
        )

    return [
        draw_part_kept(context, (PATH, "headline", person), lambda: _look(context, draw)),
        _look(context, _draw_check) if CHECK in context.query else None,
        draw_paper_job(context, job),
        draw_form(context, is_busy=is_under_way(job)),
        draw_part_kept(context, (PATH, NAME, person), lambda: _look(context, draw_list)),
    ]


def _look(context: PageContext, draw: Callable[[PaperDesk], Drawn]) -> Drawn:
    with open_papers(context) as desk:
        return draw(desk)


def _prepare(context: PageContext, reason: str) -> str:
    quarter = read_quarter(context)
    ask_for_paper(context.visit, quarter, reason)
    return context.say("jobs.paper_asked", quarter=name_quarter(quarter, context.language))


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
