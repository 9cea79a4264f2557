"""The made-up city has one of everything, looks like life, and could be nobody's."""

from collections import Counter
from dataclasses import replace
from datetime import date
from enum import StrEnum

import pytest

from dashboard.sample import make_city
from dashboard.sample.sizes import CORE
from funds.credit_code import check_credit_code
from funds.drafts import (
    BalanceDraft,
    CallNoticeDraft,
    CommitmentDraft,
    CompanyDraft,
    CompanyTagDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    ExitDraft,
    FeeDraft,
    FundDraft,
    InvestmentDraft,
    MarkDraft,
    NatureDraft,
    NavDraft,
    ParkDraft,
    ParkFigureDraft,
    ParkIndustryDraft,
    PartyDraft,
    RoundDraft,
    RoundInvestorDraft,
)
from funds.intake.sheets import SHEETS
from funds.kinds import (
    BalanceItem,
    CommitmentChange,
    DistributionKind,
    ExitKind,
    FeeKind,
    GovernmentLevel,
    MarkMethod,
    Nature,
    NavSource,
    ShareOrigin,
    VehicleType,
)
from funds.policy import load_national_industries
from tests.dashboard.sample.city_drafts import CityDrafts

WAN = 1_000_000


@pytest.fixture(scope="module")
def city() -> CityDrafts:
    return CityDrafts(make_city())


def mothers_of(city: CityDrafts, fund: str) -> set[str]:
    return {row.investor for row in city.all(CommitmentDraft) if row.fund == fund} & set(city.funds)


def test_the_same_seed_makes_the_same_city_and_another_another() -> None:
    assert make_city(5) == make_city(5)
    assert make_city(5)[InvestmentDraft] != make_city(6)[InvestmentDraft]


def test_a_larger_register_leaves_the_parks_and_firms_that_were_there() -> None:
    larger = replace(CORE, firms=90, raising=60)
    small, large = CityDrafts(make_city()), CityDrafts(make_city(size=larger))
    assert large.all(CompanyDraft)[:40] == small.all(CompanyDraft)
    assert large.all(ParkFigureDraft) == small.all(ParkFigureDraft)


def test_the_city_has_the_size_that_was_asked_for(city: CityDrafts) -> None:
    assert len(city.all(ParkDraft)) == 4
    assert len(city.funds) == 12
    assert len(city.all(CompanyDraft)) == 40
    assert 24 <= len({row.company for row in city.all(InvestmentDraft)}) <= 32
    assert len(city.all(PartyDraft)) >= 30


def test_every_sheet_but_the_industries_is_filled(city: CityDrafts) -> None:
    filled = {sheet.title for sheet in SHEETS if city.by_kind.get(sheet.draft_type)}
    assert {sheet.title for sheet in SHEETS} - filled == {"产业"}


@pytest.mark.parametrize(
    ("kind", "field", "values"),
    [
        (CommitmentDraft, "kind", CommitmentChange),
        (DistributionDraft, "kind", DistributionKind),
        (DistributionDraft, "is_recallable", (True, False)),
        (DistributionDraft, "is_in_kind", (True, False)),
        (ContributionDraft, "is_inside_commitment", (True, False)),
        (FeeDraft, "kind", FeeKind),
        (ExitDraft, "kind", ExitKind),
        (RoundInvestorDraft, "share_origin", ShareOrigin),
        (BalanceDraft, "item", BalanceItem),
        (NavDraft, "source", NavSource),
        (MarkDraft, "method", set(MarkMethod) - {MarkMethod.OTHER}),
        (NatureDraft, "nature", Nature),
        (NatureDraft, "level", (*GovernmentLevel, None)),
        (FundDraft, "vehicle_type", set(VehicleType) - {VehicleType.SOE_FUND}),
    ],
    ids=lambda value: getattr(value, "__name__", None) if isinstance(value, type) else None,
)
def test_there_is_every_kind(
    city: CityDrafts, kind: type[Draft], field: str, values: type[StrEnum] | tuple[object, ...]
) -> None:
    assert {getattr(row, field) for row in city.all(kind)} == set(values)


def test_funds_stand_in_three_tiers_and_one_has_two_mothers(city: CityDrafts) -> None:
    tops = {fund for fund in city.funds if not mothers_of(city, fund)}
    assert {"F01", "F12"} == tops
    assert mothers_of(city, "F02") == {"F01"}
    assert mothers_of(city, "F08") == {"F02"}
    assert mothers_of(city, "F09") == {"F01", "F02"}


def test_one_investor_is_unconfirmed_and_one_state_firm_was_given_budget_money(city: CityDrafts) -> None:
    confirmed = {row.party for row in city.all(NatureDraft)} | set(city.funds)
    assert {row.investor for row in city.all(ContributionDraft)} - confirmed == {"J33"}
    injected = [row for row in city.all(NatureDraft) if row.is_fiscal_injection]
    assert [row.nature for row in injected] == [Nature.STATE_OWNED]


def test_one_park_changes_its_leading_industry_without_a_gap(city: CityDrafts) -> None:
    [ended] = [row for row in city.all(ParkIndustryDraft) if row.to_date is not None]
    assert ended.to_date is not None
    heirs = [
        row
        for row in city.all(ParkIndustryDraft)
        if (row.park, row.rank) == (ended.park, ended.rank) and row.from_date > ended.from_date
    ]
    assert [(row.from_date - ended.to_date).days for row in heirs] == [0]
    assert heirs[0].industry != ended.industry


def test_some_firms_are_in_two_chains_and_their_national_codes_exist(city: CityDrafts) -> None:
    chains = Counter(row.company for row in city.all(CompanyTagDraft))
    assert sum(count == 2 for count in chains.values()) >= 2
    classes = {row.code for row in load_national_industries()}
    assert {row.national_code for row in city.all(CompanyDraft)} <= classes


