"""The bars of the bridge chain from claimed to confirmed on one scale."""

import pytest

from dashboard.figures.leverage_bridge import THINNEST, chain_bars, place_bars

STEPS = [("claimed", 100), ("unpaid", -30), ("double", 0), ("unexplained", 5), ("confirmed", 75)]


def test_each_step_begins_where_the_one_before_ended() -> None:
    bars = chain_bars(STEPS)
    assert [(bar.start, bar.end) for bar in bars] == [(0, 100), (100, 70), (70, 70), (70, 75), (0, 75)]
    assert [bar.amount for bar in bars] == [amount for _, amount in STEPS]
    assert [bar.is_level for bar in bars] == [True, False, False, False, True]


def test_bars_lie_on_one_scale_and_nothing_has_no_width() -> None:
    places = place_bars(chain_bars(STEPS))
    assert [(place.left, place.width) for place in places] == [(0, 100), (70, 30), (70, 0), (70, 5), (0, 75)]
    assert [place.ends_at for place in places] == [100, 70, 70, 75, 75]


def test_a_bar_too_small_to_be_seen_is_drawn_at_its_thinnest() -> None:
    places = place_bars(chain_bars([("claimed", 10_000), ("unpaid", -1), ("confirmed", 9_999)]))
    assert places[1].width == THINNEST


@pytest.mark.parametrize("steps", [[("claimed", 0), ("unexplained", 0), ("confirmed", 0)], []])
def test_a_bridge_of_nothing_is_drawn_without_bars(steps: list[tuple[str, int]]) -> None:
    assert all(place.width == 0 for place in place_bars(chain_bars(steps)))


def test_a_level_below_nothing_has_room_on_the_left() -> None:
    places = place_bars(chain_bars([("claimed", 50), ("unpaid", -100), ("confirmed", -50)]))
    assert [(place.left, place.width) for place in places] == [(50, 50), (0, 100), (0, 50)]
