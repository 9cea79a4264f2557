"""How far investments follow the leading industries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuation import Measure, alignment, coverage, has_fund, look_through_alignment, weigh

COSTS = [18_500, 9_000, 7_500, 12_000, 8_000, 5_000]
VALUES = [26_400, 9_000, 6_100, 15_300, 8_800, 3_200]
BIO = [1_000_000, 1_000_000, 600_000, 0, 0, 1_000_000]
IN_CITY = [True, True, True, False, True, False]


def test_the_worked_fund_by_cost_value_and_commitment() -> None:
    answer = alignment(COSTS, VALUES, BIO, IN_CITY, committed=100_000)
    assert answer.by_cost.value == pytest.approx(0.616667, abs=5e-7)
    assert answer.by_value.value == pytest.approx(0.614244, abs=5e-7)
    assert answer.of_commitment.value == pytest.approx(0.37)
    assert (answer.by_cost.numerator, answer.by_cost.denominator) == (37_000 * 10**6, 60_000 * 10**6)


def test_the_worked_fund_with_whole_companies_in_or_out() -> None:
    whole = [1_000_000 if weight else 0 for weight in BIO]
    answer = alignment(COSTS, VALUES, whole, IN_CITY, committed=100_000)
    assert answer.of_commitment.value == pytest.approx(0.4)
    assert answer.by_cost.value == pytest.approx(0.666667, abs=5e-7)


def test_deals_are_counted_from_half_a_weight_on() -> None:
    assert alignment([1] * 4, [1] * 4, [500_000, 499_999, 0, 10**6]).by_count.value == 0.5


def test_only_what_lies_in_the_park_counts_as_aligned_there() -> None:
    answer = alignment(COSTS, VALUES, BIO, IN_CITY)
    assert answer.in_park.value == pytest.approx((18_500 + 9_000 + 4_500) / 60_000)
    assert alignment(COSTS, VALUES, BIO).in_park == Measure(None, "alignment.no_park")


def test_the_period_has_its_own_share() -> None:
    answer = alignment(COSTS, VALUES, BIO, period_costs=[0, 0, 1_000, 1_000, 0, 0])
    assert answer.by_flow.value == pytest.approx(0.3)
    assert alignment(COSTS, VALUES, BIO).by_flow == Measure(None, "alignment.no_deal_in_period")
    assert alignment(COSTS, VALUES, BIO, period_costs=[0] * 6).by_flow.reason == "alignment.no_deal_in_period"


def test_what_is_not_known_has_its_reason() -> None:
    answer = alignment(COSTS, [1.0, np.nan, 1, 1, 1, 1], BIO)
    assert answer.by_value == Measure(None, "alignment.no_mark")
    assert answer.of_commitment.reason == "alignment.no_commitment"
    empty = alignment([], [], [])
    assert (empty.by_cost.reason, empty.by_count.reason) == ("alignment.no_cost", "alignment.no_cost")


@given(st.lists(st.tuples(st.integers(0, 10**16), st.integers(0, 10**6)), min_size=1, max_size=40))
def test_sums_are_whole_however_large(holdings: list[tuple[int, int]]) -> None:
    costs, weights = [c for c, _ in holdings], [w for _, w in holdings]
    measure = weigh(np.array(costs), np.array(weights), "alignment.no_cost")
    assert measure.numerator == sum(c * w for c, w in holdings)
    assert measure.value is None or 0 <= measure.value <= 1


def test_leading_output_is_weighed_like_cost() -> None:
    assert weigh([70, 30], np.array([10**6, 0]), "alignment.no_output").value == 0.7
    assert weigh([], np.array([], dtype=int), "alignment.no_output").reason == "alignment.no_output"


def test_chain_leaders_and_segments_are_covered_one_by_one() -> None:
    assert coverage([True, False, True, True]) == Measure(0.75, None, 3, 4)
    assert coverage([]).reason == "alignment.nothing_to_cover"


def test_a_park_has_a_fund_if_one_declares_a_leading_industry() -> None:
    declared = np.array([[True, False, False], [False, False, True]])
    assert has_fund(declared, [False, False, True])
    assert not has_fund(declared, [False, True, False])
    assert not has_fund(np.zeros((0, 3), dtype=bool), [True, True, True])


def test_an_idle_sub_fund_weighs_nothing_in_its_mother() -> None:
    assert look_through_alignment([0.2, 0.5, 0.9], [30, 10, 0], [60, 40, 0]).value == pytest.approx(11 / 32)
    assert look_through_alignment([0.2], [0], [0]).reason == "alignment.no_cost"
