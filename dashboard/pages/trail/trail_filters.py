"""What is looked for in the trail: read from the address, shown as a form, written back to the address."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria
from dashboard.pages.context import AS_KNOWN, AS_OF, BadAddress, PageContext, read_query
from dashboard.pages.trail.trail_desk import TrailDesk, read_number
from dashboard.pages.trail.trail_values import name_table
from dashboard.words import read_words
from funds.book import write_time
from funds.book.book import CITY_TIME
from funds.dates import EARLIEST_YEAR, LATEST_YEAR
from funds.models.row_scopes import Reach, tables_within
from funds.permissions import Action
from funds.queries.trail_revisions import TrailFilter

BY, ACTION, KIND, FUND, SINCE, UNTIL, WORDS = "by", "action", "kind", "fund", "since", "until", "words"
LONGEST = 100
KINDS = tuple(tables_within(Reach.SCOPED, Reach.REGISTER, Reach.CODE_BOOK, Reach.PEOPLE))


def read_filter(context: PageContext) -> TrailFilter:
    """The filter in the address, checked."""
    query = context.query
    words = query.get(WORDS, "").strip()[:LONGEST]
    return TrailFilter(
        person_id=read_number(query[BY]) if BY in query else None,
        action=query.get(ACTION),
        table=read_kind(context),
        fund_id=read_number(query[FUND]) if FUND in query else None,
        since=_begin(_read_day(query[SINCE])) if SINCE in query else None,
        before=_begin(_read_day(query[UNTIL]) + timedelta(days=1)) if UNTIL in query else None,
        words=words,
        reasons=_reasons_with(context, words),
    )


def read_kind(context: PageContext) -> str | None:
    """The table in the address, if one is chosen."""
    kind = context.query.get(KIND)
    if kind is not None and kind not in KINDS:
        raise BadAddress("trail.bad_kind", text=kind[:40])
    return kind


def is_filtered(context: PageContext) -> bool:
    """Whether the address looks for anything in particular."""
    return not context.query.keys().isdisjoint((BY, ACTION, KIND, FUND, SINCE, UNTIL, WORDS))


def draw_form(desk: TrailDesk) -> Component:
    """The form, with what is looked for now."""
    query, say = desk.context.query, desk.say
    choices = desk.trail.choices()
    desk.names.load("person", choices.authors)
    desk.names.load("fund", choices.funds)
    authors = [(str(one), desk.write_person(one)) for one in choices.authors]
    actions = [(one, desk.write_action(one)) for one in choices.actions]
    kinds = sorted(((one, name_table(desk, one)) for one in KINDS), key=lambda pair: pair[1])
    funds = [(str(one), desk.names.of("fund", one)) for one in choices.funds]
    fields = [
        _draw_select(desk, BY, authors),
        _draw_select(desk, ACTION, actions),
        _draw_select(desk, KIND, kinds),
        *([_draw_select(desk, FUND, funds)] if funds else [_draw_nothing(FUND)]),
        _draw_day(desk, SINCE),
        _draw_day(desk, UNTIL),
        dmc.TextInput(
            id=_id(WORDS),
            label=say("trail.words"),
            value=query.get(WORDS, ""),
            placeholder=say("trail.words_note"),
            debounce=True,
            size="sm",
        ),
    ]
    buttons = [dmc.Button(say("trail.apply"), id="trail-apply", size="sm")]
    if is_filtered(desk.context):
        buttons.append(
            dcc.Link(say("trail.clear"), href=desk.context.link("/trail"), className="trail-clear")
        )
    return html.Div(
        [*fields, html.Div(buttons, className="trail-buttons")],
        className="trail-form",
        role="search",
        **aria(label=say("trail.look_for")),
    )


def register_filters(app: GuardedApp) -> None:
    """The button writes the address, and so does Enter behind the words."""

    @app.callback(
        Output("url", "search", allow_duplicate=True),
        Input("trail-apply", "n_clicks"),
        Input(_id(WORDS), "n_submit"),
        State(_id(BY), "value"),
        State(_id(ACTION), "value"),
        State(_id(KIND), "value"),
        State(_id(FUND), "value"),
        State(_id(SINCE), "value"),
        State(_id(UNTIL), "value"),
        State(_id(WORDS), "value"),
        State("url", "search"),
        needs=Action.READ_TRAIL,
        prevent_initial_call=True,
    )
    def look_for(
        _visit: Visit,
        _clicks: int | None,
        _submits: int | None,
        by: str | None,
        action: str | None,
        kind: str | None,
        fund: str | None,
        since: str | None,
        until: str | None,
        words: str | None,
        search: str | None,
    ) -> str:
        chosen = {BY: by, ACTION: action, KIND: kind, FUND: fund, SINCE: since, UNTIL: until}
        return write_search(search, {**chosen, WORDS: (words or "").strip()[:LONGEST]})


def write_search(search: str | None, chosen: Mapping[str, str | None]) -> str:
    """The address of what was chosen, on the day and at the version that were looked at, from the first page."""
    query = read_query(search)
    kept = {name: query[name] for name in (AS_OF, AS_KNOWN) if name in query}
    state = {**kept, **{name: value for name, value in chosen.items() if value}}
    return f"?{urlencode(state)}" if state else ""


def _draw_select(desk: TrailDesk, name: str, options: list[tuple[str, str]]) -> Component:
    select: Component = dmc.Select(
        id=_id(name),
        label=desk.say(f"trail.by_{name}"),
        data=[{"value": value, "label": label} for value, label in options],
        value=desk.context.query.get(name),
        placeholder=desk.say("trail.any"),
        searchable=True,
        clearable=True,
        nothingFoundMessage=desk.say("switcher.nothing"),
        size="sm",
    )
    return select


def _draw_day(desk: TrailDesk, name: str) -> Component:
    day: Component = dmc.DatePickerInput(
        id=_id(name),
        label=desk.say(f"trail.by_{name}"),
        value=desk.context.query.get(name),
        placeholder=desk.say("trail.any"),
        valueFormat="YYYY-MM-DD",
        monthLabelFormat="YYYY年M月" if desk.context.language == "zh" else "MMMM YYYY",
        clearable=True,
        highlightToday=True,
        size="sm",
    )
    return day


def _draw_nothing(name: str) -> Component:
    """The place of a field that has nothing to choose from."""
    return html.Div(dmc.Select(id=_id(name), data=[]), hidden=True)


def _id(name: str) -> str:
    return f"trail-{name}"


def _reasons_with(context: PageContext, words: str) -> tuple[str, ...]:
    """The codes whose words hold what is looked for: the program's own reasons are kept as codes."""
    if not words:
        return ()
    sought = words.casefold()
    found = (code for code, text in read_words(context.language).items() if sought in text.casefold())
    return tuple(code for code in found if "{" not in read_words(context.language)[code])[:LONGEST]


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise BadAddress("page.bad_day", text=text[:20]) from fault
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BadAddress("page.bad_day", text=text[:20])
    return day


def _begin(day: date) -> str:
    """The first instant of a day in the city, as the book writes it."""
    return write_time(datetime.combine(day, time(), CITY_TIME))
