"""Rates of flows at equal steps."""

import math
from typing import Any

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.valuation.golden import read_cases
from valuation import irr_periodic, mirr, npv_periodic
from valuation.rate import HIGHEST_RATE, LOWEST_RATE

GOLDEN = read_cases("irr")
WORKED = [
    -30_000,
    0,
    0,
    -25_000,
    0,
    0,
    -20_000,
    0,
    0,
    6_500,
    0,
    -17_000,
    0,
    0,
    18_000,
    0,
    0,
    22_500,
    0,
    71_300,
]


@pytest.mark.parametrize("case", GOLDEN["periodic_cases"], ids=lambda case: str(case["id"]))
def test_every_root_of_a_golden_stream_is_found(case: dict[str, Any]) -> None:
    rate = irr_periodic(case["values"])
    assert rate.roots == pytest.approx(case["recomputed_all_roots"], rel=1e-7, abs=0)
    if case["published"] is not None:
        assert any(math.isclose(root, case["published"], rel_tol=2e-3) for root in rate.roots)


def test_the_published_example_in_quarters_and_years() -> None:
    quarters = irr_periodic(WORKED).value
    assert quarters == pytest.approx(0.0191857, abs=5e-8)
    assert quarters is not None
    assert (1 + quarters) ** 4 - 1 == pytest.approx(0.0789798, abs=5e-8)
    assert irr_periodic([-55_000, -20_000, -10_500, 18_000, 93_800]).value == pytest.approx(
        0.0827521, abs=5e-8
    )


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=10))
def test_the_one_root_that_numpy_financial_gives_is_among_ours(values: list[int]) -> None:
    rate = irr_periodic(values)
    for root in rate.roots:
        # In the powers of whichever of 1 + q and its inverse is small, nothing overflows.
        factor, flows = (1 + root, values[::-1]) if root < 0 else (1 / (1 + root), values)
        worth = [flow * factor**step for step, flow in enumerate(flows)]
        assert abs(math.fsum(worth)) <= 1e-9 * math.fsum(map(abs, worth))
    with np.errstate(all="ignore"):
        other = float(npf.irr(values)) if any(values) else math.nan
    if LOWEST_RATE + 1e-7 < other <= HIGHEST_RATE and rate.roots:
        near = min(abs(math.log1p(other) - math.log1p(root)) for root in rate.roots)
        assert near < 1e-3


@pytest.mark.parametrize(
    ("values", "status", "reason"),
    [
        ([], "too_few_flows", "rate.too_few_flows"),
        ([-1], "too_few_flows", "rate.too_few_flows"),
        ([-1, 0], "total_loss", "rate.total_loss"),
        ([-1, -1], "no_sign_change", "rate.no_sign_change"),
        ([100, -150, 100], "no_root", "rate.no_root"),
        ([-1, 20_000], "no_root", "rate.root_out_of_range"),
        ([-1, math.nan], "no_root", "rate.flow_missing"),
    ],
)
def test_what_has_no_rate_says_why(values: list[float], status: str, reason: str) -> None:
    rate = irr_periodic(values)
    assert (rate.status, rate.reason) == (status, reason)
    modified = mirr(values, 0.05, 0.05)
    if status != "no_root" or reason == "rate.flow_missing":
        assert (modified.status, modified.reason) == (status, reason)


def test_many_steps_do_not_overflow() -> None:
    values = [-100.0] * 120 + [150.0] * 480
    rate = irr_periodic(values)
    assert rate.status == "ok"
    assert rate.value is not None
    assert npv_periodic(rate.value, values) == pytest.approx(0, abs=1e-6)


def test_the_present_value_leaves_the_first_value_as_it_is() -> None:
    assert npv_periodic(0.1, [-100, 110]) == pytest.approx(0, abs=1e-12)
    assert npv_periodic(0.0, [-100, 110]) == 10
    with pytest.raises(ValueError, match="above -1"):
        npv_periodic(-1.5, [-100, 110])


@pytest.mark.parametrize("case", GOLDEN["mirr_cases"], ids=lambda case: str(case["id"]))
def test_the_modified_rate_is_the_published_one(case: dict[str, Any]) -> None:
    rate = mirr(case["values"], case["finance_rate"], case["reinvest_rate"])
    assert rate.value == pytest.approx(case["recomputed"], rel=1e-12)
    assert rate.value == pytest.approx(case["published"], abs=case["published_tolerance"])
    assert (rate.status, rate.roots, rate.reason) == ("ok", (rate.value,), None)


def test_a_modified_rate_that_numpy_financial_cannot_give_has_a_reason() -> None:
    rate = mirr([-1, 2], -1.0, -1.0)
    assert (rate.value, rate.status, rate.reason) == (None, "no_root", "rate.mirr_undefined")
