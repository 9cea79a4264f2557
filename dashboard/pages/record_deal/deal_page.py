"""登记交易: firm, round, the fund's part and its papers on one page, with the effect before it is recorded."""

from typing import Any

from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.deal_round import LINES
from dashboard.forms.kept_draft import KeptDraft, find_draft
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.draft_notice import draw_draft, register_draft
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from dashboard.pages.record_deal.deal_acts import (
    commit_deal,
    key_of,
    place_problems,
    show_effect,
    write_difference,
)
from dashboard.pages.record_deal.deal_desk import COMPANY, FUND, PATH, DealDesk, open_desk
from dashboard.pages.record_deal.deal_fields import (
    FIELDS,
    FORM,
    INVESTORS,
    as_data,
    draw_firm_fields,
    draw_part_fields,
    draw_reason,
    draw_round_fields,
    field_id,
    offer_rounds,
)
from dashboard.pages.record_deal.deal_firm import draw_firm
from dashboard.pages.states import empty_state
from funds.errors import LedgerError, NotAllowed, RulesBroken
from funds.kinds import ShareOrigin
from funds.permissions import Action

STEPS = ("firm", "round", "part", "papers", "check")
NEEDS = Action.RECORD_BUSINESS
Texts = list[str | None]


def lay_out(context: PageContext) -> Component:
    """The page; until something is typed it is of the book alone, and drawn once for all who may do the same."""
    kept = find_draft(context.visit, FORM, key_of(context))
    if kept is not None:
        return draw_page(context, kept)
    return draw_part_kept(context, (PATH,), lambda: draw_page(context, None))


def draw_page(context: PageContext, kept: KeptDraft | None) -> Component:
    """The steps, the form with the draft of it that was kept, and the panel beside it."""
    desk = open_desk(context)
    title = html.H1(context.say("page.record_deal"), className="page-title")
    if desk is None:
        empty = empty_state(context.visit, "record_deal.no_fund", "record_deal.no_fund_hint")
        return html.Div([title, empty], className="overview deal-page")
    standing = _standing(desk)
    blank = {name: standing.get(name, "") for name in FIELDS}
    notice = draw_draft(context, FORM, key_of(context), blank, kept)
    return html.Div(
        [
            title,
            _draw_steps(desk),
            notice,
            html.Div(
                [html.Div(_draw_sections(desk, standing), className="deal-form"), _draw_side(desk)],
                className="deal-split",
            ),
        ],
        className="overview deal-page",
    )


