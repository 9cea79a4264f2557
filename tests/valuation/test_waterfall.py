"""The waterfall of a whole fund."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuation import TIERS, Terms, waterfall, xirr

FEN = 1_000_000
"""Fen in one 万元."""
GOV, SOCIAL, GP = range(3)
DATES = [date(2021, 1, 1), date(2026, 1, 1)]
PAID = np.array([[30_000, 69_000, 1_000], [0, 0, 0]]) * FEN
BACK = np.array([0, 190_000]) * FEN


def in_wan(fen: Any) -> Any:
    return np.asarray(fen) / FEN


def test_the_worked_example_runs_through_its_tiers() -> None:
    run = waterfall(Terms(0.08, True, 0.2), DATES, PAID, BACK)
    assert in_wan(run.tiers[1]) == pytest.approx(
        [100_000, 46_963.792047, 11_740.948012, 31_295.259941], abs=1e-6
    )
    assert in_wan(run.carry.sum()) == pytest.approx(18_000, abs=1e-6)
    assert in_wan(run.paid[1]) == pytest.approx([51_600, 118_680, 1_720], abs=1.1e-6)
    assert run.paid.sum() + run.carry.sum() == BACK[1]
    assert run.ceded.any() == False  # noqa: E712
    assert TIERS == ("capital", "preferred", "catch_up", "residual")


def test_the_worked_concession_moves_half_of_the_residual() -> None:
    terms = Terms(0.08, True, 0.2, concession=0.5)
    run = waterfall(terms, DATES, PAID, BACK, [True, False, False], [False, True, False])
    assert in_wan(run.ceded[1]) == pytest.approx([-3_755.431193, 3_755.431193, 0], abs=1e-6)
    assert in_wan(run.paid[1]) == pytest.approx([47_844.568807, 122_435.431193, 1_720], abs=1.1e-6)

    def rate(partner: int) -> float | None:
        return xirr(DATES, [-int(PAID[0, partner]), int(run.paid[1, partner])]).value

    assert rate(GOV) == pytest.approx(0.0977920, abs=5e-8)
    assert rate(SOCIAL) == pytest.approx(0.121461, abs=5e-7)
    assert rate(GP) == pytest.approx(0.114500, abs=5e-7)
    assert xirr(DATES, [-100_000, 190_000]).value == pytest.approx(0.136895, abs=5e-7)


def run_once(terms: Terms, back: int, years: int = 1, paid: int = 100_000) -> list[int]:
    """Tiers of one partner's 100,000 fen, repaid after whole years of 365 days."""
    run = waterfall(terms, [0, 365 * years], [[paid], [0]], [0, back])
    return [int(tier) for tier in run.tiers[1]]


def test_a_simple_hurdle_does_not_earn_on_itself() -> None:
    assert run_once(Terms(0.08, False, 0.2), 200_000, years=2)[1] == 16_000
    assert run_once(Terms(0.08, True, 0.2), 200_000, years=2)[1] == 16_640


def test_without_catch_up_carry_is_on_the_excess_alone() -> None:
    run = waterfall(Terms(0.08, True, 0.2, catch_up=0.0), [0, 365], [[100_000], [0]], [0, 118_000])
    assert run.tiers[1].tolist() == [100_000, 8_000, 0, 10_000]
    assert run.carry[1].tolist() == [0, 0, 0, 2_000]


def test_half_a_catch_up_takes_longer_and_ends_at_the_same_share() -> None:
    run = waterfall(Terms(0.08, True, 0.2, catch_up=0.5), [0, 365], [[100_000], [0]], [0, 130_000])
    assert run.tiers[1].tolist() == [100_000, 8_000, 5_333, 16_667]
    assert run.carry.sum() == pytest.approx(0.2 * 30_000, abs=1)


def test_a_catch_up_not_above_carry_never_ends() -> None:
    assert run_once(Terms(0.08, True, 0.2, catch_up=0.2), 130_000) == [100_000, 8_000, 22_000, 0]


def test_without_carry_there_is_no_catch_up() -> None:
    assert run_once(Terms(0.08, True, 0.0), 130_000) == [100_000, 8_000, 0, 22_000]


def test_what_does_not_reach_the_hurdle_stays_with_the_partners() -> None:
    assert run_once(Terms(0.08, True, 0.2), 103_000) == [100_000, 3_000, 0, 0]
    assert run_once(Terms(0.08, True, 0.2), 60_000) == [60_000, 0, 0, 0]


