"""Where the leverage page can be looked at: city, parks, managers, industries, single funds and selections of them."""

from collections.abc import Iterator, Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.leverage.bridge_lines import BAR, LINE
from dashboard.pages.leverage.leverage_address import LEAGUE, SCOPE
from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.pages.leverage.yuan_drill import BAND, PAIR
from dashboard.pages.scope_choice import MOST_CODES, offer_scopes
from dashboard.pages.shown_table import SORT
from dashboard.pages.switcher import SWITCHER
from funds.queries.facts import FundFacts
from funds.queries.scopes import (
    CITY,
    Scope,
    ScopeName,
    fund_scope,
    industry_scope,
    manager_scope,
    park_scope,
)

Named = tuple[Scope, str]
# What belongs to one scope alone and is left behind where another is chosen.
LEFT = (SORT, LEAGUE, BAR, LINE, BAND, PAIR)


def draw_scope_switcher(state: LeverageState) -> Component:
    """A searchable list in groups; choosing keeps basis, layer and whatever else was set."""
    groups = [(name, list(offered)) for name, offered in offer_groups(state)]
    known = {scope for _, offered in groups for scope, _ in offered}
    if state.slice.scope not in known:
        groups.insert(0, ("chosen", [(state.slice.scope, name_scope(state))]))
    select: Component = dmc.Select(
        id={"type": SWITCHER, "path": state.context.path},
        data=[
            {
                "group": state.say(f"leverage_page.group_{name}"),
                "items": [{"value": address_of(state, scope), "label": label} for scope, label in offered],
            }
            for name, offered in groups
            if offered
        ],
        value=address_of(state, state.slice.scope),
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=state.say("switcher.nothing"),
        size="sm",
        w=280,
        comboboxProps={"withinPortal": True},
        className="switcher",
        **aria(label=state.say("leverage_page.choose_scope")),
    )
    return select


def offer_groups(state: LeverageState) -> Iterator[tuple[str, Sequence[Named]]]:
    """What this person may choose, by kind, the widest first."""
    slice_, context = state.slice, state.context
    facts, readable = slice_.facts, slice_.readable
    if readable.is_city:
        yield "city", [(CITY, context.visit.book.city_name)]
    parks = [park for park in facts.parks.values() if readable.is_city or park.id in readable.park_ids]
    yield "park", [(park_scope(park.code), park.name) for park in sorted(parks, key=lambda one: one.code)]
    own = [scope for scope in offer_scopes(context) if scope.name is ScopeName.FUND and len(scope.codes) > 1]
    yield "own", [(scope, state.say("leverage_page.own_funds", count=len(scope.codes))) for scope in own]
    yield "manager", list(_offer_managers(state))
    industries = sorted(facts.industries.values(), key=lambda one: one.code)
    yield "industry", [(industry_scope(one.code), one.name) for one in industries]
    yield "fund", [(fund_scope(fund.code), fund.name) for fund in slice_.readable_funds]


def _offer_managers(state: LeverageState) -> Iterator[Named]:
    """Managers all of whose funds the person may read."""
    facts, readable = state.slice.facts, state.slice.readable
    closed = {fund.manager_id for fund in facts.funds.values() if not readable.covers(fund.id)}
    managers = {fund.manager_id for fund in facts.funds.values()} - closed
    found = [thing for party, thing in facts.parties.items() if party in managers]
    for one in sorted(found, key=lambda thing: thing.code):
        yield manager_scope(one.code), one.name


def address_of(state: LeverageState, scope: Scope) -> str:
    """This page at another scope."""
    return state.context.here(**{SCOPE: scope.label, **dict.fromkeys(LEFT)})


def name_scope(state: LeverageState) -> str:
    """What the scope is called in running text."""
    scope, facts = state.slice.scope, state.slice.facts
    if scope == CITY:
        return state.context.visit.book.city_name
    if scope.name is ScopeName.FUND and len(scope.codes) > 1:
        return state.say("leverage_page.some_funds", count=len(scope.codes))
    things = {
        ScopeName.PARK: facts.parks,
        ScopeName.MANAGER: facts.parties,
        ScopeName.INDUSTRY: facts.industries,
    }.get(scope.name, facts.funds)
    return next(thing.name for thing in things.values() if thing.code in scope.codes)


def draw_selection(state: LeverageState) -> Component | None:
    """A list of funds in which a click adds one to the selection or takes it out; nothing for who has one fund."""
    funds = state.slice.readable_funds
    if len(funds) < 2:
        return None
    chosen = state.slice.scope.codes if state.slice.scope.name is ScopeName.FUND else ()
    items = [html.Li(_draw_choice(state, fund, chosen)) for fund in funds]
    head = state.say("leverage_page.select", count=len(chosen))
    return html.Details(
        [html.Summary(head), html.Ul(items, className="selection-list")],
        className="selection",
        open=len(chosen) > 1 and SCOPE in state.context.query,
    )


def _draw_choice(state: LeverageState, fund: FundFacts, chosen: Sequence[str]) -> Component:
    """One fund; the last one of a selection leads back to the widest scope."""
    is_in = fund.code in chosen
    codes = [code for code in chosen if code != fund.code] if is_in else [*chosen, fund.code]
    wanted = codes[:MOST_CODES]
    address = (
        address_of(state, fund_scope(*wanted))
        if wanted
        else state.context.here(**dict.fromkeys((SCOPE, *LEFT)))
    )
    sign = "☑" if is_in else "☐"
    return dcc.Link(
        [html.Span(sign, **aria(hidden="true")), f" {fund.name}"],
        href=address,
        className="selection-link",
        title=state.say(f"leverage_page.select_{'out' if is_in else 'in'}", name=fund.name),
    )
