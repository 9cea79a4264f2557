"""The templates are what plotly itself accepts."""

import json

import plotly.graph_objects as go
import pytest

from dashboard.figures.template import TEMPLATES


@pytest.mark.parametrize("scheme", TEMPLATES)
def test_plotly_knows_every_key_of_the_template(scheme: str) -> None:
    template = json.loads(json.dumps(TEMPLATES[scheme]))
    figure = go.Figure(layout={"template": template})
    assert figure.layout.template.layout.font.color == template["layout"]["font"]["color"]
