"""The card of a fund's life: periods and milestones on a line of time, and how far its money was used."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

from dash.development.base_component import Component

from dashboard.figures.fund_timeline import Milestone, Pace, Period, TimelineWords, draw_fund_timeline
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_view import FundView, Row, Rows, day_of, load_fund, number_of
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_date, format_percent

NAME = "life"
# The periods of a contract by the milestones that bound them.
BOUNDS = ("established", "invest_end", "exit_end", "extension_end")


def draw_life(view: FundView) -> Component:
    """The card."""
    life, pace = view.rows("life"), view.rows("pace")
    unit = _unit(pace)
    words = TimelineWords(
        paid=view.say("fund.pace_paid"),
        invested=view.say("fund.pace_invested"),
        axis=view.say("fund.pace_axis"),
        as_of=view.say("fund.as_of", day=view.slice.as_of.isoformat()),
    )
    figure = draw_fund_timeline(
        list_periods(view, life),
        [Milestone(view.say(f"fund.event_{row['event']}"), day_of(row), row["is_ahead"]) for row in life],
        [_pace(view, row, unit) for row in pace],
        view.slice.as_of,
        words,
        view.context.scheme,
    )
    legend = [("line", words.paid), ("line-soft", words.invested)]
    chart = Chart(
        NAME,
        write_finding(view, life),
        _note(view, life, unit),
        figure,
        make_pace(view),
        legend,
        is_wide=True,
    )
    return draw_chart_card(view.context, chart)


def make_life_table(context: PageContext) -> ShownTable:
    """The numbers of the card, for export."""
    return make_pace(load_fund(context))


def make_pace(view: FundView) -> ShownTable:
    """Quarter by quarter; a milestone stands in the quarter that it fell in."""
    rows, unit = view.rows("pace"), _unit(view.rows("pace"))
    cells = view.cells(unit)
    events = _events_by_quarter(view, [day_of(row) for row in rows])
    made = [
        (
            cells.day(day_of(row)),
            cells.money(row["committed"]),
            cells.money(row["paid_in"]),
            cells.money(row["invested"]),
            cells.share(number_of(row["paid_share"]), "multiple.no_commitment"),
            cells.share(number_of(row["invested_share"]), "multiple.no_commitment"),
            cells.text(events.get(day_of(row), ""), tone="wrap"),
        )
        for row in rows
    ]
    columns = (
        Column("day", view.say("fund.day")),
        Column("committed", view.titled("figure.PF01", unit), is_number=True),
        Column("paid_in", view.titled("fund.paid_inside", unit), is_number=True),
        Column("invested", view.titled("fund.invested", unit), is_number=True),
        Column("paid_share", view.say("fund.pace_paid"), is_number=True),
        Column("invested_share", view.say("fund.pace_invested"), is_number=True),
        Column("events", view.say("fund.events")),
    )
    title = view.say("fund.life_table", fund=view.fund.name)
    return ShownTable(NAME, title, columns, tuple(reversed(made)), definitions=view.versions("PF05", "PF16"))


def list_periods(view: FundView, life: Rows) -> list[Period]:
    """The periods whose both ends the register knows."""
    days = {row["event"]: day_of(row) for row in life}
    found = []
    for start, end in pairwise(event for event in BOUNDS if event in days):
        if days[start] < days[end]:
            found.append(Period(view.say(f"fund.period_{end}"), days[start], days[end]))
    return found


def write_finding(view: FundView, life: Rows) -> str:
    """In which period the fund is, until when, and how far its money was used by then."""
    days = {row["event"]: day_of(row) for row in life}
    as_of, language = view.slice.as_of, view.context.language
    ends = [(event, days[event]) for event in BOUNDS[1:] if event in days]
    ahead = next(((event, end) for event, end in ends if end >= as_of), None)
    if ahead is not None:
        clause = view.say(f"fund.in_{ahead[0]}", day=format_date(ahead[1], language))
    elif ends:
        clause = view.say("fund.in_nothing", day=format_date(ends[-1][1], language))
    else:
        clause = view.say("fund.in_unknown", day=format_date(days["established"], language))
    return clause + view.say("fund.join") + _write_pace(view)


def _write_pace(view: FundView) -> str:
    paid, used = view.figure("PF05"), view.figure("PF16")
    if paid.value is None or not view.figure("PF02").value:
        return view.say("fund.says_unpaid")
    parts = {"paid": _share(paid.value), "used": _share(used.value)}
    return view.say("fund.says_pace", **parts)


def _note(view: FundView, life: Rows, unit: MoneyUnit) -> str:
    events = {row["event"] for row in life}
    missing = [view.say(f"fund.event_{event}") for event in BOUNDS[1:3] if event not in events]
    note = view.note(unit, "fund.life_note")
    return note + (view.say("fund.life_missing", ends="、".join(missing)) if missing else "")


def _pace(view: FundView, row: Row, unit: MoneyUnit) -> Pace:
    paid, invested = number_of(row["paid_share"]), number_of(row["invested_share"])
    told = (("paid", paid, row["paid_in"]), ("invested", invested, row["invested"]))
    lines = [
        view.say(
            "fund.pace_hover",
            name=view.say(f"fund.pace_{name}"),
            share=format_percent(share),
            amount=view.amount(fen, unit),
        )
        for name, share, fen in told
    ]
    hover = "<br>".join([day_of(row).isoformat(), *lines])
    return Pace(
        day_of(row),
        None if paid is None else float(paid),
        None if invested is None else float(invested),
        hover,
    )


def _events_by_quarter(view: FundView, ends: list[date]) -> dict[date, str]:
    """What happened up to each quarter end and after the one before it."""
    found: dict[date, list[str]] = {}
    for row in view.rows("life"):
        end = next((day for day in ends if day_of(row) <= day), None)
        if end is not None:
            name = view.say(f"fund.event_{row['event']}")
            found.setdefault(end, []).append(f"{name} {row['day']}")
    return {end: "；".join(texts) for end, texts in found.items()}


def _unit(pace: Rows) -> MoneyUnit:
    return choose_unit(row[key] for row in pace for key in ("committed", "paid_in", "invested"))


def _share(value: int | str | None) -> str:
    return format_percent(None if value is None else Fraction(value))
