"""The NAV bridge, and the bridge from a claim to what is confirmed."""

from hypothesis import given
from hypothesis import strategies as st

from valuation import Movements, Stock, explain_claim, nav_bridge

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


amounts = st.integers(0, 10**14)
stocks = st.builds(Stock, amounts, amounts, amounts)


@given(amounts, stocks, st.dictionaries(st.sampled_from(["public", "double", "turned"]), stocks))
def test_a_claim_comes_down_to_what_is_confirmed_to_the_fen(
    claimed: int, confirmed: Stock, others: dict[str, Stock]
) -> None:
    found = explain_claim(claimed, confirmed, others)
    steps = sum(found.deductions.values()) + found.unpaid + found.cancelled + found.unexplained
    assert found.claimed - steps == found.confirmed == confirmed.paid
    assert found.deductions.keys() == others.keys()
    assert abs(found.unexplained) <= abs(claimed - confirmed.paid)


def test_the_sum_that_fits_names_what_the_claim_counted_in() -> None:
    others = {"public": Stock(50, 10), "double": Stock(20), "turned": Stock()}
    found = explain_claim(115, Stock(40, 15, 8), others)
    assert found.included == {"public"}
    assert (found.counts_unpaid, found.unexplained) == (True, 0)
    assert (found.deductions, found.unpaid) == ({"public": 50, "double": 0, "turned": 0}, 25)


def test_of_two_sums_that_fit_the_one_with_fewer_kinds_is_taken() -> None:
    found = explain_claim(100, Stock(40), {"public": Stock(60), "double": Stock(30), "turned": Stock(30)})
    assert found.included == {"public"}


def test_a_claim_below_what_is_confirmed_is_unexplained() -> None:
    found = explain_claim(30, Stock(40), {"public": Stock(5)})
    assert (found.unexplained, found.included) == (-10, frozenset())
