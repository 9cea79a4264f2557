"""Segments run from upstream to downstream, and no line runs through a box."""

import pytest

from dashboard.figures.chain_map import Box, Cell, draw_chain_edges, lay_out_chain
from dashboard.figures.palette import PALETTES

BOXES = [
    Box("a", "upstream"),
    Box("b", "midstream"),
    Box("b1", "midstream", parent="b", is_gap=True),
    Box("c", "midstream"),
    Box("d", "downstream"),
]
EDGES = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]


def test_a_segment_fed_by_one_of_its_own_position_stands_behind_it() -> None:
    layout = lay_out_chain(BOXES, EDGES)
    assert layout.cells == {
        "a": Cell(0, 0),
        "b": Cell(1, 0),
        "b1": Cell(1, 1),
        "c": Cell(2, 0),
        "d": Cell(3, 0),
    }
    assert layout.positions == ("upstream", "midstream", "midstream", "downstream")
    assert layout.rows == 2


def test_a_part_stands_below_its_whole_even_when_it_comes_first() -> None:
    layout = lay_out_chain([Box("part", "upstream", parent="whole"), Box("whole", "upstream")], [])
    assert (layout.cells["whole"], layout.cells["part"]) == (Cell(0, 0), Cell(0, 1))


def test_what_has_no_position_comes_last_and_a_lone_parent_is_ignored() -> None:
    layout = lay_out_chain([Box("x", None, parent="elsewhere"), Box("y", "downstream")], [])
    assert layout.positions == ("downstream", None)
    assert layout.cells["x"].column == 1


def test_no_chain_has_no_columns() -> None:
    layout = lay_out_chain([], [])
    assert (layout.cells, layout.positions, layout.rows) == ({}, (), 0)


@pytest.mark.parametrize("scheme", PALETTES)
def test_a_line_past_other_columns_runs_below_the_row(scheme: str) -> None:
    layout = lay_out_chain(BOXES, EDGES)
    figure = draw_chain_edges(layout, BOXES, [*EDGES, ("a", "unknown")], scheme)
    near, *_, far = figure["layout"]["shapes"]
    assert len(figure["layout"]["shapes"]) == len(figure["layout"]["annotations"]) == len(EDGES)
    assert "L" in far["path"]
    assert "0.960" in far["path"]
    assert "L" not in near["path"]
    assert near["line"]["color"] == PALETTES[scheme].rule_strong


def test_a_line_to_a_gap_is_dotted() -> None:
    layout = lay_out_chain(BOXES, [("a", "b1"), ("a", "b")])
    figure = draw_chain_edges(layout, BOXES, [("a", "b1"), ("a", "b")], "light")
    assert [shape["line"]["dash"] for shape in figure["layout"]["shapes"]] == ["dot", "solid"]
