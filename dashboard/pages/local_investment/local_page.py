"""The page of recognised local investment, with the form that recognises."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.forms.local_recognition import read_recognition
from dashboard.forms.typed import TypedForm
from dashboard.pages.chart_card import draw_chart_card
from dashboard.pages.choices import Choice, draw_segments
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.local_investment.local_desk import BASIS, PATH, LocalDesk, need_local, open_local
from dashboard.pages.local_investment.local_tables import (
    DUTIES,
    FIRMS,
    export_duties,
    export_firms,
    make_chart,
    make_firms,
)
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state, empty_state
from dashboard.pages.typed_form import ACT, DrawnForm, Field, FieldKind, draw_form
from dashboard.pages.typed_form_acts import TypedAct, TypedForms, register_typed_forms
from funds.errors import Conflict, NotAllowed
from funds.kinds import Basis
from funds.permissions import Action
from funds.recording import record_local_investments

PREFIX = "local"
RECOGNISE = "recognise"


def lay_out(context: PageContext) -> Component:
    """The duty of each fund, then every recognition; all but an open form is of the book alone."""
    return html.Div(
        [
            draw_part_kept(context, (PATH, "title"), lambda: _draw_title(context)),
            _draw_open_form(context),
            draw_part_kept(context, (PATH, "view"), lambda: _draw_whole_view(context)),
        ],
        className="overview cash-page",
    )


def _draw_title(context: PageContext) -> Component:
    title = html.H1(context.say("page.local_investment"), className="page-title")
    desk = open_local(context)
    return html.Div([title, None if desk is None else _draw_act(desk)], className="title-line")


def _draw_whole_view(context: PageContext) -> Component:
    if open_local(context) is None:
        return html.Section(
            empty_state(context.visit, "cash.no_funds_title", "cash.no_funds_text"), className="card"
        )
    return html.Div(draw_view(context), id=f"{PREFIX}-view", className="overview cash-view")


def draw_view(context: PageContext) -> list[Component]:
    """The basis, the chart with its table, and the recognitions, as the book stands."""
    desk = need_local(context)
    parts: list[Component] = [_draw_bases(desk)]
    if desk.duties:
        parts.append(draw_chart_card(context, make_chart(desk)))
    else:
        empty = draw_state("empty", desk.say("local.empty_title"), desk.say("local.empty_text"))
        parts.append(html.Section(empty, className="card"))
    if desk.firms:
        parts.append(draw_table_card(context, make_firms(desk)))
    return parts


def save(context: PageContext, typed: TypedForm) -> str:
    """Recognise an investment."""
    visit, draft = context.visit, read_recognition(typed)
    with visit.book.change(visit.person.login, "local.why") as change:
        if not record_local_investments(change, [draft]).new:
            raise Conflict("local.same")
    return context.say("local.done")


def _draw_bases(desk: LocalDesk) -> Component:
    choices = [
        Choice(desk.say(f"basis.{basis}"), desk.context.here(**{BASIS: str(basis)}), basis is desk.basis)
        for basis in (Basis.PAID_IN, Basis.COMMITTED)
    ]
    return draw_segments(desk.context, desk.say("local.base"), choices, desk.say("local.base_note"))


def _draw_act(desk: LocalDesk) -> Component | None:
    if not desk.own_funds:
        return None
    is_open = ACT in desk.context.query
    address = desk.context.here(**{ACT: None if is_open else RECOGNISE})
    link: Component = dcc.Link(
        desk.say("local.act"),
        href=address,
        className="button" if is_open else "button quiet",
        id=f"{PREFIX}-act-{RECOGNISE}",
    )
    return link


def _draw_open_form(context: PageContext) -> Component | None:
    name = context.query.get(ACT)
    if name is None:
        return None
    if name != RECOGNISE:
        raise BadAddress("page.bad_address")
    desk = need_local(context)
    if not desk.own_funds:
        raise NotAllowed("permission.refused", action=Action.RECORD_BUSINESS, scope="fund")
    return draw_form(context, PREFIX, shape(desk))


def shape(desk: LocalDesk) -> DrawnForm:
    """Fund, firm, amount, day and ground."""
    firms = sorted((firm.code, f"{firm.name}（{firm.code}）") for firm in desk.slice.facts.companies.values())
    select = FieldKind.SELECT
    fields = (
        Field("fund", desk.say("cash.fund"), kind=select, choices=desk.own_funds),
        Field("company", desk.say("exits.firm"), kind=select, choices=firms),
        Field("amount", desk.say("local.amount"), desk.say("local.amount_note")),
        Field("day", desk.say("local.day")),
        Field("basis", desk.say("local.basis"), desk.say("local.basis_note"), kind=FieldKind.AREA),
    )
    return DrawnForm(desk.say("local.act"), desk.say("local.form_note"), desk.say("local.save"), fields)


def register(app: GuardedApp) -> None:
    """Record what is recognised."""
    columns = {"amount_fen": "amount", "recognised_on": "day"}
    acts = {RECOGNISE: TypedAct(save, fields=columns)}
    register_typed_forms(app, TypedForms(PREFIX, acts, draw_view))


PAGE = Page(
    PATH,
    "page.local_investment",
    Action.READ,
    lay_out,
    register,
    group="work.group",
    tables={DUTIES: export_duties, FIRMS: export_firms},
)
