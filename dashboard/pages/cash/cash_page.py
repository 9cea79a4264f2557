"""Calls and distributions of every fund that a person may see: who is late, and the way to each fund."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dash import html
from dash.development.base_component import Component

from dashboard.pages.cash.cash_desk import NOTICE, PATH, write_amount
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import empty_state
from dashboard.readings.portfolio.fund_cash import read_each_cash
from dashboard.readings.portfolio.overdue import OverdueCall, list_overdue
from dashboard.tables.shown import Column, Row, ShownTable
from dashboard.words.numbers import choose_unit, format_count, format_date
from funds.errors import NotFound
from funds.permissions import Action
from funds.queries.ledger_slice import LedgerSlice

OVERDUE, FUNDS = "overdue", "funds"
SUMS = ("called", "settled", "outstanding", "unfunded", "distributed")


@dataclass(frozen=True)
class CashOverview:
    """All the funds of a person, and what is owed to them."""

    context: PageContext
    slice: LedgerSlice

    @cached_property
    def overdue(self) -> Sequence[OverdueCall]:
        """What is owed past its day."""
        return list_overdue(self.slice)

    @cached_property
    def sums(self) -> Mapping[str, Mapping[str, int]]:
        """By the code of each fund, in fen."""
        funds, cash = self.slice.facts.funds, read_each_cash(self.slice)
        return {funds[fund].code: {key: getattr(one, key) for key in SUMS} for fund, one in cash.items()}

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    def note(self, code: str) -> str:
        """What stands under a title, with the day."""
        day = format_date(self.slice.as_of, self.context.language)
        return self.say("cash.note", text=self.say(code), day=day)


def open_overview(context: PageContext) -> CashOverview | None:
    """Every fund that the person may read; None where there is none."""
    slice_ = slice_readable(context)
    return None if slice_ is None else CashOverview(context, slice_)


def lay_out(context: PageContext) -> Component:
    """Who is late, then fund by fund."""
    view = open_overview(context)
    title = html.H1(context.say("page.cash"), className="page-title")
    if view is None:
        empty = empty_state(context.visit, "cash.no_funds_title", "cash.no_funds_text")
        return html.Div([title, html.Section(empty, className="card")], className="overview cash-page")
    parts: list[Component] = [title, html.P(write_finding(view), className="headline")]
    if view.overdue:
        parts.append(draw_table_card(context, _make_overdue(view)))
    parts.append(draw_table_card(context, _make_funds(view)))
    return html.Div(parts, className="overview cash-page")


def write_finding(view: CashOverview) -> str:
    """Who is late, or that nobody is."""
    if not view.overdue:
        return view.say("cash.nobody_late", count=format_count(len(view.sums)))
    return view.say(
        "cash.late",
        count=format_count(len({one.investor.code for one in view.overdue})),
        amount=write_amount(view.context, sum(one.amount for one in view.overdue)),
        funds=format_count(len({one.fund.code for one in view.overdue})),
    )


def make_overdue(context: PageContext) -> ShownTable:
    """What is owed past its day, for export."""
    return _make_overdue(_need(context))


def make_funds(context: PageContext) -> ShownTable:
    """The funds, for export."""
    return _make_funds(_need(context))


def _make_overdue(view: CashOverview) -> ShownTable:
    unit = choose_unit(one.amount for one in view.overdue)
    cells = CellMaker(view.context.visit, unit)
    amount = view.say("cash.with_unit", name=view.say("cash.outstanding"), unit=view.say(unit.code))
    columns = (
        Column("investor", view.say("cash.investor")),
        Column("fund", view.say("cash.fund")),
        Column("notice", view.say("cash.notice")),
        Column("due_on", view.say("cash.due_on")),
        Column("amount", amount, is_number=True),
        Column("days", view.say("cash.overdue_days"), is_number=True),
    )
    rows: tuple[Row, ...] = tuple(
        (
            cells.text(one.investor.name),
            cells.text(one.fund.name, link=view.context.link(f"{PATH}/{one.fund.code}")),
            cells.text(
                one.notice_no,
                link=view.context.link(f"{PATH}/{one.fund.code}", **{NOTICE: one.notice_no}),
            ),
            cells.day(one.due_on),
            cells.money(one.amount),
            cells.count(one.days),
        )
        for one in view.overdue
    )
    title = view.say("cash.overdue_title", count=format_count(len(rows)))
    return ShownTable(OVERDUE, title, columns, rows, view.note("cash.overdue_note"))


def _make_funds(view: CashOverview) -> ShownTable:
    unit = choose_unit(amount for sums in view.sums.values() for amount in sums.values())
    cells = CellMaker(view.context.visit, unit)
    columns = (
        Column("name", view.say("cash.fund")),
        *(
            Column(
                key,
                view.say("cash.with_unit", name=view.say(f"cash.{key}"), unit=view.say(unit.code)),
                is_number=True,
            )
            for key in SUMS
        ),
    )
    rows: tuple[Row, ...] = tuple(
        (
            cells.text(fund.name, link=view.context.link(f"{PATH}/{fund.code}")),
            *(cells.money(view.sums[fund.code][key]) for key in SUMS),
        )
        for fund in view.slice.member_funds
    )
    title = view.say("cash.funds_title", count=format_count(len(rows)))
    return ShownTable(FUNDS, title, columns, rows, view.note("cash.funds_note"))


def _need(context: PageContext) -> CashOverview:
    view = open_overview(context)
    if view is None:
        raise NotFound("cash.no_funds_title")
    return view


PAGE = Page(
    PATH,
    "page.cash",
    Action.READ,
    lay_out,
    group="work.group",
    tables={OVERDUE: make_overdue, FUNDS: make_funds},
)
