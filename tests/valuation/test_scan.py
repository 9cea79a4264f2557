"""The search for every root."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from valuation.curve import Curves
from valuation.rate import HIGHEST_FORCE, LOWEST_FORCE
from valuation.scan import find_all_roots


def flows_with_roots(*rates: float) -> NDArray[np.float64]:
    """Yearly flows that are worth nothing at exactly these rates."""
    return np.asarray(1e6 * np.poly([1 / (1 + rate) for rate in rates])[::-1], dtype=np.float64)


def search(amounts: NDArray[np.float64], years: NDArray[np.float64] | None = None) -> list[float]:
    times = np.arange(len(amounts), dtype=float) if years is None else years
    return find_all_roots(times[:, None], amounts[:, None]).of(0)


@pytest.mark.parametrize(
    "rates",
    [
        (0.1,),
        (0.1, 0.2),
        (-0.9, -0.5, 0.0, 0.3, 2.0),
        (-0.99999, 9000.0),
        (0.1, 0.101),
        (0.1, 0.1001, 0.5),
        (-0.5, -0.4999),
    ],
)
def test_all_roots_of_a_stream_made_from_them_are_found(rates: tuple[float, ...]) -> None:
    assert search(flows_with_roots(*rates)) == pytest.approx(sorted(rates), rel=1e-6, abs=1e-9)


def test_two_roots_far_closer_than_any_grid_are_both_found() -> None:
    assert search(flows_with_roots(0.1, 0.1 + 2e-5)) == pytest.approx([0.1, 0.10002], abs=1e-8)


@pytest.mark.parametrize(
    "rates", [(0.1, 0.1), (0.1, 0.1, 0.1), (0.0, 0.0), (-0.5, -0.5, 0.4), (1.0, 1.0, 2.0)]
)
def test_a_root_of_higher_order_is_found_once(rates: tuple[float, ...]) -> None:
    assert search(flows_with_roots(*rates)) == pytest.approx(sorted(set(rates)), abs=2e-6)


def test_a_curve_that_comes_near_zero_without_touching_has_no_root() -> None:
    flows = flows_with_roots(0.1, 0.1)
    flows[0] *= 1 + 1e-9
    assert search(flows) == []


def test_a_curve_that_just_dips_through_zero_has_two() -> None:
    flows = flows_with_roots(0.1, 0.1)
    flows[0] *= 1 - 1e-9
    assert search(flows) == pytest.approx([0.1, 0.1], abs=1e-3)
    assert len(search(flows)) == 2


def test_a_dip_narrower_than_the_narrowest_interval_is_still_two() -> None:
    flows = flows_with_roots(0.1, 0.1)
    flows[0] *= 1 - 2e-11
    roots = search(flows)
    assert len(roots) == 2
    assert 0 < roots[1] - roots[0] < 2e-4


def test_roots_outside_the_range_are_told_of() -> None:
    found = find_all_roots(np.array([[0.0], [1.0]]), np.array([[-1.0], [20_000.0]]))
    assert found.of(0) == []
    assert found.strayed.tolist() == [True]
    found = find_all_roots(np.array([[0.0], [1.0]]), np.array([[-1e9], [1.0]]))
    assert (found.of(0), found.strayed.tolist()) == ([], [True])


def test_a_stream_of_a_thousand_years_does_not_overflow() -> None:
    years = np.array([0.0, 700.0, 1000.0])
    assert search(np.array([-1.0, 3.0, -1.0]), years) == pytest.approx(
        [-0.0035630704, 0.0011907215], rel=1e-6
    )


def test_columns_are_searched_apart() -> None:
    years = np.tile(np.arange(4.0)[:, None], 3)
    amounts = np.stack(
        [flows_with_roots(0.1, 0.2, 0.3), flows_with_roots(-0.5, -0.5, 0.1), np.array([1.0, -3.0, 3.0, 0.0])],
        axis=1,
    )
    found = find_all_roots(years, amounts)
    assert found.of(0) == pytest.approx([0.1, 0.2, 0.3])
    assert found.of(1) == pytest.approx([-0.5, 0.1], abs=1e-6)
    assert found.of(2) == []


def brute_force(years: NDArray[np.float64], amounts: NDArray[np.float64]) -> list[float]:
    """Changes of sign on a fine grid, as forces of interest."""
    grid = np.linspace(LOWEST_FORCE, HIGHEST_FORCE, 20_001)
    weights = np.exp(-grid[:, None] * (years - np.where(grid[:, None] < 0, years[-1], 0.0)))
    above = weights @ amounts > 0
    turns = np.flatnonzero(above[1:] != above[:-1])
    return [float(0.5 * (grid[i] + grid[i + 1])) for i in turns]


def test_no_root_that_a_fine_grid_sees_is_missed() -> None:
    random = np.random.default_rng(42)
    several = 0
    for _ in range(400):
        size = int(random.integers(2, 9))
        years = np.sort(random.choice(3650, size, replace=False)) / 365
        amounts = np.round(random.normal(size=size) * 1e6)
        if (amounts > 0).any() and (amounts < 0).any():
            found = [math.log1p(root) for root in search(amounts, years)]
            assert found == pytest.approx(brute_force(years, amounts), abs=2e-3)
            several += len(found) > 1
    assert several > 20


def test_points_far_out_are_seen_as_well_as_near_ones() -> None:
    curves = Curves(np.array([[0.0], [50.0], [60.0]]), np.array([[-1.0], [4.0], [-2.0]]))
    near, far = (curves.look(np.array([0]), np.array([force])) for force in (-0.5, -13.0))
    assert near.level[0] == pytest.approx(math.log(4 * math.exp(25)) - math.log(1 + 2 * math.exp(30)))
    assert far.level[0] == pytest.approx(math.log(4) + 650 - (math.log(2) + 780))
    assert curves.look(np.array([0]), np.array([9.0])).level[0] == pytest.approx(math.log(4) - 450)


def test_a_large_batch_of_points_is_looked_at_in_pieces() -> None:
    curves = Curves(np.array([[0.0], [1.0]]), np.array([[-1.0], [1.1]]))
    count = (1 << 15) + 3
    points = curves.look(np.zeros(count, dtype=np.int64), np.linspace(-1, 1, count))
    assert len(points.force) == count
    assert points.level == pytest.approx(math.log(1.1) - np.linspace(-1, 1, count), abs=1e-12)
