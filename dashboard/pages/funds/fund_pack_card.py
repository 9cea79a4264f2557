"""The way to the papers of a fund's quarter: to the commission, and to each investor by name."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_pack import COMMISSION, TO_INVESTORS
from dashboard.pages.funds.fund_pack_view import INVESTOR
from dashboard.pages.funds.fund_view import FundView
from dashboard.pages.quarter_end.quarter_desk import QUARTER
from dashboard.readings.portfolio.quarter_days import code_of_quarter, newest_end
from dashboard.words.numbers import format_quarter

FORMS = (("pdf", "paper.as_pdf"), ("xlsx", "paper.as_workbook"))


def draw_packs(view: FundView) -> Component:
    """The newest quarter that is over on the page's day."""
    end = newest_end(view.slice.as_of)
    quarter = code_of_quarter(end)
    rows = view.rows("investor")
    title = view.say("fund_pack.card_title", quarter=format_quarter(end, view.context.language))
    lines = [_draw_line(view, view.say("fund_pack.to_commission"), COMMISSION, quarter)]
    if rows:
        lines.append(_draw_line(view, view.say("fund_pack.to_all_investors"), TO_INVESTORS, quarter))
    each = [_draw_line(view, row["name"], TO_INVESTORS, quarter, row["code"]) for row in rows]
    return html.Section(
        [
            html.H2(title, className="card-title"),
            html.P(view.say("fund_pack.card_note"), className="card-note"),
            *lines,
            html.Details([html.Summary(view.say("fund_pack.by_investor")), *each]) if each else None,
        ],
        className="card pack-card",
        id="fund-packs",
    )


def _draw_line(view: FundView, name: str, paper: str, quarter: str, investor: str | None = None) -> Component:
    """A paper by name in both forms."""
    links = [
        html.A(
            view.say(words),
            href=pack_link(view.context, paper, form, quarter, investor),
            className="paper-link",
        )
        for form, words in FORMS
    ]
    return html.Div([html.Span(name), *links], className="paper-offer pack-line")


def pack_link(context: PageContext, paper: str, form: str, quarter: str, investor: str | None = None) -> str:
    """The address of a paper; without an investor it holds every account."""
    state = {QUARTER: quarter, **({} if investor is None else {INVESTOR: investor})}
    return f"{context.paper_link(paper, form)}&{urlencode(state)}"
