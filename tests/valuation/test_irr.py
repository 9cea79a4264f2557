"""Dated rates of one stream."""

import math
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from tests.valuation.golden import read_cases, split_flows
from tests.valuation.streams import flows, is_zero, one_change
from valuation import Measure, Rate, irr, period_return, xirr, xnpv
from valuation.rate import HIGHEST_RATE, LOWEST_RATE

GOLDEN = read_cases("irr")
EDGES = read_cases("domain_examples")["edge_xirr"]
FUND = read_cases("domain_examples")["A_fund"]


def roots_in_range(case: dict[str, Any]) -> list[float]:
    roots = case["all_roots"] if "all_roots" in case else case["recomputed_all_roots"]
    return [root for root in roots if LOWEST_RATE < root <= HIGHEST_RATE]


@pytest.mark.parametrize(
    "case", [*GOLDEN["file_cases"], *GOLDEN["inline_cases"]], ids=lambda case: str(case["id"])
)
def test_every_root_of_a_golden_stream_is_found(case: dict[str, Any]) -> None:
    rate = xirr(*split_flows(case["flows"]))
    expected = roots_in_range(case)
    assert rate.roots == pytest.approx(expected, rel=1e-7, abs=0)
    assert rate.status == {0: "no_root", 1: "ok"}.get(len(expected), "multiple_roots")
    assert rate.value == (rate.roots[0] if len(expected) == 1 else None)


@pytest.mark.parametrize("case", EDGES, ids=lambda case: str(case["name"]))
def test_an_edge_case_has_its_status_and_roots(case: dict[str, Any]) -> None:
    rate = xirr(*split_flows(case["flows"]))
    assert rate.status == case["status"]
    assert rate.roots == pytest.approx(case["roots"], rel=1e-7, abs=0)
    assert rate.reason == (None if case["status"] == "ok" else f"rate.{case['status']}")


def test_the_worked_fund_has_its_published_rate() -> None:
    inputs = FUND["inputs"]
    dates, amounts = split_flows([*inputs["flows"], [inputs["as_of"], inputs["nav"]]])
    rate = xirr(dates, amounts)
    assert rate.value == pytest.approx(FUND["expected"]["xirr"], rel=1e-12)
    assert rate.value == pytest.approx(0.0786713, abs=5e-8)


def test_the_worked_fund_has_its_published_rate_before_fees() -> None:
    dates, amounts = split_flows(
        [
            ["2021-04-01", -27_000],
            ["2022-01-10", -23_500],
            ["2022-10-15", -19_000],
            ["2023-06-15", 7_000],
            ["2023-11-30", -15_000],
            ["2024-08-01", 19_500],
            ["2025-05-10", 24_500],
            ["2025-12-31", 76_800],
        ]
    )
    assert xirr(dates, amounts).value == pytest.approx(0.135320, abs=5e-7)


def test_a_total_loss_is_minus_one_without_roots() -> None:
    dates = [date(2021, 1, 1), date(2024, 1, 1)]
    assert xirr(dates, [-1000, 0]) == Rate(-1.0, "total_loss", (), "rate.total_loss")


@pytest.mark.parametrize(
    ("dates", "amounts", "status", "reason"),
    [
        ([], [], "too_few_flows", "rate.too_few_flows"),
        ([0], [-1000], "too_few_flows", "rate.too_few_flows"),
        ([0, 9], [-1000, -5], "no_sign_change", "rate.no_sign_change"),
        ([0, 9, 9], [-1000, -5, 0], "total_loss", "rate.total_loss"),
        ([9, 0, 4], [-1000, 0, -5], "no_sign_change", "rate.no_sign_change"),
        ([0, 9], [1000, 0], "no_sign_change", "rate.no_sign_change"),
        ([0, 9], [0, 0], "no_sign_change", "rate.no_sign_change"),
        ([0, 9, 9], [-1000, 500, -500], "no_sign_change", "rate.no_sign_change"),
        ([0, 9, 9, 9], [-1000.0, 0.1, 0.2, -0.3], "no_sign_change", "rate.no_sign_change"),
        ([3, 3], [-1000, 1100], "no_time_span", "rate.no_time_span"),
        ([0, 365], [-1000, math.nan], "no_root", "rate.flow_missing"),
        ([0, 365], [math.inf, -1000], "no_root", "rate.flow_missing"),
        ([0, 365], [-1, 10_002], "no_root", "rate.root_out_of_range"),
        ([0, 365], [-10_000_000, 1], "no_root", "rate.root_out_of_range"),
        ([0, 365, 730], [100, -200, 150], "no_root", "rate.no_root"),
    ],
)
def test_what_has_no_rate_says_why(dates: list[int], amounts: list[float], status: str, reason: str) -> None:
    rate = xirr(dates, amounts)
    assert (rate.status, rate.reason, rate.roots) == (status, reason, ())


