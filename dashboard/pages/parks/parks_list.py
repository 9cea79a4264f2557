"""The parks beside one another: whose money serves its leading industry, and what it brought in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.city.map_card import draw_map_card
from dashboard.pages.city.map_view import make_map, open_map
from dashboard.pages.city.soe_choice import SOE, read_soe
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from dashboard.pages.parks.compare_way import draw_compare_way
from dashboard.pages.parks.park_page import lay_out_park
from dashboard.pages.parks.park_state import PATH, Row
from dashboard.pages.parks.park_switches import MODE, draw_mode_switch, name_mode, read_mode
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state, empty_state, link_button
from dashboard.readings.answers import Reading
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.alignment_shares import MEASURES
from dashboard.readings.industries.comparison import MEDIAN, PARKS, read_comparison, value_in
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import choose_unit, format_percent
from funds.errors import NotAllowed
from funds.permissions import Action
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, ScopeName

NAME = "parks"
SHARES = frozenset(code for code, *_ in MEASURES)
FIGURES = (
    *((code, basis) for code, *bases in MEASURES for basis in bases),
    ("LV04", "committed"),
    ("LV04", "paid_in"),
    ("PF08", "nav"),
    ("PF09", "nav"),
    ("LV00c", "committed"),
)
SHADES = 5


@dataclass(frozen=True)
class ParksState:
    """The parks as asked for."""

    context: PageContext
    slice: LedgerSlice
    mode: TagMode
    reading: Reading


def lay_out(context: PageContext) -> Component:
    """One's own park where there is one only; else the parks beside one another."""
    offered = offer_scopes(context)
    own = [scope.codes[0] for scope in offered if scope.name is ScopeName.PARK]
    if CITY not in offered and len(own) == 1:
        return lay_out_park(context, own[0])
    title = html.H1(context.say("page.parks"), className="page-title")
    if CITY not in offered and not own:
        home = link_button(context.say("state.go_home"), context.link("/"))
        state = draw_state("lock", context.say("park.nobody_title"), context.say("park.nobody_text"), home)
        return html.Div([title, state])
    opened = open_parks(context)
    if not opened.reading.table(PARKS):
        state = empty_state(context.visit, "park.compare_none_title", "park.compare_none_text")
        return html.Div([title, state])
    return html.Div(
        [
            html.Div([title, draw_compare_way(context)], className="title-line"),
            html.P(write_finding(opened) + context.say("park.stop"), className="headline"),
            draw_mode_switch(context, opened.mode),
            draw_table_card(context, make_table(opened)),
            draw_map_card(context, opened.slice, opened.reading.table(PARKS)),
        ],
        className="overview parks-page",
    )


def write_finding(state: ParksState) -> str:
    """The median, the most and the least of the parks by cost."""
    say = state.context.say
    known = [row for row in state.reading.table(PARKS) if row["AL01.cost"] is not None]
    if not known:
        return say("park.compare_finding_none")
    known.sort(key=lambda row: Fraction(str(row["AL01.cost"])))
    worst, best = known[0], known[-1]
    if len(known) == 1:
        return say("park.compare_finding_one", name=best["name"], share=_percent(best["AL01.cost"]))
    (median,) = state.reading.table(MEDIAN)
    return say(
        "park.compare_finding",
        count=len(known),
        median=_percent(median["AL01.cost"]),
        best=best["name"],
        highest=_percent(best["AL01.cost"]),
        worst=worst["name"],
        lowest=_percent(worst["AL01.cost"]),
    )


def make_table(state: ParksState) -> ShownTable:
    """A row for each park and the median of every column."""
    rows, say = state.reading.table(PARKS), state.context.say
    unit = choose_unit(value for row in rows if isinstance(value := row["LV00c.committed"], int))
    cells = CellMaker(state.context.visit, unit)
    versions = state.slice.facts.definitions
    codes = dict.fromkeys(code for code, _ in FIGURES)
    return ShownTable(
        NAME,
        say("park.compare_title"),
        tuple(_columns(state.context, say(unit.code))),
        tuple(tuple(_make_row(state, cells, row)) for row in rows),
        note=say("park.compare_note", mode=name_mode(state.context, state.mode)),
        total=tuple(_make_median(state, cells)),
        definitions=tuple((code, versions[code]) for code in codes if code in versions),
    )


