"""What paid-in money did, by whose it is."""

import pytest

from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.deployed_money import deployed_figure, deployed_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def table(city: LedgerSlice, scope: Scope) -> dict[object, dict[str, int]]:
    slice_ = read(city, scope)
    rows = deployed_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN))
    return {
        row["nature"]: {name: int(str(row[name])) for name in row if name not in ("table", "nature")}
        for row in rows
    }


def test_idle_money_of_the_mother_stands_apart_from_what_reached_firms(city: LedgerSlice) -> None:
    """1,600 lie in M and 510 in A; 700 are in firms."""
    every = table(city, CITY)["all"]
    assert every == {
        "external": wan(2_810),
        "reused": 0,
        "invested": wan(700),
        "passed": 0,
        "kept": wan(2_110),
    }


def test_a_mother_alone_passed_on_what_lies_in_her_child(city: LedgerSlice) -> None:
    every = table(city, fund_scope("M"))
    assert (every["all"]["passed"], every["all"]["kept"]) == (wan(400), wan(1_600))
    assert (every["fiscal"]["passed"], every["state_owned"]["passed"]) == (wan(300), wan(100))


@pytest.mark.parametrize("scope", [CITY, fund_scope("A"), fund_scope("M"), park_scope("P1")])
def test_every_nature_adds_up_to_the_fen(city: LedgerSlice, scope: Scope) -> None:
    rows = table(city, scope)
    for row in rows.values():
        assert row["external"] + row["reused"] == row["invested"] + row["passed"] + row["kept"]
    every = rows.pop("all")
    for name in every:
        assert sum(row[name] for row in rows.values()) == every[name]


def test_the_deployed_figure_stands_beside_the_paid_in_one(city: LedgerSlice) -> None:
    """City-wide 300 ÷ 1,700 is paid in; in firms it is 300 ÷ 500, as M's idle money is not there."""
    found = deployed_figure(read(city), Basis.PAID_IN, LeverageOptions())
    assert found.basis == "deployed"
    assert float(str(found.value)) == pytest.approx(0.6, abs=1e-8)
