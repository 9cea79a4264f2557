"""Choices that write the address: a few as segments side by side, many as a list that unfolds."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext


@dataclass(frozen=True)
class Choice:
    """One choice: its name, the address that makes it, and whether it is made."""

    name: str
    address: str
    is_chosen: bool = False


def draw_segments(context: PageContext, name: str, choices: Sequence[Choice], note: str = "") -> Component:
    """The choices side by side, with what the chosen one means."""
    links = [
        dcc.Link(
            one.name,
            href=one.address,
            className="segment" + (" segment-chosen" if one.is_chosen else ""),
            # what says which one holds to those who do not see the colour
            title=context.say("choice.chosen") if one.is_chosen else "",
        )
        for one in choices
    ]
    return html.Div(
        [
            html.Span(name, className="segment-name"),
            html.Div(links, className="segments"),
            html.Span(note, className="segment-note") if note else None,
        ],
        className="segment-line",
        role="group",
        **aria(label=name),
    )


def draw_menu(context: PageContext, name: str, choices: Sequence[Choice]) -> Component:
    """The chosen one, which unfolds into all of them."""
    chosen = next((one.name for one in choices if one.is_chosen), choices[0].name)
    items = [
        html.Li(
            dcc.Link(
                one.name,
                href=one.address,
                className="menu-link" + (" menu-chosen" if one.is_chosen else ""),
                title=context.say("choice.chosen") if one.is_chosen else "",
            )
        )
        for one in choices
    ]
    head = html.Summary([html.Span(name, className="segment-name"), html.Span(chosen, className="menu-name")])
    # The key folds the list again where another choice was made.
    return html.Details([head, html.Ul(items)], className="menu", key=f"{name} {chosen}")
