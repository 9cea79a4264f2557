"""The passport of a number: what it means, how it was worked out, and the rows of the book behind it."""

from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.figure_cards import FIGURE
from dashboard.pages.kept_drawings import draw_part_kept, fill_in
from dashboard.pages.leverage.leverage_address import read_options
from dashboard.pages.parks.compare_state import stand_at_side
from dashboard.pages.parks.park_switches import read_mode, read_since
from dashboard.pages.passports.passport_sheet import VERSION, draw_sheet
from dashboard.pages.scope_choice import read_scope
from dashboard.readings.industries.alignment import TagMode
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.readings.provenance import read_provenance
from dashboard.readings.single import read_single
from dashboard.tables.parks import NAV_BASES
from funds.errors import NotFound
from funds.permissions import Action
from funds.queries.ledger_slice import LedgerSlice, slice_ledger

DRAWER = "passport"
Asked = tuple[str, str, str]
LONGEST = 4_000


def draw_drawer(visit: Visit) -> list[Component]:
    """The place where a passport opens."""
    drawer: Component = dmc.Drawer(
        id=DRAWER,
        title=visit.say("passport.title"),
        position="right",
        size="min(640px, 100vw)",
        padding="lg",
        closeButtonProps={"aria-label": visit.say("passport.close")},
        classNames={"title": "passport-head"},
    )
    return [drawer]


def register_passport(app: GuardedApp) -> None:
    """A number that is clicked, in a card or in a table, opens its passport."""

    @app.callback(
        Output(DRAWER, "opened"),
        Output(DRAWER, "children"),
        Input({"type": FIGURE, "code": ALL, "basis": ALL, "scope": ALL, "place": ALL}, "n_clicks"),
        State("url", "search"),
        needs=Action.READ,
        prevent_initial_call=True,
    )
    def open_passport(visit: Visit, clicks: list[int | None], search: str | None) -> list[Any]:
        asked = _read_asked(ctx.triggered_id, clicks)
        if asked is None:
            return [no_update, no_update]
        context = read_context(visit, search)
        # It says of which version it is: one that was kept is of the last one, too.
        part = (f"passport {asked[0][:2]}", *asked)
        drawn = draw_part_kept(context, part, lambda: draw_passport(context, *asked))
        return [True, fill_in(drawn, VERSION, str(context.version))]


def draw_passport(context: PageContext, code: str, basis: str, scope: str) -> Component:
    """The passport, worked out anew from the slice that the person may see; its version is left open."""
    context, scope = stand_at_side(context, scope)
    visit = context.visit
    chosen = read_scope(scope)
    slice_ = slice_ledger(visit.book, visit.person.login, chosen, context.as_of, context.as_known)
    options = read_options(context)
    single = _find(slice_, code, basis, options, read_mode(context), read_since(context))
    provenance = read_provenance(visit.book, slice_, single.figure.entries)
    return draw_sheet(context, slice_, single, provenance, options)


def _find(
    slice_: LedgerSlice,
    code: str,
    basis: str,
    options: LeverageOptions,
    mode: TagMode,
    since: date | None,
) -> Any:
    """The figure; `nav` stands for whichever net asset value there is."""
    for one in NAV_BASES if basis == "nav" else (basis,):
        try:
            return read_single(slice_, code, one, options, mode, since)
        except NotFound:
            continue
    raise NotFound("definition.not_found", definition=f"{code} {basis}"[:40])


def _read_asked(trigger: object, clicks: list[int | None]) -> Asked | None:
    """Which figure was asked for; whatever else a browser may send is refused."""
    if not any(clicks):
        return None  # the numbers have only just been drawn
    if isinstance(trigger, dict) and trigger.get("type") == FIGURE:
        asked = tuple(trigger.get(name) for name in ("code", "basis", "scope"))
        if all(isinstance(part, str) and len(part) <= LONGEST for part in asked):
            return str(asked[0]), str(asked[1]), str(asked[2])
    raise BadValues("request.bad_values")
