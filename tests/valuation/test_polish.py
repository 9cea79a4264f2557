"""The nine digits that are printed."""

import math
from decimal import Decimal

import pytest
from hypothesis import given

from tests.valuation.golden import read_cases, split_flows
from tests.valuation.streams import one_change
from valuation import polish_rate, xirr


def test_a_golden_rate_is_printed_with_nine_digits() -> None:
    fund = read_cases("domain_examples")["A_fund"]["inputs"]
    flows = split_flows([*fund["flows"], [fund["as_of"], fund["nav"]]])
    assert polish_rate(0.0786712874, *flows) == 0.0786712874


@pytest.mark.parametrize(
    "start", [0.1, 0.1 + 1e-12, 0.1 - 1e-12, 0.100000000049, 0.0999999999951, 0.10000000012]
)
def test_where_the_search_ended_does_not_matter(start: float) -> None:
    assert polish_rate(start, [0, 365], [-100, 110]) == 0.1


def test_a_rate_on_the_border_of_two_printed_ones_falls_the_same_way_from_both_sides() -> None:
    flows = ([0, 365], [-1e9, 1.1e9 + 0.05])
    assert polish_rate(0.10000000004, *flows) == polish_rate(0.10000000006, *flows)


def test_what_does_not_cross_zero_is_rounded_as_it_stands() -> None:
    assert polish_rate(0.0999999999123, [0, 365, 730], [-1000, 2200, -1210]) == 0.0999999999
    assert polish_rate(-1.0, [0, 365], [-1000, 0]) == -1.0


def test_order_and_netting_do_not_matter() -> None:
    assert polish_rate(0.1, [365, 0, 365], [100, -100, 10]) == 0.1


def test_a_rate_of_nothing_is_nothing() -> None:
    for start in (0.0, -5.6e-17, 3e-15):
        assert str(polish_rate(start, [0, 365], [-100, 100])) == "0.0"


@given(one_change)
def test_polishing_twice_changes_nothing(
    stream: tuple[list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    days = [day for part in stream for day, _ in part]
    amounts = [-a for _, a in stream[0]] + [a for _, a in stream[1]]
    rate = xirr(days, amounts)
    if rate.value is not None:
        once = polish_rate(rate.value, days, amounts)
        assert polish_rate(once, days, amounts) == once
        assert len(Decimal(repr(once)).normalize().as_tuple().digits) <= 9
        assert math.isclose(once, rate.value, rel_tol=5.1e-9, abs_tol=5e-15)
