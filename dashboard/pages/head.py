"""The head of the frame: whose book, as of when, in which language and light, and who is signed in."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria, data
from funds.kinds import BookKind


def draw_head(visit: Visit) -> Component:
    """One line: what this is on the left, how one sees it and as whom on the right."""
    return html.Div(
        [
            html.Div(_draw_product(visit), className="head-side"),
            html.Div(_draw_tools(visit), className="head-side"),
        ],
        className="head-line",
    )


def draw_icon(name: str) -> Component:
    """A sign from our own sheet of icons, coloured like the text around it."""
    return html.Span(className=f"icon icon-{name}", **aria(hidden="true"))


def _draw_product(visit: Visit) -> list[Component]:
    name = [
        html.Img(src="/assets/mark.svg", alt="", className="mark"),
        html.Span(visit.say("product.name"), className="product when-wide"),
        html.Span(visit.say("product.short"), className="product when-narrow"),
    ]
    parts = [
        dmc.Burger(
            id="burger", opened=False, hiddenFrom="sm", size="sm", **aria(label=visit.say("frame.nav"))
        ),
        # The browser keeps the chosen day and version in the address, as in every other link.
        html.A(name, href="/", id="home-link", className="product-link"),
        html.Span(visit.book.city_name, className="city"),
    ]
    if visit.book.kind == BookKind.DEMO.value:
        parts.append(
            html.Span(visit.say("demo.badge"), className="badge", title=visit.say("demo.badge_note"))
        )
    return parts


def _draw_tools(visit: Visit) -> list[Component]:
    other = "en" if visit.language == "zh" else "zh"
    return [
        _draw_moment(visit),
        html.Button(
            visit.say("frame.other_language"),
            id="language",
            className="tool",
            type="button",
            title=visit.say("frame.language"),
            lang="zh-CN" if other == "zh" else "en",
            **data(language=other),
        ),
        dmc.ColorSchemeToggle(
            id="scheme-toggle",
            lightIcon=draw_icon("sun"),
            darkIcon=draw_icon("moon"),
            variant="subtle",
            color="gray",
            size=36,
            **aria(label=visit.say("frame.scheme")),
        ),
        _draw_person(visit),
    ]


def _draw_moment(visit: Visit) -> Component:
    """As of which day, as known at which version; both are part of every page's address."""
    day = dmc.DatePickerInput(
        id="moment-day",
        label=visit.say("frame.as_of"),
        description=visit.say("frame.as_of_note"),
        valueFormat="YYYY-MM-DD",
        monthLabelFormat="YYYY年M月" if visit.language == "zh" else "MMMM YYYY",
        highlightToday=True,
        popoverProps={"withinPortal": False},
    )
    version = dmc.NumberInput(
        id="moment-version",
        label=visit.say("frame.as_known"),
        description=visit.say("frame.as_known_note"),
        placeholder=visit.say("frame.newest"),
        min=1,
        allowDecimal=False,
        hideControls=True,
    )
    buttons = dmc.Group(
        [
            dmc.Button(visit.say("frame.newest_now"), id="moment-reset", variant="subtle", size="sm"),
            dmc.Button(visit.say("frame.apply"), id="moment-apply", size="sm"),
        ],
        justify="flex-end",
    )
    target = html.Button(
        [draw_icon("calendar"), html.Span(id="moment-label", className="moment-label")],
        className="tool",
        type="button",
        title=visit.say("frame.moment_note"),
        **aria(label=visit.say("frame.moment_note")),
    )
    popover: Component = dmc.Popover(
        [
            dmc.PopoverTarget(target),
            dmc.PopoverDropdown(dmc.Stack([day, version, buttons], gap="sm")),
        ],
        width=320,
        offset=12,
        position="bottom-end",
        trapFocus=True,
        keepMounted=True,  # else what the frame's callback writes into it is lost
        withRoles=False,  # they would stand on a wrapper around the button, where they mean nothing
    )
    return popover


def _draw_person(visit: Visit) -> Component:
    roles = [
        html.Div(visit.say(f"role.{role.value}"), className="person-role") for role in visit.person.roles
    ]
    target = html.Button(
        [draw_icon("person"), html.Span(visit.person.name, className="person-name")],
        className="tool",
        type="button",
        **aria(label=visit.say("frame.person", name=visit.person.name)),
    )
    about = html.Div(
        [
            html.Div(visit.person.name, className="person-title"),
            html.Div(visit.person.login, className="person-role"),
            *(roles or [html.Div(visit.say("frame.no_role"), className="person-role")]),
        ],
        className="person-about",
    )
    account = html.A(
        [draw_icon("person"), html.Span(visit.say("account.title"))],
        href="/account",
        className="tool person-leave",
    )
    leave = html.Button(
        [draw_icon("leave"), html.Span(visit.say("frame.sign_out"))],
        id="sign-out",
        className="tool person-leave",
        type="button",
    )
    menu: Component = dmc.Popover(
        [dmc.PopoverTarget(target), dmc.PopoverDropdown([about, dmc.Divider(my=4), account, leave])],
        position="bottom-end",
        width=220,
        offset=12,
        trapFocus=True,
        withRoles=False,
    )
    return menu
