"""The page where records are kept: what funds, contracts, institutions, firms and parks are."""

from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.draft_notice import SEEN, register_draft, seen_store
from dashboard.pages.kept_drawings import draw_part_kept
from dashboard.pages.page import Page
from dashboard.pages.people.account_words import draw_faults, word_error
from dashboard.pages.stale_panel import draw_stale_panel
from dashboard.pages.switcher import SWITCHER
from dashboard.pages.upkeep.upkeep_acts import read_texts, save_edit
from dashboard.pages.upkeep.upkeep_desk import PATH, TAB, TABLE, TABS, THING, UpkeepDesk, open_upkeep
from dashboard.pages.upkeep.upkeep_form import FORM, VALUES, draw_form, draw_way, field_id
from dashboard.pages.upkeep.upkeep_table import NAME, draw_standing, make_standing_table
from dashboard.words import say_problem
from funds.errors import LedgerError, RulesBroken
from funds.permissions import Action
from funds.recording.stale import StaleEdit

TOLD, LIST, SAVE = f"{FORM}-told", f"{FORM}-list", f"{FORM}-save"
KEEP_MINE, STALE_VERSION = f"{FORM}-stale-keep-mine", f"{FORM}-stale-version"


def lay_out(context: PageContext) -> Component:
    """The page; as long as no form is open it is of the book alone."""
    if TABLE in context.query:
        return draw_page(context)
    part = (PATH, str(context.visit.person.person_id))
    return draw_part_kept(context, part, lambda: draw_page(context))


def draw_page(context: PageContext) -> Component:
    """The kinds of record, the thing, its form when one is asked for, and what stands."""
    with open_upkeep(context) as desk:
        title = html.H1(context.say("page.upkeep"), className="page-title")
        parts = [
            html.Div([title, _draw_thing_choice(desk)], className="title-line"),
            _draw_tabs(desk),
        ]
        if context.as_known is not None:
            parts.append(html.P(context.say("upkeep.not_now"), className="card-note"))
        elif desk.sheet is not None:
            parts.append(draw_form(desk, desk.sheet))
        if desk.thing is None:
            parts.append(html.P(context.say("upkeep.nothing"), className="card-note"))
        parts.append(html.Div(draw_standing(desk), id=LIST))
    return html.Div(parts, className="overview upkeep")


def register(app: GuardedApp) -> None:
    """Keep what is typed, and record it."""
    register_draft(app, FORM, {VALUES: field_id(ALL)}, Action.RECORD_REFERENCE)

    @app.callback(
        Output(TOLD, "children"),
        Output(LIST, "children"),
        Output(f"{FORM}-{SEEN}", "data"),
        Output(field_id(ALL), "error"),
        Input(SAVE, "n_clicks"),
        State(field_id(ALL), "value"),
        State(field_id(ALL), "id"),
        seen_store(FORM),
        State("url", "search"),
        needs=Action.RECORD_REFERENCE,
        prevent_initial_call=True,
    )
    def save(
        visit: Visit,
        clicks: int | None,
        values: list[object],
        ids: list[object],
        seen: int | None,
        search: str | None,
    ) -> list[Any]:
        return _save(visit, clicks, values, ids, seen, search)

    @app.callback(
        Output(TOLD, "children", allow_duplicate=True),
        Output(LIST, "children", allow_duplicate=True),
        Output(f"{FORM}-{SEEN}", "data", allow_duplicate=True),
        Output(field_id(ALL), "error", allow_duplicate=True),
        Input(KEEP_MINE, "n_clicks"),
        State(field_id(ALL), "value"),
        State(field_id(ALL), "id"),
        State(STALE_VERSION, "data"),
        State("url", "search"),
        needs=Action.RECORD_REFERENCE,
        prevent_initial_call=True,
    )
    def save_upon_theirs(
        visit: Visit,
        clicks: int | None,
        values: list[object],
        ids: list[object],
        seen: int | None,
        search: str | None,
    ) -> list[Any]:
        return _save(visit, clicks, values, ids, seen, search)


def _save(
    visit: Visit,
    clicks: int | None,
    values: list[object],
    ids: list[object],
    seen: int | None,
    search: str | None,
) -> list[Any]:
    """Record the form; whatever is refused is told, and what was typed stays."""
    fields = len(ids)
    if not clicks:
        return [no_update, no_update, no_update, [no_update] * fields]
    context = read_context(visit, search, None, PATH)
    if seen is None or context.as_known is not None:
        raise BadValues("request.bad_values")
    with open_upkeep(context) as desk:
        texts = read_texts(desk, values, ids)
        try:
            told, version = save_edit(desk, texts, seen)
        except StaleEdit as stale:
            panel = draw_stale_panel(context, stale, FORM, take_theirs=context.here(draft=None))
            return [panel, no_update, no_update, [None] * fields]
        except RulesBroken as broken:
            beside = _beside_fields(visit, broken, list(texts))
            return [_tell_faults(visit, broken, beside), no_update, no_update, beside]
        except LedgerError as error:
            return [draw_faults(word_error(visit, error)), no_update, no_update, [None] * fields]
    with open_upkeep(context) as after:
        return [told, draw_standing(after), version, [None] * fields]


def _beside_fields(visit: Visit, broken: RulesBroken, columns: list[str]) -> list[str | None]:
    """Each fault beside the field that it is about."""
    said: dict[str, str] = {}
    for problem in broken.problems:
        name = problem.where.removeprefix("form:")
        column = name if name in columns else f"{name}_id"
        said.setdefault(column, say_problem(problem, visit.language))
    return [said.get(column) for column in columns]


def _tell_faults(visit: Visit, broken: RulesBroken, beside: list[str | None]) -> Component:
    """What no field is to blame for, and how many fields are."""
    lines = [line for line in word_error(visit, broken) if line not in beside]
    marked = sum(one is not None for one in beside)
    return draw_faults([*lines, *([visit.say("upkeep.faults", count=marked)] if marked else [])])


def _draw_tabs(desk: UpkeepDesk) -> Component:
    links = [
        draw_way(
            desk.say(f"upkeep.tab_{tab.code}"),
            desk.context.link(PATH, **{TAB: tab.code, THING: _kept_thing(desk, tab.kind)}),
            "upkeep-tab",
            is_chosen=tab is desk.tab,
        )
        for tab in TABS.values()
    ]
    return html.Nav(links, className="upkeep-tabs", **aria(label=desk.say("upkeep.tabs")))


def _kept_thing(desk: UpkeepDesk, kind: str) -> str | None:
    """A fund stays chosen from one of its tabs to the next."""
    return desk.thing.code if desk.thing is not None and desk.tab.kind == kind else None


def _draw_thing_choice(desk: UpkeepDesk) -> Component | None:
    """The way to another fund, firm, institution or park."""
    if desk.thing is None:
        return None
    links = {
        one.code: desk.context.link(PATH, **{TAB: desk.tab.code, THING: one.code}) for one in desk.things
    }
    select: Component = dmc.Select(
        id={"type": SWITCHER, "path": PATH},
        data=[
            {"value": links[one.code], "label": desk.say("people.named", name=one.name, code=one.code)}
            for one in desk.things
        ],
        value=links[desk.thing.code],
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=desk.say("switcher.nothing"),
        size="sm",
        w=320,
        comboboxProps={"withinPortal": True},
        className="switcher",
        **aria(label=desk.say(f"upkeep.choose_{desk.tab.kind}")),
    )
    return select


PAGE = Page(
    PATH,
    "page.upkeep",
    Action.RECORD_REFERENCE,
    lay_out,
    register,
    group="work.group",
    tables={NAME: make_standing_table},
)
