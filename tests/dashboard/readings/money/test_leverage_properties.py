"""What must hold of leverage on any graph of funds: shared funds, five tiers, loops."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from dashboard.readings.money.capital import CapitalClass, capital_by_investor, whole_capital
from dashboard.readings.money.credit_shares import find_credit
from dashboard.readings.money.deployed_money import deployed_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.leverage_whole import read_leverage_figures
from dashboard.readings.money.sources import fund_sources, scope_sources
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from tests.dashboard.readings.money.memory_slices import (
    CITY_FISCAL,
    DISTRICT_FISCAL,
    SOCIAL,
    STATE,
    UNKNOWN,
    Graph,
    Money,
    draw_graph,
    slice_of,
)

Counts = Callable[[int, int], int]
STRICT = LeverageOptions()


def graphs(counts: Counts) -> Iterator[tuple[int, Graph]]:
    """Random graphs, every other one with loops."""
    for seed in range(counts(6, 300)):
        yield seed, draw_graph(seed, counts(24, 200), loops=bool(seed % 2))


@pytest.mark.parametrize("basis", list(Basis))
def test_attribution_makes_up_the_whole_to_the_fen(counts: Counts, basis: Basis) -> None:
    for seed, graph in graphs(counts):
        slice_ = slice_of(graph)
        found = find_credit(slice_, capital_by_investor(slice_, basis), STRICT)
        assert not isinstance(found, str), (seed, found)
        claims = found.claims
        assert int(claims.shared.sum()) + int(claims.unshared.sum()) == int(found.social.sum()), seed
        assert (claims.whole.sum(axis=1) >= claims.shared.sum(axis=1)).all()


@pytest.mark.parametrize("basis", list(Basis))
def test_external_money_is_the_same_looked_through_and_given(counts: Counts, basis: Basis) -> None:
    for seed, graph in graphs(counts):
        slice_ = slice_of(graph)
        given = graph.committed if basis is Basis.COMMITTED else graph.paid
        external = sum(one.amount for one in given if one.investor > graph.count)
        seen = scope_sources(slice_, capital_by_investor(slice_, basis))
        assert sum(seen.amounts.values()) == external, seed
        bottom = _left_at_each_fund(slice_, basis)
        by_source = {source: float(amount) for source, amount in seen.amounts.items()}
        found = fund_sources(slice_, basis)
        sums = dict(zip(found.sources, bottom.sum(axis=0).tolist(), strict=True))
        assert sums == pytest.approx(by_source, rel=1e-9), seed


def _left_at_each_fund(
    slice_: LedgerSlice, basis: Basis
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Share × (in − out) of every source in every fund: what stays, or is drawn on, where it is."""
    found, net = fund_sources(slice_, basis), Counter[int]()
    for line in whole_capital(slice_, basis).lines:
        net[line.fund] += line.amount
        if line.investor_fund is not None:
            net[line.investor_fund] -= line.amount
    amounts = np.array([net[fund] for fund in found.place], dtype=np.float64)
    return np.asarray(found.found.shares * amounts[:, None])


def test_what_paid_in_money_did_makes_up_what_came_and_was_used_again(counts: Counts) -> None:
    for seed, graph in graphs(counts):
        slice_ = slice_of(graph)
        rows = list(deployed_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN)))
        for row in rows:
            came, went = ([int(str(row[name])) for name in names] for names in SIDES)
            assert sum(came) == sum(went), (seed, row)
        every = rows[-1]
        assert every["invested"] == sum(graph.invested.values())
        assert every["passed"] == 0


SIDES = (("external", "reused"), ("invested", "passed", "kept"))


@pytest.mark.parametrize("look_through", [False, True])
@pytest.mark.parametrize("source", [CITY_FISCAL, DISTRICT_FISCAL, STATE])
def test_public_money_never_raises_the_strict_figures(
    counts: Counts, source: int, look_through: bool
) -> None:
    options = replace(STRICT, look_through=look_through)
    for seed, graph in graphs(lambda small, large: counts(small // 2, large // 4)):
        fund = seed % graph.count + 1
        more = Money(fund, source, 7 * 10**10)
        richer = replace(graph, committed=[*graph.committed, more], paid=[*graph.paid, more])
        for codes in ((), ("F1",), (f"F{fund}",), (f"F{graph.count}",)):
            before, after = (_strict(slice_of(one), codes, options) for one in (graph, richer))
            for key in before.keys() & after.keys():
                if not (source == STATE and codes and _is_seen(key[0], look_through)):
                    assert after[key] <= before[key] * (1 + Fraction(1, 10**9)), (seed, codes, key)


def _is_seen(code: str, look_through: bool) -> bool:
    """A quotient that looks through mothers: state-owned money in one of them thins out her fiscal money."""
    return code == "LV07" or (code == "LV04" and look_through)


def test_state_money_in_a_mother_may_raise_the_looked_through_leverage_of_her_child() -> None:
    """M: fiscal 10. Child: M 10, social 10, so 10 ÷ 10 = 1. With state money of 10 in M: 10 ÷ 5 = 2."""
    before = [Money(1, CITY_FISCAL, 1_000), Money(2, 1, 1_000), Money(2, SOCIAL, 1_000)]
    after = [*before, Money(1, STATE, 1_000)]
    found = [
        _strict(slice_of(Graph(2, given, given)), ("F2",), STRICT)["LV07", "committed"]
        for given in (before, after)
    ]
    assert found == [1, 2]


def _strict(
    slice_: LedgerSlice, codes: tuple[str, ...], options: LeverageOptions
) -> dict[tuple[str, str], Fraction]:
    part = slice_.narrow(fund_scope(*codes)) if codes else slice_
    figures = read_leverage_figures(part, options).figures
    return {
        (one.code, one.basis): Fraction(one.value)
        for one in figures
        if one.code in ("LV04", "LV05", "LV07") and one.basis in list(Basis) and one.value is not None
    }


def test_a_smaller_promise_never_raises_a_paid_in_figure(counts: Counts) -> None:
    for seed, graph in graphs(counts):
        cut = [replace(one, amount=one.amount // (2 + at % 3)) for at, one in enumerate(graph.committed)]
        before, after = (
            {
                one.code: one.value
                for one in read_leverage_figures(slice_of(given)).figures
                if one.basis == "paid_in"
            }
            for given in (graph, replace(graph, committed=cut))
        )
        assert {"LV04", "LV07", "LV09"} <= before.keys()
        assert after == before, seed


def test_money_of_unknown_nature_stays_unknown_through_every_layer(counts: Counts) -> None:
    for seed, graph in graphs(counts):
        slice_ = slice_of(graph)
        seen = scope_sources(slice_, capital_by_investor(slice_, Basis.PAID_IN))
        given = sum(one.amount for one in graph.paid if one.investor == UNKNOWN)
        assert seen.of(CapitalClass.UNDETERMINED) == given, seed
