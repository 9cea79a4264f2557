"""How much of an investor the state holds through its owners: goldens, loops, shares beyond the whole."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from dashboard.readings.money.owners import BEHIND, CLOSED_LOOP, OVER_WHOLE, StateShare, work_out_shares
from funds.kinds import Nature
from funds.queries.capital_facts import NOTHING_SAID, OwnershipFacts
from funds.queries.facts import Facts, NatureFacts
from tests.dashboard.readings.money.memory_slices import Graph, slice_of
from tests.valuation.golden import read_cases

Edge = tuple[str, str, object]
CASES: dict[str, Any] = {case["id"]: case for case in read_cases("ownership")["cases"]}


def shares_of(edges: Sequence[Edge], **natures: Nature) -> dict[str, StateShare]:
    """What the state holds of each owned party, by name."""
    names = list(dict.fromkeys(name for owner, owned, _ in edges for name in (owner, owned)))
    rows = [
        OwnershipFacts(at, names.index(owner), names.index(owned), int(Fraction(str(share)) * 10**6), None)
        for at, (owner, owned, share) in enumerate(edges)
    ]
    facts: Facts = replace(
        slice_of(Graph(0, (), ())).facts,
        natures={
            names.index(name): NatureFacts(0, kind, None, False, None) for name, kind in natures.items()
        },
        capital=replace(NOTHING_SAID, ownership=tuple(rows)),
    )
    return {names[party]: share for party, share in work_out_shares(facts).items()}


def test_an_investor_private_by_name_is_the_states_by_seven_tenths() -> None:
    edges = [
        ("市国资", "甲公司", ".7"),
        ("民营", "甲公司", ".3"),
        ("甲公司", "乙公司", ".5"),
        ("民营", "乙公司", ".5"),
    ]
    found = shares_of(edges, 市国资=Nature.STATE_OWNED, 民营=Nature.SOCIAL, 甲公司=Nature.SOCIAL)
    assert found == {"甲公司": StateShare(700_000, 0), "乙公司": StateShare(350_000, 0)}


def test_an_owner_who_is_the_state_is_not_looked_through() -> None:
    edges = [("民营", "市国资", ".4"), ("市财政", "市国资", ".6"), ("市国资", "甲公司", "1")]
    found = shares_of(edges, 市财政=Nature.FISCAL, 市国资=Nature.STATE_OWNED, 民营=Nature.SOCIAL)
    assert found["甲公司"] == StateShare(1_000_000, 0)
    assert found["市国资"] == StateShare(600_000, 0)


def test_the_golden_of_two_layers_and_what_nobody_stated() -> None:
    edges = CASES["own-fof-two-layer-diamond"]["edges"]
    state = dict.fromkeys(("市财政", "市国资", "园区国资"), Nature.STATE_OWNED)
    found = shares_of(edges, **state, 社会LP1=Nature.SOCIAL, 社会LP2=Nature.SOCIAL, GP_A=Nature.SOCIAL)
    assert found["千亿母基金"] == StateShare(1_000_000, 0)
    assert found["园区子基金A"] == StateShare(500_000, 0)
    # .0425 + .0425 + .09 of the leader are the state's; 65 % of it has no recorded holder.
    assert found["链主企业X"] == StateShare(175_000, 650_000)


def test_the_golden_of_a_ministry_that_holds_all_in_two_ways() -> None:
    found = shares_of(CASES["bods-fi-soe-gasgrid"]["edges"], Ministry=Nature.FISCAL)
    assert found["Gasgrid"] == StateShare(1_000_000, 0)


def test_owners_beyond_the_whole_are_a_reason_and_so_is_what_lies_behind_them() -> None:
    edges = CASES["prometheux-close-links"]["edges"]
    found = shares_of(edges)
    assert found["A"] == StateShare(None, None, OVER_WHOLE)
    assert {found[name].reason for name in "BCD"} == {BEHIND}


def test_firms_that_hold_each_other_entirely_are_a_reason() -> None:
    found = shares_of([*CASES["own-closed-loop-singular"]["edges"], ("A", "C", "1")])
    assert {found[name].reason for name in "AB"} == {CLOSED_LOOP}
    assert found["C"].reason == BEHIND


@pytest.mark.parametrize("edges", [[], [("谁", "甲公司", ".2")]])
def test_without_stated_owners_nothing_is_known(edges: list[Edge]) -> None:
    found = shares_of(edges)
    assert found == ({"甲公司": StateShare(0, 1_000_000)} if edges else {})
