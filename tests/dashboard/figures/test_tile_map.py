"""Shapes lie within their frame, neighbours touch without lying on one another, and outlines keep their form."""

import pytest

from dashboard.figures.tile_map import Spot, draw_tile_map


def test_tiles_of_a_line_stand_side_by_side_and_the_next_line_is_shifted() -> None:
    drawn = draw_tile_map([Spot("A", 0, 0), Spot("B", 1, 0), Spot("C", 0, 1)])
    first, second, below = drawn.shapes

    assert first.left == 0
    assert first.left + first.width < second.left < first.left + first.width + 3
    assert first.left < below.left < second.left
    assert below.top < first.top + first.height, "lines mesh"


@pytest.mark.parametrize("count", [1, 2, 16, 40])
def test_every_shape_lies_within_the_frame(count: int) -> None:
    drawn = draw_tile_map([Spot(str(at), at % 6, at // 6) for at in range(count)])

    assert len(drawn.shapes) == count
    for shape in drawn.shapes:
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= 100.01
        assert shape.top + shape.height <= 100.01
        assert shape.corners.startswith("polygon(50.0% 0.0%, ")


def test_the_words_of_a_tile_stand_in_its_middle() -> None:
    (tile,) = draw_tile_map([Spot("A", 3, 2)]).shapes

    assert tile.words_at == pytest.approx((50, 50), abs=0.01)


def test_an_outline_keeps_its_form_and_its_words_stand_in_its_area() -> None:
    (shape,) = draw_tile_map([Spot("A", 0, 0, [(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)])]).shapes

    assert (shape.width, shape.height) == (100, 100)
    assert "25.0% 33.333%" in shape.corners
    # The long arm pulls the middle to the left and upwards.
    assert shape.words_at == pytest.approx((37.5, 33.333), abs=0.01)


def test_no_parks_make_no_shapes_and_a_line_of_points_has_words_too() -> None:
    assert draw_tile_map([]).shapes == ()
    (flat,) = draw_tile_map([Spot("A", 0, 0, [(0, 0), (1, 0), (2, 0)])]).shapes
    assert flat.words_at == (50, 0)
