"""What is looked for in the register of firms: read from the address, shown as a form, written back to the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria
from dashboard.pages.companies.company_state import PATH
from dashboard.pages.context import AS_KNOWN, AS_OF, BadAddress, PageContext, read_query
from dashboard.readings.portfolio.company_list import ListedCompany, Standing
from funds.permissions import Action
from funds.queries.company_search import LONGEST, find_companies
from funds.queries.ledger_slice import LedgerSlice

WORDS, INDUSTRY, PARK, STANDING = "words", "industry", "park", "standing"
NOWHERE = "-"  # a park that is none of the city's
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class CompanyFilter:
    """What is looked for; None looks at everything."""

    words: str = ""
    industry: str | None = None
    park: str | None = None
    standing: Standing | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing in particular is looked for."""
        return self == CompanyFilter()


def read_filter(context: PageContext) -> CompanyFilter:
    """The filter in the address, checked."""
    query = context.query
    return CompanyFilter(
        query.get(WORDS, "").strip()[:LONGEST],
        query.get(INDUSTRY),
        query.get(PARK),
        _read_standing(query.get(STANDING)),
    )


def keep_found(
    context: PageContext, slice_: LedgerSlice, sought: CompanyFilter, listed: Sequence[ListedCompany]
) -> list[ListedCompany]:
    """The firms that fit; an industry takes in what lies below it."""
    named = None
    if sought.words:
        with context.visit.look(slice_.version) as look:
            named = find_companies(look.connection, look.version, sought.words)
    return [
        one
        for one in listed
        if (named is None or one.company.id in named)
        and _is_in(slice_, one, sought.industry)
        and sought.park in (None, NOWHERE if one.park is None else one.park.code)
        and sought.standing in (None, one.standing)
    ]


def draw_form(context: PageContext, slice_: LedgerSlice) -> Component:
    """The form, with what is looked for now."""
    query, facts, say = context.query, slice_.facts, context.say
    industries = [(one.code, one.name) for one in sorted(facts.industries.values(), key=lambda one: one.code)]
    parks = [(one.code, one.name) for one in sorted(facts.parks.values(), key=lambda one: one.code)]
    standings = [(str(one), say(f"company.stands_{one}")) for one in Standing]
    buttons: list[Component] = [dmc.Button(say("company.apply"), id="company-apply", size="sm")]
    if not read_filter(context).is_empty:
        buttons.append(dcc.Link(say("company.clear"), href=context.link(PATH), className="company-clear"))
    return html.Div(
        [
            dmc.TextInput(
                id=_id(WORDS),
                label=say("company.by_words"),
                value=query.get(WORDS, ""),
                placeholder=say("company.words_note"),
                debounce=True,
                size="sm",
            ),
            _draw_select(context, INDUSTRY, industries),
            _draw_select(context, PARK, [*parks, (NOWHERE, say("company.no_park"))]),
            _draw_select(context, STANDING, standings),
            html.Div(buttons, className="company-buttons"),
        ],
        className="company-form",
        role="search",
        **aria(label=say("company.look_for")),
    )


def register_filters(app: GuardedApp) -> None:
    """The button writes the address, and so does Enter behind the words."""

    @app.callback(
        Output("url", "search", allow_duplicate=True),
        Input("company-apply", "n_clicks"),
        Input(_id(WORDS), "n_submit"),
        State(_id(WORDS), "value"),
        State(_id(INDUSTRY), "value"),
        State(_id(PARK), "value"),
        State(_id(STANDING), "value"),
        State("url", "search"),
        needs=Action.READ,
        prevent_initial_call=True,
    )
    def look_for(
        _visit: Visit,
        _clicks: int | None,
        _submits: int | None,
        words: str | None,
        industry: str | None,
        park: str | None,
        standing: str | None,
        search: str | None,
    ) -> str:
        chosen = {INDUSTRY: industry, PARK: park, STANDING: standing}
        return write_search(search, {WORDS: (words or "").strip()[:LONGEST], **chosen})


def write_search(search: str | None, chosen: Mapping[str, str | None]) -> str:
    """The address of what was chosen, on the day and at the version that were looked at, from the first page."""
    query = read_query(search)
    kept = {name: query[name] for name in (AS_OF, AS_KNOWN) if name in query}
    state = {**kept, **{name: value for name, value in chosen.items() if value}}
    return f"?{urlencode(state)}" if state else ""


def _read_standing(text: str | None) -> Standing | None:
    if text is None:
        return None
    try:
        return Standing(text)
    except ValueError as fault:
        raise BadAddress("company.bad_standing", text=text[:20]) from fault


def _is_in(slice_: LedgerSlice, one: ListedCompany, code: str | None) -> bool:
    if code is None:
        return True
    facts = slice_.facts
    above = facts.with_ancestors(one.industry.id) if one.industry is not None else frozenset()
    return any(facts.industries[row].code == code for row in above if row in facts.industries)


def _draw_select(context: PageContext, name: str, options: Options) -> Component:
    select: Component = dmc.Select(
        id=_id(name),
        label=context.say(f"company.by_{name}"),
        data=[{"value": value, "label": label} for value, label in options],
        value=context.query.get(name),
        placeholder=context.say("company.any"),
        searchable=True,
        clearable=True,
        nothingFoundMessage=context.say("switcher.nothing"),
        size="sm",
    )
    return select


def _id(name: str) -> str:
    return f"company-{name}"