def test_tiers_are_filled_over_several_distributions() -> None:
    days = [0, 365, 730, 1095]
    run = waterfall(Terms(0.10, True, 0.2), days, [[100_000], [0], [0], [0]], [0, 104_000, 7_000, 9_000])
    # 10,000 owed after a year, of which 4,000 is paid; the other 6,000 earns 600; then nothing is open.
    assert run.tiers[:, 1].tolist() == [0, 4_000, 6_600, 0]
    assert run.tiers[:, 2].tolist() == [0, 0, 400, 2_250]
    assert run.carry.sum() == pytest.approx(0.2 * 20_000, abs=1)


def test_money_called_later_is_returned_before_anything_else() -> None:
    run = waterfall(Terms(0.0, False, 0.2), [0, 10, 20, 30], [[100], [0], [40], [0]], [0, 150, 0, 60])
    assert run.tiers.tolist() == [[0] * 4, [100, 0, 0, 50], [0] * 4, [40, 0, 0, 20]]


def test_events_out_of_order_are_sorted() -> None:
    plain = waterfall(Terms(0.08, True, 0.2), DATES, PAID, BACK)
    turned = waterfall(Terms(0.08, True, 0.2), DATES[::-1], PAID[::-1], BACK[::-1])
    assert (turned.paid == plain.paid).all()
    assert (turned.days == plain.days).all()


def test_what_is_distributed_before_anyone_has_paid_in_stands_apart() -> None:
    run = waterfall(Terms(0.08, True, 0.2), [0, 10], [[0, 0], [50, 50]], [7, 0])
    assert run.unallocated.tolist() == [7, 0]
    assert not run.paid.any()


def test_a_concession_without_a_receiver_stays_where_it_is() -> None:
    terms = Terms(0.0, True, 0.2, concession=0.5)
    assert not waterfall(terms, DATES, PAID, BACK, [True, False, False], [False] * 3).ceded.any()
    assert not waterfall(terms, DATES, PAID, BACK, [True, False, False]).ceded.any()


amounts = st.integers(0, 10**12)


@given(
    st.lists(st.tuples(st.integers(0, 4_000), amounts, amounts, amounts, amounts), min_size=1, max_size=8),
    st.floats(0, 0.3),
    st.booleans(),
    st.floats(0, 0.5),
    st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    st.floats(0, 1),
)
def test_every_tier_sums_to_the_fen(
    events: list[tuple[int, int, int, int, int]],
    hurdle: float,
    compound: bool,
    carry: float,
    catch_up: float,
    concession: float,
) -> None:
    rows = sorted(events, key=lambda event: event[0])
    paid_in = np.array([event[1:4] for event in rows])
    given_back = np.array([event[4] for event in rows])
    terms = Terms(hurdle, compound, carry, catch_up, concession)
    flags = ([True, False, False], [False, True, True])
    run = waterfall(terms, [event[0] for event in rows], paid_in, given_back, *flags)
    assert (run.tiers.sum(axis=1) + run.unallocated == given_back).all()
    assert (run.to_partners.sum(axis=2) + run.carry == run.tiers).all()
    assert (run.ceded.sum(axis=1) == 0).all()
    assert (run.paid.sum(axis=1) + run.carry.sum(axis=1) + run.unallocated == given_back).all()
    assert (run.to_partners >= 0).all()
    assert (run.paid >= 0).all()
    assert (run.tiers[:, 0].cumsum() <= paid_in.sum(axis=1).cumsum()).all()


@pytest.mark.parametrize(
    "terms", [(-0.1, True, 0.2), (0.08, True, 1.2), (0.08, True, 0.2, -1), (0.0, True, 0, 1, 2)]
)
def test_terms_that_are_none_are_refused(terms: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match=r"hurdle|shares"):
        Terms(*terms)


@pytest.mark.parametrize(
    ("paid_in", "back", "fault"),
    [
        ([1, 2], [0, 0], "one row"),
        ([[1]], [0, 0], "one row"),
        ([[1], [1]], [0], "one row"),
        ([[1], [-1]], [0, 0], "not negative"),
        ([[1], [1]], [0, -1], "not negative"),
    ],
)
def test_events_that_do_not_fit_are_refused(paid_in: Any, back: list[int], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        waterfall(Terms(0.08, True, 0.2), [0, 1], paid_in, back)
