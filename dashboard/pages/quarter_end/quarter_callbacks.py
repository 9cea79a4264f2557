"""The buttons of a quarter's end on their way to the verbs: what was typed stays until it is recorded."""

from typing import Any

from dash import ALL, Input, Output, State, no_update

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import read_context
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.quarter_end import marks_form, nav_card, review_form
from dashboard.pages.quarter_end.quarter_acts import (
    MOST_LINES,
    approve_picked,
    bring_marks,
    report_nav,
    row_of,
    zip_lines,
)
from dashboard.pages.quarter_end.quarter_body import BODY, draw_quarter
from dashboard.pages.quarter_end.quarter_desk import PATH, open_desk
from dashboard.words import say_problem
from funds.errors import LedgerError, RulesBroken
from funds.permissions import Action


def register(app: GuardedApp) -> None:
    """Tick all, record marks, report a value, approve."""
    _register_ticks(app)
    _register_marks(app)
    _register_nav(app)
    _register_approval(app)


def _register_ticks(app: GuardedApp) -> None:

    @app.callback(
        Output({"type": marks_form.TICK, "row": ALL}, "checked"),
        Input(marks_form.ALL_TICKS, "checked"),
        State({"type": marks_form.TICK, "row": ALL}, "disabled"),
        needs=Action.RECORD_BUSINESS,
        prevent_initial_call=True,
    )
    def tick_all(_visit: Visit, checked: bool | None, disabled: list[bool | None]) -> Any:
        return [bool(checked) and not off for off in disabled[:MOST_LINES]]


def _register_marks(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(marks_form.TOLD, "children"),
        Output({"type": marks_form.FAULT, "row": ALL}, "children"),
        Input(marks_form.SAVE, "n_clicks"),
        State({"type": marks_form.VALUE, "row": ALL}, "id"),
        State({"type": marks_form.VALUE, "row": ALL}, "value"),
        State({"type": marks_form.METHOD, "row": ALL}, "value"),
        State({"type": marks_form.EVIDENCE, "row": ALL}, "value"),
        State({"type": marks_form.TICK, "row": ALL}, "id"),
        State({"type": marks_form.TICK, "row": ALL}, "checked"),
        State(marks_form.REASON, "value"),
        State("url", "search"),
        needs=Action.RECORD_BUSINESS,
        prevent_initial_call=True,
    )
    def save_marks(
        visit: Visit,
        clicks: int | None,
        ids: list[dict[str, str]],
        values: list[str | None],
        methods: list[str | None],
        evidences: list[str | None],
        tick_ids: list[dict[str, str]],
        ticks: list[bool | None],
        reason: str | None,
        search: str | None,
    ) -> list[Any]:
        if not clicks:
            return [no_update, no_update, [no_update] * len(ids)]
        lines = zip_lines(ids, values, methods, evidences, tick_ids, ticks)
        context = read_context(visit, search, None, PATH)
        try:
            told = bring_marks(open_desk(context), lines, reason or "")
        except RulesBroken as broken:
            general, beside = split_faults(visit, broken, [line.company for line in lines])
            return [no_update, draw_faults(general), beside]
        except LedgerError as error:
            return [no_update, draw_faults(word_error(visit, error)), [""] * len(lines)]
        return [draw_quarter(context, draw_done(told)), no_update, [no_update] * len(lines)]


def _register_nav(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(nav_card.TOLD, "children"),
        Input(nav_card.SAVE, "n_clicks"),
        State(nav_card.VALUE, "value"),
        State(nav_card.SOURCE, "value"),
        State(nav_card.INVESTOR, "value"),
        State("url", "search"),
        needs=Action.RECORD_BUSINESS,
        prevent_initial_call=True,
    )
    def save_nav(
        visit: Visit,
        clicks: int | None,
        value: str | None,
        source: str | None,
        investor: str | None,
        search: str | None,
    ) -> list[Any]:
        if not clicks:
            return [no_update, no_update]
        context = read_context(visit, search, None, PATH)
        try:
            told = report_nav(open_desk(context), value or "", source or "", investor or nav_card.WHOLE_FUND)
        except BadValues:
            raise
        except LedgerError as error:
            return [no_update, draw_faults(word_error(visit, error))]
        return [draw_quarter(context, draw_done(told)), no_update]


def _register_approval(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(review_form.TOLD, "children"),
        Input(review_form.APPROVE, "n_clicks"),
        State({"type": review_form.PICK, "row": ALL}, "id"),
        State({"type": review_form.PICK, "row": ALL}, "checked"),
        State(review_form.ANSWER, "value"),
        State("url", "search"),
        needs=Action.APPROVE_VALUES,
        prevent_initial_call=True,
    )
    def approve(
        visit: Visit,
        clicks: int | None,
        ids: list[dict[str, str]],
        picks: list[bool | None],
        answer: str | None,
        search: str | None,
    ) -> list[Any]:
        if not clicks:
            return [no_update, no_update]
        if len(ids) != len(picks):
            raise BadValues("request.bad_values")
        picked = [row_of(one) for one, is_picked in zip(ids, picks, strict=True) if is_picked]
        context = read_context(visit, search, None, PATH)
        try:
            told = approve_picked(open_desk(context), picked, answer or "")
        except LedgerError as error:
            return [no_update, draw_faults(word_error(visit, error))]
        return [draw_quarter(context, draw_done(told)), no_update]


def split_faults(visit: Visit, broken: RulesBroken, companies: list[str]) -> tuple[list[str], list[str]]:
    """What is wrong as a whole, with how many lines are, and what stands beside each line."""
    beside: dict[str, list[str]] = {company: [] for company in companies}
    general: list[str] = []
    for problem in broken.problems:
        _, _, company = problem.where.removeprefix("form:").partition(":")
        beside.get(company, general).append(say_problem(problem, visit.language))
    wrong = sum(bool(told) for told in beside.values())
    if wrong:
        general.insert(0, visit.say("quarter_end.lines_wrong", count=wrong))
    return general, [" ".join(beside[company]) for company in companies]
