"""What the answer would be if doubtful natures were otherwise, and the evidence behind each nature."""

from dataclasses import replace

import pytest

from dashboard.readings.money.capital import Capital, CapitalClass, capital_by_investor
from dashboard.readings.money.investor_natures import nature_rows, owner_rows, reclassification_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.sensitivity import sensitivity_rows
from funds.kinds import Basis
from funds.permissions import Readable
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import PAPER, read, told_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


SEEN = LeverageOptions(look_through=True)


def paid_in(slice_: LedgerSlice) -> Capital:
    return capital_by_investor(slice_, Basis.PAID_IN)


def test_the_doubts_span_the_answer(city: LedgerSlice) -> None:
    """HELD as state-owned, UNK and the injected SOE as fiscal: 200 ÷ 410. UNK as social: 360 ÷ 200."""
    slice_ = read(city, fund_scope("A"))
    rows = list(sensitivity_rows(slice_, paid_in(slice_), LeverageOptions()))
    found = {row["case"]: row["LV04"] for row in rows if row["case"] != "one"}
    assert found == {"now": "1.5", "low": "0.487804878049", "high": "1.8"}
    assert rows[0]["count"] == 3


def test_each_doubt_has_a_row_for_each_thing_it_may_be(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    rows = list(sensitivity_rows(slice_, paid_in(slice_), LeverageOptions()))
    found = {(row["party"], row["otherwise"]): row["LV04"] for row in rows if row["case"] == "one"}
    assert found == {
        ("SOE", "fiscal"): "0.857142857143",  # 300 ÷ 350
        ("HELD", "state_owned"): "1",  # 200 ÷ 200
        ("UNK", "fiscal"): "1.15384615385",  # 300 ÷ 260
        ("UNK", "state_owned"): "1.5",
        ("UNK", "social"): "1.8",
    }


def test_looked_through_the_doubts_of_the_mother_count_too(city: LedgerSlice) -> None:
    """SOE: 150 of its own and 100 through M; as fiscal 300 ÷ 750."""
    slice_ = read(city, fund_scope("A"))
    rows = list(sensitivity_rows(slice_, paid_in(slice_), SEEN))
    found = {(row["party"], row["otherwise"]): row["LV04"] for row in rows if row["case"] == "one"}
    assert found["SOE", "fiscal"] == "0.4"
    assert rows[0]["LV04"] == "0.6"


def test_a_reader_of_one_fund_is_not_told_who_stands_behind_its_mother(city: LedgerSlice) -> None:
    """As if M were the only investor of A: SOE stands behind her alone."""
    slice_ = read(city, fund_scope("A"))
    capital = paid_in(slice_)
    through_her = replace(capital, lines=tuple(capital.of(CapitalClass.FUND)))
    narrow = replace(slice_, readable=Readable(False, frozenset(), frozenset(slice_.members)))
    seen = [
        [row["investor"] for row in sensitivity_rows(one, through_her, SEEN) if row["case"] == "one"]
        for one in (slice_, narrow)
    ]
    assert seen == [["机构SOE"], [None]]


def test_a_nature_stands_with_its_date_evidence_confirmer_and_owners(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    rows = {row["party"]: row for row in nature_rows(slice_, [paid_in(slice_)])}
    assert set(rows) == {"FC", "PRIV", "HELD", "TURN", "UNK", "SOE"}
    held, turned, unknown = rows["HELD"], rows["TURN"], rows["UNK"]
    assert (held["nature"], held["doubt"], held["state_ppm"]) == ("social", "state_held", 700_000)
    assert (held["evidence"], held["confirmed_by"], held["paid_in"]) == (PAPER, "local", wan(100))
    assert (turned["nature"], turned["from"], turned["changes"]) == ("state_owned", "2023-01-01", 1)
    assert (unknown["nature"], unknown["confirmed_by"], unknown["doubt"]) == (
        "undetermined",
        None,
        "undetermined",
    )
    assert rows["SOE"]["doubt"] == "fiscal_injection"
    owners = {(row["party"], row["owner"]): row["share_ppm"] for row in owner_rows(slice_, [paid_in(slice_)])}
    assert owners == {("HELD", "机构SOE"): 700_000, ("HELD", "机构PRIV"): 300_000}


def test_who_called_an_investor_what_and_from_when_is_told(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    rows = list(reclassification_rows(slice_, [paid_in(slice_)]))
    assert [(row["party"], row["nature"], row["from"]) for row in rows] == [
        ("TURN", "social", "2020-01-01"),
        ("TURN", "state_owned", "2023-01-01"),
    ]
    assert {(row["confirmed_by"], row["is_current"]) for row in rows} == {("local", True)}
