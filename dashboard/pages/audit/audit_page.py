"""审计抽样: samples drawn by amount, each line beside its documents, and what was found and answered."""

import secrets
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.audit_sample import SampleForm, read_sample
from dashboard.pages.audit.audit_desk import ITEM, PATH, SAMPLE, AuditDesk, open_audit
from dashboard.pages.audit.audit_tables import (
    ITEMS,
    SAMPLES,
    make_items,
    make_items_table,
    make_samples,
    make_samples_table,
)
from dashboard.pages.audit.item_card import ACT, WORDS, draw_item
from dashboard.pages.context import BadAddress, PageContext, read_context
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.signing.paper_quarters import list_quarters, name_quarter
from dashboard.readings.money.audit_lines import draw_audit
from funds.drafts.signing import DrawnLine, FindingDraft, SampleDraft
from funds.errors import LedgerError
from funds.kinds import AuditStep, Basis
from funds.permissions import Action
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from funds.recording import record_findings, record_samples
from funds.recording.papers import end_of_quarter

BODY, TOLD, DRAW = "audit-body", "audit-told", "audit-draw"
FIELD = "audit"
USUAL_WANTED = "20"


def lay_out(context: PageContext) -> Component:
    """Samples; with one in the address its lines, with a line in it that line."""
    return html.Div(
        [
            html.H1(context.say("page.audit"), className="page-title"),
            html.Div(id=TOLD),
            html.Div(draw_body(context), id=BODY, className="audit-body"),
        ],
        className="overview audit",
    )


def register(app: GuardedApp) -> None:
    """Draw a sample, and take a line a step on."""

    @app.callback(
        Output(TOLD, "children"),
        Output(BODY, "children"),
        Input(DRAW, "n_clicks"),
        Input({"type": ACT, "step": ALL, "item": ALL}, "n_clicks"),
        *(State(f"{FIELD}-{name}", "value") for name in ("quarter", "basis", "wanted", "seed")),
        State({"type": WORDS, "item": ALL}, "value"),
        State("url", "search"),
        needs=Action.READ,
        prevent_initial_call=True,
    )
    def act(
        visit: Visit,
        draws: int | None,
        steps: list[int | None],
        quarter: str | None,
        basis: str | None,
        wanted: str | None,
        seed: str | None,
        words: list[str | None],
        search: str | None,
    ) -> list[Any]:
        if not draws and not any(steps):
            return [no_update, no_update]
        context, trigger = read_context(visit, search, None, PATH), ctx.triggered_id
        given = {"quarter": quarter, "basis": basis, "wanted": wanted, "seed": seed}
        try:
            if isinstance(trigger, dict):
                told = take_step(context, trigger, "".join(one or "" for one in words))
            else:
                told = draw_sample(context, read_sample({name: text or "" for name, text in given.items()}))
        except LedgerError as error:
            return [draw_faults(word_error(visit, error)), no_update]
        return [told, draw_body(read_context(visit, search, None, PATH))]


def draw_body(context: PageContext) -> list[Component | None]:
    """Everything that changes when something is drawn or found."""
    with open_audit(context) as desk:
        return [
            html.P(_write_headline(desk), className="headline"),
            _draw_form(desk),
            draw_item(desk, desk.sample, desk.item) if desk.sample and desk.item else None,
            _draw_items(desk),
            draw_table_card(context, make_samples(desk)),
        ]


def draw_sample(context: PageContext, form: SampleForm) -> Component:
    """Draw from the book as it stands now, and keep what was drawn."""
    visit = context.visit
    visit.rights.require(Action.AUDIT)
    version = visit.book.head().version
    slice_ = slice_ledger(visit.book, visit.person.login, CITY, end_of_quarter(form.quarter), version)
    drawn = draw_audit(slice_, form.basis, form.wanted, form.seed)
    items = tuple(
        DrawnLine(
            fund_id=one.fund_id,
            table=one.table,
            row_id=one.row_id,
            amount_fen=one.amount,
            is_certain=one.is_certain,
        )
        for one in drawn.drawn
    )
    draft = SampleDraft(
        quarter=form.quarter,
        basis=form.basis,
        version=version,
        seed=form.seed,
        method=drawn.method,
        wanted=form.wanted,
        lines=drawn.lines,
        total_fen=drawn.total,
        items=items,
    )
    with visit.book.change(visit.person.login, "audit.why_draw", "sample") as change:
        record_samples(change, [draft])
    with open_audit(read_context(visit, "", None, PATH)) as desk:
        newest = desk.samples[0].id
    link = dcc.Link(context.say("audit.see_sample"), href=context.link(PATH, **{SAMPLE: str(newest)}))
    return draw_done(html.P(context.say("audit.done_drawn", count=len(items))), link)


