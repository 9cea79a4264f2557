"""Every yuan ties at each node, nature by nature, and at each cut; each band is made up by the lines behind it."""

from collections import Counter
from collections.abc import Callable

import pytest

from dashboard.readings.money.capital import CapitalClass, capital_by_investor
from dashboard.readings.money.deployed_money import deployed_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.money_flow import KEPT, OUTSIDE_GIVER, OUTSIDE_TAKER, REUSED
from dashboard.readings.money.yuan_flow import UNPAID, YuanFlow, trace_yuan, yuan_rows
from dashboard.readings.money.yuan_lines import read_band_lines
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.dashboard.readings.money.memory_slices import (
    CITY_FISCAL,
    SOCIAL,
    Graph,
    Money,
    draw_graph,
    slice_of,
)
from tests.engines import SqliteDatabases

Counts = Callable[[int, int], int]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def pairs(flow: YuanFlow) -> dict[tuple[str, str], int]:
    """Amounts of bands by their ends, in fen, whosever money it is."""
    sums: Counter[tuple[str, str]] = Counter()
    for band, amount in flow.bands.items():
        sums[band.giver, band.taker] += amount
    return {pair: amount for pair, amount in sums.items() if amount}


def untied(flow: YuanFlow) -> dict[tuple[str, CapitalClass], int]:
    """Nodes between others where more of a nature comes in than goes out, or less."""
    into: Counter[tuple[str, CapitalClass]] = Counter()
    out: Counter[tuple[str, CapitalClass]] = Counter()
    for band, amount in flow.bands.items():
        into[band.taker, band.nature] += amount
        out[band.giver, band.nature] += amount
    givers, takers = {node for node, _ in out}, {node for node, _ in into}
    middle = [key for key in into.keys() | out.keys() if key[0] in givers & takers]
    assert middle
    return {key: into[key] - out[key] for key in middle if into[key] != out[key]}


@pytest.mark.parametrize("basis", list(Basis))
def test_every_node_and_cut_ties_on_any_graph(counts: Counts, basis: Basis) -> None:
    for seed in range(counts(6, 200)):
        slice_ = slice_of(draw_graph(seed, counts(24, 200), loops=bool(seed % 2)))
        flow = trace_yuan(slice_, basis)
        assert flow.reason is None, seed
        assert untied(flow) == {}, seed
        assert min(flow.bands.values()) >= 0, seed
        outside = sum(line.outside for line in capital_by_investor(slice_, basis).lines)
        cuts = [row for row in yuan_rows(slice_, LeverageOptions(basis)) if row["table"] == "yuan_cut"]
        assert {int(str(row["amount"])) - int(str(row["reused"])) for row in cuts} == {outside}, seed
        assert {row["cut"] for row in cuts} >= {"source", "tier:1", "industry"}


def test_what_reaches_firms_is_that_of_the_deployed_figure(counts: Counts) -> None:
    """Fund by fund the shares are the same; a payment is rounded to the fen on its own."""
    for seed in range(0, counts(6, 100), 2):
        graph = draw_graph(seed, counts(24, 100), loops=False)
        slice_ = slice_of(graph)
        flow = trace_yuan(slice_, Basis.PAID_IN)
        into: Counter[str] = Counter()
        for band, amount in flow.bands.items():
            if band.taker.startswith("industry:"):
                into[str(band.nature)] += amount
        told = deployed_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN))
        for row in told:
            expected = int(str(row["invested"]))
            found = sum(into.values()) if row["nature"] == "all" else into[str(row["nature"])]
            assert abs(found - expected) <= (0 if row["nature"] == "all" else 4 * graph.count), (seed, row)


