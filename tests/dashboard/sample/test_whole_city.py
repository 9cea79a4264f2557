"""The whole city is as large as it says, adds up, looks like life, and stands beside its target with sense."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from dashboard.sample import make_city
from dashboard.sample.sizes import FULL
from funds.credit_code import check_credit_code
from funds.drafts import (
    CommitmentDraft,
    CompanyDraft,
    CompanyFigureDraft,
    CompanyTagDraft,
    ContributionDraft,
    DistributionDraft,
    ExitDraft,
    FundDraft,
    IndexLevelDraft,
    InvestmentDraft,
    MarkDraft,
    NatureDraft,
    NavDraft,
    ParkDraft,
    ParkFigureDraft,
    ParkIndustryDraft,
    PartyDraft,
    RoundDraft,
)
from funds.kinds import CommitmentChange, Nature, VehicleType
from tests.dashboard.sample.city_drafts import CityDrafts, make_whole_city
from tests.dashboard.sample.fact_checks import check_codes, check_days, check_shares, check_values
from tests.dashboard.sample.money_checks import (
    check_cash,
    check_commitments,
    check_distributions,
    check_holdings,
    check_notices,
    check_rounds,
)

Check = Callable[[CityDrafts], Iterator[str]]
MONEY: tuple[Check, ...] = (check_commitments, check_notices, check_cash, check_distributions, check_rounds)
FACTS: tuple[Check, ...] = (check_holdings, check_codes, check_days, check_shares, check_values)
YI = 10_000_000_000
SIGNS = {CommitmentChange.DECREASE: -1, CommitmentChange.CANCEL: -1, CommitmentChange.TRANSFER: 0}


@pytest.fixture(scope="module")
def city() -> CityDrafts:
    return make_whole_city()


def mothers_of(city: CityDrafts) -> dict[str, set[str]]:
    return {
        code: {row.investor for row in city.of(CommitmentDraft, code)} & set(city.funds)
        for code in city.funds
    }


def committed(city: CityDrafts) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in city.all(CommitmentDraft):
        sums[row.fund, row.investor] += SIGNS.get(row.kind, 1) * row.amount_fen
    return sums


@pytest.mark.parametrize("check", MONEY + FACTS, ids=lambda check: check.__name__)
def test_the_whole_city_adds_up(city: CityDrafts, check: Check) -> None:
    assert list(check(city)) == []


@pytest.mark.parametrize("seed", [1, 7, 404])
def test_the_money_of_other_seeds_adds_up_too(seed: int) -> None:
    other = CityDrafts(make_city(seed, FULL))
    assert [fault for check in MONEY for fault in check(other)] == []


def test_it_has_the_size_that_it_says(city: CityDrafts) -> None:
    investors = {row.investor for row in city.all(CommitmentDraft)} - set(city.funds)
    firms = {row.company for row in city.all(InvestmentDraft)}
    assert (len(city.all(ParkDraft)), len(city.funds), len(city.all(CompanyDraft))) == (16, 45, 400)
    assert 140 <= len(investors) <= 165
    assert 250 <= len(firms) <= 275
    assert 570 <= len(city.all(RoundDraft)) <= 630
    assert {row.vehicle_type for row in city.all(FundDraft)} == set(VehicleType)


def test_the_thousand_crore_fund_commits_to_three_mothers_and_tiers_go_down_to_the_fourth(
    city: CityDrafts,
) -> None:
    mothers = mothers_of(city)
    top = city.funds["F01"]
    assert top.target_size_fen == 1000 * YI
    children = {code for code, above in mothers.items() if "F01" in above}
    assert {city.funds[code].vehicle_type for code in children} == {VehicleType.INDUSTRY_MOTHER}
    assert len(children) == 3

    def depth(code: str) -> int:
        return 1 + max((depth(mother) for mother in mothers[code]), default=0)

    assert max(depth(code) for code in city.funds) == 4
    assert sum(len(above & children) == 2 for above in mothers.values()) == 2


def test_every_park_has_its_fund_one_to_three_industries_and_every_yearly_figure(city: CityDrafts) -> None:
    own = {row.name for row in city.all(FundDraft) if row.vehicle_type is VehicleType.PARK_FUND}
    assert len(own) == 16
    now = Counter(row.park for row in city.all(ParkIndustryDraft) if row.to_date is None)
    assert set(now) == {row.code for row in city.all(ParkDraft)}
    assert set(now.values()) == {1, 2, 3}
    filed = {(row.park, row.indicator) for row in city.all(ParkFigureDraft) if row.period == "2025"}
    for park in now:
        assert {code for where, code in filed if where == park} >= {"S02", "S09", "S12", "S17", "S18", "S20"}


def test_the_cluster_is_large_beside_its_target_but_not_there_yet(city: CityDrafts) -> None:
    outside = {key: amount for key, amount in committed(city).items() if key[1] not in city.funds}
    paid = sum(row.amount_fen for row in city.all(ContributionDraft) if row.investor not in city.funds)
    assert 500 * YI < sum(outside.values()) < 900 * YI
    assert 0.35 < paid / sum(outside.values()) < 0.7
    natures = {row.party: row.nature for row in city.all(NatureDraft)}
    by_nature: Counter[Nature | None] = Counter()
    for (_, investor), amount in outside.items():
        by_nature[natures.get(investor)] += amount
    assert 1 < by_nature[Nature.SOCIAL] / by_nature[Nature.FISCAL] < 3
    assert by_nature[Nature.STATE_OWNED] > 50 * YI


def test_most_funds_fall_before_they_rise(city: CityDrafts) -> None:
    ages = [age for code in city.funds if (age := _age_at_trough(city, code)) is not None]
    assert len(ages) > 35
    assert sum(1 <= age < 4 for age in ages) > 0.7 * len(ages)


def _age_at_trough(city: CityDrafts, fund: str) -> float | None:
    """How old a fund was when it was worth least by what had been paid in; only where it lost at all."""
    multiples = []
    for nav in city.of(NavDraft, fund):
        if nav.investor is None:
            paid = sum(
                r.amount_fen for r in city.of(ContributionDraft, fund) if r.received_on <= nav.valued_on
            )
            given = sum(r.amount_fen for r in city.of(DistributionDraft, fund) if r.paid_on <= nav.valued_on)
            multiples.append(((nav.nav_fen + given) / paid, nav.valued_on))
    lowest, day = min(multiples)
    return (day - city.funds[fund].established).days / 365 if lowest < 1 else None


def test_few_winners_carry_the_return_and_some_holdings_are_lost_altogether(city: CityDrafts) -> None:
    cost: Counter[tuple[str, str]] = Counter()
    for deal in city.all(InvestmentDraft):
        cost[deal.fund, deal.company] += deal.amount_fen
    worth: Counter[tuple[str, str]] = Counter()
    gone = {(row.fund, row.company) for row in city.all(ExitDraft) if row.transferred_ppm == 1_000_000}
    for row in city.all(ExitDraft):
        worth[row.fund, row.company] += row.amount_fen
    last = {(row.fund, row.company): row.fair_value_fen for row in city.all(MarkDraft)}
    worth.update({key: value for key, value in last.items() if key not in gone})
    gains = sorted((worth[key] - cost[key] for key in cost), reverse=True)
    won = [gain for gain in gains if gain > 0]
    assert sum(gains[: len(gains) // 10]) > sum(won) / 2
    assert 10 <= sum(worth[key] < cost[key] / 10 for key in cost) < len(cost) / 8
    assert 1.1 < sum(worth.values()) / sum(cost.values()) < 1.7


def test_some_parks_keep_to_their_industries_and_some_do_not(city: CityDrafts) -> None:
    main = {row.company: row.industry for row in city.all(CompanyTagDraft) if row.is_primary}
    shares = []
    for code, fund in city.funds.items():
        if fund.vehicle_type is VehicleType.PARK_FUND:
            deals = city.of(InvestmentDraft, code)
            within = sum(row.amount_fen for row in deals if main[row.company] in fund.fields)
            shares.append(within / sum(row.amount_fen for row in deals))
    assert sum(share >= 0.85 for share in shares) >= 3
    assert sum(share <= 0.5 for share in shares) >= 1


def test_an_index_with_and_one_without_dividends_run_from_before_the_first_fund_to_the_end(
    city: CityDrafts,
) -> None:
    for is_total in (True, False):
        days = [row.quoted_on for row in city.all(IndexLevelDraft) if row.is_total_return is is_total]
        assert (min(days), max(days)) == (date(2018, 12, 31), date(2026, 9, 30))


def test_chain_leaders_are_there_and_not_all_of_them_were_invested_in(city: CityDrafts) -> None:
    leaders = {row.company for row in city.all(CompanyFigureDraft) if row.indicator == "链主认定"}
    invested = {row.company for row in city.all(InvestmentDraft)}
    assert 12 <= len(leaders) <= 32
    assert leaders & invested
    assert leaders - invested


def test_names_and_codes_are_made_up_and_never_repeat(city: CityDrafts) -> None:
    names = [row.name for row in city.all(PartyDraft)] + [row.name for row in city.all(CompanyDraft)]
    names += [row.name for row in city.all(ParkDraft)] + [row.name for row in city.all(FundDraft)]
    assert all(name.startswith("示例") for name in names)
    assert [name for name, count in Counter(names).items() if count > 1] == []
    parties: list[PartyDraft | CompanyDraft] = [*city.all(PartyDraft), *city.all(CompanyDraft)]
    codes = [row.credit_code for row in parties if row.credit_code]
    assert all(check_credit_code(code)[2:8] == "990000" for code in codes)
    assert len(set(codes)) == len(codes)
    registered = [row.manager_registration for row in city.all(PartyDraft) if row.manager_registration]
    assert len(set(registered)) == len(registered) > 10


def test_the_told_core_is_part_of_the_whole(city: CityDrafts) -> None:
    core = CityDrafts(make_city())
    assert core.all(ParkDraft) == city.all(ParkDraft)[:4]
    assert {row.name for row in core.all(PartyDraft)} <= {row.name for row in city.all(PartyDraft)}
    told = {row.code: row.name for row in core.all(FundDraft)}
    assert told.items() <= {row.code: row.name for row in city.all(FundDraft)}.items()