def take_step(context: PageContext, trigger: dict[str, object], words: str) -> Component:
    """Pass, doubt, answer or close the line that a button names."""
    visit, step, item = context.visit, trigger.get("step"), trigger.get("item")
    is_number = isinstance(item, str) and item.isascii() and item.isdigit() and len(item) < 19
    if step not in set(AuditStep) or not is_number:
        raise BadAddress("page.bad_address")
    draft = FindingDraft(item_id=int(str(item)), step=AuditStep(str(step)), words=words)
    with visit.book.change(visit.person.login, f"audit.why_{step}", "audit") as change:
        record_findings(change, [draft])
    return draw_done(context.say(f"audit.done_{step}"))


def _write_headline(desk: AuditDesk) -> str:
    if not desk.samples:
        return desk.say("audit.headline_none")
    return desk.say(
        "audit.headline",
        samples=len(desk.samples),
        items=len(desk.items),
        open=sum(one.is_open for one in desk.items),
        waiting=sum(one.waits_for_manager for one in desk.items),
    )


def _draw_items(desk: AuditDesk) -> Component | None:
    """The lines of the sample in the address; whoever sees the city reads too that it can be drawn again."""
    sample = desk.sample
    if sample is None:
        return None
    told = None
    if desk.is_city:
        is_same = desk.is_same_again(sample)
        words = desk.say(
            f"audit.{'same' if is_same else 'not_same'}_again", count=len(desk.of_sample(sample))
        )
        told = html.P(words, className="card-note" if is_same else "form-told form-fault")
    return draw_table_card(desk.context, make_items(desk, sample), below=told)


def _draw_form(desk: AuditDesk) -> Component:
    """The form; hidden where the person draws nothing, as the callback reads its fields all the same."""
    say, language = desk.say, desk.context.language
    quarters = list_quarters(desk.context.visit.book.today())
    fields = [
        dmc.Select(
            id=f"{FIELD}-quarter",
            label=say("audit.quarter"),
            data=[{"value": one, "label": name_quarter(one, language)} for one in quarters],
            value=quarters[0],
            allowDeselect=False,
        ),
        dmc.Select(
            id=f"{FIELD}-basis",
            label=say("audit.basis"),
            data=[{"value": one.value, "label": say(f"basis.{one.value}")} for one in Basis],
            value=Basis.PAID_IN.value,
            allowDeselect=False,
        ),
        dmc.TextInput(
            id=f"{FIELD}-wanted", label=say("audit.wanted_label"), value=USUAL_WANTED, debounce=True
        ),
        dmc.TextInput(
            id=f"{FIELD}-seed",
            label=say("audit.seed"),
            description=say("audit.seed_note"),
            value=secrets.token_hex(4),
            debounce=True,
        ),
        html.Div(
            html.Button(say("audit.draw_button"), id=DRAW, type="button", className="button"),
            className="acts",
        ),
    ]
    is_shown = desk.may_draw and desk.context.query.get(ITEM) is None
    return html.Section(
        [
            html.H2(say("audit.draw"), className="card-title"),
            html.P(say("audit.draw_note"), className="card-note"),
            html.Div(fields, className="fields audit-fields"),
        ],
        className="card",
        hidden=not is_shown,
    )


PAGE = Page(
    PATH,
    "page.audit",
    Action.READ,
    lay_out,
    register,
    group="work.group",
    tables={SAMPLES: make_samples_table, ITEMS: make_items_table},
)