def register(app: GuardedApp) -> None:
    """Show the firm, the effect, and record."""
    register_draft(app, FORM, {name: field_id(name) for name in FIELDS}, NEEDS)
    values = [Input(field_id(name), "value") for name in FIELDS]
    lines = [Output(field_id(f"who-{number}"), "data") for number in range(1, LINES + 1)]
    app.clientside("share_choices", *lines, Input(INVESTORS, "data"))

    @app.callback(
        Output(f"{FORM}-firm-told", "children"),
        Output(field_id("round"), "data"),
        Input(field_id("company"), "value"),
        Input(field_id("fund"), "value"),
        Input(field_id("new_name"), "value"),
        Input(field_id("new_credit"), "value"),
        State("url", "search"),
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def look_at_firm(
        visit: Visit,
        company: str | None,
        fund: str | None,
        name: str | None,
        credit_code: str | None,
        search: str | None,
    ) -> list[Any]:
        desk = _open(visit, search)
        return [
            draw_firm(desk, company, fund, name, credit_code),
            as_data(offer_rounds(desk, company)),
        ]

    @app.callback(
        needs=NEEDS,
        output=[Output(f"{FORM}-effect", "children"), Output(f"{FORM}-difference", "children")],
        inputs=[values, State("url", "search")],
        prevent_initial_call=True,
    )
    def look_ahead(visit: Visit, given: Texts, search: str | None) -> list[Any]:
        desk, texts = _open(visit, search), _read(given)
        try:
            shown = show_effect(desk, texts)
        except LedgerError as error:
            shown = [draw_faults(word_error(visit, error))]
        return [shown, write_difference(desk, texts)]

    @app.callback(
        needs=NEEDS,
        output=[
            Output(f"{FORM}-told", "children"),
            Output(f"{FORM}-effect", "children", allow_duplicate=True),
            *(Output(field_id(name), "error") for name in FIELDS),
        ],
        inputs=[
            Input(f"{FORM}-save", "n_clicks"),
            [State(field_id(name), "value") for name in FIELDS],
            State("url", "search"),
        ],
        prevent_initial_call=True,
    )
    def save(visit: Visit, clicks: int | None, given: Texts, search: str | None) -> list[Any]:
        if not clicks:
            return [no_update] * (2 + len(FIELDS))
        desk, texts = _open(visit, search), _read(given)
        try:
            told, counted = commit_deal(desk, texts), visit.say("record_deal.counted")
            return [told, html.P(counted, className="card-note"), *[None] * len(FIELDS)]
        except LedgerError as error:
            beside, rest = place_problems(error, visit.language)
            head = [visit.say("form.look_beside", count=len(beside))] if beside else []
            lines = rest if isinstance(error, RulesBroken) else word_error(visit, error)
            return [draw_faults([*head, *lines]), no_update, *(beside.get(name) for name in FIELDS)]


def _open(visit: Visit, search: str | None) -> DealDesk:
    desk = open_desk(read_context(visit, search, None, PATH))
    if desk is None:
        raise NotAllowed("permission.refused", action=NEEDS, scope="fund")
    return desk


def _read(given: Texts) -> dict[str, str]:
    if len(given) != len(FIELDS):
        raise BadValues("request.bad_values")
    return {name: text or "" for name, text in zip(FIELDS, given, strict=True)}


def _standing(desk: DealDesk) -> dict[str, str]:
    """What the form holds when nothing is typed: fund and firm of the address, and the last deal's instrument."""
    query = desk.context.query
    found = {f"origin-{number}": str(ShareOrigin.PRIMARY) for number in range(1, 13)}
    found["own_origin"] = str(ShareOrigin.PRIMARY)
    fund = desk.find_fund(query.get(FUND)) or (desk.funds[0] if len(desk.funds) == 1 else None)
    firm = desk.find_firm(query.get(COMPANY))
    if fund is not None:
        found["fund"] = fund.code
    if firm is not None:
        found["company"] = firm.code
        deals = [one for one in desk.slice.open_company(firm.id).deals if one.instrument]
        if deals:
            found["instrument"] = deals[-1].instrument or ""
    return found


def _draw_steps(desk: DealDesk) -> Component:
    items = [
        html.Li(
            html.A(desk.say(f"record_deal.step_{name}"), href=f"#{FORM}-step-{name}"), className="deal-step"
        )
        for name in STEPS
    ]
    return html.Nav(html.Ol(items, className="deal-steps"))


def _draw_sections(desk: DealDesk, standing: dict[str, str]) -> list[Component]:
    firm = draw_firm(desk, standing.get("company"), standing.get("fund"), None, None)
    told = html.Div(firm, id=f"{FORM}-firm-told", className="deal-told")
    papers = html.P(desk.say("record_deal.papers_note"), className="card-note")
    check = [
        html.P(desk.say("record_deal.check_note"), className="card-note"),
        draw_reason(desk),
        html.Div(
            html.Button(desk.say("record_deal.save"), id=f"{FORM}-save", type="button", className="button"),
            className="acts",
        ),
        html.Div(id=f"{FORM}-told"),
    ]
    parts: tuple[list[Component], ...] = (
        [*draw_firm_fields(desk, standing), told],
        draw_round_fields(desk, standing),
        draw_part_fields(desk, standing),
        [papers],
        check,
    )
    return [
        html.Section(
            [html.H2(desk.say(f"record_deal.step_{name}"), className="card-title"), *part],
            id=f"{FORM}-step-{name}",
            className="card",
        )
        for name, part in zip(STEPS, parts, strict=True)
    ]


def _draw_side(desk: DealDesk) -> Component:
    return html.Aside(
        [
            html.H2(desk.say("record_deal.panel"), className="card-title"),
            html.Div(
                html.P(desk.say("record_deal.panel_empty"), className="card-note"),
                id=f"{FORM}-effect",
                role="status",
            ),
            dcc.Link(desk.say("record_deal.what_counts"), href=desk.context.link("/definitions")),
        ],
        className="card deal-side",
    )


PAGE = Page(PATH, "page.record_deal", NEEDS, lay_out, register, group="work.group")
