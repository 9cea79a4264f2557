"""The glossary: the terms of the trade, a sentence each, with the way to the definitions that measure them."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.help import GROUPS, Term, load_definition, load_terms
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from funds.permissions import Action

PATH = "/glossary"


def anchor_of(term: Term) -> str:
    """The name of a term's place on the page."""
    return f"term-{term.code}"


def link_term(context: PageContext, term: Term) -> Component:
    """The way to a term, with what it means on hover."""
    return dcc.Link(
        term.names[context.language],
        href=f"{context.link(PATH)}#{anchor_of(term)}",
        title=term.meanings[context.language],
        className="term-link",
    )


def lay_out(context: PageContext) -> Component:
    """A list for each group, with links that jump to it."""
    terms = load_terms()
    jumps = [html.A(context.say(f"glossary.{group}"), href=f"#group-{group}") for group in GROUPS]
    figures = dcc.Link(context.say("glossary.to_definitions"), href=context.link("/definitions"))
    head = html.Div(
        [
            html.H1(context.say("page.glossary"), className="page-title"),
            html.P(context.say("glossary.lead", count=len(terms)), className="page-note"),
            html.Nav([*jumps, figures], className="jumps", **aria(label=context.say("definitions.jump"))),
        ]
    )
    return html.Div([head, *(_draw_group(context, group) for group in GROUPS)], className="help glossary")


def _draw_group(context: PageContext, group: str) -> Component:
    terms = [_draw_term(context, term) for term in load_terms() if term.group == group]
    title = html.H2(context.say(f"glossary.{group}"), className="card-title")
    body = [title, html.Dl(terms, className="terms")]
    return html.Section(body, id=f"group-{group}", className="card", tabIndex=-1)


def _draw_term(context: PageContext, term: Term) -> Component:
    other = "en" if context.language == "zh" else "zh"
    name = [
        html.Span(term.names[context.language], className="term-name"),
        html.Span(term.names[other], className="term-other", lang="en" if other == "en" else "zh-CN"),
    ]
    return html.Div(
        [html.Dt(name), html.Dd(_draw_meaning(context, term))],
        id=anchor_of(term),
        className="term",
        tabIndex=-1,
    )


def _draw_meaning(context: PageContext, term: Term) -> list[Component]:
    parts: list[Component] = [html.Span(term.meanings[context.language])]
    if term.also:
        names = context.say("glossary.join").join(term.also)
        parts.append(html.Span(context.say("glossary.also", names=names), className="term-also"))
    if term.figures:
        parts.append(
            html.Span([_link_figure(context, code) for code in term.figures], className="term-figures")
        )
    return parts


def _link_figure(context: PageContext, code: str) -> Component:
    page = load_definition(code, context.language)
    return dcc.Link(f"{page.title} {code}", href=context.link(f"/definitions/{code}"), className="term-link")


PAGE = Page(PATH, "page.glossary", Action.READ, lay_out, group="group.help")
