"""资料: the documents that one may see, fund by fund, and the form that hands in another."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.choices import Choice, draw_menu
from dashboard.pages.context import PageContext
from dashboard.pages.documents.attach import AttachPlace, draw_place, register_attach
from dashboard.pages.documents.document_desk import FUND, DocumentDesk, choose_fund, open_documents
from dashboard.pages.documents.document_table import NAME, PATH, make_documents_table, make_table
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_export, draw_table_card
from funds.permissions import Action


def lay_out(context: PageContext) -> Component:
    """What is listed is of the book alone, and drawn once; the files themselves are asked for when they are taken."""
    part = (PATH, str(context.visit.person.person_id))
    return draw_part_kept(context, part, lambda: draw_documents(context))


def draw_documents(context: PageContext) -> Component:
    """All documents, or those of one fund with the form beside them."""
    with open_documents(context) as desk:
        fund = choose_fund(desk)
        body = _draw_fund(desk, fund) if fund else _draw_all(desk)
        title = html.H1(context.say("page.documents"), className="page-title")
        return html.Div(
            [
                html.Div([title, _draw_choice(desk, fund)], className="title-line"),
                html.P(_write_headline(desk, fund), className="headline"),
                body,
            ],
            className="overview documents",
        )


def _write_headline(desk: DocumentDesk, fund: str | None) -> str:
    if fund:
        return desk.say("document.says_fund", fund=desk.name_fund(fund))
    found = desk.read()
    contents = len({one.document_id for one in found})
    if not found:
        return desk.say("document.says_none")
    return desk.say("document.says_all", count=len(found), contents=contents)


def _draw_choice(desk: DocumentDesk, fund: str | None) -> Component | None:
    if not desk.funds:
        return None
    every = Choice(desk.say("document.all_funds"), desk.context.here(**{FUND: None}), fund is None)
    funds = [
        Choice(desk.name_fund(code), desk.context.here(**{FUND: code}), code == fund) for code in desk.funds
    ]
    return draw_menu(desk.context, desk.say("document.of_fund"), [every, *funds])


def _draw_all(desk: DocumentDesk) -> Component:
    return draw_table_card(desk.context, make_table(desk, desk.read()))


def _draw_fund(desk: DocumentDesk, fund: str) -> Component:
    table = make_table(desk, desk.read(fund=fund))
    head = html.Div(
        [
            html.Div(
                [
                    # no count: the list beneath grows while the card stands
                    html.H2(desk.say("page.documents"), className="card-title"),
                    html.P(table.note, className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(desk.context, table),
        ],
        className="card-head",
    )
    way = dcc.Link(
        desk.say("document.to_fund"), href=desk.context.link(f"/funds/{fund}"), className="cell-link"
    )
    return html.Section([head, draw_place(desk, AttachPlace(fund)), way], className="card table-card")


def register(app: GuardedApp) -> None:
    """The form, for this page and every other that holds it."""
    register_attach(app)


PAGE = Page(
    PATH,
    "page.documents",
    Action.READ,
    lay_out,
    register,
    group="work.group",
    tables={NAME: make_documents_table},
)
