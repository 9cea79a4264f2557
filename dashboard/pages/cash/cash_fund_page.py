"""The page of one fund's calls and distributions, with the forms that record them."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.attributes import aria
from dashboard.pages.cash.cash_desk import NOTICE, PAID, PATH, CashDesk, open_cash
from dashboard.pages.cash.cash_form_fields import SHAPES
from dashboard.pages.cash.cash_forms import ACTS, PREFIX
from dashboard.pages.cash.cash_tables import (
    CALL_LINES,
    CALLS,
    PAYOUT_LINES,
    PAYOUTS,
    UNFUNDED,
    export_call_lines,
    export_calls,
    export_payout_lines,
    export_payouts,
    export_unfunded,
    make_call_lines,
    make_calls,
    make_payout_lines,
    make_payouts,
    make_unfunded,
)
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state
from dashboard.pages.switcher import draw_switcher
from dashboard.pages.typed_form import ACT, draw_form
from dashboard.pages.typed_form_acts import TypedForms, register_typed_forms
from dashboard.words.numbers import format_count
from funds.errors import NotAllowed
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """The fund in the address; all but an open form is of the book alone."""
    return html.Div(
        [
            draw_part_kept(context, (PATH, "head"), lambda: _draw_head(context)),
            _draw_open_form(context),
            draw_part_kept(context, (PATH, "view"), lambda: _draw_whole_view(context)),
        ],
        className="overview cash-page",
    )


def _draw_head(context: PageContext) -> Component:
    """Title, the way to another fund, and the ways to the forms."""
    desk = open_cash(context)
    places = [(f"{PATH}/{fund.code}", fund.name) for fund in desk.slice.readable_funds]
    title = html.H1(desk.say("cash.of_fund", fund=desk.fund.name), className="page-title")
    switcher = draw_switcher(context, desk.say("cash.choose_fund"), places)
    return html.Div(
        [html.Div([title, switcher], className="title-line"), _draw_acts(desk)], className="overview"
    )


def _draw_whole_view(context: PageContext) -> Component:
    return html.Div(draw_view(context), id=f"{PREFIX}-view", className="overview cash-view")


def draw_view(context: PageContext) -> list[Component]:
    """The finding and the tables, as the book stands."""
    desk = open_cash(context)
    parts: list[Component] = [html.P(write_finding(desk), className="headline")]
    if desk.calls:
        parts.append(draw_table_card(context, make_calls(desk)))
    if NOTICE in context.query:
        parts.append(draw_table_card(context, make_call_lines(desk), below=_draw_close(desk, NOTICE)))
    if desk.unfunded:
        parts.append(draw_table_card(context, make_unfunded(desk)))
    if desk.payouts:
        parts.append(draw_table_card(context, make_payouts(desk)))
    if PAID in context.query:
        parts.append(draw_table_card(context, make_payout_lines(desk), below=_draw_close(desk, PAID)))
    if not (desk.calls or desk.unfunded or desk.payouts):
        empty = draw_state("empty", desk.say("cash.empty_title"), desk.say("cash.empty_text"))
        parts.append(html.Section(empty, className="card"))
    return parts


def write_finding(desk: CashDesk) -> str:
    """What stands at the top: who owes what past its day, else what is still to come, else that all is in."""
    if desk.overdue:
        return desk.say(
            "cash.finding_overdue",
            count=format_count(len({one.investor.code for one in desk.overdue})),
            amount=desk.amount(sum(one.amount for one in desk.overdue)),
            days=format_count(desk.overdue[0].days),
        )
    outstanding = sum(row["outstanding"] for row in desk.calls)
    if outstanding:
        return desk.say("cash.finding_open", amount=desk.amount(outstanding))
    if desk.calls:
        called = sum(row["called"] for row in desk.calls)
        return desk.say("cash.finding_in", count=format_count(len(desk.calls)), amount=desk.amount(called))
    paid = sum(row["paid_in"] for row in desk.unfunded)
    return desk.say("cash.finding_no_calls", amount=desk.amount(paid))


def _draw_acts(desk: CashDesk) -> Component | None:
    """The ways to the forms, for whoever may record."""
    if not desk.may_record:
        return None
    chosen, query = desk.context.query.get(ACT), desk.context.query
    links = [
        dcc.Link(
            desk.say(f"cash.act_{name}"),
            href=desk.context.here(**{ACT: None if name == chosen else name}),
            className="button" if name == chosen else "button quiet",
            id=f"{PREFIX}-act-{name}",
        )
        for name in ACTS
    ]
    if NOTICE in query or PAID in query:
        links.append(dcc.Link(desk.say("cash.close"), href=desk.link(), className="button quiet"))
    return html.Nav(links, className="acts cash-acts", **aria(label=desk.say("cash.acts")))


def _draw_open_form(context: PageContext) -> Component | None:
    name = context.query.get(ACT)
    if name is None:
        return None
    if name not in SHAPES:
        raise BadAddress("page.bad_address")
    desk = open_cash(context)
    if not desk.may_record:
        raise NotAllowed("permission.refused_funds", action=Action.RECORD_BUSINESS, funds=desk.fund.code)
    return draw_form(context, PREFIX, SHAPES[name](desk))


def _draw_close(desk: CashDesk, part: str) -> Component:
    link: Component = dcc.Link(desk.say("cash.close"), href=desk.context.here(**{part: None}))
    return html.P(link, className="card-note")


def register(app: GuardedApp) -> None:
    """Record what is typed into the forms."""
    register_typed_forms(app, TypedForms(PREFIX, ACTS, draw_view))


PAGE = Page(
    f"{PATH}/{{code}}",
    "page.cash",
    Action.READ,
    lay_out,
    register,
    is_in_nav=False,
    tables={
        CALLS: export_calls,
        CALL_LINES: export_call_lines,
        UNFUNDED: export_unfunded,
        PAYOUTS: export_payouts,
        PAYOUT_LINES: export_payout_lines,
    },
)
