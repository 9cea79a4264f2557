"""The park's leading industries over time."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.figures.leading_timeline import Era, draw_leading_timeline
from dashboard.pages.cells import CellMaker
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.figure_text import write_value
from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.readings.industries.alignment_bases import AT_DECISION, COST
from dashboard.readings.industries.leading_changes import LEADING_CHANGE
from dashboard.readings.industries.park_view import LEADING
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit


def draw_timeline(state: ParkState) -> Component:
    """The card; where nothing is registered it says what to do."""
    rows = state.rows(LEADING)
    if not rows:
        return draw_empty_card(state.say("park.timeline_none"), state.say("park.timeline_empty"))
    eras = [make_era(state, row) for row in rows]
    figure = draw_leading_timeline(eras, state.context.as_of, state.context.scheme)
    note = state.say("park.timeline_note", day=state.day(state.context.as_of))
    chart = Chart("timeline", write_finding(state), note, figure, make_timeline_table(state))
    changes = [html.Li(sentence) for sentence in write_changes(state)]
    above = html.Ul(changes, className="leading-changes") if changes else None
    return draw_chart_card(state.context, chart, above=above)


def make_timeline_table(state: ParkState) -> ShownTable:
    """Industry, rank, first and last day."""
    cells = CellMaker(state.context.visit, MoneyUnit.YI)
    say = state.say
    columns = (
        Column("industry", say("park.timeline_industry")),
        Column("rank", say("park.timeline_rank"), is_number=True),
        Column("from", say("park.timeline_from")),
        Column("to", say("park.timeline_to")),
        Column("state", say("park.timeline_state")),
    )
    rows = tuple(
        (
            cells.text(state.names([row["industry"]])),
            cells.count(row["rank"]),
            cells.day(date.fromisoformat(row["from"])),
            cells.day(date.fromisoformat(row["to"]) if row["to"] else None),
            cells.text(say("park.timeline_holds" if row["is_leading"] else "park.timeline_over")),
        )
        for row in state.rows(LEADING)
    )
    return ShownTable("timeline", say("park.timeline_table"), columns, rows)


def write_finding(state: ParkState) -> str:
    """How many lead and which; what was listed later than the first, and what ended."""
    rows = state.rows(LEADING)
    now = [row for row in rows if row["is_leading"]]
    if not now:
        clauses = [state.say("park.timeline_none")]
    else:
        names = state.names(row["industry"] for row in now)
        clauses = [state.say("park.timeline_now", count=len(now), industries=names)]
    first = min(row["from"] for row in rows)
    clauses += [_write(state, "park.timeline_ended", row, "to") for row in rows if not row["is_leading"]]
    clauses += [_write(state, "park.timeline_since", row, "from") for row in now if row["from"] > first]
    return state.say("park.join").join(clauses)


def write_changes(state: ParkState) -> list[str]:
    """What each change in mid-life did to what is held, and the share by both days' industries."""
    shares = [state.reading.figure("AL01", basis) for basis in (COST, AT_DECISION[COST])]
    now, decided = (write_value("AL01", figure.value, MoneyUnit.YI) for figure in shares)
    return [
        state.say(
            "alignment.changed",
            day=state.day(row["day"]),
            ended=state.names(row["ended"]),
            became=state.names(row["became"]),
            gained=state.amount(row["gained"]),
            lost=state.amount(row["lost"]),
            decided=decided,
            now=now,
        )
        for row in state.rows(LEADING_CHANGE)
        if row["ended"] and row["became"]
    ]


def _write(state: ParkState, code: str, row: Row, day: str) -> str:
    return state.say(code, industry=state.names([row["industry"]]), day=state.day(row[day]))


def make_era(state: ParkState, row: Row) -> Era:
    """An industry's time as a leading one, in words and days."""
    start = date.fromisoformat(row["from"])
    end = None if row["is_leading"] else date.fromisoformat(row["to"])
    until = row["to"] or state.say("park.timeline_today")
    industry = state.names([row["industry"]])
    name = f"{row['rank']}. {industry}"
    told = f"{row['from']} → {until}"
    hover = state.say(
        "park.timeline_hover", industry=industry, rank=row["rank"], from_day=row["from"], to_day=until
    )
    return Era(name, told, start, end, hover)
