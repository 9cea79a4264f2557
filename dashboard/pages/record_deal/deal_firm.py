"""What the book says of the firm of a deal, what one's own funds hold of it, how far its project is, and firms alike."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.record_deal.deal_desk import DealDesk
from dashboard.pages.record_deal.project_steps import draw_steps
from dashboard.readings.portfolio.holdings import held_firms
from dashboard.readings.portfolio.project_life import read_steps
from dashboard.words.numbers import MoneyUnit, format_money
from funds.credit_code import CreditCodeFault, check_credit_code
from funds.queries.company_names import find_alike
from funds.queries.company_papers import RoundPaper
from funds.queries.facts import CompanyFacts, FundFacts


def list_rounds(desk: DealDesk, paper: RoundPaper) -> str:
    """A round as a choice."""
    return desk.say(
        "record_deal.round_named",
        name=paper.name,
        day=paper.closed_on.isoformat(),
        amount=format_money(paper.total_fen, MoneyUnit.WAN),
    )


def draw_firm(
    desk: DealDesk, company: str | None, fund: str | None, name: str | None, credit_code: str | None
) -> list[Component]:
    """Beside a chosen firm what is known of it, beside a new one those it could be."""
    firm = desk.find_firm(company)
    if firm is not None:
        return list(_draw_known(desk, firm, desk.find_fund(fund)))
    return list(_draw_new(desk, name or "", credit_code or ""))


def _draw_known(desk: DealDesk, firm: CompanyFacts, fund: FundFacts | None) -> Iterator[Component]:
    facts = desk.slice.facts
    tags = [facts.industries[tag.industry_id].name for tag in facts.tags.get(firm.id, ())]
    park = facts.parks.get(firm.park_id) if firm.park_id is not None else None
    yield html.P(
        [
            dcc.Link(firm.name, href=desk.context.link(f"/companies/{firm.code}")),
            html.Span(
                desk.say(
                    "record_deal.firm_facts",
                    industries="、".join(dict.fromkeys(tags)) or desk.say("record_deal.no_tag"),
                    park=park.name if park else desk.say("record_deal.no_park"),
                )
            ),
        ],
        className="deal-firm",
    )
    own = {one.id: one for one in desk.funds}
    held = [one for one in held_firms(desk.slice, own) if one.company == firm.id]
    for one in sorted(held, key=lambda one: own[one.fund].code):
        yield html.P(
            desk.say(
                "record_deal.held",
                fund=own[one.fund].name,
                invested=format_money(one.course.invested, MoneyUnit.WAN),
                cost=format_money(one.course.cost, MoneyUnit.WAN),
            ),
            className="card-note",
        )
    if fund is not None:
        yield draw_steps(desk.visit, read_steps(desk.slice, fund.id, firm.id))


def _draw_new(desk: DealDesk, name: str, credit_code: str) -> Iterator[Component]:
    code = None
    if credit_code.strip():
        try:
            code = check_credit_code(credit_code.strip())
        except CreditCodeFault as fault:
            yield html.P(desk.say(fault.code, **fault.params), className="form-told form-fault", role="alert")
        else:
            yield html.P(desk.say("record_deal.code_good"), className="card-note")
    alike = find_alike(desk.firms, name.strip(), code)
    if alike:
        links = [
            html.Li(
                dcc.Link(
                    f"{one.name}（{one.code}）", href=desk.context.link("/record-deal", company=one.code)
                )
            )
            for one in alike
        ]
        yield html.Div(
            [html.P(desk.say("record_deal.alike")), html.Ul(links)], className="deal-alike", role="status"
        )
