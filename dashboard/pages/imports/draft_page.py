"""The page of one workbook on its way: it follows the work, takes decisions, and records."""

from collections.abc import Mapping
from typing import Any

from dash import ALL, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.imports import draft_jobs as jobs
from dashboard.pages.imports import draft_store as store
from dashboard.pages.imports.draft_store import AT_WORK
from dashboard.pages.imports.draft_tables import TABLES
from dashboard.pages.imports.draft_view import ACT, draw_commit, draw_draft
from dashboard.pages.imports.import_desk import NEEDS, PATH, DraftDesk, open_draft
from dashboard.pages.imports.mapping_page import register_mapping
from dashboard.pages.imports.mapping_store import reopen
from dashboard.pages.imports.meetings_view import ALL_ACT, CHOICE
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.words.numbers import format_count
from funds.errors import LedgerError
from funds.intake.choices import Choice

BODY, TICK = "import-draft", "import-tick"
EVERY = 1_200  # milliseconds between two looks at work that goes on
HERE, SEARCH = State("url", "pathname"), State("url", "search")


def lay_out(context: PageContext) -> Component:
    """The workbook in the address."""
    desk = open_draft(context)
    return html.Div(
        [
            html.Div(draw_draft(desk), id=BODY, className="overview"),
            dcc.Interval(id=TICK, interval=EVERY, disabled=desk.draft.state not in AT_WORK),
        ],
        className="imports account proposals",
    )


def register_draft(app: GuardedApp) -> None:
    """Follow the work; stop, start again, throw away, record; remember decisions."""
    _register_tick(app)
    _register_acts(app)
    _register_choices(app)
    register_mapping(app)


def _register_tick(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children"),
        Output(TICK, "disabled"),
        Input(TICK, "n_intervals"),
        HERE,
        SEARCH,
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def follow(visit: Visit, beats: int | None, path: str | None, search: str | None) -> list[Any]:
        if not beats:
            return [no_update, no_update]
        return _draw(_open(visit, path, search))


def _register_acts(app: GuardedApp) -> None:
    @app.callback(
        Output(BODY, "children", allow_duplicate=True),
        Output(TICK, "disabled", allow_duplicate=True),
        Output("url", "href", allow_duplicate=True),
        Input({"type": ACT, "act": ALL}, "n_clicks"),
        Input({"type": ALL_ACT, "act": ALL}, "n_clicks"),
        HERE,
        SEARCH,
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def act(
        visit: Visit,
        clicks: list[int | None],
        all_clicks: list[int | None],
        path: str | None,
        search: str | None,
    ) -> list[Any]:
        if not any(clicks) and not any(all_clicks):
            return [no_update, no_update, no_update]
        desk, told = _open(visit, path, search), None
        kind, name = _read_trigger(ctx.triggered_id)
        if (kind, name) == (ACT, "forget"):
            store.forget(visit.book, visit.person.person_id, desk.draft.id)
            return [no_update, True, desk.context.link(PATH)]
        try:
            told = _decide_all(desk, name) if kind == ALL_ACT else _act(desk, name)
        except LedgerError as error:
            told = draw_faults(word_error(visit, error))
        return [*_draw(_open(visit, path, search), told), no_update]


def _register_choices(app: GuardedApp) -> None:
    @app.callback(
        Output("import-commit", "children"),
        Input({"type": CHOICE, "row": ALL}, "value"),
        State({"type": CHOICE, "row": ALL}, "id"),
        HERE,
        SEARCH,
        needs=NEEDS,
        prevent_initial_call=True,
    )
    def decide(
        visit: Visit,
        values: list[str | None],
        ids: list[dict[str, str]],
        path: str | None,
        search: str | None,
    ) -> Any:
        if not any(values):
            return no_update
        desk = _open(visit, path, search)
        given = {one["row"]: value for one, value in zip(ids, values, strict=True) if value}
        _keep(desk, {**desk.draft.choices, **_read_choices(desk, given)})
        return draw_commit(_open(visit, path, search))


def _act(desk: DraftDesk, name: str) -> Component | None:
    """Do what a button says."""
    draft, book, person_id = desk.draft, desk.context.visit.book, desk.context.visit.person.person_id
    if name == "stop":
        jobs.stop(book, person_id, draft)
        return draw_done(desk.say("imports.stopped"))
    if name == "again":
        jobs.restart(book, person_id, draft)
    elif name == "map":
        reopen(book, draft.id)
    elif name == "commit":
        jobs.ask_to_record(book, person_id, draft)
    else:
        raise BadValues("request.bad_values")
    return None


def _decide_all(desk: DraftDesk, name: str) -> Component:
    """The same for every row that allows it."""
    outcome = desk.draft.outcome
    met = outcome.meetings if outcome is not None else ()
    given = {one.origin: name for one in met if name in one.choices}
    _keep(desk, {**desk.draft.choices, **_read_choices(desk, given)})
    return draw_done(desk.say("imports.decided", count=format_count(len(given))))


def _read_choices(desk: DraftDesk, given: Mapping[str, str]) -> dict[str, Choice]:
    """Only what is offered for a row that there is."""
    outcome = desk.draft.outcome
    offered = {one.origin: one.choices for one in (outcome.meetings if outcome is not None else ())}
    if any(choice not in offered.get(row, ()) for row, choice in given.items()):
        raise BadValues("request.bad_values")
    return {row: Choice(choice) for row, choice in given.items()}


def _keep(desk: DraftDesk, choices: Mapping[str, Choice]) -> None:
    visit = desk.context.visit
    store.keep_choices(visit.book, visit.person.person_id, desk.draft.id, choices)


def _open(visit: Visit, path: str | None, search: str | None) -> DraftDesk:
    """The workbook whose page the browser is on."""
    number = (path or "").rstrip("/").rpartition("/")[2]
    return open_draft(read_context(visit, search, {"id": number}, f"{PATH}/{number}"))


def _draw(desk: DraftDesk, told: Component | None = None) -> list[Any]:
    return [draw_draft(desk, told), desk.draft.state not in AT_WORK]


def _read_trigger(triggered: object) -> tuple[str, str]:
    """Which button it was."""
    if not isinstance(triggered, Mapping) or not isinstance(triggered.get("act"), str):
        raise BadValues("request.bad_values")
    return str(triggered["type"]), str(triggered["act"])


PAGE = Page(
    f"{PATH}/{{id}}",
    "page.import_draft",
    NEEDS,
    lay_out,
    group="work.group",
    is_in_nav=False,
    tables=TABLES,
)
