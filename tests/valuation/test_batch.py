"""Dated rates of many streams at once."""

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
import pyxirr

from tests.valuation.golden import read_cases, split_flows
from tests.valuation.streams import AWKWARD, draw_streams, is_zero, lay_end_to_end
from valuation import polish_rate, xirr, xirr_many
from valuation.batch import search_streams
from valuation.flows import lay_out


def test_streams_come_out_as_they_do_one_by_one(counts: Callable[[int, int], int]) -> None:
    layout = draw_streams(counts(2_500, 10_000), seed=20_221_116)
    rates = xirr_many(layout.starts, layout.days, layout.amounts)
    seen = set()
    for i, together in enumerate(rates):
        alone = xirr(*layout.one(i))
        assert (together.status, together.reason) == (alone.status, alone.reason), layout.one(i)
        forces = [math.log1p(root) for root in alone.roots]
        assert [math.log1p(root) for root in together.roots] == pytest.approx(forces, rel=1e-11, abs=1e-11)
        seen.add(alone.status)
    assert len(seen) == 7
    assert rates.status == [rate.status for rate in rates]


def test_printed_rates_are_the_same_to_the_last_digit_either_way() -> None:
    layout = draw_streams(2_000, seed=7)
    for i, together in enumerate(xirr_many(layout.starts, layout.days, layout.amounts)):
        days, amounts = layout.one(i)
        alone = xirr(days, amounts)
        printed = [polish_rate(root, days, amounts) for root in together.roots]
        assert printed == [polish_rate(root, days, amounts) for root in alone.roots]


def test_every_rate_of_a_batch_zeroes_its_stream(counts: Callable[[int, int], int]) -> None:
    layout = draw_streams(counts(3_000, 100_000), seed=11)
    rates = xirr_many(layout.starts, layout.days, layout.amounts)
    for i in range(len(rates)):
        assert all(is_zero(root, *layout.one(i)) for root in rates[i].roots)


def test_the_shortcut_gives_what_the_full_search_gives(counts: Callable[[int, int], int]) -> None:
    layout = draw_streams(counts(3_000, 100_000), seed=5)
    rates = xirr_many(layout.starts, layout.days, layout.amounts)
    verdict, owners, roots = search_streams(lay_out(layout.starts, layout.days, layout.amounts))
    assert (verdict == rates.verdict).all()
    order = np.lexsort((roots, owners))
    assert np.log1p(roots[order]) == pytest.approx(np.log1p(rates.roots), rel=1e-11, abs=1e-11)


def test_a_part_of_a_batch_comes_out_like_the_whole() -> None:
    layout = draw_streams(2_000, seed=3)
    whole = xirr_many(layout.starts, layout.days, layout.amounts)
    for i in range(0, 2_000, 97):
        days, amounts = layout.one(i)
        part = xirr_many([0, len(days)], days, amounts)[0]
        assert part.status == whole[i].status
        assert part.roots == pytest.approx(whole[i].roots, rel=1e-11, abs=1e-12)


def test_golden_streams_keep_their_roots_among_others() -> None:
    cases = read_cases("irr")["file_cases"]
    split = [split_flows(case["flows"]) for case in cases]
    layout = lay_end_to_end([([d.toordinal() for d in dates], amounts) for dates, amounts in split])
    rates = xirr_many(layout.starts, layout.days, layout.amounts)
    for case, rate in zip(cases, rates, strict=True):
        expected = [root for root in case["all_roots"] if -0.999999 < root <= 1e4]
        assert rate.roots == pytest.approx(expected, rel=1e-7, abs=0)


def test_the_oracle_agrees_where_it_answers() -> None:
    layout = draw_streams(2_000, seed=13)
    agreed = 0
    for i, rate in enumerate(xirr_many(layout.starts, layout.days, layout.amounts)):
        days, amounts = layout.one(i)
        if rate.status != "ok" or len(days) < 3:
            continue
        dates = [date.fromordinal(int(day) + 700_000) for day in days]
        # It takes a rate only if |NPV| < 1e-3 in units of money, so they are made small.
        oracle = pyxirr.xirr(dates, (amounts / np.abs(amounts).max()).tolist(), silent=True)
        if oracle is not None and -0.999 < oracle < 1e3:
            agreed += abs(math.log1p(oracle) - math.log1p(rate.roots[0])) < 1e-6
    assert agreed > 500


def test_no_streams_give_no_rates() -> None:
    rates = xirr_many([0], [], [])
    assert len(rates) == 0
    assert list(rates) == []
    with pytest.raises(IndexError):
        rates[0]


def test_empty_streams_between_others_are_too_few_flows() -> None:
    rates = xirr_many([0, 0, 2, 2, 2], [0, 365], [-100, 110])
    assert rates.status == ["too_few_flows", "ok", "too_few_flows", "too_few_flows"]
    assert rates[1].value == pytest.approx(0.1)


def test_awkward_streams_are_told_apart() -> None:
    layout = lay_end_to_end(AWKWARD)
    rates = xirr_many(layout.starts, layout.days, layout.amounts)
    assert rates.value[2] == -1.0
    assert np.isnan(rates.value[9])
    assert rates[9].roots == pytest.approx((0.1, 0.2))


@pytest.mark.parametrize(
    ("starts", "fault"),
    [
        ([], "N \\+ 1"),
        ([1, 2], "N \\+ 1"),
        ([0, 1], "N \\+ 1"),
        ([0, 3, 2], "must not fall"),
        ([[0, 2]], "N \\+ 1"),
    ],
)
def test_a_layout_that_does_not_fit_is_refused(starts: list[int], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        xirr_many(starts, [0, 365], [-1, 1])