def open_parks(context: PageContext) -> ParksState:
    """The widest slice that the person may see, and the parks in it that are theirs."""
    offered = offer_scopes(context)
    parks = [one for one in offered if one.name is ScopeName.PARK]
    if CITY not in offered and not parks:
        raise NotAllowed("state.refused_text")
    scope: Scope = CITY if CITY in offered else parks[0]
    visit, mode = context.visit, read_mode(context)
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    codes = {park.code for park in slice_.facts.parks.values()}
    if scope != CITY:
        codes = {one.codes[0] for one in parks}
    options = LeverageOptions(soe=read_soe(context))
    return ParksState(context, slice_, mode, read_comparison(slice_, codes, options, mode))


def _columns(context: PageContext, unit: str) -> Iterator[Column]:
    say = context.say
    yield Column("park", say("park.compare_name"))
    yield Column("leading", say("park.compare_leading"))
    for code, now, decided in MEASURES:
        group = say("park.compare_group", measure=say(f"park.measure_{code}"), code=code)
        yield Column(f"{code}.{now}", say("park.spread_at_as_of"), True, group)
        yield Column(f"{code}.{decided}", say("park.spread_at_decision"), True, group)
    group = say("park.compare_leverage")
    yield Column("LV04.committed", say("park.compare_committed"), True, group)
    yield Column("LV04.paid_in", say("park.compare_paid_in"), True, group)
    yield Column("PF08.nav", say("park.compare_tvpi"), True, say("park.compare_returns"), "PF08")
    yield Column("PF09.nav", say("park.compare_irr"), True, say("park.compare_returns"), "PF09")
    yield Column("LV00c.committed", say("park.compare_size", unit=unit), is_number=True, hint="LV00c")
    yield Column("funds", say("park.compare_funds"), is_number=True)


def _make_row(state: ParksState, cells: CellMaker, row: Row) -> Iterator[Cell]:
    names = {industry.code: industry.name for industry in state.slice.facts.industries.values()}
    leading = state.context.say("park.list").join(names.get(code, code) for code in row["leading"])
    kept = {name: state.context.query.get(name) for name in (MODE, SOE)}
    yield cells.text(row["name"], link=state.context.link(f"{PATH}/{row['code']}", **kept))
    yield cells.text(leading or "—", tone="wrap")
    for code, basis in FIGURES:
        used, value, reason = value_in(row, code, basis)
        cell = cells.figure(FigureKey(code, used, row["scope"]), value, reason)
        yield _shade(cell) if code in SHARES and value is not None else cell
    yield cells.count(row["funds"])


def _make_median(state: ParksState, cells: CellMaker) -> Iterator[Cell]:
    row: Row = state.reading.table(MEDIAN)[0]
    yield cells.text(state.context.say("park.compare_median"))
    yield cells.text("")
    for code, basis in FIGURES:
        made = cells.figure(
            FigureKey(code, basis, ""), row.get(f"{code}.{basis}"), "park.compare_finding_none"
        )
        # A median is no figure of the book: it stands without a passport.
        yield Cell(made.text, made.value, made.number_format, made.hover)
    yield cells.count(row["funds"])


def _shade(cell: Cell) -> Cell:
    """The same cell on a ground that grows darker with the share; the number says the same."""
    share = cell.value if isinstance(cell.value, Fraction) else Fraction(0)
    return replace(cell, tone=f"shade-{min(int(share * SHADES), SHADES - 1)}")


def _percent(value: object) -> str:
    return format_percent(Fraction(str(value)))


def _make_map_table(context: PageContext) -> ShownTable:
    opened = open_parks(context)
    return make_map(open_map(context, opened.slice, opened.reading.table(PARKS)))


PAGE = Page(
    PATH,
    "page.parks",
    Action.READ,
    lay_out,
    tables={NAME: lambda context: make_table(open_parks(context)), "map": _make_map_table},
)
