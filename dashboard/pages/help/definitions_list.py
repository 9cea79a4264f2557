"""Every definition in one list: what each figure's code means, family by family."""

from collections.abc import Callable

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.help import DefinitionPage, definition_codes, family_of, load_definition
from dashboard.pages.attributes import aria
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit
from funds.permissions import Action

PATH = "/definitions"
ORDER = ("LV", "PF", "AL")
COLUMNS = ("name", "code", "meaning", "unit", "basis", "version")


def list_families() -> tuple[str, ...]:
    """The families that have definitions: leverage, returns and alignment first."""
    found = {family_of(code) for code in definition_codes()}
    return (*(family for family in ORDER if family in found), *sorted(found - set(ORDER)))


def lay_out(context: PageContext) -> Component:
    """A table for each family, with links that jump to it."""
    families = list_families()
    lead = context.say("definitions.lead", count=len(definition_codes()))
    jumps = [
        html.A(context.say(f"definitions.family_{family}"), href=f"#{_anchor(family)}") for family in families
    ]
    terms = dcc.Link(context.say("definitions.to_glossary"), href=context.link("/glossary"))
    cards = [
        html.Div(draw_table_card(context, make_table(context, family)), id=_anchor(family), tabIndex=-1)
        for family in families
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.H1(context.say("definitions.title"), className="page-title"),
                    html.P(lead, className="page-note"),
                    html.Nav(
                        [*jumps, terms], className="jumps", **aria(label=context.say("definitions.jump"))
                    ),
                ]
            ),
            *cards,
        ],
        className="help definitions",
    )


def make_table(context: PageContext, family: str) -> ShownTable:
    """The definitions of a family in the order of their codes."""
    pages = [
        load_definition(code, context.language) for code in definition_codes() if family_of(code) == family
    ]
    return ShownTable(
        name=f"definitions_{family}",
        title=context.say(f"definitions.family_{family}"),
        columns=tuple(Column(key, context.say(f"definitions.{key}")) for key in COLUMNS),
        rows=tuple(_make_row(context, page) for page in pages),
    )


def _make_row(context: PageContext, page: DefinitionPage) -> Row:
    cells = CellMaker(context.visit, MoneyUnit.YUAN)
    return (
        cells.text(page.title, link=context.link(f"{PATH}/{page.code}")),
        cells.text(page.code),
        cells.text(page.section("meaning").text.partition("\n")[0]),
        cells.text(page.unit),
        cells.text(page.basis),
        cells.text(context.say("definitions.version_value", version=page.version)),
    )


def _anchor(family: str) -> str:
    return f"family-{family}"


def _maker_of(family: str) -> Callable[[PageContext], ShownTable]:
    return lambda context: make_table(context, family)


PAGE = Page(
    PATH,
    "page.definitions",
    Action.READ,
    lay_out,
    group="group.help",
    tables={f"definitions_{family}": _maker_of(family) for family in list_families()},
)
