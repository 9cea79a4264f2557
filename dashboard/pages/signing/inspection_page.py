"""审计入口: where an auditor comes in, and what there is to look at, as of any day and at any version."""

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.audit.audit_desk import PATH as AUDIT
from dashboard.pages.audit.audit_desk import open_audit
from dashboard.pages.audit.audit_tables import make_samples
from dashboard.pages.context import PAGE as PAGE_NAME
from dashboard.pages.context import TABLE, PageContext
from dashboard.pages.documents.document_desk import open_documents
from dashboard.pages.documents.document_table import PATH as DOCUMENTS
from dashboard.pages.leverage.leverage_address import PATH as LEVERAGE
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.signing.leverage_paper import HEAD_DIGITS, find_frozen
from dashboard.pages.signing.paper_quarters import read_quarter
from dashboard.pages.signing.papers_table import PATH as SIGNING
from dashboard.pages.signing.papers_table import make_table, open_papers
from dashboard.tables.shown import ShownTable
from funds.permissions import Action

PATH, TRAIL, TRAIL_TABLE = "/inspection", "/trail", "trail"


def lay_out(context: PageContext) -> Component:
    """The moment that is looked at, the ways on, signed papers and samples."""
    papers, samples = make_inspected_papers(context), make_inspected_samples(context)
    with open_documents(context) as desk:
        documents = len(desk.read())
    may_record = context.visit.rights.may(Action.RECORD_BUSINESS)
    frozen = find_frozen(context, read_quarter(context))
    now = context.say(
        "inspection.now",
        day=context.as_of.isoformat(),
        version=context.version,
        head=frozen.head[:HEAD_DIGITS],
    )
    ways = (
        (SIGNING, "inspection.way_signing", len(papers.rows)),
        (AUDIT, "inspection.way_audit", len(samples.rows)),
        (DOCUMENTS, "inspection.way_documents", documents),
        (TRAIL, "inspection.way_trail", 0),
        (LEVERAGE, "inspection.way_leverage", 0),
    )
    links = [
        html.Li(dcc.Link(context.say(words, count=count), href=context.link(path), className="cell-link"))
        for path, words, count in ways
    ]
    return html.Div(
        [
            html.H1(context.say("page.inspection"), className="page-title"),
            html.P(
                context.say("inspection.headline_other" if may_record else "inspection.headline"),
                className="headline",
            ),
            html.Section(
                [
                    html.H2(context.say("inspection.ways"), className="card-title"),
                    html.P(now, className="card-note"),
                    html.Ul([*links, html.Li(_draw_trail_export(context))], className="inspection-ways"),
                ],
                className="card",
            ),
            draw_table_card(context, papers),
            draw_table_card(context, samples),
        ],
        className="overview inspection",
    )


def make_inspected_papers(context: PageContext) -> ShownTable:
    """Every paper, signed or waiting."""
    with open_papers(context) as desk:
        return make_table(desk)


def make_inspected_samples(context: PageContext) -> ShownTable:
    """Every sample, for whoever may see the papers: the page is one."""
    with open_papers(context), open_audit(context) as desk:
        return make_samples(desk)


def _draw_trail_export(context: PageContext) -> Component:
    """The whole trail as a file, one click away."""
    address = f"/export?{urlencode({**context.query, PAGE_NAME: TRAIL, TABLE: TRAIL_TABLE})}"
    link: Component = html.A(
        context.say("inspection.export_trail"), href=address, className="cell-link", download=""
    )
    return link


PAGE = Page(
    PATH,
    "page.inspection",
    Action.INSPECT,
    lay_out,
    group="work.group",
    tables={"papers": make_inspected_papers, "samples": make_inspected_samples},
)
