"""What a callback answers goes out as Dash itself would write it, in one walk."""

import json
from typing import Any

import dash_mantine_components as dmc
import numpy as np
import orjson
import pytest
from dash import Patch, dcc, html, no_update
from plotly.io.json import to_json_plotly

from dashboard.answer_text import write_answer
from dashboard.pages.attributes import aria, data

PAGE = html.Div(
    [
        html.P("一园一主业 <b>", className="card-note", **data(key="a/b"), **aria(label="名")),
        None,
        html.Section(html.Button("存", id={"type": "figure", "code": "LV04"}, n_clicks=0)),
        dmc.Select(data=[{"value": "1", "label": "甲"}], value=None, leftSection=html.Span("·")),
        dcc.Graph(figure={"data": [{"x": np.arange(3), "y": [1.5, float("nan"), 2]}], "layout": {}}),
    ],
    title="",
)


def as_sent(answer: object) -> Any:
    return json.loads(to_json_plotly(answer))


@pytest.mark.parametrize(
    "answer",
    [
        PAGE,
        [PAGE, "words", None, 3],
        [[PAGE, PAGE], {"data": [1, 2]}, []],
        {"data": [{"x": [1]}]},
        "words",
        None,
        (PAGE, True),
    ],
)
def test_the_browser_gets_what_it_got_before(answer: object) -> None:
    assert as_sent(write_answer(answer)) == as_sent(answer)


def test_components_are_text_by_then_and_what_is_no_component_is_left_alone() -> None:
    patch = Patch()
    page, same, changes = write_answer([PAGE, no_update, patch])
    assert isinstance(page, orjson.Fragment)
    assert same is no_update
    assert changes is patch


def test_a_component_that_json_cannot_hold_is_left_to_dash_to_name() -> None:
    odd = html.Div(html.P(style={"width": object()}))
    assert write_answer(odd) is odd


def test_what_is_written_may_stand_in_a_page_without_a_second_look() -> None:
    odd = html.P("</script>\u2028\u2029", className="a/b")
    (written,) = write_answer([odd])
    assert as_sent(written) == as_sent(odd)
    assert orjson.dumps(written).decode() == to_json_plotly(written)
