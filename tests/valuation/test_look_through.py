"""Looking through layers of funds."""

from collections import defaultdict
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from tests.valuation.golden import read_cases
from tests.valuation.ownership import Edge, compose
from valuation import Composition, Finding, look_through

CITY = read_cases("domain_examples")["B_lookthrough"]
OWNERSHIP = {case["id"]: case for case in read_cases("ownership")["cases"]}


def city(basis: int) -> tuple[list[str], list[str], Composition]:
    edges = [(edge[0], edge[1], edge[2 + basis]) for edge in CITY["edges"]]
    funds = list(dict.fromkeys(held for _, held, _ in edges))
    return funds, *compose(edges, funds)


def of_class(name: str, sources: list[str]) -> list[int]:
    return [i for i, source in enumerate(sources) if source in CITY["sources"][name]]


@pytest.mark.parametrize(("basis", "key"), [(0, "expected_committed"), (1, "expected_paid")])
def test_the_worked_city_has_its_published_totals(basis: int, key: str) -> None:
    _, _, seen = city(basis)
    expected = CITY[key]
    assert seen.findings == ()
    assert seen.solved.all()
    assert seen.shares.sum(axis=1) == pytest.approx(np.ones(5))
    assert seen.sizes.sum() == pytest.approx(expected["naive_total"])
    assert seen.external.sum() == pytest.approx(expected["dedup_total"])
    assert seen.sizes.sum() - seen.external.sum() == pytest.approx(expected["interfund"])


def test_the_worked_fund_is_made_of_its_published_sources() -> None:
    funds, sources, seen = city(0)
    expected = CITY["expected_committed"]["A"]
    amounts = dict(zip(sources, seen.amounts()[funds.index("A")], strict=True))
    for source in ("FC", "FD", "FP", "SOEc", "SOEd", "PRIV", "INS"):
        assert amounts[source] == pytest.approx(expected[source])
    social = seen.shares[funds.index("A"), of_class("social", sources)].sum()
    assert social == pytest.approx(expected["social_share"])
    assert social / seen.shares[funds.index("A"), of_class("fiscal", sources)].sum() == pytest.approx(
        1.869393, abs=5e-7
    )


def test_the_worked_fund_by_paid_in_money() -> None:
    funds, sources, seen = city(1)
    social = seen.shares[funds.index("A"), of_class("social", sources)].sum()
    assert social == pytest.approx(CITY["expected_paid"]["A_social_share"])
    assert social / seen.shares[funds.index("A"), of_class("fiscal", sources)].sum() == pytest.approx(
        1.447761, abs=5e-7
    )


def test_the_bottom_layer_holds_the_published_city_money() -> None:
    funds, sources, seen = city(0)
    bottom = [funds.index(name) for name in "ABC"]
    amounts = seen.amounts()[bottom]
    fiscal, social = of_class("fiscal", sources), of_class("social", sources)
    claim = amounts[:, sources.index("FC")] / amounts[:, fiscal].sum(axis=1)
    expected = CITY["expected_committed"]["bottom"]
    assert amounts[:, sources.index("FC")].sum() == pytest.approx(expected["city_fiscal"])
    assert (amounts[:, social].sum(axis=1) * claim).sum() == pytest.approx(expected["social_pro_rata"])
    assert amounts[:, social].sum() == pytest.approx(expected["full_claim"])


def integrated(edges: list[Edge], holder: str) -> dict[str, float]:
    """What of each company reaches `holder`: every in-edge of it cut, the unrecorded rest beside."""
    companies = [held for held in dict.fromkeys(held for _, held, _ in edges) if held != holder]
    kept = [edge for edge in edges if edge[1] != holder]
    for company in companies:
        recorded = sum(share for _, held, share in kept if held == company)
        kept.append(("unrecorded", company, 1 - recorded))
    sources, seen = compose(kept, companies)
    return dict(zip(companies, seen.shares[:, sources.index(holder)], strict=True))


@pytest.mark.parametrize("name", ["own-fof-two-layer-diamond", "bods-fi-soe-gasgrid"])
def test_golden_ownership_is_seen_through(name: str) -> None:
    case = OWNERSHIP[name]
    edges = [(holder, held, float(Fraction(share))) for holder, held, share in case["edges"]]
    for pair, answer in case["expected"].items():
        holder, held = pair.split("->")
        assert integrated(edges, holder)[held] == pytest.approx(
            float(Fraction(answer["fraction"])), rel=1e-12
        )


