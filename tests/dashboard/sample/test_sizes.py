"""A city can be enlarged within bounds, has the funds and lines that were asked for, and still adds up."""

import pytest

from dashboard.sample import make_city
from dashboard.sample.sizes import CORE, FULL, MOST_FUNDS, enlarge_city
from funds.drafts import (
    ContributionDraft,
    DistributionDraft,
    ExitDraft,
    FeeDraft,
    FundDraft,
    InvestmentDraft,
)
from funds.kinds import ExitKind, VehicleType
from tests.dashboard.sample.city_drafts import CityDrafts, make_whole_city
from tests.dashboard.sample.fact_checks import check_codes
from tests.dashboard.sample.money_checks import (
    check_cash,
    check_commitments,
    check_distributions,
    check_holdings,
    check_notices,
    check_rounds,
)

LINES = 20_000
CHECKS = (
    check_commitments,
    check_notices,
    check_cash,
    check_distributions,
    check_rounds,
    check_holdings,
    check_codes,
)


@pytest.fixture(scope="module")
def larger() -> CityDrafts:
    return CityDrafts(make_city(size=enlarge_city(60, LINES)))


def count_lines(city: CityDrafts) -> int:
    transfers = [row.investor for row in city.all(ContributionDraft)]
    transfers += [row.investor for row in city.all(DistributionDraft)]
    sales = [row for row in city.all(ExitDraft) if row.kind is not ExitKind.WRITE_OFF]
    own = len(sales) + len(city.all(InvestmentDraft)) + len(city.all(FeeDraft))
    return own + len(transfers) + sum(investor in city.funds for investor in transfers)


def test_a_larger_city_has_the_funds_and_the_lines_that_were_asked_for(larger: CityDrafts) -> None:
    assert len(larger.funds) == 60
    assert LINES <= count_lines(larger) < LINES * 1.15
    kinds = [row.vehicle_type for row in larger.all(FundDraft)[45:]]
    assert {VehicleType.INDUSTRY_MOTHER, VehicleType.SPECIAL_FUND, VehicleType.DIRECT_FUND} <= set(kinds)


def test_a_larger_city_adds_up(larger: CityDrafts) -> None:
    assert [fault for check in CHECKS for fault in check(larger)] == []


def test_lines_asked_for_hardly_move_an_amount() -> None:
    more, plain = CityDrafts(make_city(size=enlarge_city(45, 9_000))), make_whole_city()
    assert count_lines(more) >= 9_000 > count_lines(plain)
    invested, before = (sum(row.amount_fen for row in city.all(InvestmentDraft)) for city in (more, plain))
    assert abs(invested - before) * 1000 < before


def test_the_sizes_that_are_not_offered_are_refused() -> None:
    assert enlarge_city(FULL.funds) == FULL
    for funds, lines in ((FULL.funds - 1, 0), (MOST_FUNDS + 1, 0), (FULL.funds, -1), (FULL.funds, 1_000_001)):
        with pytest.raises(ValueError, match="funds"):
            enlarge_city(funds, lines)
    assert CORE.has_told_only
    assert not FULL.has_told_only
