"""Who may call a social yuan their own: pro rata to the fen, whole beside it, and whose names are told."""

from dataclasses import replace

import pytest

from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.credit_shares import credit_figure, credit_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.kinds import Basis, GovernmentLevel
from funds.permissions import Readable
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def rows_of(slice_: LedgerSlice) -> list[dict[str, object]]:
    capital = capital_by_investor(slice_, Basis.PAID_IN)
    return [dict(row) for row in credit_rows(slice_, capital, LeverageOptions())]


def test_two_governments_share_what_each_would_claim_whole(city: LedgerSlice) -> None:
    """In A the city has 200 + 200 through M, the province 100 through M; 300 are social."""
    found = {row["code"]: row for row in rows_of(read(city)) if row["by"] == "government"}
    assert {code: (row["fiscal"], row["social_pro_rata"]) for code, row in found.items()} == {
        "FC": (wan(400), wan(240)),
        "FP": (wan(100), wan(60)),
    }
    assert {row["social_full_claim"] for row in found.values()} == {wan(300)}


def test_the_level_that_is_asked_for_has_the_figure(city: LedgerSlice) -> None:
    slice_ = read(city)
    capital = capital_by_investor(slice_, Basis.PAID_IN)
    for level, value in ((None, "0.6"), (GovernmentLevel.PROVINCIAL, "0.6")):
        found = credit_figure(slice_, capital, LeverageOptions(fiscal_level=level))
        assert found.value == value
    district = credit_figure(slice_, capital, LeverageOptions(fiscal_level=GovernmentLevel.DISTRICT))
    assert (district.value, district.reason) == (None, "leverage.no_fiscal_of_level")


def test_a_reader_of_one_fund_sees_only_its_own_governments_by_name(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    narrow = replace(slice_, readable=Readable(False, frozenset(), frozenset(slice_.members)), shelf={})
    seen = [(row["code"], row["social_pro_rata"]) for row in rows_of(narrow) if row["by"] == "government"]
    assert seen == [("FC", wan(240)), (None, wan(60))]