@pytest.mark.parametrize("count", [4, 60])
@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf])
def test_an_amount_that_is_no_number_is_named_wherever_it_stands(count: int, amount: float) -> None:
    for place in range(count):
        amounts = [-1.0] * (count // 2) + [2.0] * (count // 2)
        amounts[place] = amount
        assert xirr(list(range(0, 30 * count, 30)), amounts).reason == "rate.flow_missing"


def test_the_highest_rate_is_in_range_and_the_lowest_is_not() -> None:
    assert xirr([0, 365], [-1, 10_001]).value == pytest.approx(1e4, rel=1e-12)
    assert xirr([0, 365], [-1_000_000, 1]).status == "no_root"


def test_a_rate_that_only_touches_zero_is_found_once() -> None:
    rate = xirr([0, 365, 730], [-1000, 2200, -1210])
    assert rate.status == "ok"
    assert rate.value == pytest.approx(0.1, abs=1e-7)


def test_dates_may_be_dates_times_arrays_or_day_numbers() -> None:
    dates = [date(2021, 1, 1), date(2022, 6, 1), date(2023, 1, 1)]
    amounts = [-1000, 400, 800]
    expected = xirr(dates, amounts)
    array = np.array(dates, dtype="datetime64[D]")
    assert xirr(array, np.array(amounts)) == expected
    assert xirr(array.astype("datetime64[s]"), np.array(amounts, dtype=float)) == expected
    assert xirr([datetime(d.year, d.month, d.day, 15) for d in dates], amounts) == expected  # noqa: DTZ001
    assert xirr(array.astype(np.int64).tolist(), amounts) == expected


def test_one_amount_per_date_is_the_callers_duty() -> None:
    with pytest.raises(ValueError, match="one amount per date"):
        xirr([0, 1, 2], [-1, 1])


@given(one_change)
def test_with_one_change_of_sign_the_quick_way_gives_the_oracles_rate(
    stream: tuple[list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    paid, received = (sorted(part) for part in stream)
    days = [day for day, _ in paid + received]
    amounts = [-amount / 1e6 for _, amount in paid] + [amount / 1e6 for _, amount in received]
    rate = xirr([date.fromordinal(700_000 + day) for day in days], amounts)
    if rate.status == "ok":
        assert rate.value is not None
        assert is_zero(rate.value, np.array(days), np.array(amounts))
        oracle = pyxirr.xnpv(rate.value, [date.fromordinal(700_000 + day) for day in days], amounts)
        assert oracle is not None
    else:
        assert rate.reason == "rate.root_out_of_range"


@given(flows)
def test_a_rate_zeroes_the_value_or_the_status_says_why(stream: list[tuple[int, int]]) -> None:
    days, amounts = np.array([d for d, _ in stream]), np.array([float(a) for _, a in stream])
    rate = xirr(days, amounts)
    assert all(is_zero(root, days, amounts) for root in rate.roots)
    assert list(rate.roots) == sorted(set(rate.roots))
    assert (rate.value is None) == (rate.status not in {"ok", "total_loss"})
    assert (rate.reason is None) == (rate.status == "ok")
    assert len(rate.roots) == {"ok": 1}.get(rate.status, len(rate.roots) if rate.roots else 0)
    assert bool(rate.roots) == (rate.status in {"ok", "multiple_roots"})


def apart(roots: tuple[float, ...]) -> bool:
    """Roots far enough from one another and from the edges that rounding cannot make or undo one."""
    forces = [math.log1p(LOWEST_RATE), *(math.log1p(root) for root in roots), math.log1p(HIGHEST_RATE)]
    return all(high - low > 1e-3 for low, high in pairwise(forces))


@given(flows, st.sampled_from([1e-6, 0.01, 3.0, 1e8]), st.integers(-300_000, 300_000), st.randoms())
def test_scale_shift_and_order_do_not_matter(
    stream: list[tuple[int, int]], scale: float, shift: int, random: Any
) -> None:
    plain = xirr([d for d, _ in stream], [a for _, a in stream])
    shuffled = random.sample(stream, len(stream))
    other = xirr([d + shift for d, _ in shuffled], [a * scale for _, a in shuffled])
    if apart(plain.roots):
        assert (other.status, other.reason) == (plain.status, plain.reason)
        forces = [math.log1p(root) for root in other.roots]
        assert forces == pytest.approx([math.log1p(root) for root in plain.roots], rel=1e-9, abs=1e-9)


def test_net_present_value_is_discounted_from_the_earliest_date() -> None:
    dates = [date(2022, 1, 1), date(2021, 1, 1)]
    assert xnpv(0.1, dates, [110, -100]) == pytest.approx(0, abs=1e-12)
    assert xnpv(0.0, dates, [110, -100]) == 10
    assert xnpv(0.1, [], []) == 0
    assert math.isnan(xnpv(0.1, dates, [math.nan, 1]))
    with pytest.raises(ValueError, match="above -1"):
        xnpv(-1.0, dates, [110, -100])


@pytest.mark.parametrize("case", GOLDEN["inline_cases"], ids=lambda case: str(case["id"]))
def test_net_present_value_agrees_with_the_oracle(case: dict[str, Any]) -> None:
    dates, amounts = split_flows(case["flows"])
    for rate in (-0.5, 0.0, 0.07, 3.0):
        assert xnpv(rate, dates, amounts) == pytest.approx(pyxirr.xnpv(rate, dates, amounts), rel=1e-12)


def test_under_a_year_the_periods_return_stands_beside_the_annual_rate() -> None:
    rate = xirr([date(2025, 3, 15), date(2025, 12, 31)], [-1000, 1060])
    assert rate.value == pytest.approx(0.0758235, abs=5e-8)
    assert period_return(rate, 291).value == pytest.approx(0.06, abs=1e-12)


def test_the_gips_month_is_returned_as_published() -> None:
    case = next(case for case in GOLDEN["inline_cases"] if case["id"] == "gips-1-month")
    assert period_return(xirr(*split_flows(case["flows"])), 31).value == pytest.approx(0.1, abs=1e-6)


def test_a_period_return_keeps_the_rates_reason() -> None:
    assert period_return(xirr([0], [-1]), 30) == Measure(None, "rate.too_few_flows")
    assert period_return(xirr([0, 30], [-1, 2]), 0) == Measure(None, "rate.no_time_span")


@pytest.mark.parametrize(
    ("of_day", "status"),
    [
        (lambda day: -1000 if day < 50 else 1100, "ok"),
        (lambda day: -3000 if day < 50 else (-100, 4000)[day % 2], "ok"),
        (lambda day: {0: -1000, 49: 2300, 98: -1320}.get(day, 0), "multiple_roots"),
        (lambda day: -1, "no_sign_change"),
    ],
    ids=["turns once", "mixed", "two rates", "paid alone"],
)
@pytest.mark.parametrize("in_order", [True, False])
def test_many_rows_have_the_very_rate_that_they_have_one_by_one(
    monkeypatch: pytest.MonkeyPatch, of_day: Callable[[int], int], status: str, in_order: bool
) -> None:
    days = np.arange(1_500) * 97 % 100
    days = np.sort(days) if in_order else days
    amounts = np.array([of_day(day) * (10**6 + day) for day in days.tolist()])
    days = days * 30
    many = xirr(days, amounts)
    monkeypatch.setattr(irr, "MANY", len(days))
    assert many.status == status
    assert many == xirr(days, amounts)
