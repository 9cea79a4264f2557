"""The Sankey of every yuan stands in columns, in the colours that natures have everywhere, and bands can be clicked."""

import pytest
from plotly.graph_objects import Figure

from dashboard.figures.palette import PALETTES, fade
from dashboard.figures.yuan_flow import BAND_SHARE, FlowBand, draw_yuan_sankey, lay_out, sum_nodes
from dashboard.readings.money.yuan_flow import column_of

BANDS = [
    FlowBand("nature:fiscal:municipal", "tier:1", "fiscal", 300, "300", "/a"),
    FlowBand("nature:social", "tier:1", "social", 100, "100", "/b"),
    FlowBand("reused", "tier:1", "social", 20, "20", "/c"),
    FlowBand("tier:1", "industry:IC", "fiscal", 200, "200", "/d"),
    FlowBand("tier:1", "kept", "fiscal", 220, "220", "/e"),
    FlowBand("industry:IC", "park:P1", "fiscal", 200, "200", "/f"),
]


def column(node: str) -> float:
    return column_of(node, 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figure_is_valid_and_its_bands_lead_somewhere(scheme: str) -> None:
    made = draw_yuan_sankey(BANDS, {"tier:1": "第 1 层"}, column, lambda fen: f"{fen} 元", scheme)
    Figure(made)
    (flow,) = made["data"]
    assert flow["link"]["label"] == [band.address for band in BANDS]
    assert flow["link"]["color"][1] == fade(PALETTES[scheme].social, BAND_SHARE)
    labels = flow["node"]["label"]
    assert "第 1 层" in labels
    at = labels.index("第 1 层")
    assert flow["node"]["customdata"][at] == "420 元"
    assert all(0 < place < 1 for axis in "xy" for place in flow["node"][axis])


def test_nodes_stand_in_columns_from_sources_to_parks() -> None:
    assert lay_out(sum_nodes(BANDS), column) == [
        ["nature:fiscal:municipal", "nature:social", "reused"],
        ["tier:1"],
        ["industry:IC"],
        ["park:P1", "kept"],
    ]


def test_nothing_draws_an_empty_figure() -> None:
    made = draw_yuan_sankey([], {}, column, str, "light")
    Figure(made)
    assert made["data"][0]["node"]["label"] == []
