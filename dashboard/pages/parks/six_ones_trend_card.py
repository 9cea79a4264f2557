"""How the six ones went over the periods on file, as small panels with a table beneath."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from dash.development.base_component import Component

from dashboard.figures.trend_panels import Panel, draw_trend_panels
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.figure_text import read_number
from dashboard.pages.parks.six_ones_view import Row, SixOnesView
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES
from dashboard.readings.industries.six_ones_trend import TREND
from dashboard.tables.shown import Cell, Column, ShownTable

NAME = "six_ones_trend"
# A rank moves against the others, and what is counted by the system has no filed past to compare with.
NOT_JUDGED = frozenset({"S18", "S19", "S20"})
# Two periods make a line.
FEWEST = 2


def draw_trend(view: SixOnesView) -> Component:
    """The panels; a calm card where nothing was filed twice."""
    series = {code: rows for code, rows in read_series(view).items() if len(rows) >= FEWEST}
    if not series:
        return draw_empty_card(view.say("six_ones.trend_none"), view.say("six_ones.trend_none_text"))
    panels = [_make_panel(view, code, rows) for code, rows in series.items()]
    figure = draw_trend_panels(panels, view.context.scheme)
    chart = Chart(
        NAME,
        write_trend(view),
        view.say("six_ones.trend_note", day=view.day),
        figure,
        make_trend_table(view),
        is_wide=True,
    )
    return draw_chart_card(view.context, chart)


def make_trend_table(view: SixOnesView) -> ShownTable:
    """A row for each indicator, a column for each period."""
    series = read_series(view)
    periods = list(dict.fromkeys(row["period"] for rows in series.values() for row in rows))
    periods.sort()
    columns = (
        Column("name", view.say("six_ones.indicator")),
        Column("code", view.say("six_ones.code")),
        *(Column(period, period, is_number=True) for period in periods),
    )
    made = tuple(tuple(_table_row(view, code, rows, periods)) for code, rows in series.items())
    return ShownTable(
        NAME,
        view.say("six_ones.trend_table"),
        columns,
        made,
        note=view.say("six_ones.trend_note", day=view.day),
        definitions=view.definitions(*series),
    )


def write_trend(view: SixOnesView) -> str:
    """How many indicators did better, worse, or the same in the last period than in the one before."""
    better = worse = same = 0
    for code, rows in read_series(view).items():
        if code in NOT_JUDGED or len(rows) < FEWEST:
            continue
        step = Fraction(rows[-1]["value"]) - Fraction(rows[-2]["value"])
        if SIX_ONES[code].is_ceiling:
            step = -step
        better, worse, same = better + (step > 0), worse + (step < 0), same + (step == 0)
    return view.say("six_ones.trend", better=better, worse=worse, same=same)


def read_series(view: SixOnesView) -> Mapping[str, Sequence[Row]]:
    """The periods of each indicator, the oldest first."""
    series: dict[str, list[Row]] = {}
    for row in view.rows(TREND):
        series.setdefault(row["code"], []).append(row)
    return series


def _make_panel(view: SixOnesView, code: str, rows: Sequence[Row]) -> Panel:
    values = [view.measure(row["value"], row["unit"]) for row in rows]
    target = view.targets.get((code, view.versions[-1].number)) if view.versions else None
    asked = target["asked"] if target else None
    return Panel(
        f"{code} {view.say(f'figure.{code}')}",
        values[-1],
        [row["period"] for row in rows],
        [float(read_number(row["value"])) for row in rows],
        [_hover(view, row, value) for row, value in zip(rows, values, strict=True)],
        None if asked is None else float(Fraction(asked)),
        ""
        if asked is None
        else view.say("six_ones.trend_target", value=view.measure(asked, rows[-1]["unit"])),
    )


def _hover(view: SixOnesView, row: Row, value: str) -> str:
    told = f"{row['period']} · {value}"
    return f"{told} · {view.say('six_ones.trend_lacks', count=row['lacking'])}" if row["lacking"] else told


def _table_row(view: SixOnesView, code: str, rows: Sequence[Row], periods: Sequence[str]) -> Iterator[Cell]:
    by_period = {row["period"]: row for row in rows}
    unit = view.name_unit(rows[0]["unit"]) if rows[0]["unit"] != "%" else "%"
    yield view.cells.text(view.say(f"figure.{code}") + view.say("six_ones.in_unit", unit=unit))
    yield view.cells.text(code)
    for period in periods:
        row = by_period.get(period)
        if row is None:
            yield view.cells.absent("six_ones.not_filed")
            continue
        value = read_number(row["value"])
        yield view.cells.number(value, _hover(view, row, view.measure(row["value"], row["unit"])))
