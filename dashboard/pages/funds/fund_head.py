"""The head of a fund's page: name, status, the way to other funds, whose it is, and one sentence of findings."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.figure_text import write_figure
from dashboard.pages.funds.fund_view import FundView, join_clauses
from dashboard.pages.funds.readable_funds import list_readable
from dashboard.pages.record_deal.deal_link import draw_fund_link
from dashboard.pages.switcher import draw_switcher
from dashboard.pages.upkeep.edit_link import draw_edit_link
from dashboard.pages.workbook_link import draw_workbook_link
from dashboard.words.numbers import format_date, format_percent
from funds.kinds import FundStatus, ParkRelation
from funds.queries.attribution import WHOLE

OVER = frozenset({FundStatus.CLOSED, FundStatus.ABANDONED, FundStatus.FISCAL_EXIT})


def draw_head(view: FundView) -> Component:
    """Title line, facts, headline."""
    context, fund = view.context, view.fund
    places = [(f"/funds/{one.code}", one.name) for one in list_readable(view.slice)]
    title = [
        html.H1(fund.name, className="page-title"),
        *_draw_status(view),
        draw_edit_link(context, "fund", fund.code, fund.id),
        draw_fund_link(context, fund),
        draw_workbook_link(context, fund=fund.code),
    ]
    return html.Header(
        [
            html.Div(
                [
                    html.Div(title, className="fund-title"),
                    draw_switcher(context, view.say("fund.switch"), places),
                ],
                className="fund-line",
            ),
            html.Dl(list(_draw_facts(view)), className="fund-facts"),
            html.P(write_headline(view), className="headline"),
        ],
        className="fund-head",
    )


def name_kind(view: FundView) -> str:
    """Type, class and level in words."""
    fund = view.fund
    parts = [view.say(f"fund.type_{fund.vehicle_type.value}")]
    if fund.fund_class is not None:
        parts.append(view.say(f"fund.class_{fund.fund_class.value}"))
    if fund.level is not None:
        parts.append(view.say(f"fund.level_{fund.level.value}"))
    return " · ".join([*parts, *([fund.legal_form] if fund.legal_form else [])])


def write_headline(view: FundView) -> str:
    """Money, return, alignment and life, each from its own figure; what cannot be worked out is left out."""
    return join_clauses(view, _write_clauses(view)) + view.say("fund.stop")


def _write_clauses(view: FundView) -> Iterator[str]:
    unit = view.unit
    paid, share, back = view.figure("PF02"), view.figure("PF05"), view.figure("PF03")
    if not paid.value:
        yield view.say("fund.says_unpaid")
    elif share.value is None:
        yield view.say("fund.says_paid_alone", paid=view.amount(int(paid.value), unit))
    else:
        amounts = {"paid": view.amount(int(paid.value), unit), "share": write_figure(share, unit)}
        yield view.say("fund.says_paid", **amounts)
    if back.value:
        yield view.say("fund.says_distributed", amount=view.amount(int(back.value), unit))
    total, rate = view.figure("PF08"), view.figure("PF09")
    if total.value is not None:
        yield view.say("fund.says_multiple", multiple=write_figure(total, unit))
    if rate.value is not None:
        yield view.say("fund.says_rate", rate=write_figure(rate, unit))
    aligned = view.figure("AL01", "cost")
    if aligned.value is not None:
        yield view.say("fund.says_alignment", share=write_figure(aligned, unit))
    through = view.figure("AL01", "cost_through")
    if through.value not in (None, aligned.value):
        yield view.say("alignment.says_through", share=write_figure(through, unit))


def _draw_status(view: FundView) -> list[Component]:
    status = view.fund.status
    if status is None:
        return []
    tone = " fund-over" if status in OVER else ""
    return [html.Span(view.say(f"fund.status_{status.value}"), className=f"fund-status{tone}")]


def _draw_facts(view: FundView) -> Iterator[Component]:
    fund, parties = view.fund, view.slice.facts.parties
    yield from _fact(view, "fund.kind", name_kind(view))
    for code, party in (("fund.manager", fund.manager_id), ("fund.custodian", fund.custodian_id)):
        if party is not None and party in parties:
            yield from _fact(view, code, parties[party].name)
    yield from _fact(view, "fund.established", format_date(fund.established, view.context.language))
    if fund.filing_no:
        yield from _fact(view, "fund.filing_no", fund.filing_no)
    fields = [
        view.slice.facts.industries[row].name
        for row in sorted(fund.fields)
        if row in view.slice.facts.industries
    ]
    if fields:
        yield from _fact(view, "fund.fields", "、".join(fields))
    for relation in ParkRelation:
        links = list(_draw_parks(view, relation))
        if links:
            yield from _fact(view, f"fund.relation_{relation.value}", links)


def _fact(view: FundView, code: str, value: str | list[Component]) -> Iterator[Component]:
    yield html.Div([html.Dt(view.say(code)), html.Dd(value)], className="fund-fact")


def _draw_parks(view: FundView, relation: ParkRelation) -> Iterator[Component]:
    """The parks of a relation with their shares; a share that is the whole needs no saying."""
    facts = view.slice.facts
    for link in facts.park_links:
        if link.fund_id != view.fund.id or link.relation is not relation:
            continue
        share = "" if link.share_ppm == WHOLE else f" {format_percent(link.share_ppm / WHOLE, 0)}"
        park = facts.parks.get(link.park_id) if link.park_id is not None else None
        if park is None:
            yield html.Span(view.say("fund.city") + share, className="fund-park")
        else:
            address = view.context.link(f"/parks/{park.code}")
            yield html.Span([dcc.Link(park.name, href=address), share], className="fund-park")
