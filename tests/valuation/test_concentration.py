"""How few a fund's bets are, and how alike two funds' bets are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuation import concentration, likeness, overlap


def test_the_worked_fund_has_its_published_concentration() -> None:
    answer = concentration([18_500, 9_000, 7_500, 12_000, 8_000, 5_000])
    assert answer.hhi.value == pytest.approx(0.197917, abs=5e-7)
    assert answer.effective.value == pytest.approx(5.05, abs=5e-3)
    assert answer.largest.value == pytest.approx(18_500 / 60_000)


def test_nothing_held_is_not_concentrated() -> None:
    for held in ([], [0, 0]):
        answer = concentration(held)
        assert {answer.hhi.reason, answer.effective.reason, answer.largest.reason} == {"alignment.no_cost"}


@given(st.integers(1, 50), st.integers(1, 10**15))
def test_equal_holdings_count_as_many_as_they_are(count: int, amount: int) -> None:
    answer = concentration([amount] * count + [0])
    assert answer.effective.value == pytest.approx(count)


def test_funds_with_the_same_mix_overlap_whatever_their_size() -> None:
    answer = overlap(np.array([[1.0, 3.0, 0.0], [10.0, 30.0, 0.0], [0.0, 0.0, 5.0], [3.0, 1.0, 0.0]]), 0.55)
    assert answer.cosine[0, 1] == pytest.approx(1.0)
    assert answer.cosine[0, 2] == 0
    assert answer.cosine[0, 3] == pytest.approx(0.6)
    assert answer.pairs == ((0, 1), (0, 3), (1, 3))


def test_only_pairs_above_the_threshold_are_named() -> None:
    costs = np.array([[4.0, 3.0], [1.0, 0.0]])
    assert overlap(costs, 0.79).pairs == ((0, 1),)
    assert overlap(costs, 0.81).pairs == ()


def test_a_fund_without_cost_is_in_no_pair() -> None:
    answer = overlap(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]]), 0.8)
    assert np.isnan(answer.cosine[0]).all()
    assert answer.pairs == ((1, 2),)


def test_a_line_is_met_exactly_and_not_exceeded() -> None:
    like = likeness({1: 4, 2: 3}, {1: 1})
    assert like is not None
    assert (like.product, like.first_square, like.second_square) == (4, 25, 1)
    assert not like.exceeds(800_000)
    assert like.exceeds(799_999)


def test_mixes_of_any_size_are_compared_in_whole_numbers() -> None:
    like = likeness({1: 4 * 10**15 + 1, 2: 3 * 10**15}, {1: 1})
    assert like is not None
    assert like.exceeds(800_000)


def test_a_mix_of_nothing_has_no_likeness() -> None:
    assert likeness({}, {1: 1}) is None
    assert likeness({1: 0}, {1: 1}) is None
    disjoint = likeness({1: 5}, {2: 5})
    assert disjoint is not None
    assert not disjoint.exceeds(0)
