"""From what was filed to what is confirmed: each deduction its own bar, to the fen."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from dashboard.readings.money import leverage_bridge
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope, park_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import PAPER, read, told_city
from tests.engines import SqliteDatabases

STRICT = LeverageOptions()
CONFIRMED = 300
DEDUCTIONS = ("unpaid", "other_public", "double", "reclassified", "cancelled", "unexplained")
Rows = list[Mapping[str, object]]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def bridge_rows(slice_: LedgerSlice, options: LeverageOptions) -> Rows:
    """The bars, what was filed, and what each bar takes away."""
    makers = (leverage_bridge.bridge_rows, leverage_bridge.claim_rows, leverage_bridge.bridge_line_rows)
    return [row for make in makers for row in make(slice_, options)]


def claiming(slice_: LedgerSlice, social: int | None, **more: object) -> Rows:
    """The bridge if fund A had filed this much (万元)."""
    capital = slice_.facts.capital
    (filed,) = capital.claims
    amount = None if social is None else wan(social)
    changed = replace(filed, social=amount, **more)  # type: ignore[arg-type]
    facts = replace(slice_.facts, capital=replace(capital, claims=(changed,)))
    return bridge_rows(replace(slice_, facts=facts, shelf={}), STRICT)


def bars(rows: Rows) -> dict[str, int]:
    """What each bar takes away, in 万元, of those that take any."""
    found = {row["step"]: -int(str(row["amount"])) // wan(1) for row in rows if row["table"] == "bridge"}
    return {str(step): amount for step, amount in found.items() if amount and step in DEDUCTIONS}


def lines(rows: Rows, step: str) -> dict[object, Mapping[str, object]]:
    return {row["party"]: row for row in rows if row["table"] == "bridge_line" and row["step"] == step}


def test_money_that_never_arrived_is_a_bar_of_its_own(city: LedgerSlice) -> None:
    rows = claiming(read(city), CONFIRMED + 100)
    assert bars(rows) == {"unpaid": 100}
    line = lines(rows, "unpaid")["PRIV"]
    assert line["amount"] == wan(100)
    assert {name.split(":")[0] for name in line["entries"]} == {"commitment_movement", "entry"}  # type: ignore[attr-defined]


def test_money_of_other_public_bodies_is_a_bar_of_its_own(city: LedgerSlice) -> None:
    rows = bridge_rows(read(city), STRICT)
    assert bars(rows) == {"other_public": 150}
    line = lines(rows, "other_public")["SOE"]
    assert (line["nature"], line["evidence"], line["confirmed_by"]) == ("state_owned", PAPER, "local")


def test_promises_that_were_cancelled_are_a_bar_of_their_own(city: LedgerSlice) -> None:
    rows = claiming(read(city), CONFIRMED + 200)
    assert bars(rows) == {"cancelled": 200}
    assert lines(rows, "cancelled").keys() == {"GONE"}


def test_money_of_another_fund_is_counted_twice_and_taken_off(city: LedgerSlice) -> None:
    rows = claiming(read(city), CONFIRMED + 400)
    assert bars(rows) == {"double": 400}
    assert lines(rows, "double").keys() == {"M"}


def test_who_is_no_longer_social_and_who_never_was_confirmed_are_reclassified(city: LedgerSlice) -> None:
    rows = claiming(read(city), CONFIRMED + 160)
    assert bars(rows) == {"reclassified": 160}
    found = lines(rows, "reclassified")
    assert {party: row["nature"] for party, row in found.items()} == {
        "TURN": "state_owned",
        "UNK": "undetermined",
    }
    assert (found["TURN"]["evidence"], found["TURN"]["from"]) == ("股权变更", "2023-01-01")
    assert (found["UNK"]["evidence"], found["UNK"]["confirmed_by"]) == (None, None)


def test_every_bar_has_the_multiple_before_and_after_it(city: LedgerSlice) -> None:
    rows = [row for row in bridge_rows(read(city), STRICT) if row["table"] == "bridge"]
    assert [row["step"] for row in rows] == ["claimed", *DEDUCTIONS, "confirmed"]
    (public,) = [row for row in rows if row["step"] == "other_public"]
    assert (public["multiple_before"], public["multiple_after"]) == ("2.25", "1.5")
    assert {row["fiscal"] for row in rows} == {wan(200)}
    assert rows[0]["silent"] == 1  # M filed nothing


@pytest.mark.parametrize("claimed", [0, 250, 300, 455, 1_310, 2_000])
def test_bars_make_up_the_way_from_the_claim_to_what_is_confirmed(city: LedgerSlice, claimed: int) -> None:
    rows = [row for row in claiming(read(city), claimed) if row["table"] == "bridge"]
    steps = {str(row["step"]): int(str(row["amount"])) for row in rows}
    assert steps["claimed"] + sum(steps[name] for name in DEDUCTIONS) == steps["confirmed"] == wan(CONFIRMED)
    for before, after in pairwise(rows[:-1]):
        assert after["before"] == before["after"]
    assert rows[-1]["after"] == wan(CONFIRMED)


def test_what_no_row_explains_stands_apart(city: LedgerSlice) -> None:
    everything = 1_310
    assert bars(claiming(read(city), everything + 690))["unexplained"] == 690
    assert bars(claiming(read(city), CONFIRMED - 50)) == {"unexplained": -50}


def test_a_park_has_its_share_of_every_bar(city: LedgerSlice) -> None:
    rows = [row for row in bridge_rows(read(city, park_scope("P1")), STRICT) if row["table"] == "bridge"]
    steps = {str(row["step"]): int(str(row["amount"])) for row in rows}
    assert (steps["claimed"], steps["other_public"], steps["confirmed"]) == (wan(270), -wan(90), wan(180))


def test_a_claim_without_an_amount_is_worked_out_from_its_multiple(city: LedgerSlice) -> None:
    rows = claiming(read(city), None)
    (filed,) = [row for row in rows if row["table"] == "claim" and row["fund"] == "A"]
    assert (filed["claimed"], filed["is_derived"], filed["value"]) == (wan(450), True, "2.25")
    by_size = claiming(read(city), None, definition="LV05", value_e6=500_000)
    (of_size,) = [row for row in by_size if row["table"] == "claim" and row["fund"] == "A"]
    assert of_size["claimed"] == wan(605)
    silent = claiming(read(city), None, definition="LV12")
    assert [row["reason"] for row in silent if row["table"] == "claim"] == ["leverage.no_claim_of_fund"] * 2


def test_without_a_claim_there_is_a_reason_and_no_bridge(city: LedgerSlice) -> None:
    (row,) = bridge_rows(read(city, fund_scope("M")), STRICT)
    assert row["reason"] == "leverage.no_claim"
