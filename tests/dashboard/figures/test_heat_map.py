"""Grounds grow darker with the amount, and nothing at all has none."""

from fractions import Fraction

from dashboard.figures.heat_map import SHADES, bounds, largest_of, shade, shade_share


def test_the_largest_amount_has_the_darkest_ground_and_nothing_has_none() -> None:
    assert [shade(amount, 100) for amount in (-5, 0, 1, 4, 5, 16, 17, 36, 64, 65, 100)] == [
        0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 5,
    ]  # fmt: skip
    assert shade(0, 0) == 0


def test_the_bounds_of_the_key_are_where_the_grounds_change() -> None:
    assert bounds(100) == [4, 16, 36, 64, 100]
    assert [shade(bound, 100) for bound in bounds(100)] == list(range(1, SHADES + 1))


def test_a_fen_is_seen_beside_a_thousand_crore() -> None:
    assert shade(1, 10**13) == 1


def test_shares_are_parted_in_equal_steps() -> None:
    shares = [Fraction(part, 10) for part in (0, 1, 2, 3, 9, 10, 12)]
    assert [shade_share(share) for share in shares] == [0, 1, 1, 2, 5, 5, 5]


def test_only_what_is_more_than_nothing_can_be_the_largest() -> None:
    assert (largest_of([3, -9, 7]), largest_of([-1]), largest_of([])) == (7, 0, 0)
