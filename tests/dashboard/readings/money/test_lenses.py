"""Four lenses with their bands, compared as integers."""

import pytest

from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.lenses import lens_rows
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.policy_bands import Band, points_below, stand_in
from funds.kinds import Basis
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope
from tests.builders import wan
from tests.dashboard.readings.money.leverage_city import read, told_city
from tests.engines import SqliteDatabases

BANDS = [Band(5, 50_000_000, "示例", False), Band(4, 40_000_000, "示例", False)]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> LedgerSlice:
    return told_city(sqlite)


def test_promised_and_paid_at_the_fund_and_in_its_firms_stand_side_by_side(city: LedgerSlice) -> None:
    slice_ = read(city, fund_scope("A"))
    rows = [
        row
        for basis in Basis
        for row in lens_rows(slice_, capital_by_investor(slice_, basis), LeverageOptions())
    ]
    found = {(row["lens"], row["basis"]): row["LV04"] for row in rows}
    assert found["fund", "committed"] == "2"  # 400 ÷ 200
    assert found["fund", "paid_in"] == "1.5"
    # In firms M's money is looked through: 300 ÷ 500 of what was paid in, 400 ÷ 500 of what was promised.
    assert float(str(found["project", "paid_in"])) == pytest.approx(0.6, abs=1e-8)
    assert float(str(found["project", "committed"])) == pytest.approx(0.8, abs=1e-8)


def test_the_way_to_the_next_band_is_told_in_yuan(city: LedgerSlice) -> None:
    """300 of 1,210 is under 30 %: 63 in the place of other money, or 90 on top."""
    slice_ = read(city, fund_scope("A"))
    row = next(iter(lens_rows(slice_, capital_by_investor(slice_, Basis.PAID_IN), LeverageOptions())))
    assert (row["points"], row["next_points"], row["is_checked"]) == (0, 3, False)
    assert (row["to_replace"], row["to_add"]) == (wan(63), wan(90))


@pytest.mark.parametrize(("part", "points"), [(4_999, 4), (5_000, 5), (3_999, 0), (0, 0), (10_000, 5)])
def test_a_share_just_below_a_line_is_below_it(part: int, points: int) -> None:
    assert stand_in(BANDS, part, 10_000).points == points


@pytest.mark.parametrize("part", [0, 1, 3_999, 4_000, 4_321])
def test_what_is_said_to_be_missing_just_reaches_the_next_band(part: int) -> None:
    found = stand_in(BANDS, part, 10_000)
    assert found.next is not None
    assert found.to_add is not None
    assert found.to_replace is not None
    for step, points in ((0, found.next.points), (-1, found.points)):
        assert stand_in(BANDS, part + found.to_add + step, 10_000 + found.to_add + step).points == points
        assert stand_in(BANDS, part + found.to_replace + step, 10_000).points == points


def test_at_the_top_there_is_no_next_band() -> None:
    assert stand_in(BANDS, 6, 10).next is None


def test_less_is_better_for_what_a_contract_asks() -> None:
    bands = [Band(3, 50_000_000, "示例", False), Band(1, 150_000_000, "示例", False)]
    assert [points_below(bands, asked, 100) for asked in (0, 49, 50, 149, 150)] == [3, 3, 1, 1, 0]
    assert points_below([], 1, 1) is None
