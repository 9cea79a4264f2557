"""Quantiles lie on a straight line between neighbours and are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readings.industries.comparison_quantiles import quantile, quantiles_of, round_percent

VALUES = [Fraction(part, 4) for part in (0, 1, 2, 3, 4, 4)]


def test_the_quartiles_of_six_values() -> None:
    assert quantiles_of(VALUES) == {
        "p25": Fraction(5, 16),
        "median": Fraction(5, 8),
        "p75": Fraction(15, 16),
    }


def test_one_value_is_all_of_them() -> None:
    assert set(quantiles_of([Fraction(1, 3)]).values()) == {Fraction(1, 3)}


def test_no_values_have_no_quantile() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile([], Fraction(1, 2))


@pytest.mark.parametrize(("share", "told"), [("5/16", "31/100"), ("1/200", "1/100"), ("0", "0"), ("1", "1")])
def test_a_share_is_told_to_the_whole_percent_half_up(share: str, told: str) -> None:
    assert round_percent(Fraction(share)) == Fraction(told)


@given(st.lists(st.fractions(0, 1), min_size=1, max_size=20), st.fractions(0, 1))
def test_a_quantile_lies_between_the_ends_and_does_not_mind_the_order(
    values: list[Fraction], part: Fraction
) -> None:
    found = quantile(values, part)

    assert min(values) <= found <= max(values)
    assert found == quantile(list(reversed(values)), part)
