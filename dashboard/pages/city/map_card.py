"""The map of parks: tiles or outlines without any outside address, coloured by one measure, each the way to its park."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.heat_map import SHADES
from dashboard.figures.tile_map import Shape, Spot, draw_tile_map
from dashboard.pages.attributes import aria
from dashboard.pages.choices import Choice, draw_segments
from dashboard.pages.city.map_view import (
    MAP,
    MEASURES,
    ParkMap,
    Row,
    make_map,
    open_map,
    write_finding,
    write_note,
)
from dashboard.pages.context import PageContext
from dashboard.pages.shown_table import draw_export, draw_table
from funds.queries.ledger_slice import LedgerSlice

# Shares of what leads are in the colour of leading industries; all else is in that of the page.
LEADING = "alignment"


def draw_map_card(context: PageContext, slice_: LedgerSlice, rows: Sequence[Row]) -> Component | None:
    """The card; a city without parks has none."""
    if not rows:
        return None
    shown = open_map(context, slice_, rows)
    say, table = context.say, make_map(shown)
    choices = [
        Choice(
            say(f"map.measure_{name}"),
            context.here(**{MAP: None if name == "alignment" else name}),
            name == shown.measure,
        )
        for name in MEASURES
    ]
    head = html.Div(
        [
            html.Div(
                [
                    html.H2(write_finding(shown), className="card-title"),
                    html.P(write_note(shown), className="card-note"),
                ],
                className="card-words",
            ),
            draw_export(context, table),
        ],
        className="card-head",
    )
    body = html.Div([_draw_tiles(shown), draw_table(context, table, is_tall=False)], className="map-body")
    drawn = [head, draw_segments(context, say("map.measure"), choices), _draw_key(shown), body]
    return html.Section(drawn, className="card map-card")


def _draw_tiles(shown: ParkMap) -> Component:
    """Every park as a link over its shape, in the order of the codes, so that a keyboard goes through them."""
    spots = [
        Spot(
            place.code,
            float(place.tile[0]),
            float(place.tile[1]),
            [(float(x), float(y)) for x, y in place.outline],
        )
        for place in shown.layout.places
    ]
    drawn = draw_tile_map(spots)
    rows = {row["code"]: row for row in shown.rows}
    tiles = [_draw_tile(shown, rows[shape.key], shape) for shape in sorted(drawn.shapes, key=_key)]
    frame = html.Div(
        tiles,
        className="tile-map",
        style={"aspectRatio": str(drawn.ratio), "--tiles": f"{drawn.columns:g}"},
        role="group",
        **aria(label=shown.context.say("map.title")),
    )
    return html.Div(frame, className="tile-frame")


def _key(shape: Shape) -> str:
    return shape.key


def _draw_tile(shown: ParkMap, row: Row, shape: Shape) -> Component:
    told = f"{row['name']} · {shown.context.say(f'map.measure_{shown.measure}')} {shown.write_long(row)}"
    x, y = shape.words_at
    words = html.Span(
        [
            html.Span(shown.name(row).removesuffix(shown.context.say("map.suffix")), className="tile-name"),
            html.Span(shown.write(row), className="tile-value"),
        ],
        className="tile-words",
        style={"left": f"{x}%", "top": f"{y}%"},
    )
    box = {"left": shape.left, "top": shape.top, "width": shape.width, "height": shape.height}
    return dcc.Link(
        words,
        href=shown.context.link(f"/parks/{row['code']}"),
        title=told,
        className=f"tile tile-{_hue(shown)} tile-{shown.shade(row)}",
        style={**{side: f"{percent}%" for side, percent in box.items()}, "--shape": shape.corners},
    )


def _hue(shown: ParkMap) -> str:
    return "leading" if shown.measure == LEADING else "money"


def _draw_key(shown: ParkMap) -> Component:
    """What the grounds mean."""
    steps = [html.Span(className=f"tile-key tile-{_hue(shown)} tile-key-{at}") for at in range(1, SHADES + 1)]
    say = shown.context.say
    return html.Div(
        html.Span([say("map.little"), *steps, say("map.much")], className="legend-item"), className="legend"
    )
