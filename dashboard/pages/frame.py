"""The frame around every page: a quiet head, the navigation, and the callback that puts the page into it."""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as read_version
from typing import Any, cast

import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component
from orjson import Fragment

from dashboard.answer_text import write_answer
from dashboard.auth.access_log import note_refusal
from dashboard.auth.callbacks import SIGNED_IN, GuardedApp
from dashboard.auth.visit import NotSignedIn, Visit, current_visit
from dashboard.incidents import record_incident
from dashboard.pages.attributes import aria, data
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.head import draw_head
from dashboard.pages.kept_drawings import count_kept, draw_kept
from dashboard.pages.moment import draw_moment
from dashboard.pages.page import Found, Page, find_page
from dashboard.pages.passports.passport import draw_drawer, register_passport
from dashboard.pages.states import (
    failed_state,
    fault_state,
    loading_state,
    missing_state,
    refused_state,
)
from dashboard.pages.switcher import register_switcher
from dashboard.pages.theme import THEME
from funds.errors import LedgerError

NAV_WIDTH = 216
HEAD_HEIGHT = 56
MOST_HEADINGS, MOST_LINKS = 64, 2_048


def lay_out_frame() -> Component:
    """The frame for whoever asks; an empty one where nobody does, as when the application starts."""
    try:
        visit = current_visit()
    except (NotSignedIn, RuntimeError):
        return html.Div()
    shell = dmc.AppShell(
        [
            dmc.AppShellHeader(draw_head(visit), className="head"),
            dmc.AppShellNavbar(_draw_nav_column(visit), className="nav-column"),
            dmc.AppShellMain(_draw_main(visit), className="main"),
        ],
        id="shell",
        header={"height": HEAD_HEIGHT},
        navbar={"width": NAV_WIDTH, "breakpoint": "sm", "collapsed": {"mobile": True}},
        padding=0,
        transitionDuration=120,
    )
    provider: Component = dmc.MantineProvider(
        dmc.DatesProvider(
            [
                html.A(visit.say("frame.skip"), href="#content", className="skip"),
                dcc.Location(id="url", refresh="callback-nav"),
                dcc.Store(id="scheme", data=visit.scheme),
                dcc.Store(id="page-title"),
                shell,
                *draw_drawer(visit),
                _draw_expired(visit),
                html.Div(
                    id="notice",
                    className="notice",
                    role="status",
                    hidden=True,
                    **data(offline=visit.say("state.offline")),
                    **aria(live="polite"),
                ),
            ],
            settings={
                "locale": "zh-cn" if visit.language == "zh" else "en",
                "firstDayOfWeek": 1,
                "weekendDays": [],
            },
        ),
        theme=THEME,
        defaultColorScheme="auto",
    )
    return provider


def register_frame(app: GuardedApp, pages: Sequence[Page]) -> None:
    """The callbacks of the frame; the first draws whatever page the address names."""

    @app.callback(
        Output("content", "children"),
        Output("nav", "children"),
        Output("moment-label", "children"),
        Output("moment-line", "children"),
        Output("moment-day", "value"),
        Output("moment-version", "value"),
        Output("page-title", "data"),
        Input("url", "pathname"),
        Input("url", "search"),
        Input("scheme", "data"),
        needs=SIGNED_IN,
    )
    def show_page(visit: Visit, pathname: str | None, search: str | None, _scheme: str | None) -> list[Any]:
        return draw_page(visit, pages, pathname or "/", search)

    register_passport(app)
    register_switcher(app)
    _register_switches(app)


def _register_switches(app: GuardedApp) -> None:
    """What the browser does by itself: `assets/frame.js` holds a function of each name."""
    app.clientside(
        "choose_scheme",
        Output("scheme", "data"),
        Input("scheme-toggle", "computedColorScheme"),
        State("scheme", "data"),
    )
    app.clientside("choose_language", Input("language", "n_clicks"), prevent_initial_call=True)
    app.clientside("sign_out", Input("sign-out", "n_clicks"), prevent_initial_call=True)
    app.clientside("set_title", Input("page-title", "data"))
    app.clientside("open_nav", Output("shell", "navbar"), Input("burger", "opened"), State("shell", "navbar"))
    app.clientside("close_nav", Output("burger", "opened"), Input("url", "pathname"))
    app.clientside("keep_moment", Output("home-link", "href"), Input("url", "search"))
    app.clientside(
        "choose_moment",
        Output("url", "search"),
        Input("moment-apply", "n_clicks"),
        Input("moment-reset", "n_clicks"),
        State("moment-day", "value"),
        State("moment-version", "value"),
        State("url", "search"),
        prevent_initial_call=True,
    )


