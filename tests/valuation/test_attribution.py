"""Amounts split so that the parts make up the whole."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuation import attribute, share_claims

whole_amounts = st.integers(-(10**13), 10**13)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=9).filter(any)


@given(whole_amounts, weights)
def test_parts_sum_to_the_whole_and_none_is_a_fen_from_its_quota(amount: int, shares: list[int]) -> None:
    parts = attribute(amount, shares).tolist()
    assert sum(parts) == amount
    for part, share in zip(parts, shares, strict=True):
        quota = Fraction(amount) * share / sum(shares)
        assert abs(part - quota) < Fraction(101, 100)
        assert share or part == 0


@given(st.integers(-(2**62), 2**62), weights)
def test_parts_sum_to_the_whole_beyond_what_floats_hold(amount: int, shares: list[int]) -> None:
    assert int(attribute(amount, shares).sum()) == amount


def test_the_fen_left_over_go_to_the_largest_remainders_earlier_ones_first() -> None:
    assert attribute(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert attribute(11, [1, 1, 1]).tolist() == [4, 4, 3]
    assert attribute(100, [0.455, 0.344, 0.201]).tolist() == [46, 34, 20]
    assert attribute(-10, [1, 1, 1]).tolist() == [-4, -3, -3]


def test_each_amount_has_shares_of_its_own() -> None:
    parts = attribute([7, 0, -3], [[1, 1], [0, 0], [0, 1]])
    assert parts.tolist() == [[4, 3], [0, 0], [0, -3]]


def test_all_amounts_may_have_the_same_shares() -> None:
    assert attribute(np.array([2, 4]), [0.25, 0.75]).tolist() == [[1, 1], [1, 3]]


def test_many_amounts_are_split_at_once() -> None:
    random = np.random.default_rng(1)
    amounts, shares = random.integers(-(10**12), 10**12, 5_000), random.random((5_000, 7))
    parts = attribute(amounts, shares)
    assert (parts.sum(axis=1) == amounts).all()
    quotas = amounts[:, None] * shares / shares.sum(axis=1, keepdims=True)
    assert np.abs(parts - quotas).max() < 1.01


@pytest.mark.parametrize("shares", [[-1, 2], [float("nan"), 1], [float("inf"), 1]])
def test_shares_that_are_none_are_refused(shares: list[float]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        attribute(5, shares)


def test_an_amount_with_nowhere_to_go_is_refused() -> None:
    with pytest.raises(ValueError, match="without a share"):
        attribute([0, 5], [[0, 0], [0, 0]])


def test_what_two_claim_whole_they_share_by_their_own_money() -> None:
    found = share_claims([100, 50, 7], [[3, 1], [0, 5], [0, 0]])
    assert found.shared.tolist() == [[75, 25], [0, 50], [0, 0]]
    assert found.unshared.tolist() == [0, 0, 7]
    assert found.whole.tolist() == [[100, 100], [0, 50], [0, 0]]


@given(st.lists(st.tuples(whole_amounts, st.integers(0, 10**12), st.integers(0, 10**12)), max_size=6))
def test_shared_and_unshared_claims_make_up_what_came(funds: list[tuple[int, int, int]]) -> None:
    came = [one[0] for one in funds]
    found = share_claims(came, np.array([one[1:] for one in funds], dtype=np.int64).reshape(len(funds), 2))
    assert (found.shared.sum(axis=1) + found.unshared).tolist() == came


@pytest.mark.parametrize("own", [[[1]], [[-1], [1]], [1, 2]])
def test_claimants_need_a_row_of_their_own_money_for_each_fund(own: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="claimant"):
        share_claims([5, 5], own)
