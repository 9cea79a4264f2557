"""A draw is the seed's alone, hits large amounts for certain and the others in proportion, and repeats itself."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuation.sampling import chances_of, draw_lines

AMOUNTS = [500, 10, 20, 30, 40, 0, -7, 100]
KEYS = list(range(11, 11 + len(AMOUNTS)))


def test_the_same_seed_draws_the_same_lines_whatever_their_order() -> None:
    first = [KEYS[one.place] for one in draw_lines(KEYS, AMOUNTS, 4, "七月")]
    turned = draw_lines(KEYS[::-1], AMOUNTS[::-1], 4, "七月")
    assert sorted(KEYS[::-1][one.place] for one in turned) == first
    assert first == [11, 14, 15, 18]  # what the seed has always given


def test_other_seeds_draw_other_lines() -> None:
    drawn = {tuple(one.place for one in draw_lines(KEYS, AMOUNTS, 4, str(seed))) for seed in range(40)}
    assert len(drawn) > 3
    assert all(0 in places and 7 in places and not {5, 6} & set(places) for places in drawn)


def test_chances_are_certain_for_the_large_and_in_proportion_for_the_rest() -> None:
    whole, none = Fraction(1), Fraction(0)
    assert chances_of(AMOUNTS, 3) == [
        *(whole, Fraction(1, 10), Fraction(2, 10), Fraction(3, 10), Fraction(4, 10)),
        *(none, none, whole),
    ]
    assert sum(chances_of(AMOUNTS, 3)) == 3


@pytest.mark.parametrize("wanted", [6, 7, 100])
def test_whoever_wants_as_many_as_there_are_gets_all_that_has_an_amount(wanted: int) -> None:
    drawn = draw_lines(KEYS, AMOUNTS, wanted, "s")
    assert [one.place for one in drawn] == [0, 1, 2, 3, 4, 7]
    assert all(one.is_certain for one in drawn)


@pytest.mark.parametrize("amounts", [[], [0, 0], [-5]])
def test_where_nothing_has_an_amount_nothing_is_drawn(amounts: list[int]) -> None:
    assert draw_lines(list(range(len(amounts))), amounts, 3, "s") == []
    assert draw_lines(KEYS, AMOUNTS, 0, "s") == []


@given(st.lists(st.integers(-10, 10**13), max_size=40), st.integers(1, 45), st.text(max_size=8))
def test_as_many_are_drawn_as_were_wanted_and_chances_add_up(
    amounts: list[int], wanted: int, seed: str
) -> None:
    drawn = draw_lines(range(len(amounts)), amounts, wanted, seed)
    possible = sum(amount > 0 for amount in amounts)
    assert len(drawn) == len({one.place for one in drawn}) == min(wanted, possible)
    assert sum(chances_of(amounts, wanted)) == min(wanted, possible)
    assert all(amounts[one.place] > 0 and 0 < one.chance <= 1 for one in drawn)


def test_over_many_seeds_every_line_comes_as_often_as_its_chance_says(
    counts: Callable[[int, int], int],
) -> None:
    times = counts(600, 20_000)
    amounts = [5, 10, 15, 20, 25, 30, 35, 60]
    hits: Counter[int] = Counter()
    for seed in range(times):
        hits.update(one.place for one in draw_lines(range(len(amounts)), amounts, 3, f"seed {seed}"))
    for place, chance in enumerate(chances_of(amounts, 3)):
        expected = float(chance) * times
        spread = (expected * (1 - float(chance))) ** 0.5
        assert abs(hits[place] - expected) <= 4.5 * spread + 1e-9, (place, hits[place], expected)
