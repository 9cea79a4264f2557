"""One force of interest of one stream, by sums of floats or by products of arrays."""

import math

import numpy as np
import pytest
from hypothesis import given

from tests.valuation.streams import is_zero, one_change
from valuation.descent import SHORT, descend_long, descend_short

Stream = tuple[list[tuple[int, int]], list[tuple[int, int]]]


def lay_rows(stream: Stream) -> tuple[list[int], list[float], int]:
    """Days, amounts and the row of the first receipt."""
    paid, back = (sorted(side) for side in stream)
    days = [700_000 + day for day, _ in paid + back]
    return days, [float(-amount) for _, amount in paid] + [float(amount) for _, amount in back], len(paid)


@given(one_change)
def test_both_ways_find_the_force_that_zeroes_the_stream(stream: Stream) -> None:
    days, flows, turn = lay_rows(stream)
    short = descend_short(days, flows, turn)
    long = descend_long(days, flows, days[turn - 1] - days[0], days[-1] - days[turn])
    assert short is not None
    assert long == pytest.approx(short, rel=1e-11, abs=1e-14)
    assert is_zero(math.expm1(short * 365), np.array(days), np.array(flows))


def test_two_flows_need_no_exponential() -> None:
    force = math.log(1.21) / 730
    assert descend_short([5, 735], [-100, 121], 1) == pytest.approx(force, rel=1e-14)
    assert descend_long([5, 735], [-100, 121], 0, 0) == pytest.approx(force, rel=1e-14)


@pytest.mark.parametrize("count", [SHORT, SHORT + 1, 257, 400])
def test_a_stream_of_any_length_gives_back_the_force_it_was_made_with(count: int) -> None:
    days, turn, force = list(range(1000, 1000 + 30 * count, 30)), count // 3, 0.0002
    flows = [-1000.0 - day % 7 for day in days[:turn]] + [float(day % 11) for day in days[turn:]]
    worth = [flow * math.exp(-force * (day - 1000)) for day, flow in zip(days, flows, strict=True)]
    flows[-1] -= math.fsum(worth) * math.exp(force * (days[-1] - 1000))
    assert descend_short(days, flows, turn) == pytest.approx(force, rel=1e-11)
    ranges = days[turn - 1] - days[0], days[-1] - days[turn]
    assert descend_long(days, flows, *ranges) == pytest.approx(force, rel=1e-11)


def test_a_force_beyond_reach_is_given_up() -> None:
    days, flows = [0, 1, 2, 1000], [-1.0, -1.0, 1e10, 1e-6]
    assert descend_short(days, flows, 2) is None
    assert descend_long(days, flows, 1, 998) is None


def test_what_does_not_settle_is_given_up() -> None:
    days, flows = [0, 1, 2], [-1.0, math.nan, 1.0]
    assert descend_short(days, flows, 2) is None
    never = [0, 100, 200], [100.0, -150.0, 100.0]
    assert descend_long(*never, 200, 200) is None
