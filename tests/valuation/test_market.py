"""Public market equivalents."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.valuation.golden import read_cases
from valuation import direct_alpha, ks_pme, long_nickels, pme_plus

CASES = read_cases("pme")
FUND = read_cases("domain_examples")["A_fund"]
START = date(2001, 1, 1)


@dataclass(frozen=True)
class Fund:
    """What every measure takes."""

    dates: list[date]
    contributions: list[float]
    distributions: list[float]
    nav_date: date
    nav: float | None
    index_dates: list[date]
    index_levels: list[float]

    @property
    def given(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def fund_of_steps(case: dict[str, Any]) -> Fund:
    """A periodic case as dated flows 365 days apart."""
    dates = [START + timedelta(days=365 * step) for step in range(len(case["index"]))]
    nav = case["final_nav"]
    return Fund(dates, case["contributions"], case["distributions"], dates[-1], nav, dates, case["index"])


def fund_of_dates(flows: list[list[Any]], nav_date: str, nav: float | None, index: dict[str, float]) -> Fund:
    """Signed dated flows, the index by date."""
    return Fund(
        [date.fromisoformat(day) for day, _ in flows],
        [max(-amount, 0) for _, amount in flows],
        [max(amount, 0) for _, amount in flows],
        date.fromisoformat(nav_date),
        nav,
        [date.fromisoformat(day) for day in index],
        list(index.values()),
    )


WORKED = fund_of_dates(
    FUND["inputs"]["flows"], FUND["inputs"]["as_of"], FUND["inputs"]["nav"], FUND["inputs"]["index"]
)
GOLDEN = [
    *[(case["id"], fund_of_steps(case), case["expected"]) for case in CASES["periodic"]],
    *[
        (
            case["id"],
            fund_of_dates(case["flows"], case["nav_date"], case["nav"], case["index_values"]),
            case["expected"],
        )
        for case in CASES["dated"]
    ],
]


@pytest.mark.parametrize(("name", "fund", "expected"), GOLDEN, ids=[name for name, _, _ in GOLDEN])
def test_a_golden_fund_has_its_equivalents(name: str, fund: Fund, expected: dict[str, Any]) -> None:
    assert name
    assert ks_pme(*fund.given).value == pytest.approx(expected["ks_pme"], rel=1e-9)
    alpha = direct_alpha(*fund.given)
    assert alpha.annual.value == pytest.approx(expected["direct_alpha"], rel=1e-9)
    assert alpha.log.value == pytest.approx(expected["direct_alpha_log"], rel=1e-9)
    nickels = long_nickels(*fund.given)
    assert nickels.nav.value == pytest.approx(expected["ln_pme_nav"], rel=1e-9)
    roots = expected.get("ln_pme_roots", expected.get("ln_pme_irr_all_roots"))
    assert nickels.solved.roots == pytest.approx(roots, rel=1e-9)
    plus = pme_plus(*fund.given)
    assert plus.scale.value == pytest.approx(expected["pme_plus_lambda"], rel=1e-9)
    assert plus.solved.roots == pytest.approx([expected["pme_plus_irr"]], rel=1e-9)


@pytest.mark.parametrize("case", [c for c in CASES["periodic"] if c["published"]], ids=lambda c: str(c["id"]))
def test_published_figures_agree_to_the_digits_published(case: dict[str, Any]) -> None:
    fund = fund_of_steps(case)
    ours = {
        "direct_alpha": direct_alpha(*fund.given).annual.value,
        "ln_pme_nav": long_nickels(*fund.given).nav.value,
        "ln_pme_irr": long_nickels(*fund.given).rate.value,
        "pme_plus_lambda": pme_plus(*fund.given).scale.value,
        "pme_plus_irr": pme_plus(*fund.given).rate.value,
    }
    for name in ours.keys() & case["published"].keys():
        published = case["published"][name]
        assert ours[name] == pytest.approx(published, abs=10.0 ** -len(str(published).partition(".")[2]))


def test_the_worked_fund_has_its_published_equivalents() -> None:
    expected = FUND["expected"]
    assert ks_pme(*WORKED.given).value == pytest.approx(expected["ks_pme"], rel=1e-12)
    assert ks_pme(*WORKED.given).denominator == pytest.approx(expected["fv_contrib"], rel=1e-12)
    alpha = direct_alpha(*WORKED.given)
    assert alpha.annual.value == pytest.approx(expected["direct_alpha_annual"], rel=1e-11)
    assert alpha.log.value == pytest.approx(expected["direct_alpha_log"], rel=1e-11)
    nickels = long_nickels(*WORKED.given)
    assert nickels.nav.value == pytest.approx(expected["ln_nav"], rel=1e-12)
    assert nickels.rate.value == pytest.approx(expected["ln_pme_irr"], rel=1e-11)
    assert nickels.spread.value == pytest.approx(0.0617244, abs=5e-8)
    plus = pme_plus(*WORKED.given)
    assert plus.scale.value == pytest.approx(expected["pme_plus_lambda"], rel=1e-12)
    assert plus.rate.value == pytest.approx(expected["pme_plus_irr"], rel=1e-11)
    assert plus.spread.value == pytest.approx(0.0506476, abs=5e-8)


def test_an_index_account_sold_short_is_not_meaningful() -> None:
    fund = next(fund for name, fund, _ in GOLDEN if name == "directalphamethod")
    nickels = long_nickels(*fund.given)
    assert nickels.nav.value is not None
    assert nickels.nav.value < 0
    assert (nickels.rate.value, nickels.rate.reason) == (None, "market.negative_nav")
    assert (nickels.spread.value, nickels.spread.reason) == (None, "market.negative_nav")


def test_a_negative_scale_is_not_meaningful() -> None:
    plus = pme_plus(*next(fund for name, fund, _ in GOLDEN if name == "pypme-1").given)
    assert plus.scale.value == pytest.approx(-1.0)
    assert (plus.rate.value, plus.rate.reason) == (None, "market.negative_scale")


def test_without_distributions_there_is_nothing_to_scale() -> None:
    plus = pme_plus([0, 10], [100, 50], [0, 0], 400, 160, [0], [1000])
    assert {plus.scale.reason, plus.rate.reason, plus.solved.reason} == {"market.no_distributions"}
    assert plus.spread.reason == "market.no_distributions"


def test_without_contributions_there_is_no_ratio() -> None:
    assert ks_pme([0], [0], [10], 400, 160, [0], [1000]).reason == "market.no_contributions"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"nav": None}, "market.no_nav"),
        ({"nav_date": date(2025, 1, 1)}, "market.flow_after_nav"),
        ({"contributions": [float("nan")] * 7}, "market.flow_missing"),
        ({"index_dates": [date(2021, 3, 16)], "index_levels": [1.0]}, "market.index_missing"),
        ({"index_dates": [], "index_levels": []}, "market.index_missing"),
        ({"index_dates": [date(2021, 1, 1)], "index_levels": [0.0]}, "market.index_not_positive"),
    ],
)
def test_what_stands_in_the_way_is_named_by_all_four(change: dict[str, Any], reason: str) -> None:
    arguments = tuple({**{n: getattr(WORKED, n) for n in WORKED.__dataclass_fields__}, **change}.values())
    nickels, plus, alpha = long_nickels(*arguments), pme_plus(*arguments), direct_alpha(*arguments)
    for measure in (ks_pme(*arguments), nickels.nav, nickels.rate, nickels.spread, alpha.log, plus.scale):
        assert (measure.value, measure.reason) == (None, reason)
    assert {nickels.solved.reason, plus.solved.reason, alpha.annual.reason} == {reason}


def test_flows_of_one_day_are_not_netted() -> None:
    together = ks_pme([0, 100], [100, 50], [0, 30], 400, 160, [0], [1])
    apart = ks_pme([0, 100, 100], [100, 50, 0], [0, 0, 30], 400, 160, [0], [1])
    netted = ks_pme([0, 100], [100, 20], [0, 0], 400, 160, [0], [1])
    assert together == apart
    assert together.value == pytest.approx(190 / 150)
    assert netted.value == pytest.approx(160 / 120)


def test_a_flow_takes_the_last_close_on_or_before_its_date_in_any_order() -> None:
    plain = ks_pme([10], [100], [0], 20, 150, [5, 15, 25], [1.0, 2.0, 4.0])
    assert plain == ks_pme([10], [100], [0], 20, 150, [25, 5, 15], [4.0, 1.0, 2.0])
    assert plain.value == pytest.approx(150 / 200)


def test_of_two_levels_on_one_day_the_later_one_holds() -> None:
    assert ks_pme([10], [100], [0], 20, 150, [5, 15, 15], [1.0, 9.0, 2.0]).value == pytest.approx(0.75)


def test_a_lost_fund_has_a_rate_of_minus_one_and_no_logarithm() -> None:
    alpha = direct_alpha([0], [100], [0], 400, 0, [0], [1000])
    assert alpha.annual.value == -1.0
    assert alpha.log.reason == "rate.total_loss"


def test_a_fund_without_one_rate_has_no_spread() -> None:
    nickels = long_nickels([0, 365, 730], [1000, 0, 1320], [0, 2300, 0], 730, 0, [0], [1])
    assert nickels.spread.reason == "rate.multiple_roots"


def test_arrays_that_do_not_pair_are_refused() -> None:
    with pytest.raises(ValueError, match="one contribution and one distribution"):
        ks_pme([0], [100, 1], [0], 400, 160, [0], [1000])
    with pytest.raises(ValueError, match="one index level"):
        ks_pme([0], [100], [0], 400, 160, [0], [1000, 2])


@given(st.floats(0.001, 1000))
def test_the_unit_of_the_index_does_not_matter(scale: float) -> None:
    arguments = (*WORKED.given[:-1], [level * scale for level in WORKED.index_levels])
    assert ks_pme(*arguments).value == pytest.approx(ks_pme(*WORKED.given).value, rel=1e-12)


def test_a_flat_index_gives_the_funds_own_figures() -> None:
    arguments = (*WORKED.given[:-1], [1.0] * len(WORKED.index_levels))
    assert ks_pme(*arguments).value == pytest.approx(FUND["expected"]["tvpi"], rel=1e-12)
    assert direct_alpha(*arguments).annual.value == pytest.approx(FUND["expected"]["xirr"], rel=1e-11)