def draw_page(visit: Visit, pages: Sequence[Page], pathname: str, search: str | None) -> list[Any]:
    """The page at an address with all that the frame shows about it."""
    found = find_page(pages, pathname)
    title = visit.say(found.page.title) if found else visit.say("state.missing_title")
    name = f"{title} · {visit.say('product.name')}"
    try:
        context = read_context(visit, search, found.parts if found else None, pathname)
    except LedgerError as error:
        today = visit.book.today().isoformat()
        return [fault_state(visit, error), _draw_nav(visit, pages, None, found), "", "", today, "", name]
    content: Component | Fragment
    if found is None:
        content = missing_state(visit)
    elif not found.page.is_for(visit):
        note_refusal(visit.book, visit.person.login, visit.address, pathname)
        content = refused_state(visit)
    else:
        content = _draw_content(context, found.page)
    return [
        content,
        _draw_nav(visit, pages, context, found),
        draw_moment(context),
        draw_moment(context, f"{visit.book.city_name} · "),
        context.as_of.isoformat(),
        "" if context.as_known is None else context.as_known,
        name,
    ]


def _draw_content(context: PageContext, page: Page) -> Component | Fragment:
    """The page itself, or the state that stands for what went wrong."""
    try:
        return draw_kept(context, page.path, lambda: page.layout(context))
    except LedgerError as error:
        if error.status < 500:
            return fault_state(context.visit, error)
        return failed_state(context.visit, record_incident(error, page.path))
    except Exception as error:  # the frame outlives any page
        return failed_state(context.visit, record_incident(error, page.path))


def _draw_nav(
    visit: Visit, pages: Sequence[Page], context: PageContext | None, found: Found | None
) -> list[Fragment]:
    """Links to the pages that are open to the person, under their headings, with the chosen day kept."""
    links: list[Fragment] = []
    group = ""
    for page in pages:
        if not page.is_in_nav or not page.is_for(visit):
            continue
        if page.group and page.group != group:
            group = page.group
            links.append(_draw_heading(visit.say(group)))
        href = context.link(page.path) if context else page.path
        is_here = found is not None and found.page is page
        count = count_kept(visit, page)
        waiting = visit.say("frame.waiting", count=count) if count else ""
        links.append(_draw_link(visit.say(page.title), href, is_here, count, waiting))
    return links


@lru_cache(MOST_HEADINGS)
def _draw_heading(words: str) -> Fragment:
    return cast("Fragment", write_answer(html.Div(words, className="nav-heading")))


@lru_cache(MOST_LINKS)
def _draw_link(words: str, href: str, is_here: bool, count: int, waiting: str) -> Fragment:
    """One link, with how much waits on its page where something does: every answer carries the same ones."""
    waits = html.Span(count, className="nav-count", title=waiting) if count else None
    link = dmc.NavLink(
        label=words,
        href=href,
        active=is_here,
        className="nav-link",
        rightSection=waits,
        **aria(current="page") if is_here else {},
    )
    return cast("Fragment", write_answer(link))


def _draw_nav_column(visit: Visit) -> list[Component]:
    nav = html.Nav(id="nav", className="nav", **aria(label=visit.say("frame.nav")))
    foot = html.Div(visit.say("frame.foot", version=_program_version()), className="nav-foot")
    return [nav, foot]


def _draw_main(visit: Visit) -> list[Component]:
    return [
        html.Div(id="moment-line", className="moment-line"),
        html.Div(loading_state(visit), id="content", className="content", tabIndex=-1),
    ]


def _draw_expired(visit: Visit) -> Component:
    """Opened by the frame's script when any answer says that nobody is signed in any more."""
    return html.Dialog(
        [
            html.H2(visit.say("state.expired_title"), className="state-title"),
            html.P(visit.say("state.expired_text"), className="state-text"),
            html.A(visit.say("state.sign_in_again"), id="sign-in-again", href="/sign-in", className="button"),
        ],
        id="expired",
        className="dialog",
    )


@cache
def _program_version() -> str:
    try:
        return read_version("industry-fund-tracker")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return ""
