"""The J-curve."""

import math
from datetime import date

import pytest

from tests.valuation.golden import read_cases, split_flows
from valuation import Measure, j_curve, xirr

FUND = read_cases("domain_examples")["A_fund"]
DATES, FLOWS = split_flows(FUND["inputs"]["flows"])


def test_the_worked_fund_has_its_published_points() -> None:
    curve = j_curve(DATES, FLOWS, [date(2025, 12, 31), date(2022, 12, 31)], [71_300, 70_800])
    early, late = curve.points
    assert early.rate.value == pytest.approx(FUND["expected"]["xirr_2022_12_31_nav_70800"], rel=1e-11)
    assert early.tvpi.value == pytest.approx(0.944)
    assert (early.paid_in, early.distributed, early.net, early.nav) == (75_000, 0, -75_000, 70_800)
    assert late.rate.value == pytest.approx(FUND["expected"]["xirr"], rel=1e-11)
    assert late.tvpi.value == pytest.approx(FUND["expected"]["tvpi"], rel=1e-12)
    assert late.net == 47_000 - 92_000
    assert curve.trough is early


def test_rows_of_one_day_stay_apart_and_the_nav_comes_after_them() -> None:
    curve = j_curve([0, 100, 100], [-100, -50, 30], [100], [130])
    assert (curve.points[0].paid_in, curve.points[0].distributed) == (150, 30)
    assert curve.points[0].rate.value == pytest.approx(xirr([0, 100], [-100, 110]).value, rel=1e-12)


def test_an_unknown_nav_leaves_the_flows_standing() -> None:
    point = j_curve([0], [-100], [50], [math.nan]).points[0]
    assert (point.net, point.nav) == (-100, None)
    assert point.tvpi == Measure(None, "multiple.no_nav", None, 100)
    assert (point.rate.value, point.rate.reason) == (None, "rate.no_nav")


def test_a_date_before_the_first_flow_has_nothing_to_show() -> None:
    point = j_curve([100], [-100], [50], [0]).points[0]
    assert point.tvpi.reason == "multiple.no_paid_in"
    assert point.rate.status == "too_few_flows"


def test_no_dates_make_no_curve() -> None:
    curve = j_curve([0], [-100], [], [])
    assert (curve.points, curve.trough) == ((), None)
