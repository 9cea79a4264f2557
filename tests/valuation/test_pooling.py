"""Pooled returns."""

import numpy as np
import pytest

from valuation import pooled, xirr
from valuation.rates import Rates

STARTS = [0, 2, 4, 6]
DAYS = [0, 365, 300, 2_000, 10, 700]
FLOWS = [-100.0, 134.0, -900.0, 1_110.0, -50.0, 60.0]


def value_of(rates: Rates, group: int) -> float | None:
    return rates[group].value


def test_the_flows_of_a_group_make_one_stream() -> None:
    rates = pooled([1, 0, 1], STARTS, DAYS, FLOWS)
    assert value_of(rates, 0) == pytest.approx(xirr(DAYS[2:4], FLOWS[2:4]).value, rel=1e-12)
    together = xirr(DAYS[:2] + DAYS[4:], FLOWS[:2] + FLOWS[4:])
    assert value_of(rates, 1) == pytest.approx(together.value, rel=1e-12)


def test_a_pooled_rate_is_not_an_average_of_rates() -> None:
    apart = [xirr(DAYS[i : i + 2], FLOWS[i : i + 2]).value for i in (0, 2)]
    merged = value_of(pooled([0, 0], [0, 2, 4], DAYS[:4], FLOWS[:4]), 0)
    assert apart[0] is not None
    assert apart[1] is not None
    assert merged is not None
    assert merged < (apart[0] + apart[1]) / 2 - 0.1


def test_from_a_common_start_vintage_does_not_matter() -> None:
    rates = pooled([0, 0], [0, 2, 4], DAYS[:4], FLOWS[:4], time_zero=True)
    moved = pooled([0, 0], [0, 2, 4], [7_000, 7_365, *DAYS[2:4]], FLOWS[:4], time_zero=True)
    assert value_of(rates, 0) == value_of(moved, 0)
    assert value_of(rates, 0) == pytest.approx(xirr([0, 365, 0, 1_700], FLOWS[:4]).value, rel=1e-12)
    assert value_of(rates, 0) != value_of(pooled([0, 0], [0, 2, 4], DAYS[:4], FLOWS[:4]), 0)


def test_groups_without_flows_are_too_few() -> None:
    rates = pooled([2, 2], [0, 0, 2], [0, 365], [-100, 110], time_zero=True)
    assert rates.status == ["too_few_flows", "too_few_flows", "ok"]
    assert len(pooled([], [0], [], [])) == 0


@pytest.mark.parametrize("groups", [[0], [0, -1, 0], np.zeros((3, 1), dtype=int)])
def test_a_group_is_needed_for_every_stream(groups: list[int]) -> None:
    with pytest.raises(ValueError, match="one group number"):
        pooled(groups, STARTS, DAYS, FLOWS)