def test_a_fund_without_money_has_no_composition_and_passes_none_on() -> None:
    _, seen = compose([("A", "B", 5), ("city", "B", 5), ("city", "C", 5)], ["A", "B", "C"])
    assert seen.findings == (
        Finding("look_through.no_money", ("A",)),
        Finding("look_through.behind_unsolved", ("B",)),
    )
    assert seen.solved.tolist() == [False, False, True]


@pytest.mark.parametrize("amount", [-5.0, np.nan, np.inf])
def test_money_that_is_none_is_named_wherever_it_stands(amount: float) -> None:
    _, outside = compose([("city", "A", amount), ("A", "B", 1), ("city", "C", 1)], ["A", "B", "C"])
    assert outside.findings == (
        Finding("look_through.bad_money", ("A",)),
        Finding("look_through.behind_unsolved", ("B",)),
    )
    _, between = compose([("city", "A", 9), ("A", "B", amount), ("B", "A", 1)], ["A", "B"])
    assert between.findings == (
        Finding("look_through.bad_money", ("B",)),
        Finding("look_through.behind_unsolved", ("A",)),
    )


def enumerate_paths(external: NDArray[np.int64], holdings: NDArray[np.int64]) -> list[list[Fraction]]:
    """Shares by walking every path up to the sources, in fractions; the graph has no loops."""
    count, sources = external.shape
    sizes = [int(external[j].sum() + holdings[:, j].sum()) for j in range(count)]
    parents = [np.flatnonzero(holdings[:, j]) for j in range(count)]
    shares: list[list[Fraction]] = []
    for fund in range(count):
        found = [Fraction(0)] * sources
        stack = [(fund, Fraction(1))]
        while stack:
            here, weight = stack.pop()
            for source in range(sources):
                if external[here, source]:
                    found[source] += weight * int(external[here, source]) / sizes[here]
            stack += [(int(up), weight * int(holdings[up, here]) / sizes[here]) for up in parents[here]]
        shares.append(found)
    return shares


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_path_enumeration_agrees_on_random_graphs_of_two_hundred_funds(seed: int) -> None:
    random = np.random.default_rng(seed)
    count, sources = 200, 5
    tier = np.sort(random.integers(0, 5, count))
    holdings = random.integers(1, 10**9, (count, count)) * (random.random((count, count)) < 0.02)
    holdings *= tier[:, None] < tier[None, :]
    external = random.integers(1, 10**9, (count, sources)) * (random.random((count, sources)) < 0.5)
    external[:, 0] += 1
    shuffled = random.permutation(count)
    holdings, external = holdings[np.ix_(shuffled, shuffled)], external[shuffled]
    seen = look_through([str(i) for i in range(count)], external, sparse.csr_array(holdings))
    expected = enumerate_paths(external, holdings)
    assert seen.shares == pytest.approx(np.array(expected, dtype=float), rel=1e-11, abs=1e-14)


def test_sparse_and_dense_give_the_same() -> None:
    external, holdings = np.array([[5, 0], [0, 3]]), np.array([[0, 2], [0, 0]])
    dense = look_through(["A", "B"], external, holdings)
    thin = look_through(["A", "B"], sparse.csc_array(external), sparse.coo_array(holdings))
    assert (dense.shares == thin.shares).all()


def test_a_stored_zero_is_no_holding() -> None:
    holdings = sparse.csr_array((np.array([0.0]), (np.array([0]), np.array([1]))), shape=(2, 2))
    assert look_through(["A", "B"], [[0.0], [1.0]], holdings).findings == (
        Finding("look_through.no_money", ("A",)),
    )


def test_nothing_is_seen_through_to_nothing() -> None:
    seen = look_through([], np.zeros((0, 3)), np.zeros((0, 0)))
    assert (seen.shares.shape, seen.findings) == ((0, 3), ())


@pytest.mark.parametrize(
    ("external", "holdings"), [([[1.0]], [[0.0]]), ([1.0, 2.0], [[0.0] * 2] * 2), ([[1.0]] * 2, [[0.0] * 2])]
)
def test_tables_that_do_not_fit_are_refused(external: Any, holdings: Any) -> None:
    with pytest.raises(ValueError, match="one row of external money"):
        look_through(["A", "B"], external, holdings)


def test_sizes_are_known_even_where_shares_are_not() -> None:
    sums: dict[str, float] = defaultdict(float)
    _, seen = compose([("A", "B", 7), ("B", "A", 2)], ["A", "B"])
    for name, size in zip(seen.names, seen.sizes, strict=True):
        sums[name] += size
    assert sums == {"A": 2.0, "B": 7.0}
