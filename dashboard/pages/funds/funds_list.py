"""The list of funds: every fund that the person may read, as one table."""

from collections.abc import Sequence
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.pages.inbox.inbox_line import draw_inbox_line
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import draw_state
from dashboard.readings.answers import Figure
from dashboard.readings.money.leverage import read_leverage
from dashboard.readings.portfolio.fund_list import ListedFund, list_funds
from dashboard.readings.returns.pools import pool_of
from dashboard.tables.shown import Cell, Column, FigureKey, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_date, format_money
from funds.permissions import Action
from funds.queries.ledger_slice import LedgerSlice

NAME = "funds"
MONEY = ("PF01", "PF02", "PF16", "PF03", "PF04")
REST = ("PF08", "PF06", "PF09", "LV04", "AL01")


def lay_out(context: PageContext) -> Component:
    """The list, or the way to a first fund."""
    slice_ = slice_readable(context)
    if slice_ is None:
        return _draw_empty(context)
    table = make_funds(context, slice_)
    own = context.say("fund.list_title" if slice_.readable.is_city else "fund.own_title")
    return html.Div(
        [
            html.H1(own, className="page-title"),
            html.P(_write_headline(context, slice_), className="headline"),
            None if slice_.readable.is_city else draw_inbox_line(context),
            draw_table_card(context, table),
        ],
        className="overview fund-list",
    )


def make_funds_table(context: PageContext) -> ShownTable:
    """The list, for export."""
    slice_ = slice_readable(context)
    if slice_ is None:
        return ShownTable(NAME, context.say("fund.list_title"), _list_columns(context, MoneyUnit.YI), ())
    return make_funds(context, slice_)


def make_funds(context: PageContext, slice_: LedgerSlice) -> ShownTable:
    """One row for each fund as a whole; a total only of what may be added up."""
    listed = list_funds(slice_)
    unit = choose_unit(_amount(one.figures[code]) for one in listed for code in MONEY)
    cells = CellMaker(context.visit, unit)
    known = slice_.facts.definitions
    return ShownTable(
        NAME,
        _write_finding(context, listed),
        _list_columns(context, unit),
        tuple(_make_row(context, slice_, cells, one) for one in listed),
        _write_note(context, slice_, unit),
        definitions=tuple((code, known[code]) for code in (*MONEY, *REST) if code in known),
    )


def _write_finding(context: PageContext, listed: Sequence[ListedFund]) -> str:
    """How many of those that money was paid into are worth more than that, with what they gave back."""
    totals = [one.figures["PF08"].value for one in listed]
    known = [Fraction(total) for total in totals if total is not None]
    if not known:
        return context.say("fund.list_unpaid", count=format_count(len(listed)))
    above = sum(total > 1 for total in known)
    counts = {"count": format_count(len(known)), "above": format_count(above)}
    return context.say("fund.list_finding", **counts)


def _list_columns(context: PageContext, unit: MoneyUnit) -> tuple[Column, ...]:
    say, name = context.say, context.say(unit.code)
    words = ("name", "type", "level", "parks", "manager", "status")
    titles = {code: say("fund.with_unit", name=say(f"fund.list_{code}"), unit=name) for code in MONEY}
    return (
        *(Column(key, say(f"fund.list_{key}")) for key in words),
        *(Column(code, titles[code], is_number=True) for code in MONEY),
        *(Column(code, say(f"fund.list_{code}"), is_number=True) for code in REST),
    )


def _make_row(context: PageContext, slice_: LedgerSlice, cells: CellMaker, one: ListedFund) -> Row:
    fund, say, parties = one.fund, context.say, slice_.facts.parties
    manager = parties.get(fund.manager_id) if fund.manager_id is not None else None
    return (
        cells.text(fund.name, link=context.link(f"/funds/{fund.code}")),
        cells.text(say(f"fund.type_{fund.vehicle_type.value}")),
        cells.text(say(f"fund.level_{fund.level.value}") if fund.level else ""),
        cells.text(_name_parks(context, slice_, one), tone="wrap"),
        cells.text(manager.name if manager else "", tone="wrap"),
        cells.text(say(f"fund.status_{fund.status.value}") if fund.status else ""),
        *(_number(cells, one, code) for code in (*MONEY, *REST)),
    )


def _number(cells: CellMaker, one: ListedFund, code: str) -> Cell:
    figure = one.figures[code]
    key = FigureKey(code, figure.basis, one.scope)
    if code != "PF16":
        return cells.figure(key, figure.value, figure.reason)
    # What was invested, in money, opens the passport of the share that it makes of the paid-in capital.
    money = cells.money(_amount(figure))
    return Cell(money.text, money.value, money.number_format, money.hover, figure=key)


def _amount(figure: Figure) -> int | None:
    """What a money column shows of a figure."""
    if figure.code == "PF16":
        return figure.numerator
    return figure.value if isinstance(figure.value, int) else None


def _name_parks(context: PageContext, slice_: LedgerSlice, one: ListedFund) -> str:
    """The parks that set the fund up, else the city."""
    parks = slice_.facts.parks
    names = [
        parks[park].name if park is not None and park in parks else context.say("fund.city")
        for park in one.fund.shares
    ]
    return "、".join(names)


def _write_headline(context: PageContext, slice_: LedgerSlice) -> str:
    """How many funds, their size counted once, and what was paid in from outside them."""
    size, paid = read_leverage(slice_).figure("LV00c", "committed").value, pool_of(slice_).paid_in
    unit = choose_unit([_int(size), _int(paid)])
    name = context.say(unit.code)
    return context.say(
        "fund.list_headline",
        count=format_count(len(slice_.members)),
        size=f"{format_money(_int(size), unit)} {name}",
        paid=f"{format_money(_int(paid), unit)} {name}",
    )


def _write_note(context: PageContext, slice_: LedgerSlice, unit: MoneyUnit) -> str:
    """Why there is no total: money between funds stands in both of their lines."""
    leverage = read_leverage(slice_)
    sizes = {code: _int(leverage.figure(code, "committed").value) for code in ("LV00a", "LV00b", "LV00c")}
    amounts = {code: format_money(fen, unit) for code, fen in sizes.items()}
    day = format_date(slice_.as_of, context.language)
    code = "fund.list_note_doubled" if sizes["LV00b"] else "fund.list_note"
    return context.say(code, unit=context.say(unit.code), day=day, **amounts)


def _int(value: int | str | None) -> int | None:
    return value if isinstance(value, int) else None


def _draw_empty(context: PageContext) -> Component:
    """No fund yet: how the first one comes in."""
    steps = html.Div(
        [
            html.Code("fundtracker template FILE.xlsx"),
            html.Code("fundtracker import FILE.xlsx"),
        ],
        className="commands",
    )
    title = html.H1(context.say("page.funds"), className="page-title")
    state = draw_state("empty", context.say("fund.list_empty"), context.say("fund.list_empty_text"), steps)
    return html.Div([title, state])


PAGE = Page("/funds", "page.funds", Action.READ, lay_out, tables={NAME: make_funds_table})
