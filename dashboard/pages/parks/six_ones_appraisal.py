"""The yearly appraisal on a page: a park's own place and what would lift it; for the city all places."""

from collections.abc import Iterator
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.parks.six_ones_view import Row, SixOnesView
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.appraisal_rows import APPRAISAL, LIFTS, QUANTILES, WEIGHTS
from dashboard.readings.industries.six_ones_catalogue import SIX_ONES
from dashboard.tables.number_formats import shape_as_written
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import ABSENT, format_number

RANKING, LIFT_TABLE = "appraisal", "appraisal_lift"
# Rows of the trail are not opened from a rank that is only worked out.
BASIS = "appraisal"


def draw_own_appraisal(view: SixOnesView) -> Component:
    """The sentences of one park with the table of what would lift it."""
    if not view.rows(WEIGHTS):
        return draw_empty_card(view.say("appraisal.title"), view.say("appraisal.no_weights"))
    told = html.P(write_quantiles(view), className="card-note park-below")
    if not view.rows(LIFTS):
        texts = [html.P(text, className="card-note") for text in (write_weights(view),)]
        title = html.H2(write_place(view), className="card-title")
        return html.Section([title, *texts, told], className="card")
    return draw_table_card(view.context, make_lift_table(view), below=told)


def draw_ranking(view: SixOnesView) -> Component:
    """Every park by rank; why there is none where no weights are set."""
    if not view.rows(WEIGHTS):
        return draw_empty_card(view.say("appraisal.title"), view.say("appraisal.no_weights"))
    return draw_table_card(view.context, make_ranking_table(view))


def make_lift_table(view: SixOnesView) -> ShownTable:
    """What each indicator would have to become for the park to stand one place higher."""
    say, cells = view.say, view.cells
    columns = (
        Column("name", say("six_ones.indicator")),
        Column("code", say("six_ones.code")),
        Column("from", say("appraisal.lift_from"), is_number=True),
        Column("to", say("appraisal.lift_to"), is_number=True),
        Column("change", say("appraisal.lift_change"), is_number=True),
    )
    rows = []
    for row in view.rows(LIFTS):
        code, unit = row["code"], SIX_ONES[row["code"]].unit
        now, then = Fraction(row["lift_from"]), Fraction(row["lift_to"])
        named = say("six_ones.in_unit", unit="%" if unit == "%" else view.name_unit(unit))
        change = then - now
        told = f"{'+' if change > 0 else '−'}{format_number(abs(change))}"
        rows.append(
            (
                cells.text(say(f"figure.{code}") + named),
                cells.text(code),
                cells.number(now),
                cells.number(then),
                Cell(told, change, shape_as_written(told)),
            )
        )
    return ShownTable(
        LIFT_TABLE,
        write_place(view),
        columns,
        tuple(rows),
        note=" ".join((say("appraisal.lift_note"), write_weights(view))),
        definitions=view.definitions("S20"),
    )


def make_ranking_table(view: SixOnesView) -> ShownTable:
    """Rank, score, points by indicator, what is lacking, and the smallest change that lifts."""
    say = view.say
    weights = view.rows(WEIGHTS)
    columns = (
        Column("park", say("appraisal.park")),
        Column("rank", say("appraisal.rank"), is_number=True, hint="S20"),
        Column("score", say("appraisal.score", full=_full(view)), is_number=True),
        Column("lift", say("appraisal.lift")),
        Column("lacks", say("appraisal.lacking")),
        *(
            Column(
                f"points.{row['code']}",
                f"{row['code']}（{format_number(Fraction(row['weight']))}）",
                is_number=True,
                group=say("appraisal.points"),
                hint=say(f"figure.{row['code']}"),
            )
            for row in weights
        ),
    )
    return ShownTable(
        RANKING,
        write_ranking(view),
        columns,
        tuple(tuple(_ranking_row(view, row, weights)) for row in view.rows(APPRAISAL)),
        note=write_weights(view),
        definitions=view.definitions("S20"),
    )


def write_place(view: SixOnesView) -> str:
    """The park's score and place among those that were ranked, or what keeps it from one."""
    if view.is_city:
        return write_ranking(view)
    (row,) = view.rows(APPRAISAL)
    if row["place"] is None:
        if row["lacks"]:
            return view.say("appraisal.unplaced", year=row["year"], codes=view.indicators(row["lacks"]))
        return view.say(row["reason"])
    return view.say(
        "appraisal.tied" if row["sharing"] else "appraisal.placed",
        year=row["year"],
        score=_score(row),
        full=_full(view),
        rank=row["place"],
        ranked=row["ranked"],
        parks=row["parks"],
    )


def write_ranking(view: SixOnesView) -> str:
    """Who is first, and how many were ranked."""
    rows = view.rows(APPRAISAL)
    ranked = [row for row in rows if row["place"] is not None]
    if not ranked:
        return view.say(rows[0]["reason"]) if rows else view.say("appraisal.title")
    first = view.say("park.list").join(row["name"] for row in ranked if row["place"] == 1)
    return view.say(
        "appraisal.finding",
        year=ranked[0]["year"],
        ranked=len(ranked),
        parks=len(rows),
        first=first,
        score=_score(ranked[0]),
    )


def write_quantiles(view: SixOnesView) -> str:
    """How the other parks' scores are spread, where that may be told."""
    (row,) = view.rows(QUANTILES)
    if row["reason"]:
        return view.say("appraisal.few_others")
    return view.say("appraisal.others", n=row["n"], p25=row["p25"], median=row["median"], p75=row["p75"])


def write_weights(view: SixOnesView) -> str:
    """Where the weights come from, and whether they were checked."""
    rows = view.rows(WEIGHTS)
    papers = view.say("park.list").join(dict.fromkeys(row["document"] for row in rows))
    checked = all(row["is_confirmed"] for row in rows)
    return view.say("appraisal.weights" if checked else "appraisal.weights_unchecked", document=papers)


def _ranking_row(view: SixOnesView, row: Row, weights: tuple[Row, ...]) -> Iterator[Cell]:
    cells = view.cells
    yield cells.text(row["name"], link=view.context.link(f"/parks/{row['park']}"))
    key = FigureKey("S20", BASIS, f"park:{row['park']}")
    if row["place"] is None:
        yield cells.absent(row["reason"])
        yield cells.absent(row["reason"])
    else:
        yield cells.figure(key, str(row["place"]))
        yield Cell(_score(row), Fraction(row["score"]), "#,##0.0", row["score"])
    yield cells.text(_lift(view, row), tone="wrap")
    yield cells.text(view.say("park.list").join(row["lacks"]), hover=view.indicators(row["lacks"]))
    for weight in weights:
        points = row[f"points.{weight['code']}"]
        if points is None:
            yield cells.absent(row["reason"])
        else:
            yield Cell(format_number(Fraction(points)), Fraction(points), "#,##0.0", points)


def _lift(view: SixOnesView, row: Row) -> str:
    if row["lift"] is None:
        return "" if row["place"] is None or row["place"] == 1 else ABSENT
    unit = SIX_ONES[row["lift"]].unit
    return view.say(
        "appraisal.lift_told",
        code=row["lift"],
        now=view.measure(row["lift_from"], unit),
        then=view.measure(row["lift_to"], unit),
    )


def _score(row: Row) -> str:
    return format_number(Fraction(row["score"]))


def _full(view: SixOnesView) -> str:
    return format_number(sum((Fraction(row["weight"]) for row in view.rows(WEIGHTS)), Fraction(0)))
