"""The page where parks file and correct the figures of the six ones."""

from typing import Any

from dash import Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.park_figure import FIELDS
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.figures_entry.entry_desk import PATH, open_anew, open_desk
from dashboard.pages.figures_entry.entry_form import FIELD, draw_form, draw_place_choice, file_figure
from dashboard.pages.figures_entry.entry_table import NAME, draw_filed_table, make_filed_table
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from funds.errors import LedgerError
from funds.permissions import Action

# What is emptied once a figure is filed; source and owner often serve for the next one.
EMPTIED = ("value", "evidence")


def lay_out(context: PageContext) -> Component:
    """The page; what is typed stays in the browser until it is filed, so that all of it is of the book alone."""
    part = (PATH, str(context.visit.person.person_id))
    return draw_part_kept(context, part, lambda: draw_page(context))


def draw_page(context: PageContext) -> Component:
    """The form, and what is on file."""
    desk = open_desk(context)
    title = html.H1(context.say("page.park_figures"), className="page-title")
    return html.Div(
        [
            html.Div([title, draw_place_choice(desk)], className="title-line"),
            draw_form(desk),
            html.Div(draw_filed_table(desk), id=f"{FIELD}-list"),
        ],
        className="overview entry-page",
    )


def register(app: GuardedApp) -> None:
    """File the form."""

    @app.callback(
        Output(f"{FIELD}-told", "children"),
        Output(f"{FIELD}-list", "children"),
        *(Output(f"{FIELD}-{name}", "value") for name in EMPTIED),
        Input(f"{FIELD}-save", "n_clicks"),
        *(State(f"{FIELD}-{name}", "value") for name in FIELDS),
        State("url", "search"),
        needs=Action.RECORD_PARK_FIGURES,
        prevent_initial_call=True,
    )
    def save(
        visit: Visit,
        clicks: int | None,
        indicator: str | None,
        period: str | None,
        value: str | None,
        source: str | None,
        owner: str | None,
        evidence: str | None,
        reason: str | None,
        search: str | None,
    ) -> list[Any]:
        if not clicks:
            return [no_update] * (2 + len(EMPTIED))
        given = (indicator, period, value, source, owner, evidence, reason)
        texts = {name: text or "" for name, text in zip(FIELDS, given, strict=True)}
        context = read_context(visit, search, None, PATH)
        try:
            desk = open_desk(context, is_listed=False)
            told = file_figure(desk, texts)
        except LedgerError as error:
            return [draw_faults(word_error(visit, error)), *[no_update] * (1 + len(EMPTIED))]
        emptied = [no_update] * len(EMPTIED) if desk.chosen else [""] * len(EMPTIED)
        return [told, draw_filed_table(open_anew(desk)), *emptied]


PAGE = Page(
    PATH,
    "page.park_figures",
    Action.RECORD_PARK_FIGURES,
    lay_out,
    register,
    tables={NAME: make_filed_table},
)
