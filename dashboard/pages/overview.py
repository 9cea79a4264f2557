"""The first page: how the scope's money works, what it brought in, where it went, and what it earned."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_ag_grid
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.figure_text import write_exactly, write_value
from dashboard.pages.headline import draw_headline
from dashboard.pages.money_flow_card import draw_money_flow
from dashboard.pages.page import Page
from dashboard.pages.scope_choice import SCOPE, choose_scope, offer_scopes
from dashboard.pages.soe_choice import draw_soe_switch, read_soe
from dashboard.pages.states import empty_state
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.leverage import LeverageOptions
from dashboard.readings.places import read_city, read_park
from dashboard.readings.targets import read_family_target
from dashboard.tables.parks import define_columns, make_rows
from dashboard.words.grid import read_grid_words
from dashboard.words.numbers import MoneyUnit, choose_unit, format_money
from funds.permissions import Action
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, ScopeName

GRID = "overview-grid"
BASES = ("committed", "paid_in")
GRID_THEME = (
    "themeQuartz.withParams({backgroundColor: 'var(--paper)', foregroundColor: 'var(--ink)', "
    "headerBackgroundColor: 'var(--paper)', headerTextColor: 'var(--ink-soft)', borderColor: 'var(--rule)', "
    "accentColor: 'var(--accent)', fontFamily: 'inherit', fontSize: 14, headerFontWeight: 400, "
    "headerFontSize: 13, rowHoverColor: 'var(--ground)', wrapperBorder: false, spacing: 6, "
    "cellHorizontalPadding: 10, tooltipBackgroundColor: 'var(--raised)', tooltipTextColor: 'var(--ink)'})"
)


def lay_out(context: PageContext) -> Component:
    """The page for whoever looks: the city, one's own park, or one's own funds."""
    scope = choose_scope(context)
    if scope is None:
        return _draw_empty(context)
    visit = context.visit
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    if not slice_.members:
        return _draw_empty(context)
    soe = read_soe(context)
    options = LeverageOptions(soe=soe)
    is_city = scope == CITY
    reading = read_city(slice_, options) if is_city else read_park(slice_, options)
    unit = choose_unit(reading.figure(code).value for code in ("LV00c", "PF01", "PF02"))  # type: ignore[misc]
    cards = CardSet(visit, scope.label, unit)
    return html.Div(
        [
            _draw_title(context, slice_, scope),
            draw_headline(visit, reading, unit),
            _draw_money(context, cards, reading, slice_),
            draw_soe_switch(context, soe, _draw_leverage(cards, reading)),
            _draw_outcome(cards, reading),
            _draw_grid(context, slice_, reading),
            draw_money_flow(context, slice_),
        ],
        className="overview",
    )


def _draw_empty(context: PageContext) -> Component:
    steps = html.Div(
        [html.Code("fundtracker template FILE.xlsx"), html.Code("fundtracker import FILE.xlsx")],
        className="commands",
    )
    heading = html.H1(context.visit.book.city_name, className="page-title")
    state = empty_state(context.visit, "home.empty_title", "home.empty_text", steps)
    return html.Div([heading, state])


def _draw_title(context: PageContext, slice_: LedgerSlice, scope: Scope) -> Component:
    say = context.say
    if scope == CITY:
        title = say("page.overview")
    elif scope.name is ScopeName.PARK:
        (park,) = [park for park in slice_.facts.parks.values() if park.code in scope.codes]
        title = park.name
    else:
        names = [fund.name for fund in slice_.member_funds]
        title = names[0] if len(names) == 1 else say("overview.own_funds", count=len(names))
    others = [one for one in offer_scopes(context) if one != scope]
    links = [dcc.Link(one.label, href=context.link("/", **{SCOPE: one.label})) for one in others]
    return html.Div(
        [html.H1(title, className="page-title"), html.Nav(links, className="scope-links")],
        className="title-line",
    )


def _draw_money(context: PageContext, cards: CardSet, reading: Reading, slice_: LedgerSlice) -> Component:
    """目标 → 认缴 → 实缴 → 已投 → 分配 → 净资产."""
    size = reading.figure("LV00c", "committed")
    deployed = reading.figure("PF16")
    paid = reading.figure("PF05")
    return strip(
        [
            cards.card(size, _note_target(context, slice_, cards.unit)),
            cards.card(reading.figure("PF01"), _count_funds(context, slice_)),
            cards.card(reading.figure("PF02"), context.say("overview.paid_share", share=_percent(paid))),
            cards.card(
                deployed,
                context.say("overview.invested_share", share=_percent(deployed)),
                name=context.say("overview.invested"),
                amount=deployed.numerator or 0,
            ),
            cards.card(
                reading.figure("PF03"),
                context.say("overview.invested_share", share=_percent(reading.figure("PF06"))),
            ),
            cards.card(reading.figure("PF04")),
        ],
        6,
    )


def _count_funds(context: PageContext, slice_: LedgerSlice) -> str:
    return context.say("overview.fund_count", count=len(slice_.members))


def _note_target(context: PageContext, slice_: LedgerSlice, unit: MoneyUnit) -> str:
    target = read_family_target(slice_) if slice_.scope == CITY else None
    if target is None:
        return context.say("basis.committed")
    amount = f"{format_money(target.amount, unit)} {context.say(unit.code)}"
    return context.say("overview.target", amount=amount, document=target.document)


def _percent(figure: Figure) -> str:
    return "—" if figure.value is None else write_value("PF05", figure.value, MoneyUnit.YI)


def _draw_leverage(cards: CardSet, reading: Reading) -> Component:
    pairs = [
        cards.pair([reading.figure(code, basis) for basis in BASES])
        for code in ("LV04", "LV05", "LV08", "LV01")
    ]
    return strip(pairs, 4, is_paired=True)


def _draw_outcome(cards: CardSet, reading: Reading) -> Component:
    say = cards.visit.say
    rate = reading.figure("PF09")
    status = say("overview.rate_ok") if rate.value is not None else ""
    aligned = reading.figure("AL01", "cost")
    decided = reading.figure("AL01", "cost_at_decision")
    at_decision = "—" if decided.value is None else write_value("AL01", decided.value, cards.unit)
    return html.Section(
        [
            html.H2(say("overview.outcome"), className="section-title"),
            strip(
                [
                    cards.card(reading.figure("PF08")),
                    cards.card(rate, status),
                    cards.card(aligned, say("overview.at_decision", share=at_decision)),
                    cards.card(reading.figure("AL12"), say("overview.presence")),
                ],
                4,
            ),
        ]
    )


def _draw_grid(context: PageContext, slice_: LedgerSlice, reading: Reading) -> Component:
    visit, is_city = context.visit, slice_.scope == CITY
    industries = {row.code: row.name for row in slice_.facts.industries.values()}
    unit = _grid_unit(reading.rows)
    rows = make_rows(
        reading.rows,
        industries,
        lambda code, value: write_value(code, value, unit),
        lambda code, value, reason: write_exactly(visit, code, value, reason),
    )
    header = context.say("overview.park" if is_city else "overview.fund")
    columns = define_columns(visit.say, visit.say(unit.code), header, with_funds=is_city)
    grid = dash_ag_grid.AgGrid(
        id=GRID,
        rowData=rows,
        columnDefs=columns,
        defaultColDef={"sortable": True, "resizable": True, "suppressMovable": True},
        getRowId="params.data.scope",
        dashGridOptions={
            "theme": {"function": GRID_THEME},
            "domLayout": "autoHeight",
            "localeText": dict(read_grid_words(visit.language)),
            "tooltipShowDelay": 300,
            "ensureDomOrder": True,
            "suppressCellFocus": False,
        },
        style={"width": "100%"},
        className="grid",
    )
    title = context.say("overview.parks" if is_city else "overview.funds_title")
    note = context.say("overview.parks_note" if is_city else "overview.funds_note")
    return html.Section(
        [html.H2(title, className="card-title"), html.P(note, className="card-note"), grid],
        className="card grid-card",
    )


def _grid_unit(rows: Sequence[Mapping[str, Any]]) -> MoneyUnit:
    return choose_unit(row.get(key) for row in rows for key in ("PF01.committed", "PF02.paid_in"))


PAGE = Page("/", "page.overview", Action.READ, lay_out)
