"""What the buttons of the deal's form do: show the effect, record once, and put each problem beside its field."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import numpy as np
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.deal import DealForm, read_deal
from dashboard.forms.kept_draft import forget_draft
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.documents.attach import draw_attach
from dashboard.pages.people.account_words import draw_done
from dashboard.pages.record_deal.deal_desk import COMPANY, FUND, PATH, DealDesk, open_desk
from dashboard.pages.record_deal.deal_fields import FIELDS, FORM
from dashboard.pages.record_deal.deal_panel import draw_effect, draw_missing
from dashboard.pages.record_deal.project_steps import draw_steps
from dashboard.readings.portfolio.project_life import read_steps
from dashboard.words import say_problem
from dashboard.words.numbers import MoneyUnit, format_money
from funds.errors import LedgerError, NotAllowed, NotFound, RulesBroken
from funds.kinds import AttachmentSubject
from funds.money import MoneyFault, parse_money
from funds.permissions import Action
from funds.recording import record_deal

STEM = "form:"
REASON = "record_deal.recorded_by_hand"


def show_effect(desk: DealDesk, texts: Mapping[str, str]) -> list[Component]:
    """The live panel, as far as the form can be read."""
    try:
        form = read_own(desk, texts)
        return draw_effect(desk, form)
    except RulesBroken as broken:
        return draw_missing(desk, broken)
    except NotFound as unknown:
        return [html.P(desk.say(unknown.code, **unknown.params), className="card-note")]


def read_own(desk: DealDesk, texts: Mapping[str, str]) -> DealForm:
    """The form, for a fund that the person records for; another's is refused as the verb would."""
    form = read_deal(texts, desk.before)
    if desk.find_fund(form.fund) is None:
        raise NotAllowed("permission.refused_funds", action=Action.RECORD_BUSINESS, funds=form.fund)
    return form


def commit_deal(desk: DealDesk, texts: Mapping[str, str]) -> Component:
    """Record it as one revision, forget what was kept of the form, and show where it can be seen."""
    form = read_own(desk, texts)
    visit = desk.visit
    with visit.book.change(visit.person.login, form.reason or REASON) as change:
        recorded = record_deal(change, form.package)
        version = change.version
    forget_draft(visit, FORM, key_of(desk.context))
    return _draw_recorded(
        desk, form, version, [say_problem(one, visit.language) for one in recorded.warnings]
    )


def _draw_recorded(desk: DealDesk, form: DealForm, version: int, warnings: list[str]) -> Component:
    query = f"?{urlencode(desk.context.query)}"
    context = read_context(desk.visit, query, desk.context.parts, desk.context.path)
    after = open_desk(context) or desk
    return draw_done(
        html.P(desk.say("record_deal.done", version=version)),
        *(html.P(line) for line in warnings),
        *_draw_project(after, form),
        html.P(_draw_ways(context, form, version), className="scope-links"),
    )


def _draw_project(after: DealDesk, form: DealForm) -> Iterator[Component]:
    """How far the project is, and the place for the papers of the deal."""
    fund, firm = after.find_fund(form.fund), after.find_firm(form.company)
    if fund is None or firm is None:
        return
    yield draw_steps(after.visit, read_steps(after.slice, fund.id, firm.id))
    yield html.P(after.say("record_deal.papers_next"), className="card-note")
    held, decided = after.slice.ledger.holdings, after.slice.ledger.decisions
    own = held.id[(held.fund == fund.id) & (held.company == firm.id)]
    deals = decided.deal[np.isin(decided.holding, own)]
    if len(deals):
        yield draw_attach(after.context, fund.code, (AttachmentSubject.DEAL, int(deals[-1])))


def _draw_ways(context: PageContext, form: DealForm, version: int) -> list[Component]:
    say, link = context.say, context.link
    return [
        dcc.Link(say("record_deal.see_fund"), href=link(f"/funds/{form.fund}")),
        dcc.Link(say("record_deal.see_company"), href=link(f"/companies/{form.company}")),
        dcc.Link(say("record_deal.see_trail"), href=link(f"/trail/{version}")),
        dcc.Link(say("record_deal.another"), href=link(PATH, **{FUND: form.fund})),
    ]


def key_of(context: PageContext) -> str:
    """Under which a form's draft is kept: by the fund and firm that the address names."""
    query = context.query
    return f"{query.get(FUND, '')}:{query.get(COMPANY, '')}"[:200]


def place_problems(error: LedgerError, language: str) -> tuple[dict[str, str], list[str]]:
    """The words of problems by field, and of those that no field stands for."""
    beside: dict[str, str] = {}
    rest: list[str] = []
    problems = error.problems if isinstance(error, RulesBroken) else []
    for problem in problems:
        name = problem.where.removeprefix(STEM)
        words = say_problem(problem, language)
        if problem.where.startswith(STEM) and name in FIELDS:
            beside[name] = f"{beside[name]} {words}" if name in beside else words
        else:
            rest.append(words)
    return beside, list(dict.fromkeys(rest))


def write_difference(desk: DealDesk, texts: Mapping[str, str]) -> str:
    """How far the investors and the fund's part are from the round's total, as far as they can be read."""
    total = _amount(texts.get("total"))
    parts = [_amount(text) for name, text in texts.items() if name.startswith("part-") or name == "amount"]
    listed = sum(part for part in parts if part is not None)
    if total is None or not listed:
        return ""
    said = {
        name: format_money(amount, MoneyUnit.WAN) for name, amount in (("total", total), ("listed", listed))
    }
    if total == listed:
        return desk.say("record_deal.sum_right", total=said["total"])
    difference = format_money(total - listed, MoneyUnit.WAN)
    return desk.say("record_deal.sum_open", difference=difference, **said)


def _amount(text: str | None) -> int | None:
    try:
        return parse_money(text) if text else None
    except MoneyFault:
        return None