def test_a_written_off_firm_is_wound_up_later(city: CityDrafts) -> None:
    written = {(r.fund, r.company): r.exited_on for r in city.all(ExitDraft) if r.kind is ExitKind.WRITE_OFF}
    wound_up = {
        (r.fund, r.company): r.exited_on for r in city.all(ExitDraft) if r.kind is ExitKind.LIQUIDATION
    }
    assert len(wound_up) >= 2
    assert all(written[holding] < day for holding, day in wound_up.items())


def test_there_are_partial_exits_both_ways_follow_ons_and_two_payments_for_one_round(
    city: CityDrafts,
) -> None:
    assert [row for row in city.all(ExitDraft) if row.cost_out_fen is not None]
    assert [row for row in city.all(ExitDraft) if 0 < (row.transferred_ppm or 0) < 1_000_000]
    rounds = Counter((row.fund, row.company, row.round) for row in city.all(InvestmentDraft))
    holdings = Counter((fund, firm) for fund, firm, _ in rounds)
    assert max(rounds.values()) >= 2
    assert max(holdings.values()) >= 2
    assert {row.instrument for row in city.all(InvestmentDraft)} == {"增资", "受让老股", "可转债"}
    assert [row for row in city.all(RoundDraft) if row.loan_fen]


def test_some_social_money_is_late_or_short(city: CityDrafts) -> None:
    paid: Counter[str] = Counter()
    last: dict[str, date] = {}
    for row in city.all(ContributionDraft):
        if row.notice_no is not None:
            paid[row.notice_no] += row.amount_fen
            last[row.notice_no] = row.received_on
    notices = city.all(CallNoticeDraft)
    late = {
        row.investor
        for row in notices
        if row.notice_no in last and (last[row.notice_no] - row.due_on).days > 90
    }
    short = {row.investor for row in notices if paid[row.notice_no] < row.amount_fen}
    social = {row.party for row in city.all(NatureDraft) if row.nature is Nature.SOCIAL}
    assert late
    assert short
    assert late | short <= social


def test_most_funds_are_below_cost_in_their_first_year_and_few_firms_pay_for_all(city: CityDrafts) -> None:
    young = []
    for code, fund in city.funds.items():
        year_end = date(fund.established.year, 12, 31)
        navs = [
            r.nav_fen
            for r in city.all(NavDraft)
            if (r.fund, r.valued_on, r.investor) == (code, year_end, None)
        ]
        paid = sum(
            r.amount_fen for r in city.all(ContributionDraft) if r.fund == code and r.received_on <= year_end
        )
        young += [nav / paid for nav in navs]
    assert sum(multiple < 1 for multiple in young) * 2 > len(young) > 6
    multiples = firm_multiples(city)
    assert 1 <= sum(multiple > 3 for multiple in multiples) <= len(multiples) / 4
    assert sum(multiple < 0.1 for multiple in multiples) >= 2


def firm_multiples(city: CityDrafts) -> list[float]:
    """What each holding brought and is worth, by what it cost."""
    cost: Counter[tuple[str, str]] = Counter()
    for deal in city.all(InvestmentDraft):
        cost[deal.fund, deal.company] += deal.amount_fen
    worth: Counter[tuple[str, str]] = Counter()
    gone = {(row.fund, row.company) for row in city.all(ExitDraft) if row.transferred_ppm == 1_000_000}
    last = {(row.fund, row.company): row.fair_value_fen for row in city.all(MarkDraft)}
    for row in city.all(ExitDraft):
        worth[row.fund, row.company] += row.amount_fen
    for holding, value in last.items():
        worth[holding] += 0 if holding in gone else value
    return [worth[holding] / cost[holding] for holding in cost]


def test_one_mark_is_stale_and_one_fund_is_a_quarter_behind(city: CityDrafts) -> None:
    last = {(row.fund, row.company): row.valued_on for row in city.all(MarkDraft)}
    assert last["F09", "Q011"] < date(2026, 3, 31)
    filed = {row.fund: row.valued_on for row in city.all(NavDraft) if row.investor is None}
    assert {fund for fund, day in filed.items() if day < date(2026, 9, 30)} == {"F12"}


def test_everything_says_that_it_is_made_up(city: CityDrafts) -> None:
    names = [row.name for row in city.all(PartyDraft)] + [row.name for row in city.all(CompanyDraft)]
    names += [row.name for row in city.all(ParkDraft)] + [row.name for row in city.all(FundDraft)]
    assert all(name.startswith("示例") for name in names)
    assert len(set(names)) == len(names)
    codes = [row.credit_code for row in city.all(PartyDraft) if row.credit_code]
    codes += [row.credit_code for row in city.all(CompanyDraft) if row.credit_code]
    assert all(check_credit_code(code)[2:8] == "990000" for code in codes)
    assert len(set(codes)) == len(codes) > 40


def test_amounts_are_mostly_whole_wan_and_sometimes_odd(city: CityDrafts) -> None:
    amounts = [
        row.amount_fen for kind in (InvestmentDraft, ContributionDraft, ExitDraft) for row in city.all(kind)
    ]
    whole = sum(amount % WAN == 0 for amount in amounts)
    assert len(amounts) * 0.8 < whole < len(amounts)


def test_movements_run_from_2019_to_the_last_quarter(city: CityDrafts) -> None:
    days = [row.received_on for row in city.all(ContributionDraft)] + [
        row.exited_on for row in city.all(ExitDraft)
    ]
    assert min(days).year == 2019
    assert date(2026, 1, 1) < max(days) <= date(2026, 9, 30)
