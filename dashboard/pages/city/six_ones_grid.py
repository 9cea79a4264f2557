"""The parks beside one another, target by target, under one version of the policy."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component
from orjson import Fragment

from dashboard.pages.attributes import aria
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.figure_text import SHARES
from dashboard.pages.parks.six_ones_view import Row, SixOnesView, draw_part
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.industries.six_ones import GRID
from dashboard.readings.industries.six_ones_catalogue import CITY_ONLY, SIX_ONES
from dashboard.readings.industries.six_ones_targets import PolicyVersion
from dashboard.tables.number_formats import shape_as_written
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable

NAME = "six_ones_grid"
POLICY = "policy"
CODES = tuple(code for code in SIX_ONES if code not in CITY_ONLY)
WHOLE_PERCENT = 100
MARKS = {True: ("✓", "good"), False: ("✗", "broken")}


def draw_grid(view: SixOnesView) -> Fragment:
    """The switch between versions, and the table."""
    return draw_part(view, "grid", _draw_grid, GRID)


def _draw_grid(view: SixOnesView) -> Component:
    return html.Div([draw_policy_switch(view), draw_table_card(view.context, make_grid_table(view))])


def make_grid_table(view: SixOnesView) -> ShownTable:
    """A row for each park, a column for each target that parks have a value for."""
    version = read_version(view)
    rows: dict[str, dict[str, Row]] = {}
    for row in view.rows(GRID):
        rows.setdefault(row["park"], {})[row["code"]] = row
    columns = [Column("park", view.say("appraisal.park"))]
    for code in CODES:
        one = SIX_ONES[code]
        unit = "%" if one.unit == "%" else view.name_unit(one.unit)
        title = view.say("six_ones.grid_title", code=code, name=view.say(f"figure.{code}"), unit=unit)
        group = view.say(f"six_ones.group_{one.group}")
        columns.append(Column(code, title, True, group, hint=code))
    return ShownTable(
        NAME,
        write_finding(view, rows, version),
        tuple(columns),
        tuple(tuple(_make_row(view, park, found, version)) for park, found in rows.items()),
        note=_note(view, version),
        definitions=view.definitions(*CODES),
    )


def write_finding(
    view: SixOnesView, rows: Mapping[str, Mapping[str, Row]], version: PolicyVersion | None
) -> str:
    """How many parks reach all that is asked of each, and how many the share of leading industries."""
    if version is None:
        return view.say("six_ones.finding_no_targets")
    judged = {
        park: [row[key] for row in found.values() if row.get(key := f"is_met.{version.number}") is not None]
        for park, found in rows.items()
    }
    whole = sum(bool(marks) and all(marks) for marks in judged.values())
    shares = [found["S02"].get(f"is_met.{version.number}") for found in rows.values()]
    return view.say(
        "six_ones.grid_finding",
        parks=len(rows),
        whole=whole,
        led=sum(mark is True for mark in shares),
        filed=sum(mark is not None for mark in shares),
    )


def read_version(view: SixOnesView) -> PolicyVersion | None:
    """The version that the address names, the newest where it names none."""
    text = view.context.query.get(POLICY)
    if text is None:
        return view.versions[-1] if view.versions else None
    for version in view.versions:
        if text == str(version.number):
            return version
    raise BadAddress("six_ones.bad_policy", text=text[:20])


def draw_policy_switch(view: SixOnesView) -> Component | None:
    """The versions as links; nothing to choose where there are not two."""
    chosen, context = read_version(view), view.context
    if len(view.versions) < 2 or chosen is None:
        return None
    newest = view.versions[-1]
    links = [
        dcc.Link(
            view.name_version(one),
            href=context.here(**{POLICY: None if one is newest else str(one.number)}),
            className="segment" + (" segment-chosen" if one == chosen else ""),
            title=_title(context, one, one == chosen),
        )
        for one in view.versions
    ]
    return html.Div(
        [
            html.Span(view.say("six_ones.policy"), className="segment-name"),
            html.Div(links, className="segments"),
            html.Span(chosen.document, className="segment-note"),
        ],
        className="segment-line",
        role="group",
        **aria(label=view.say("six_ones.policy")),
    )


def _title(context: PageContext, version: PolicyVersion, is_chosen: bool) -> str:
    return context.say("park.chosen") if is_chosen else version.document


def _note(view: SixOnesView, version: PolicyVersion | None) -> str:
    if version is None:
        return view.say("six_ones.note", day=view.day)
    return view.say("six_ones.grid_note", day=view.day, document=version.document)


def _make_row(
    view: SixOnesView, park: str, found: Mapping[str, Row], version: PolicyVersion | None
) -> Iterator[Cell]:
    yield view.cells.text(view.names([park]), link=view.context.link(f"/parks/{park}"))
    for code in CODES:
        yield _cell(view, park, found[code], version)


def _cell(view: SixOnesView, park: str, row: Row, version: PolicyVersion | None) -> Cell:
    """A value with its mark; one that an older version counts otherwise has no passport of its own."""
    text = row[f"value.{version.number}"] if version else row["value"]
    if text is None:
        return view.cells.absent(row["reason"])
    code, value = row["code"], Fraction(text)
    met = row[f"is_met.{version.number}"] if version else None
    if text != row["value"]:
        return view.cells.number(value, row["period"] or "")
    shown = value / WHOLE_PERCENT if code in SHARES else value
    key = FigureKey(code, row["basis"], f"park:{park}")
    made = view.cells.figure(key, f"{shown.numerator}/{shown.denominator}")
    hover = " · ".join(part for part in (row["period"], view.measure(text, SIX_ONES[code].unit)) if part)
    if met is None:
        return replace(made, hover=hover)
    mark, tone = MARKS[met]
    told = view.say("six_ones.met" if met else "six_ones.short")
    text = f"{made.text} {mark}"
    shape = shape_as_written(text)
    return replace(made, text=text, number_format=shape, hover=f"{hover} · {told}", tone=tone)
