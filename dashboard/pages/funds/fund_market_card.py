"""The fund beside the market: four comparisons with each index of the book, and the same money in the first."""

from dataclasses import dataclass

from dash.development.base_component import Component

from dashboard.figures.market_account import AccountPoint, draw_market_account
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.context import PageContext
from dashboard.pages.figure_text import write_value
from dashboard.pages.funds.fund_view import (
    FundView,
    Row,
    Rows,
    day_of,
    height_of,
    load_fund,
    number_of,
    numbers_of,
)
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit

NAME, ACCOUNT = "market", "index_account"
METHODS = ("PF12", "PF13", "PF14", "PF15")


@dataclass(frozen=True)
class MarketCards:
    """The card beside the J-curve, and the one below both, where there is one."""

    beside: Component
    below: Component | None


def draw_market(view: FundView) -> MarketCards:
    """The line beside the index and the table of comparisons, or why there are none."""
    reason = _find_hindrance(view)
    if reason is not None:
        return MarketCards(draw_empty_card(view.say("fund.market"), view.say(reason)), None)
    table = draw_table_card(view.context, make_market(view))
    line = _draw_account(view)
    return MarketCards(table, None) if line is None else MarketCards(line, table)


def _find_hindrance(view: FundView) -> str | None:
    if not view.rows(NAME):
        return "market.no_index"
    return None if view.figure("PF02").value else "market.no_contributions"


def make_market_table(context: PageContext) -> ShownTable:
    """The comparisons, for export."""
    return make_market(load_fund(context))


def make_account_table(context: PageContext) -> ShownTable:
    """The fund and the index account by quarter, for export."""
    return make_account(load_fund(context))


def make_market(view: FundView) -> ShownTable:
    """One row for each index; the first is the one of the cards above."""
    rows = view.rows(NAME)
    columns = (
        Column("index", view.say("fund.index")),
        Column("kind", view.say("fund.index_kind")),
        *(Column(code, view.say(f"fund.short_{code}"), is_number=True) for code in METHODS),
        Column("spread", view.say("fund.spread"), is_number=True, hint=view.say("fund.spread_hint")),
        Column("day", view.say("fund.index_day")),
    )
    made = tuple(_make_row(view, row, is_first=at == 0) for at, row in enumerate(rows))
    note = view.note(None, "fund.market_note")
    if any(not row["is_total_return"] for row in rows):
        note += view.say("fund.market_price_note")
    return ShownTable(
        NAME, _write_finding(view, rows), columns, made, note, definitions=view.versions(*METHODS)
    )


def make_account(view: FundView) -> ShownTable:
    """Both values at every quarter end, the latest first."""
    rows = _account(view)
    unit = _unit(rows)
    cells = view.cells(unit)
    columns = (
        Column("day", view.say("fund.day")),
        Column("nav", view.titled("fund.curve_nav", unit), is_number=True),
        Column("account", view.titled("fund.account", unit), is_number=True),
        Column("lead", view.titled("fund.account_lead", unit), is_number=True),
    )
    made = tuple(
        (cells.day(day_of(row)), *(cells.money(row[key]) for key in ("nav", "account", "lead")))
        for row in reversed(rows)
    )
    title = view.say("fund.account_table", fund=view.fund.name)
    return ShownTable(ACCOUNT, title, columns, made, definitions=view.versions("PF13"))


def _make_row(view: FundView, row: Row, *, is_first: bool) -> tuple[Cell, ...]:
    cells = view.cells(MoneyUnit.YI)
    kind = "basis.total_return_index" if row["is_total_return"] else "basis.price_index"
    return (
        cells.text(row["index"]),
        cells.text(view.say(kind), tone="" if row["is_total_return"] else "near"),
        *(_measure(view, row, code, is_first=is_first) for code in METHODS),
        cells.rate(number_of(row["PF13_spread"]), row["PF13_reason"]),
        cells.day(day_of(row, "index_day")),
    )


def _measure(view: FundView, row: Row, code: str, *, is_first: bool) -> Cell:
    """A number that opens its passport where it is the one of the figure."""
    cells = view.cells(MoneyUnit.YI)
    if is_first:
        key = FigureKey(code, row["basis"], view.slice.scope.label)
        return cells.figure(key, row[code], row[f"{code}_reason"])
    value, reason = number_of(row[code]), row[f"{code}_reason"]
    if code == "PF12":
        return cells.ratio(value, reason)
    return cells.rate(value, reason, numbers_of(row[f"{code}_roots"]))


def _write_finding(view: FundView, rows: Rows) -> str:
    """What a yuan in the fund became against a yuan in the first index."""
    if not rows:
        return view.say("fund.market")
    first = rows[0]
    name = first["index"] if first["is_total_return"] else view.say("fund.named_price", index=first["index"])
    value = number_of(first["PF12"])
    if value is None:
        return view.say("fund.market_absent", reason=view.say(first["PF12_reason"]))
    code = "fund.market_ahead" if value > 1 else "fund.market_behind" if value < 1 else "fund.market_even"
    return view.say(code, index=name, multiple=write_value("PF12", first["PF12"], MoneyUnit.YI))


def _draw_account(view: FundView) -> Component | None:
    rows = _account(view)
    if not rows:
        return None
    unit = _unit(rows)
    own, other = view.say("fund.curve_nav"), view.say("fund.account")
    points = [_point(view, row, unit) for row in rows]
    figure = draw_market_account(points, own, other, view.say(unit.code), view.context.scheme)
    last = rows[-1]
    code = "fund.account_ahead" if last["lead"] >= 0 else "fund.account_behind"
    finding = view.say(code, index=last["index"], amount=view.amount(abs(last["lead"]), unit))
    legend = [("line", own), ("line-soft", other)]
    note = view.note(unit, "fund.account_note")
    chart = Chart(ACCOUNT, finding, note, figure, make_account(view), legend)
    return draw_chart_card(view.context, chart)


def _point(view: FundView, row: Row, unit: MoneyUnit) -> AccountPoint:
    lines = [
        f"{view.say(code)} {view.amount(row[key], unit)}"
        for key, code in (("nav", "fund.curve_nav"), ("account", "fund.account"))
    ]
    nav, account = height_of(row["nav"], unit), height_of(row["account"], unit)
    return AccountPoint(day_of(row), nav, account, "<br>".join([row["day"], *lines]))


def _account(view: FundView) -> Rows:
    """The fund's value and the account in the first index, by quarter end."""
    first = view.rows(NAME)[0]["index"] if view.rows(NAME) else None
    return [row for row in view.rows(ACCOUNT) if row["index"] == first]


def _unit(rows: Rows) -> MoneyUnit:
    return choose_unit(row[key] for row in rows for key in ("nav", "account"))
