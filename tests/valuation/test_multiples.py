"""Multiples of money."""

import numpy as np
import pytest

from tests.valuation.golden import read_cases
from valuation import Measure, deployment, loss_ratio, moic, multiples

EXPECTED = read_cases("domain_examples")["A_fund"]["expected"]


def test_the_worked_fund_has_its_published_multiples() -> None:
    answer = multiples(92_000, 47_000, 71_300, 100_000)
    for name in ("dpi", "rvpi", "tvpi", "pic"):
        assert getattr(answer, name).value == pytest.approx(EXPECTED[name], rel=1e-12)
        assert getattr(answer, name).reason is None
    assert answer.unfunded == 8_000


def test_recallable_money_can_be_taken_off_both_sides() -> None:
    answer, expected = (
        multiples(92_000, 47_000, 71_300, 100_000, recalled=2_000),
        EXPECTED["net_of_recallable"],
    )
    assert (answer.paid_in, answer.distributed, answer.unfunded) == (90_000, 45_000, 10_000)
    for name in ("dpi", "rvpi", "tvpi"):
        assert getattr(answer, name).value == pytest.approx(expected[name], rel=1e-12)


def test_what_is_not_known_leaves_only_its_own_multiples_without_value() -> None:
    answer = multiples(92_000, 47_000, None)
    assert answer.dpi.value == pytest.approx(0.510870, abs=5e-7)
    assert (answer.rvpi.reason, answer.tvpi.reason) == ("multiple.no_nav", "multiple.no_nav")
    assert (answer.pic.reason, answer.unfunded) == ("multiple.no_commitment", None)


def test_without_paid_in_money_there_are_no_multiples() -> None:
    answer = multiples(0, 0, 5, 100)
    assert {answer.dpi.reason, answer.rvpi.reason, answer.tvpi.reason} == {"multiple.no_paid_in"}
    assert answer.pic.value == 0


def test_recycled_money_may_take_the_paid_in_share_above_one() -> None:
    assert multiples(110, 0, 0, 100).pic.value == pytest.approx(1.1)


def test_the_multiple_of_deals_counts_what_came_back_and_what_is_left() -> None:
    assert moic(84_500, 51_000, 76_800).value == pytest.approx(1.512426, abs=5e-7)
    assert moic(60_000, 0, 68_800).value == pytest.approx(1.146667, abs=5e-7)
    assert moic(60_000, 0, None) == Measure(None, "multiple.no_mark")
    assert moic(0, 0, 5).reason == "multiple.no_cost"


def test_losses_are_counted_without_the_gains_beside_them() -> None:
    loss = loss_ratio([100, 100, 200, 0], np.array([150, 40, 0, 0]))
    assert (loss.lost, loss.cost, loss.write_offs) == (260, 400, 1)
    assert loss.ratio == Measure(0.65, None, 260, 400)
    assert loss_ratio([], []).ratio.reason == "multiple.no_cost"


def test_deployment_sets_work_and_idleness_against_paid_in_money() -> None:
    answer = deployment(60_000, 92_000, 16_200)
    assert answer.deployed.value == pytest.approx(0.652174, abs=5e-7)
    assert answer.idle.value == pytest.approx(0.176087, abs=5e-7)
    assert deployment(60_000, 92_000).idle.reason == "multiple.no_balance"
    assert deployment(0, 0, 0).idle.reason == "multiple.no_paid_in"
