"""The way from one park or fund to another: a searchable list that keeps the day, the version and the view."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.pages.shown_table import SORT

SWITCHER = "switcher"


def draw_switcher(context: PageContext, label: str, places: Sequence[tuple[str, str]]) -> Component:
    """The list; `places` pairs the path of each page with its name, the present page among them."""
    kept = {**context.query, SORT: None}
    addresses = {path: context.link(path, **kept) for path, _ in places}
    select: Component = dmc.Select(
        id={"type": SWITCHER, "path": context.path},
        data=[{"value": addresses[path], "label": name} for path, name in places],
        value=addresses.get(context.path),
        searchable=True,
        allowDeselect=False,
        nothingFoundMessage=context.say("switcher.nothing"),
        size="sm",
        w=260,
        comboboxProps={"withinPortal": True},
        className="switcher",
        **aria(label=label),
    )
    return select


def register_switcher(app: GuardedApp) -> None:
    """Choosing goes there; the browser does it by itself."""
    app.clientside(
        "switch_page",
        Output("url", "href"),
        Input({"type": SWITCHER, "path": ALL}, "value"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
