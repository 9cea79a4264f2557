"""The page of a quarter's collection: who has filed, who is late, which checks are open, what is locked and restated."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import ALL, Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.forms.quarter_forms import LATE_FIELDS, TOTAL_FIELDS
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from dashboard.pages.quarters import quarters_tables, restatement_card
from dashboard.pages.quarters.fund_card import LATE, SAVE, TOLD, TOTAL
from dashboard.pages.quarters.quarters_acts import (
    ACT,
    REASON,
    carry_out,
    file_total,
    propose_late,
    read_trigger,
)
from dashboard.pages.quarters.quarters_body import draw_quarter
from dashboard.pages.quarters.quarters_desk import PATH, QuartersDesk, open_desk
from funds.errors import LedgerError
from funds.permissions import Action

BODY = "quarters-body"


def lay_out(context: PageContext) -> Component:
    """The quarter in the address."""
    return html.Div(draw_quarter(open_desk(context)), id=BODY, className="overview quarters")


def register(app: GuardedApp) -> None:
    """The buttons, and the two forms of a fund."""
    _register_acts(app)
    _register_total(app)
    _register_late(app)


def _register_acts(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children"),
        Input({"type": ACT, "act": ALL, "fund": ALL}, "n_clicks"),
        State(REASON, "value"),
        State("url", "search"),
        needs=Action.READ,
        prevent_initial_call=True,
    )
    def act(visit: Visit, clicks: list[int | None], reason: str | None, search: str | None) -> Any:
        if not any(clicks):
            return no_update
        name, fund = read_trigger(ctx.triggered_id)
        context = read_context(visit, search, None, PATH)
        try:
            told = carry_out(open_desk(context), name, fund, reason)
        except LedgerError as error:
            told = draw_faults(word_error(visit, error))
        return draw_quarter(open_desk(read_context(visit, search, None, PATH)), told)


def _register_total(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(f"{TOTAL}-{TOLD}", "children"),
        Input(f"{TOTAL}-{SAVE}", "n_clicks"),
        *(State(f"{TOTAL}-{name}", "value") for name in TOTAL_FIELDS),
        State("url", "search"),
        needs=Action.RECORD_BUSINESS,
        prevent_initial_call=True,
    )
    def save_total(
        visit: Visit,
        clicks: int | None,
        child: str | None,
        called: str | None,
        distributed: str | None,
        search: str | None,
    ) -> list[Any]:
        texts = _texts(TOTAL_FIELDS, child, called, distributed)
        return _save(visit, clicks, search, texts, file_total)


def _register_late(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(f"{LATE}-{TOLD}", "children"),
        Input(f"{LATE}-{SAVE}", "n_clicks"),
        *(State(f"{LATE}-{name}", "value") for name in LATE_FIELDS),
        State("url", "search"),
        needs=Action.RECORD_BUSINESS,
        prevent_initial_call=True,
    )
    def save_late(
        visit: Visit,
        clicks: int | None,
        kind: str | None,
        day: str | None,
        amount: str | None,
        other: str | None,
        evidence: str | None,
        reason: str | None,
        search: str | None,
    ) -> list[Any]:
        texts = _texts(LATE_FIELDS, kind, day, amount, other, evidence, reason)
        return _save(visit, clicks, search, texts, propose_late)


def _texts(names: tuple[str, ...], *given: str | None) -> dict[str, str]:
    return {name: text or "" for name, text in zip(names, given, strict=True)}


def _save(
    visit: Visit,
    clicks: int | None,
    search: str | None,
    texts: Mapping[str, str],
    file: Callable[[QuartersDesk, Mapping[str, str]], Component],
) -> list[Any]:
    """What was typed stays until it is filed; once it is, the whole page is drawn anew."""
    if not clicks:
        return [no_update, no_update]
    try:
        told = file(open_desk(read_context(visit, search, None, PATH)), texts)
    except LedgerError as error:
        return [no_update, draw_faults(word_error(visit, error))]
    return [draw_quarter(open_desk(read_context(visit, search, None, PATH)), told), no_update]


PAGE = Page(
    PATH,
    "page.quarters",
    Action.READ,
    lay_out,
    register,
    group="work.group",
    tables={
        quarters_tables.FUNDS: quarters_tables.make_funds_table,
        quarters_tables.PARKS: quarters_tables.make_parks_table,
        quarters_tables.CHECKS: quarters_tables.make_checks_table,
        restatement_card.NAME: restatement_card.make_restatements_table,
    },
)
