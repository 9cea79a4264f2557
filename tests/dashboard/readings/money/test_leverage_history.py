"""Leverage by quarter with the natures of each day, and the league of funds, managers and parks."""

import pytest

from dashboard.readings.money.league import league_rows
from dashboard.readings.money.leverage import read_leverage
from dashboard.readings.money.leverage_history import history_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, Scope, fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases

PAID = LeverageOptions(basis=Basis.PAID_IN)


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def test_a_nature_counts_in_the_quarters_in_which_it_held(city: LedgerSlice) -> None:
    rows = {str(row["day"]): row for row in history_rows(read(city), PAID)}
    assert rows["2022-12-31"]["social"] == wan(400)  # TURN among them
    assert rows["2023-03-31"]["social"] == wan(300)
    assert rows["2023-03-31"]["fiscal"] == wan(1_700)
    assert (min(rows), max(rows)) == ("2020-03-31", "2024-12-31")


def test_what_was_promised_and_withdrawn_is_gone_from_the_next_quarter_on(city: LedgerSlice) -> None:
    rows = {str(row["day"]): row for row in history_rows(read(city), LeverageOptions(basis=Basis.COMMITTED))}
    assert rows["2021-03-31"]["social"] == wan(700)  # PRIV 300, HELD, TURN, GONE 200
    assert rows["2021-06-30"]["social"] == wan(500)


@pytest.mark.parametrize("scope", [CITY, park_scope("P1"), fund_scope("A"), fund_scope("A", "M")])
@pytest.mark.parametrize("basis", list(Basis))
def test_the_last_quarter_is_the_figure_of_the_day(city: LedgerSlice, scope: Scope, basis: Basis) -> None:
    slice_, options = read(city, scope), LeverageOptions(basis=basis)
    last = list(history_rows(slice_, options))[-1]
    reading = read_leverage(slice_, options)
    assert [last[code] for code in ("LV04", "LV05")] == [
        reading.figure(code).value for code in ("LV04", "LV05")
    ]


def test_the_league_names_what_it_divides_by_and_how_many_stand_in_it(city: LedgerSlice) -> None:
    rows = list(league_rows(read(city), Basis.PAID_IN, PAID))
    found = [(row["by"], row["code"], row["rank"], row["ranked"], row["LV04"]) for row in rows]
    assert found == [
        ("fund", "A", 1, 2, "1.5"),
        ("fund", "M", 2, 2, "0"),
        ("manager", "GP", 1, 1, "0.176470588235"),  # 300 ÷ 1,700
        ("park", "P1", 1, 1, "1.5"),
    ]
    assert [row["fiscal"] for row in rows] == [wan(200), wan(1_500), wan(1_700), wan(120)]


def test_within_a_part_of_the_city_only_its_funds_are_ranked(city: LedgerSlice) -> None:
    rows = list(league_rows(read(city, park_scope("P1")), Basis.PAID_IN, PAID))
    assert [(row["by"], row["code"]) for row in rows] == [("fund", "A")]
