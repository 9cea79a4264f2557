"""Scores, shared ranks, and the smallest change that lifts a park, held against trying every step."""

from fractions import Fraction

import pytest

from dashboard.readings.industries.appraisal_ranks import Criterion, Lift, find_lifts, place_parks

HALF = Fraction(1, 2)
TARGET = Criterion("S02", Fraction(60), Fraction(60), step=Fraction(1, 10), most=Fraction(100))
BEST = Criterion("S12", Fraction(40), None)
CEILING = Criterion("S09", Fraction(50), Fraction(30), is_ceiling=True, step=Fraction(1, 10))


def values(**parks: tuple[str, ...]) -> dict[str, dict[str, Fraction]]:
    """Values of S02, S12 and S09, as far as they are given."""
    codes = ("S02", "S12", "S09")
    return {
        park: {code: Fraction(text) for code, text in zip(codes, given, strict=False)}
        for park, given in parks.items()
    }


def lift_of(lifts: list[Lift], code: str) -> Fraction | None:
    return next((lift.needed for lift in lifts if lift.code == code), None)


def try_steps(
    criteria: list[Criterion], parks: dict[str, dict[str, Fraction]], park: str, code: str
) -> Fraction:
    """The first value, step by step, at which the park stands better."""
    one = next(criterion for criterion in criteria if criterion.code == code)
    before = next(found.rank for found in place_parks(criteria, parks) if found.park == park)
    value = parks[park][code]
    while True:
        value += -one.step if one.is_ceiling else one.step
        changed = {**parks, park: {**parks[park], code: value}}
        if next(found.rank for found in place_parks(criteria, changed) if found.park == park) < before:
            return value


def test_the_worked_example_of_the_definition() -> None:
    """A: 60 × 54 ÷ 60 + 40 × 200 ÷ 400 = 74; B: 60 × 36 ÷ 60 + 40 = 76."""
    criteria, parks = [TARGET, BEST], values(A=("54", "200"), B=("36", "400"))
    assert [(one.park, one.rank, one.score) for one in place_parks(criteria, parks)] == [
        ("B", 1, Fraction(76)),
        ("A", 2, Fraction(74)),
    ]
    first, second = find_lifts(criteria, parks, "A")
    assert (first.code, first.value, first.needed, first.share) == (
        "S02",
        Fraction(54),
        Fraction(56),
        Fraction(1, 30),
    )
    assert (second.code, second.needed, second.share) == ("S12", Fraction(220), Fraction(1, 20))


def test_equal_scores_share_a_rank_and_the_next_one_is_left_out() -> None:
    placed = place_parks([TARGET], values(A=("60",), B=("66",), C=("30",)))
    assert [(one.park, one.rank, one.ties) for one in placed] == [("A", 1, 1), ("B", 1, 1), ("C", 3, 0)]
    assert placed[2].score == 60 * HALF


def test_the_first_has_nowhere_to_go() -> None:
    assert find_lifts([TARGET], values(A=("60",), B=("30",)), "A") == []


def test_a_target_that_is_reached_lifts_no_further() -> None:
    lifts = find_lifts([TARGET, BEST], values(A=("60", "100"), B=("60", "200")), "A")
    assert [lift.code for lift in lifts] == ["S12"]


@pytest.mark.parametrize("code", ["S02", "S12", "S09"])
@pytest.mark.parametrize("park", ["B", "C"])
def test_no_smaller_step_would_do(code: str, park: str) -> None:
    criteria = [TARGET, BEST, CEILING]
    parks = values(A=("56.6", "311", "31.5"), B=("55", "310", "31.6"), C=("53.5", "309", "32.5"))
    needed = lift_of(find_lifts(criteria, parks, park), code)
    assert needed is not None
    assert needed == try_steps(criteria, parks, park, code)


def test_passing_the_best_park_pulls_it_down() -> None:
    """B has the best 400 already; only by making 40 × 380 ÷ v small enough does it draw level with A."""
    criteria, parks = [TARGET, BEST], values(A=("60", "380"), B=("57", "400"))
    needed = lift_of(find_lifts(criteria, parks, "B"), "S12")
    assert needed == try_steps(criteria, parks, "B", "S12") == 411


def test_what_cannot_be_more_than_all_is_not_asked_for() -> None:
    """S16 is held against the best and ends at 100 %."""
    share = Criterion("S16", Fraction(10), None, step=Fraction(1, 10), most=Fraction(100))
    parks = {"A": {"S02": Fraction(60), "S16": Fraction(99)}, "B": {"S02": Fraction(30), "S16": Fraction(98)}}
    assert lift_of(find_lifts([TARGET, share], parks, "B"), "S16") is None


def test_where_nobody_has_any_all_have_full_points() -> None:
    placed = place_parks([BEST], values(A=("0", "0"), B=("0", "0")))
    assert [one.score for one in placed] == [40, 40]


def test_nothing_inefficient_is_best_and_something_beside_it_earns_nothing() -> None:
    lowest = Criterion("S09", Fraction(10), None, is_ceiling=True)
    parks = {"A": {"S09": Fraction(0)}, "B": {"S09": Fraction(5)}}
    assert [(one.park, one.score) for one in place_parks([lowest], parks)] == [
        ("A", Fraction(10)),
        ("B", Fraction(0)),
    ]
