"""Funds that hold each other."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.valuation.golden import read_cases
from tests.valuation.ownership import Edge, compose
from valuation import Finding, attribute, look_through

OWNERSHIP = {case["id"]: case for case in read_cases("ownership")["cases"]}


def test_a_closed_loop_without_outside_money_is_a_value_that_names_the_funds() -> None:
    edges: list[Edge] = [
        (a, b, float(share)) for a, b, share in OWNERSHIP["own-closed-loop-singular"]["edges"]
    ]
    _, seen = compose([*edges, ("city", "C", 1.0)], ["A", "B", "C"])
    assert seen.findings == (Finding("look_through.closed_loop", ("A", "B")),)
    assert seen.solved.tolist() == [False, False, True]
    assert np.isnan(seen.shares[:2]).all()


def test_funds_that_hold_each_other_are_solved() -> None:
    edges: list[Edge] = [("city", "A", 60), ("bank", "B", 40), ("A", "B", 20), ("B", "A", 10), ("B", "C", 5)]
    sources, seen = compose(edges, ["A", "B", "C"])
    share_a = seen.shares[0, sources.index("city")]
    share_b = seen.shares[1, sources.index("city")]
    assert share_a * 70 == pytest.approx(60 + 10 * share_b)
    assert share_b * 60 == pytest.approx(20 * share_a)
    assert seen.shares[2] == pytest.approx(seen.shares[1])
    assert seen.findings == ()


def test_a_fund_that_holds_itself_is_solved_if_others_hold_it_too() -> None:
    sources, seen = compose([("city", "A", 3), ("bank", "A", 1), ("A", "A", 5)], ["A"])
    assert seen.shares[0, sources.index("city")] == pytest.approx(0.75)
    _, alone = compose([("A", "A", 5), ("city", "B", 1)], ["A", "B"])
    assert alone.findings == (Finding("look_through.closed_loop", ("A",)),)


def test_a_small_fund_keeps_its_digits_beside_a_large_one() -> None:
    edges: list[Edge] = [
        ("city", "A", 1),
        ("A", "A", 1),
        ("A", "B", 23),
        ("bank", "B", 1e9),
        ("city", "B", 1),
    ]
    sources, seen = compose(edges, ["A", "B"])
    assert seen.shares[:, sources.index("bank")].tolist() == [0.0, pytest.approx(1e9 / (1e9 + 24), rel=1e-15)]


def test_outside_money_too_little_to_be_seen_leaves_the_loop_closed() -> None:
    _, seen = compose(
        [("city", "A", 1), ("A", "B", 1e18), ("B", "A", 1e18), ("city", "C", 1)], ["A", "B", "C"]
    )
    assert seen.findings == (Finding("look_through.closed_loop", ("A", "B")),)
    assert seen.solved.tolist() == [False, False, True]


def test_what_lies_behind_a_closed_loop_is_named_apart() -> None:
    pairs = ["AB", "BA", "BC", "CD", "DE", "ED", "FG", "GF", "AH"]
    edges: list[Edge] = [(pair[0], pair[1], 1.0) for pair in pairs]
    edges += [("city", held, 1.0) for held in "CDF"]
    _, seen = compose(edges, list("ABCDEFGH"))
    assert seen.findings == (
        Finding("look_through.closed_loop", ("A", "B")),
        Finding("look_through.behind_unsolved", ("C", "D", "E", "H")),
    )
    assert [name for name, ok in zip("ABCDEFGH", seen.solved, strict=True) if ok] == ["F", "G"]


def test_chains_deeper_than_the_tiers_are_solved_too() -> None:
    funds = [f"F{i}" for i in range(150)]
    edges: list[Edge] = [(a, b, 1.0) for a, b in pairwise(funds)]
    edges += [("city", name, 1.0) for name in funds[::2]] + [("bank", funds[0], 3.0)]
    sources, seen = compose(edges, funds)
    assert seen.findings == ()
    share = 0.0
    for i, name in enumerate(funds):
        inflow = [(share, 1.0)] * (i > 0) + [(1.0, 1.0)] * (i % 2 == 0) + [(0.0, 3.0)] * (i == 0)
        share = sum(s * w for s, w in inflow) / sum(w for _, w in inflow)
        assert seen.shares[funds.index(name), sources.index("city")] == pytest.approx(share)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 10**12)), max_size=25), st.data()
)
def test_a_composition_solves_its_equations_or_says_why(edges: list[tuple[int, int, int]], data: Any) -> None:
    external = np.array(
        [[data.draw(st.sampled_from([0, 0, 1, 10**9])) for _ in range(2)] for _ in range(10)], dtype=np.int64
    )
    holdings = np.zeros((10, 10), dtype=np.int64)
    for holder, held, amount in edges:
        holdings[holder, held] += amount
    names = [str(i) for i in range(10)]
    seen = look_through(names, external, holdings)
    named = {name for finding in seen.findings for name in finding.names}
    assert named == {name for name, ok in zip(names, seen.solved, strict=True) if not ok}
    ok = np.flatnonzero(seen.solved)
    shares = np.where(seen.solved[:, None], seen.shares, 0.0)
    assert shares[ok].sum(axis=1) == pytest.approx(np.ones(len(ok)))
    inflow = (holdings.T @ shares + external) / np.maximum(seen.sizes, 1)[:, None]
    assert shares[ok] == pytest.approx(inflow[ok], abs=1e-9)
    whole = seen.sizes[ok].astype(np.int64)
    assert (attribute(whole, seen.shares[ok]).sum(axis=1) == whole).all() or not len(ok)
