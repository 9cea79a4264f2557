"""Money beside ours in firms' rounds: social and public parts, later rounds, loans, and who may see them."""

from dataclasses import replace

import pytest

from dashboard.readings.answers import Figure
from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.project_leverage import project_figures, project_rows
from dashboard.readings.money.shared_rounds import add_months
from funds.permissions import Readable
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope, park_scope
from tests.builders import day, wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def figure(slice_: LedgerSlice, code: str, basis: str, options: LeverageOptions | None = None) -> Figure:
    found = project_figures(slice_, options or LeverageOptions())
    return next(one for one in found if (one.code, one.basis) == (code, basis))


def test_social_money_of_a_round_is_what_no_public_or_unknown_hand_put_in(city: LedgerSlice) -> None:
    """Ours 300, of which 300 ÷ 1,210 is social: 500 + 74.380165 over 300."""
    found = figure(read(city), "LV10", "same_round")
    assert float(str(found.value)) == pytest.approx((500 + 300 * 300 / 1_210) / 300, abs=1e-7)
    parts = dict(found.parts)
    assert parts["new_money"] == wan(1_000)
    assert sum(parts[name] for name in ("social", "fiscal", "state_owned", "undetermined")) == wan(1_000)
    assert parts["undetermined"] == pytest.approx(wan(100) + wan(300) * 60 / 1_210, abs=1)


def test_state_owned_money_counts_as_social_where_it_is_asked_to(city: LedgerSlice) -> None:
    found = figure(read(city), "LV10", "same_round", LeverageOptions(soe=SoeTreatment.SOCIAL))
    assert float(str(found.value)) == pytest.approx((500 + 100 + 300 * 650 / 1_210) / 300, abs=1e-7)


def test_a_later_round_counts_for_three_years_and_only_its_social_money(city: LedgerSlice) -> None:
    found = figure(read(city), "LV10", "later_round")
    assert found.value == "0.666666666667"
    rows = [row for row in project_rows(read(city), LeverageOptions()) if row["basis"] == "later_round"]
    assert [(row["round"], row["social"], row["fiscal"]) for row in rows] == [("R2", wan(200), wan(50))]


def test_loans_stand_apart_from_equity(city: LedgerSlice) -> None:
    assert figure(read(city), "LV11", "same_round").value == "0.3"
    assert figure(read(city), "LV11", "later_round").value == "0"


def test_only_a_reader_of_the_city_sees_rounds_of_others(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    park = replace(slice_, readable=Readable(False, frozenset({1}), frozenset()), shelf={})
    assert figure(park, "LV10", "later_round").reason == "leverage.rounds_of_others"
    assert figure(park, "LV10", "same_round").value == figure(slice_, "LV10", "same_round").value
    assert {row["round"] for row in project_rows(park, LeverageOptions())} == {"R1"}


def test_without_a_limit_in_the_book_no_round_is_later(city: LedgerSlice) -> None:
    slice_ = read(city)
    facts = replace(slice_.facts, policies={})
    assert figure(replace(slice_, facts=facts), "LV10", "later_round").reason == "leverage.no_later_months"


def test_a_park_has_its_share_of_ours_and_of_what_stood_beside(city: LedgerSlice) -> None:
    fund, park = (
        figure(read(city, scope), "LV10", "same_round") for scope in (fund_scope("A"), park_scope("P1"))
    )
    assert dict(park.parts)["own_new_money"] == wan(180)
    assert float(str(park.value)) == pytest.approx(float(str(fund.value)), abs=1e-8)


def test_a_fund_without_rounds_has_a_reason(city: LedgerSlice) -> None:
    assert figure(read(city, fund_scope("M")), "LV10", "same_round").reason == "leverage.no_round_money"


def test_months_end_with_the_month() -> None:
    assert add_months(day("2021-01-31"), 1) == day("2021-02-28")
    assert add_months(day("2021-11-30"), 36) == day("2024-11-30")
