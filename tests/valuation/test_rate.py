"""Rates and measures: a number or a reason."""

import dataclasses

import pytest

from valuation import Measure, Rate
from valuation.rate import judge_roots, measure_rate, measure_ratio, refuse_rate


def test_a_measure_keeps_its_two_parts() -> None:
    assert measure_ratio(1, 4, "x.y") == Measure(0.25, None, 1, 4)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(1, 0), (1, -3), (None, 2), (2, None), (1, float("nan"))]
)
def test_a_ratio_that_cannot_be_has_its_reason(numerator: float | None, denominator: float | None) -> None:
    assert measure_ratio(numerator, denominator, "x.y").value is None
    assert measure_ratio(numerator, denominator, "x.y").reason == "x.y"


def test_a_list_of_roots_is_judged_by_its_length() -> None:
    assert judge_roots([0.1], strayed=True) == Rate(0.1, "ok", (0.1,), None)
    assert judge_roots([0.2, 0.1], strayed=False) == Rate(
        None, "multiple_roots", (0.1, 0.2), "rate.multiple_roots"
    )
    assert judge_roots([], strayed=False) == Rate(None, "no_root", (), "rate.no_root")
    assert judge_roots([], strayed=True) == Rate(None, "no_root", (), "rate.root_out_of_range")


def test_a_rate_becomes_a_measure_with_a_value_or_a_reason() -> None:
    assert measure_rate(refuse_rate("total_loss")) == Measure(-1.0, None)
    assert measure_rate(refuse_rate("no_root")) == Measure(None, "rate.no_root")
    assert measure_rate(judge_roots([0.1], strayed=False)) == Measure(0.1, None)


def test_a_rate_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        judge_roots([0.1], strayed=False).value = 0.2  # type: ignore[misc]
