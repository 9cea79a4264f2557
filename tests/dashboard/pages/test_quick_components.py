"""Components built quickly are those that Dash builds, and what Dash refuses is refused."""

from typing import Any

import dash_mantine_components as dmc
import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.quick_components import quicken_components

quicken_components()

PROPS: list[tuple[type[Component], tuple[Any, ...], dict[str, Any]]] = [
    (html.Div, (), {}),
    (html.Div, (["text", html.Span("more")],), {"className": "card", "hidden": None}),
    (html.Div, (), {"children": "named", "id": "part"}),
    (html.Button, ("press",), {"id": {"type": "act", "index": 3}, "aria-label": "press", "data-kind": "a"}),
    (dcc.Link, ("there",), {"href": "/there"}),
    (dmc.TextInput, (), {"label": "name", "id": "name", "debounce": True}),
    (dmc.AppShell, ([html.P("in it")],), {"padding": 0}),
]
WRONG: list[tuple[type[Component], tuple[Any, ...], dict[str, Any]]] = [
    (html.Div, (), {"klass": "card"}),
    (html.Div, (), {"title": html.Span("not here")}),
    (html.Div, (), {"id": 7}),
    (html.Div, (), {"id": {"type": object()}}),
    (dcc.Link, ("nowhere",), {}),
    (dcc.Link, ("there",), {"href": "/there", "aria-label": "there"}),
]


def _build_slowly(kind: type[Component], args: tuple[Any, ...], props: dict[str, Any]) -> Component:
    one = kind.__new__(kind)
    getattr(kind.__init__, "slow", kind.__init__)(one, *args, **props)
    return one


@pytest.mark.parametrize(("kind", "args", "props"), PROPS)
def test_a_quick_component_holds_what_a_slow_one_holds(
    kind: type[Component], args: tuple[Any, ...], props: dict[str, Any]
) -> None:
    quick, slow = kind(*args, **props), _build_slowly(kind, args, props)
    assert vars(quick) == vars(slow)


@pytest.mark.parametrize(("kind", "args", "props"), WRONG)
def test_what_dash_refuses_is_refused_in_its_words(
    kind: type[Component], args: tuple[Any, ...], props: dict[str, Any]
) -> None:
    with pytest.raises(TypeError) as slow:
        _build_slowly(kind, args, props)
    with pytest.raises(TypeError) as quick:
        kind(*args, **props)
    assert str(quick.value) == str(slow.value)


def test_names_that_were_given_before_let_no_odd_value_in() -> None:
    given: Any = html.Div(title="words")
    assert given.title == "words"
    odd: Any = html.Span("not here")
    with pytest.raises(TypeError):
        html.Div(title=odd)


def test_being_asked_twice_changes_nothing() -> None:
    before = html.Div.__init__
    quicken_components()
    assert html.Div.__init__ is before