def test_a_yuan_is_split_by_what_its_fund_is_made_of() -> None:
    """Fund 1 is 3 : 1 fiscal and social; it gives fund 2 the half of its 400, and fund 2 puts 100 into a firm."""
    paid = [Money(1, CITY_FISCAL, 300), Money(1, SOCIAL, 100), Money(2, 1, 200), Money(2, SOCIAL, 200)]
    flow = trace_yuan(slice_of(Graph(2, paid, paid, {2: 100})), Basis.PAID_IN)
    found = {
        (band.giver, band.taker, str(band.nature)): amount for band, amount in flow.bands.items() if amount
    }
    assert found["nature:fiscal:municipal", "tier:1", "fiscal"] == 300
    assert (found["tier:1", "tier:2", "fiscal"], found["tier:1", "tier:2", "social"]) == (150, 50)
    assert (found["tier:1", KEPT, "fiscal"], found["tier:1", KEPT, "social"]) == (150, 50)
    firms = {key[2]: amount for key, amount in found.items() if key[0] == "tier:2" and key[1] != KEPT}
    assert sorted(firms) == ["fiscal", "social"]
    assert sum(firms.values()) == 100
    assert firms["social"] in (62, 63)  # 250 of 400


def test_money_that_came_back_and_went_out_again_is_a_node_of_its_own() -> None:
    paid = [Money(1, CITY_FISCAL, 300), Money(1, SOCIAL, 100)]
    flow = trace_yuan(slice_of(Graph(1, paid, paid, {1: 500})), Basis.PAID_IN)
    assert pairs(flow)[REUSED, "tier:1"] == 100
    assert untied(flow) == {}
    nobody = trace_yuan(slice_of(Graph(1, [], [], {1: 50})), Basis.PAID_IN)
    assert {band.nature for band in nobody.bands if nobody.bands[band]} == {CapitalClass.UNDETERMINED}


def test_what_was_promised_and_has_not_arrived_stands_apart_from_what_is_kept(city: LedgerSlice) -> None:
    committed = pairs(trace_yuan(read(city), Basis.COMMITTED))
    paid = pairs(trace_yuan(read(city), Basis.PAID_IN))
    assert committed["tier:2", UNPAID] == wan(100)
    assert committed["tier:2", KEPT] == paid["tier:2", KEPT] == wan(1_210 - 700)
    assert all(UNPAID not in pair for pair in paid)


def test_a_fund_sees_through_the_fund_above_it(city: LedgerSlice) -> None:
    found = pairs(trace_yuan(read(city, fund_scope("A")), Basis.PAID_IN))
    assert found[OUTSIDE_GIVER, "tier:2"] == wan(400)
    assert found["nature:fiscal:municipal", OUTSIDE_GIVER] == wan(200)
    assert found["nature:fiscal:provincial", OUTSIDE_GIVER] == wan(100)
    above = pairs(trace_yuan(read(city, fund_scope("M")), Basis.PAID_IN))
    assert above["tier:1", OUTSIDE_TAKER] == wan(400)


def test_a_park_has_its_share_of_every_band(city: LedgerSlice) -> None:
    found = pairs(trace_yuan(read(city, park_scope("P1")), Basis.PAID_IN))
    assert found["nature:social", "tier:2"] == wan(300 * 6 // 10)
    assert sum(amount for (_, taker), amount in found.items() if taker == "park:P1") == wan(420)


@pytest.mark.parametrize("basis", list(Basis))
def test_the_lines_of_a_band_make_it_up(city: LedgerSlice, basis: Basis) -> None:
    for scope in (None, park_scope("P1"), fund_scope("M")):
        slice_ = read(city, scope) if scope else read(city)
        checked = 0
        for (giver, taker), amount in pairs(trace_yuan(slice_, basis)).items():
            lines = read_band_lines(slice_, basis, giver, taker)
            if taker in (KEPT, UNPAID, OUTSIDE_GIVER):
                continue
            assert sum(line.amount for line in lines) == amount, (giver, taker)
            assert all(line.entries for line in lines), (giver, taker)
            checked += 1
        assert checked >= 3


def test_money_that_cannot_be_looked_through_says_why() -> None:
    promised = [Money(1, CITY_FISCAL, 100), Money(2, 1, 50)]
    slice_ = slice_of(Graph(2, promised, [Money(2, 1, 50)])).narrow(fund_scope("F2"))
    (row,) = yuan_rows(slice_, LeverageOptions(Basis.PAID_IN))
    assert row["reason"] == "look_through.no_money"
