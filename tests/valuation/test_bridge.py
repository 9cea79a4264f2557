"""The NAV bridge."""

from hypothesis import given
from hypothesis import strategies as st

from valuation import Movements, nav_bridge

MOVES = Movements(
    calls=20_000,
    distributions=4_500,
    realised=700,
    unrealised=-1_250,
    income=90,
    fees=400,
    carry=60,
    other=33,
)


def test_a_bridge_ties_to_the_fen() -> None:
    bridge = nav_bridge(100_000, MOVES, 114_547)
    assert bridge.ties
    assert (bridge.expected, bridge.difference) == (114_547, 0)
    assert dict(bridge.steps) == {
        "calls": 20_000,
        "distributions": -4_500,
        "realised": 700,
        "unrealised": -1_250,
        "income": 90,
        "fees": -400,
        "carry": -60,
        "other": -33,
    }


def test_a_bridge_that_does_not_tie_says_by_how_much() -> None:
    bridge = nav_bridge(100_000, MOVES, 114_550)
    assert not bridge.ties
    assert bridge.difference == 3


def test_without_a_closing_value_there_is_an_expectation_and_no_verdict() -> None:
    bridge = nav_bridge(100_000, MOVES, None)
    assert (bridge.expected, bridge.closing, bridge.difference, bridge.ties) == (114_547, None, None, False)


@given(st.integers(0, 10**17), st.lists(st.integers(-(10**16), 10**16), min_size=8, max_size=8))
def test_the_steps_lead_from_opening_to_the_expected_closing(opening: int, amounts: list[int]) -> None:
    bridge = nav_bridge(opening, Movements(*amounts), opening)
    assert opening + sum(step for _, step in bridge.steps) == bridge.expected
    assert bridge.difference == opening - bridge.expected
