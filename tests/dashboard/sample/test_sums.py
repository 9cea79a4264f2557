"""Every sum in the made-up city is right, for any seed, and the checks themselves notice what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.sample import make_city
from funds.drafts import (
    BalanceDraft,
    CallNoticeDraft,
    CommitmentDraft,
    CompanyTagDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    ExitDraft,
    FeeDraft,
    FundParkDraft,
    InvestmentDraft,
    MarkDraft,
    NavDraft,
    OwnershipDraft,
    RoundDraft,
    RoundInvestorDraft,
)
from funds.kinds import ExitKind
from tests.dashboard.sample.city_drafts import CityDrafts
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
CHECKS: list[Check] = [
    check_commitments,
    check_notices,
    check_cash,
    check_distributions,
    check_rounds,
    check_holdings,
    check_codes,
    check_days,
    check_shares,
    check_values,
]


@pytest.fixture(scope="module", params=[2022, 1, 7, 404])
def city(request: pytest.FixtureRequest) -> CityDrafts:
    return CityDrafts(make_city(request.param))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_city_of_any_seed_adds_up(city: CityDrafts, check: Check) -> None:
    assert list(check(city)) == []


@pytest.mark.parametrize("seed", range(100, 130))
def test_no_seed_makes_a_fund_promise_more_than_its_investors_cover(seed: int) -> None:
    city = CityDrafts(make_city(seed))
    assert [fault for check in (check_commitments, check_cash, check_rounds) for fault in check(city)] == []


def change(kind: type[Draft], which: dict[str, object], **new: object) -> CityDrafts:
    """The sample with one draft changed: the last one that has some values."""
    drafts = make_city(2022)
    rows: list[Any] = drafts[kind]
    place = max(i for i, row in enumerate(rows) if all(getattr(row, name) == v for name, v in which.items()))
    changes = {
        name: value(getattr(rows[place], name)) if callable(value) else value for name, value in new.items()
    }
    rows[place] = replace(rows[place], **changes)
    return CityDrafts(drafts)


def plus(amount: int) -> Callable[[int], int]:
    return lambda value: value + amount


MISTAKES: list[tuple[Check, type[Draft], dict[str, object], dict[str, object]]] = [
    (check_commitments, CommitmentDraft, {"fund": "F06"}, {"amount_fen": plus(-(10**11))}),
    (check_commitments, CommitmentDraft, {"kind": "transfer"}, {"transferee": None}),
    (check_commitments, ContributionDraft, {"is_inside_commitment": True}, {"amount_fen": plus(10**13)}),
    (check_notices, ContributionDraft, {"is_inside_commitment": True}, {"amount_fen": plus(1)}),
    (check_notices, ContributionDraft, {"is_inside_commitment": True}, {"investor": "J01"}),
    (check_notices, CallNoticeDraft, {}, {"due_on": date(2019, 4, 1)}),
    (check_cash, FeeDraft, {"fund": "F03"}, {"amount_fen": plus(10**11)}),
    (check_cash, ContributionDraft, {"investor": "F01"}, {"amount_fen": plus(-1)}),
    (check_cash, BalanceDraft, {"item": "bank_deposit"}, {"amount_fen": plus(1)}),
    (
        check_distributions,
        DistributionDraft,
        {"fund": "F03", "kind": "principal"},
        {"amount_fen": plus(10**12)},
    ),
    (check_rounds, RoundDraft, {}, {"total_fen": plus(1)}),
    (check_rounds, RoundInvestorDraft, {"share_origin": "secondary"}, {"share_origin": "primary"}),
    (check_rounds, InvestmentDraft, {}, {"amount_fen": plus(-1)}),
    (check_rounds, InvestmentDraft, {}, {"company": "Q001"}),
    (check_holdings, ExitDraft, {"kind": ExitKind.IPO_SALE}, {"cost_out_fen": None, "transferred_ppm": None}),
    (check_holdings, ExitDraft, {"kind": ExitKind.WRITE_OFF}, {"amount_fen": 1}),
    (check_holdings, ExitDraft, {"kind": ExitKind.DIVIDEND}, {"company": "Q040"}),
    (check_holdings, ExitDraft, {"kind": ExitKind.TRANSFER}, {"cost_out_fen": 10**14}),
    (check_codes, RoundInvestorDraft, {}, {"round": "Q001-R9"}),
    (check_codes, ContributionDraft, {}, {"investor": "J99"}),
    (check_codes, FeeDraft, {"fund": "F03"}, {"business_no": "F03-E0001"}),
    (check_codes, CompanyTagDraft, {}, {"segment": "NEV-1"}),
    (check_days, InvestmentDraft, {"fund": "F06"}, {"paid_on": date(2024, 5, 6)}),
    (check_days, NavDraft, {"fund": "F12"}, {"valued_on": date(2022, 12, 31)}),
    (check_days, NavDraft, {"fund": "F07"}, {"valued_on": date(2026, 10, 1)}),
    (check_shares, FundParkDraft, {"fund": "F09"}, {"share_ppm": plus(-1)}),
    (check_shares, CompanyTagDraft, {}, {"weight_ppm": plus(-1)}),
    (check_shares, OwnershipDraft, {"owned": "J33"}, {"share_ppm": plus(1)}),
    (check_values, MarkDraft, {"fund": "F07"}, {"fair_value_fen": plus(1)}),
    (check_values, NavDraft, {"fund": "F09", "investor": "F02"}, {"nav_fen": plus(1)}),
    (check_values, NavDraft, {"fund": "F03", "investor": None}, {"nav_fen": plus(1)}),
]


@pytest.mark.parametrize(
    ("check", "kind", "which", "new"),
    MISTAKES,
    ids=lambda value: getattr(value, "__name__", None) and value.__name__,
)
def test_a_check_notices_a_mistake(
    check: Check, kind: type[Draft], which: dict[str, object], new: dict[str, object]
) -> None:
    assert list(check(change(kind, which, **new))) != []
