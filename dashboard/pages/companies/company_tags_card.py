"""Who says which industries a firm is in: its tags by the mode shown, what suggests others, and what waits."""

from collections.abc import Sequence
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.proposals.proposal_desk import PATH, ProposalDesk, open_proposals
from dashboard.pages.proposals.tag_form import SUGGEST, draw_tag_form
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.readings.industries.alignment_pieces import main_tag
from dashboard.readings.industries.tag_suggestions import TagSuggestion, tag_suggestions
from dashboard.words.numbers import format_percent
from funds.measures import WHOLE_PPM
from funds.permissions import Action
from funds.queries.facts import CompanyFacts, Facts
from funds.queries.ledger_slice import slice_ledger
from funds.queries.proposals import Proposed
from funds.queries.scopes import company_scope


def draw_company_tags(context: PageContext, company: CompanyFacts) -> Component:
    """The card: tags, suggestions with their reasons, the form, and the proposals that wait."""
    visit = context.visit
    scope = company_scope(company.code)
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    facts = slice_.facts
    with open_proposals(context) as desk:
        waiting = [one for one in desk.read(only_open=True, about=company.code) if one.kind == "tag"]
        pending = _draw_waiting(desk, waiting)
        is_now = desk.is_now
    may_propose = is_now and visit.may_do(Action.RECORD_REFERENCE)
    return html.Section(
        [
            html.H2(write_tags(context, facts, company), className="card-title"),
            html.P(context.say("proposal.tags_note"), className="card-note"),
            pending,
            _draw_suggestions(context, tag_suggestions(slice_, company), may_propose=may_propose),
            draw_tag_form(context, facts, company.id) if may_propose else None,
        ],
        className="card account company-tags",
        id="company-tags",
    )


def write_tags(context: PageContext, facts: Facts, company: CompanyFacts) -> str:
    """The finding: which industry speaks for the firm in the primary mode, and with which weights."""
    tags = [tag for tag in facts.tags.get(company.id, ()) if tag.industry_id in facts.industries]
    if not tags:
        return context.say("proposal.tags_none")
    listed = context.say("proposal.list_comma").join(
        context.say(
            "proposal.tag_said",
            name=facts.industries[tag.industry_id].name,
            weight=format_percent(Fraction(tag.weight_ppm, WHOLE_PPM)),
        )
        for tag in sorted(tags, key=lambda tag: -tag.weight_ppm)
    )
    main = main_tag(tags)
    if main is None:
        return context.say("proposal.tags_tie", tags=listed)
    return context.say("proposal.tags_main", name=facts.industries[main.industry_id].name, tags=listed)


def write_reasons(context: PageContext, suggestion: TagSuggestion) -> str:
    """Why an industry is suggested."""
    return context.say("proposal.list_stop").join(
        context.say(reason.code, **reason.params) for reason in suggestion.reasons
    )


def _draw_suggestions(
    context: PageContext, suggestions: Sequence[TagSuggestion], *, may_propose: bool
) -> Component:
    title = html.H3(context.say("proposal.suggestions"), className="section-title")
    if not suggestions:
        return html.Div([title, html.P(context.say("proposal.suggestions_none"), className="card-note")])
    items = [_draw_suggestion(context, one, may_propose=may_propose) for one in suggestions]
    return html.Div([title, html.Ul(items, className="suggestions")])


def _draw_suggestion(context: PageContext, one: TagSuggestion, *, may_propose: bool) -> Component:
    weight = (
        context.say("proposal.weight_open")
        if one.weight_ppm is None
        else context.say("proposal.weight_is", weight=format_percent(Fraction(one.weight_ppm, WHOLE_PPM)))
    )
    step: Component | None = None
    if one.is_tagged:
        step = html.Span(context.say("proposal.tagged_already"), className="soft")
    elif may_propose:
        step = dcc.Link(
            context.say("proposal.take_over"), href=f"{context.here(**{SUGGEST: one.industry})}#tag-form"
        )
    return html.Li(
        [
            html.Strong(f"{one.name}（{one.industry}）"),
            html.Span(weight, className="soft"),
            html.Span(write_reasons(context, one), className="why"),
            step,
        ]
    )


def _draw_waiting(desk: ProposalDesk, waiting: Sequence[Proposed]) -> Component | None:
    if not waiting:
        return None
    lines = [
        html.Li(
            dcc.Link(
                desk.say(
                    "proposal.waits",
                    number=one.id,
                    person=desk.trail.write_person(one.proposer_id),
                    when=write_city_time(one.at),
                ),
                href=desk.context.link(f"{PATH}/{one.id}"),
            )
        )
        for one in waiting
    ]
    return html.Div(
        [html.P(desk.say("proposal.waiting_here", count=len(waiting))), html.Ul(lines)],
        className="stale-note",
        role="status",
    )
