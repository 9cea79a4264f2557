"""Recognised local investment against the contract, and what the contract's multiple scores."""

import pytest

from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.reinvestment import reinvestment_figures, reinvestment_rows
from funds.kinds import Basis, GovernmentLevel
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def figures(city: LedgerSlice, scope: Scope, options: LeverageOptions) -> dict[str, str | int | None]:
    slice_ = read(city, scope)
    capital = capital_by_investor(slice_, Basis.PAID_IN)
    return {one.code: one.value or one.reason for one in reinvestment_figures(slice_, capital, options)}


def test_attained_and_required_are_of_the_governments_money(city: LedgerSlice) -> None:
    """M 400 and FC 200 in A, contract 1.5 times, 500 recognised."""
    options = LeverageOptions()
    assert figures(city, fund_scope("A"), options) == {"LV12": "0.833333333333", "LV13": "1.5"}
    # Over the city M's own 1,500 of fiscal money owes nothing: 900 ÷ 2,100.
    assert figures(city, CITY, options) == {"LV12": "0.833333333333", "LV13": "0.428571428571"}


def test_one_level_of_government_divides_by_its_own_money(city: LedgerSlice) -> None:
    options = LeverageOptions(fiscal_level=GovernmentLevel.PROVINCIAL)
    assert figures(city, fund_scope("A"), options)["LV12"] == "1.25"  # 500 ÷ 400 of M


def test_what_is_missing_stands_with_its_clause_and_points(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    (row,) = reinvestment_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN), LeverageOptions())
    assert (row["required"], row["recognised"], row["missing"]) == (wan(900), wan(500), wan(400))
    # 150 % is not below 150 %.
    assert (row["is_met"], row["clause"], row["points"]) == (False, "第九条", 0)


def test_a_park_has_its_share(city: LedgerSlice) -> None:
    slice_ = read(city, park_scope("P1"))
    (row,) = reinvestment_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN), LeverageOptions())
    assert (row["recognised"], row["public"], row["LV12"]) == (wan(300), wan(360), "0.833333333333")


def test_a_fund_without_a_duty_has_a_reason(city: LedgerSlice) -> None:
    found = figures(city, fund_scope("M"), LeverageOptions())
    assert found == {"LV12": "leverage.no_local_duty", "LV13": "leverage.no_local_term"}
