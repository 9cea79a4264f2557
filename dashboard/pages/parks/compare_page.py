"""The comparison of two parks, or of one park at two days: what differs, and through which deals."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.choices import Choice, draw_menu
from dashboard.pages.context import FIRST_DAY, PageContext
from dashboard.pages.page import Page
from dashboard.pages.parks import compare_bridge, compare_changes, compare_figures
from dashboard.pages.parks.compare_state import CompareState, Side, open_compare, table_of
from dashboard.pages.parks.compare_way import PATH, a_year_before
from dashboard.pages.parks.park_switches import draw_mode_switch
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state, link_button
from dashboard.readings.industries.compare_parks import CHANGE, FIGURE, SIDE
from dashboard.words.numbers import format_percent
from funds.permissions import Action

# So many ends of quarters are offered besides the day that is looked at; any other day may stand in the address.
QUARTERS = 12
MONTHS_A_QUARTER = 3


def lay_out(context: PageContext) -> Component:
    """The page, or the state of somebody who has no park."""
    title = html.H1(context.say("page.compare"), className="page-title")
    state = open_compare(context)
    if state is None:
        home = link_button(context.say("state.go_home"), context.link("/"))
        told = draw_state("lock", context.say("park.nobody_title"), context.say("park.nobody_text"), home)
        return html.Div([title, told])
    return html.Div(
        [
            html.Div([title], className="title-line"),
            _draw_sides(state),
            html.P(write_finding(state), className="headline"),
            draw_mode_switch(state.context, state.mode),
            compare_bridge.draw_bridges(state),
            compare_changes.draw_changes(state),
            compare_changes.draw_events(state),
            draw_table_card(state.context, compare_figures.make_figures_table(state)),
        ],
        className="overview compare-page",
    )


def write_finding(state: CompareState) -> str:
    """From which share to which, by how much the two amounts differ, and through what most."""
    say = state.say
    (row,) = [one for one in state.rows(FIGURE) if (one["code"], one["basis"]) == ("AL01", "cost")]
    names = {"left": state.name("left"), "right": state.name("right")}
    if row["left"] is None and row["right"] is None:
        return say("compare.says_nothing", **names) + say("overview.stop")
    shares = {side: _share(state, row[side]) for side in ("left", "right")}
    clauses = [say("compare.says", **names, left_share=shares["left"], right_share=shares["right"])]
    if row["change"] is not None:
        clauses.append(_write_gap(state, Fraction(row["change"])))
    changes = state.rows(CHANGE)
    if changes and changes[0]["aligned"]:
        first = changes[0]
        most = say(
            "compare.says_most",
            fund=first["fund_name"],
            company=first["name"],
            kind=say(f"compare.kind_{first['cause']}"),
            amount=state.amount(first["aligned"], is_signed=True),
        )
        clauses.append(most)
    return say("overview.join").join(clauses) + say("overview.stop")


def _write_gap(state: CompareState, gap: Fraction) -> str:
    points = compare_figures.write_points(abs(gap)).removeprefix("+")
    if not gap:
        return state.say("compare.says_same")
    return state.say("compare.says_more" if gap > 0 else "compare.says_less", points=points)


def _share(state: CompareState, value: object) -> str:
    return state.say("compare.nothing_held") if value is None else format_percent(Fraction(str(value)))


def _draw_sides(state: CompareState) -> Component:
    """Both sides with what leads in them, what may stand there instead, and the way to change them round."""
    swap = dcc.Link(
        state.say("compare.swap"), href=state.here(state.right, state.left), className="compare-swap"
    )
    left, right = state.left, state.right
    return html.Div(
        [
            _draw_side(state, "left", left, lambda side: state.here(side, right)),
            swap,
            _draw_side(state, "right", right, lambda side: state.here(left, side)),
        ],
        className="compare-sides",
    )


def _draw_side(state: CompareState, place: str, side: Side, address: Callable[[Side], str]) -> Component:
    (row,) = [one for one in state.rows(SIDE) if one["at_side"] == place]
    parks = [Choice(name, address(Side(code, side.day)), code == side.code) for code, name in state.offered]
    days = [
        Choice(state.day(day), address(Side(side.code, day)), day == side.day)
        for day in _offer_days(state, side)
    ]
    to_park = dcc.Link(
        state.say("compare.to_park"),
        href=state.context.link(f"/parks/{side.code}", as_of=side.day.isoformat()),
    )
    menus = html.Div(
        [
            draw_menu(state.context, state.say(f"compare.{place}_park"), parks),
            draw_menu(state.context, state.say("compare.at_day"), days),
        ],
        className="menu-line",
    )
    told = state.say("compare.leads", industries=state.names(row["leading"]), funds=row["funds"])
    return html.Div(
        [menus, html.P([told, " ", to_park], className="card-note")], className="card compare-side"
    )


def _offer_days(state: CompareState, side: Side) -> list[date]:
    """The day looked at, a year before it, ends of quarters, and whatever day the side has."""
    today = state.context.as_of
    days = {today, side.day, a_year_before(today), *_quarter_ends(today)}
    return sorted((day for day in days if day >= FIRST_DAY), reverse=True)


def _quarter_ends(today: date) -> Iterator[date]:
    year, quarter = today.year, (today.month - 1) // MONTHS_A_QUARTER
    for _ in range(QUARTERS):
        month = quarter * MONTHS_A_QUARTER + 1
        yield date.fromordinal(date(year, month, 1).toordinal() - 1)
        year, quarter = (year, quarter - 1) if quarter else (year - 1, 3)


PAGE = Page(
    PATH,
    "page.compare",
    Action.READ,
    lay_out,
    is_in_nav=False,
    tables={
        name: table_of(make, name)
        for name, make in (
            (compare_figures.NAME, compare_figures.make_figures_table),
            *(
                (
                    f"{compare_bridge.NAME}_{part}",
                    lambda state, part=part: compare_bridge.make_part_table(state, part),
                )
                for part in compare_bridge.PARTS
            ),
            (compare_changes.CHANGES, compare_changes.make_changes_table),
            (compare_changes.EVENTS, compare_changes.make_events_table),
        )
    },
)
