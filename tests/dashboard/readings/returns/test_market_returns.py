"""The same money in an index: the worked example, and what is said where a method breaks down."""

from datetime import date

import numpy as np
import pytest

from dashboard.readings.returns.market_returns import IndexSeries, compare, market_figures, market_rows
from tests.builders import wan
from tests.dashboard.readings.return_books import flows, pool_of

LEVELS = (
    ("2021-03-15", 1000.0), ("2021-12-20", 1080.5), ("2022-09-30", 905.2), ("2023-06-30", 968.4),
    ("2023-11-15", 921.75), ("2024-08-20", 842.3), ("2025-05-30", 1012.6), ("2025-12-31", 1155.0),
)  # fmt: skip
AMOUNTS = (-30_000, -25_000, -20_000, 6_500, -17_000, 18_000, 22_500)
EXAMPLE = pool_of(
    flows(*((day, wan(amount)) for (day, _), amount in zip(LEVELS[:-1], AMOUNTS, strict=True))), wan(71_300)
)


def index_of(*levels: tuple[str, float], is_total_return: bool = True, code: str = "IX") -> IndexSeries:
    days = np.array([date.fromisoformat(day).toordinal() for day, _ in levels], dtype=np.int64)
    scaled = np.array([round(level * 1_000_000) for _, level in levels], dtype=np.int64)
    return IndexSeries(code, is_total_return, days, scaled)


INDEX = index_of(*LEVELS)


def test_the_worked_example_comes_out_to_six_digits() -> None:
    figures = {figure.code: figure for figure in market_figures(EXAMPLE, [INDEX])}
    expected = {"PF12": 1.195982, "PF13": 0.0169469, "PF14": 0.0280237, "PF15": 0.0574421}
    for code, value in expected.items():
        assert float(str(figures[code].value)) == pytest.approx(value, abs=5e-7 if code == "PF12" else 5e-8)
        assert figures[code].basis == "total_return_index"
        assert figures[code].reason is None
    assert figures["PF12"].numerator == pytest.approx(wan("129399.027443"), abs=1)
    assert figures["PF12"].denominator == pytest.approx(wan("108194.832721"), abs=1)
    assert figures["PF12"].entries == (*(f"entry:{row}" for row in range(1, 8)), "fund_nav:1")


def test_flows_of_one_day_count_as_one_but_never_against_each_other() -> None:
    once = compare(EXAMPLE, INDEX)
    halves = [(day, wan(amount) // 2) for (day, _), amount in zip(LEVELS[:-1], AMOUNTS, strict=True)]
    assert compare(pool_of(flows(*halves, *halves), wan(71_300)), INDEX) == once
    both_ways = compare(
        pool_of(
            flows(*halves, *halves, (LEVELS[3][0], wan(3_000)), (LEVELS[3][0], -wan(3_000))),
            wan(71_300),
        ),
        INDEX,
    )
    assert (once.ks.denominator or 0) < (both_ways.ks.denominator or 0)
    assert both_ways.alpha.value == once.alpha.value


def test_the_row_of_an_index_holds_spreads_and_what_stands_behind_them() -> None:
    (row,) = market_rows(EXAMPLE, [INDEX])
    assert (row["index"], row["index_day"], row["index_level_e6"]) == ("IX", "2025-12-31", 1_155_000_000)
    assert float(str(row["PF13_spread"])) == pytest.approx(0.0617244, abs=5e-8)
    assert float(str(row["PF14_spread"])) == pytest.approx(0.0506476, abs=5e-8)
    assert row["PF13_nav"] == pytest.approx(wan("50095.805278"), abs=1)
    assert float(str(row["PF14_scale"])) == pytest.approx(0.635034, abs=5e-7)
    assert float(str(row["PF15_log"])) == pytest.approx(0.0558529, abs=5e-8)
    assert row["PF15_roots"] == [row["PF15"]]
    assert row["PF13_status"] == "ok"


def test_the_last_close_before_a_day_counts_and_the_as_of_date_needs_none() -> None:
    holed = index_of(*LEVELS[:-1], ("2025-12-29", 1155.0))
    assert compare(EXAMPLE, holed).ks == compare(EXAMPLE, INDEX).ks
    assert holed.last_day == date(2025, 12, 29)


def test_contributions_and_distributions_of_one_day_are_not_netted() -> None:
    both = pool_of(flows(("2024-01-01", -100), ("2024-06-28", -60), ("2024-06-28", 60)), 120, "2024-12-31")
    flat = index_of(("2024-01-01", 10.0))
    (ks, *_) = market_figures(both, [flat])
    assert (ks.numerator, ks.denominator) == (180, 160)


def test_without_an_index_nothing_is_compared() -> None:
    figures = list(market_figures(EXAMPLE, []))
    assert [figure.code for figure in figures] == ["PF12", "PF13", "PF14", "PF15"]
    assert {(figure.value, figure.reason, figure.basis) for figure in figures} == {
        (None, "market.no_index", "index")
    }
    assert list(market_rows(EXAMPLE, [])) == []


def test_an_index_that_begins_too_late_says_so() -> None:
    late = index_of(*LEVELS[1:])
    figures = list(market_figures(EXAMPLE, [late]))
    assert {(figure.value, figure.reason) for figure in figures} == {(None, "market.index_missing")}
    (row,) = market_rows(EXAMPLE, [late])
    assert (row["PF12"], row["PF12_reason"]) == (None, "market.index_missing")
    assert (row["PF13_nav"], row["PF13_spread"], row["PF14_scale"]) == (None, None, None)


def test_a_price_index_is_named_as_such() -> None:
    priced = index_of(*LEVELS, is_total_return=False)
    assert {figure.basis for figure in market_figures(EXAMPLE, [priced])} == {"price_index"}


def test_a_fund_far_ahead_of_the_index_breaks_two_methods_and_keeps_their_roots() -> None:
    far_ahead = pool_of(flows(("2023-01-01", -100), ("2024-01-01", 150)), 90, "2024-12-31")
    flat = index_of(("2023-01-01", 10.0))
    figures = {figure.code: figure for figure in market_figures(far_ahead, [flat])}
    assert (figures["PF13"].value, figures["PF13"].reason) == (None, "market.negative_nav")
    assert figures["PF14"].value is not None
    assert figures["PF12"].value == "2.4"
    (row,) = market_rows(far_ahead, [flat])
    assert (row["PF13_nav"], row["PF13_spread"]) == (-50, None)
    further = pool_of(flows(("2023-01-01", -100), ("2024-01-01", 150)), 120, "2024-12-31")
    figures = {figure.code: figure for figure in market_figures(further, [flat])}
    assert (figures["PF14"].value, figures["PF14"].reason) == (None, "market.negative_scale")


def test_a_pool_without_money_has_nothing_to_compare() -> None:
    empty = pool_of(flows(), 0, "2024-12-31")
    figures = {figure.code: figure for figure in market_figures(empty, [index_of(("2023-01-01", 10.0))])}
    assert figures["PF12"].reason == "market.no_contributions"
    assert figures["PF14"].reason == "market.no_distributions"
    assert figures["PF15"].reason == "rate.too_few_flows"
