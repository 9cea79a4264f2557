"""A manager's own funds: three ways to bring something in, what waits, and each fund's own figures."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.funds.funds_list import NAME, make_funds, make_funds_table
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.pages.imports.draft_store import State, StoredDraft, list_drafts
from dashboard.pages.imports.import_desk import FILES, address_of
from dashboard.pages.imports.import_desk import PATH as IMPORTS
from dashboard.pages.inbox.inbox_line import draw_inbox_line
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.my_funds.fund_due import FundDue, draw_due, read_dues
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.portfolio.fund_list import ListedFund, list_funds
from dashboard.words.numbers import choose_unit, format_count
from funds.permissions import Action

PATH, DEALS = "/my-funds", "/record-deal"
# More funds than these are a list.
MOST_CARDS = 6
FIGURES = ("PF01", "PF02", "PF16", "PF04", "PF03", "PF06", "PF08", "PF09")
MONEY = ("PF01", "PF02", "PF16", "PF04", "PF03")
WAITING = frozenset({State.CHECKED, State.FAILED, State.BROKEN, State.STOPPED})


def lay_out(context: PageContext) -> Component:
    """The ways in, what waits, and the funds; all but the workbooks on their way is of the book alone."""
    person = str(context.visit.person.person_id)
    return html.Div(
        [
            draw_part_kept(context, (PATH, "head", person), lambda: _draw_head(context)),
            _draw_ways(context),
            _draw_waiting(context),
            draw_part_kept(context, (PATH, "funds"), lambda: _draw_funds(context)),
        ],
        className="overview my-funds imports",
    )


def _draw_head(context: PageContext) -> Component:
    slice_ = slice_readable(context)
    title = html.H1(context.say("page.my_funds"), className="page-title")
    count = 0 if slice_ is None else len(slice_.readable_funds)
    headline = html.P(_word_headline(context, count), className="headline")
    return html.Div([title, headline, draw_inbox_line(context)])


def _draw_funds(context: PageContext) -> Component:
    slice_ = slice_readable(context)
    if slice_ is None:
        return html.Div(hidden=True)
    if len(slice_.readable_funds) > MOST_CARDS:
        return draw_table_card(context, make_funds(context, slice_))
    dues = read_dues(slice_)
    drawn = [_draw_fund(context, one, dues[one.fund.code]) for one in list_funds(slice_)]
    return html.Div(drawn, className="overview")


def _word_headline(context: PageContext, count: int) -> str:
    return (
        context.say("my_funds.headline", count=format_count(count)) if count else context.say("my_funds.none")
    )


def _draw_ways(context: PageContext) -> Component:
    """Three ways to begin."""
    cards = [
        _draw_way(context, "import", dcc.Link(href=context.link(IMPORTS), className="button")),
        _draw_way(context, "deal", dcc.Link(href=context.link(DEALS), className="button quiet")),
        _draw_way(context, "example", html.A(href=f"{FILES}/example", download="", className="button quiet")),
    ]
    return html.Div(cards, className="my-ways")


def _draw_way(context: PageContext, name: str, link: Any) -> Component:
    link.children = context.say(f"my_funds.{name}_go")
    return html.Section(
        [
            html.H2(context.say(f"my_funds.{name}"), className="card-title"),
            html.P(context.say(f"my_funds.{name}_note"), className="card-note"),
            link,
        ],
        className="card my-way",
    )


def _draw_waiting(context: PageContext) -> Component | None:
    """One's own workbooks that wait for a hand."""
    visit = context.visit
    drafts = [one for one in list_drafts(visit.book, visit.person.person_id) if one.state in WAITING]
    if not drafts:
        return None
    items = [html.Li(_draw_draft(context, draft)) for draft in drafts]
    title = html.H2(context.say("my_funds.waiting", count=format_count(len(drafts))), className="card-title")
    return html.Section([title, html.Ul(items, className="link-list")], className="card")


def _draw_draft(context: PageContext, draft: StoredDraft) -> Sequence[Component | str]:
    grave = draft.outcome.grave if draft.outcome is not None else 0
    state = context.say(f"imports.short_{draft.state}")
    told = context.say("my_funds.grave", count=format_count(grave)) if grave else state
    return [dcc.Link(draft.name, href=context.link(address_of(draft.id))), f" · {told}"]


def _draw_fund(context: PageContext, one: ListedFund, due: FundDue) -> Component:
    """A fund with its state and its figures, each with its passport."""
    fund, say = one.fund, context.say
    amounts = [_amount(one, code) for code in MONEY]
    cards = CardSet(context.visit, one.scope, choose_unit(amounts), f"my-{fund.code}")
    drawn = []
    for code in FIGURES:
        figure = one.figures[code]
        # Invested money opens the passport of the share that it makes of the paid-in capital.
        amount = _amount(one, code) if code == "PF16" and figure.value is not None else None
        name = say("my_funds.invested") if code == "PF16" else None
        drawn.append(cards.card(figure, name=name, amount=amount))
    state = say(f"fund.status_{fund.status.value}") if fund.status else say("my_funds.no_status")
    return html.Section(
        [
            html.H2(dcc.Link(fund.name, href=context.link(f"/funds/{fund.code}")), className="section-title"),
            html.P(say("my_funds.state", code=fund.code, state=state), className="card-note"),
            strip(drawn, 4),
            draw_due(context, fund.code, due),
        ],
        className="my-fund",
    )


def _amount(one: ListedFund, code: str) -> int | None:
    figure = one.figures[code]
    if code == "PF16":
        return figure.numerator
    return figure.value if isinstance(figure.value, int) else None


PAGE = Page(
    PATH,
    "page.my_funds",
    Action.RECORD_BUSINESS,
    lay_out,
    group="work.group",
    tables={NAME: make_funds_table},
)
