"""Dates, amounts and streams brought into one order."""

import math
from datetime import date

import numpy as np
import pytest

from valuation import flows
from valuation.flows import Streams, find_untidy, float_amounts, lay_out, net_streams, number_days


def streams_of(starts: list[int], days: list[int], amounts: list[float]) -> Streams:
    return lay_out(starts, days, amounts)


def test_days_are_counted_from_1970_whatever_they_come_as() -> None:
    days = [date(1970, 1, 2), date(2021, 3, 15)]
    assert number_days(days).tolist() == [1, 18_701]
    assert number_days(np.array(days, dtype="datetime64[D]")).tolist() == [1, 18_701]
    assert number_days(np.array(days, dtype="datetime64[ns]")).tolist() == [1, 18_701]
    assert number_days([1, 18_701]).tolist() == [1, 18_701]
    assert number_days(np.array([1, 18_701], dtype=np.int32)).tolist() == [1, 18_701]
    assert number_days([]).tolist() == []


def test_fractions_of_days_are_refused() -> None:
    with pytest.raises(TypeError):
        number_days(np.array([0.5]))


def test_fen_stay_exact_as_floats() -> None:
    assert float_amounts(np.array([2**53 - 1])).tolist() == [2**53 - 1]


def test_streams_out_of_order_or_with_two_flows_a_day_are_found() -> None:
    streams = streams_of([0, 2, 4, 4, 6, 7], [5, 6, 9, 8, 3, 3, 1], [1] * 7)
    assert find_untidy(streams).tolist() == [1, 3]


def test_a_later_stream_may_begin_before_the_one_ahead_of_it() -> None:
    assert find_untidy(streams_of([0, 0, 2, 2, 4, 4], [8, 9, 1, 2], [1] * 4)).tolist() == []


def test_flows_of_one_day_are_added_and_days_sorted() -> None:
    net = net_streams(streams_of([0, 3, 3, 5], [7, 2, 7, 4, 4], [1, 2, 3, 5, -5]))
    assert net.starts.tolist() == [0, 2, 2, 3]
    assert net.days.tolist() == [2, 7, 4]
    assert net.amounts.tolist() == [2, 4, 0]


def test_the_order_of_rows_does_not_show_in_the_sums() -> None:
    amounts = [0.1, 0.2, 1e9, -1e9, 0.3]
    sums = {net_streams(streams_of([0, 5], [0] * 5, list(np.roll(amounts, k)))).amounts[0] for k in range(5)}
    assert len(sums) == 1


def test_what_is_only_rounding_nets_to_nothing() -> None:
    assert net_streams(streams_of([0, 3], [0, 0, 0], [0.1, 0.2, -0.3])).amounts.tolist() == [0.0]


def test_whole_amounts_are_summed_by_a_table_as_they_are_when_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(3)
    days, amounts = chance.integers(700_000, 700_090, 400), chance.integers(-(10**12), 10**12, 400)
    amounts[days == days[0]] = 0
    streams = lay_out([0, 150, 150, 151, 400], days, amounts)
    tabled = flows._net_by_table(streams)
    assert tabled is not None
    monkeypatch.setattr(flows, "_net_by_table", lambda _streams: None)
    sorted_ = net_streams(streams)
    for name in ("starts", "days", "amounts"):
        assert getattr(tabled, name).tolist() == getattr(sorted_, name).tolist()


@pytest.mark.parametrize("amount", [0.5, 2.0**52, math.nan, math.inf])
def test_what_a_table_could_round_is_sorted(amount: float) -> None:
    days = [5] * 4
    assert flows._net_by_table(streams_of([0, 4], days, [1, 2, 3, -7])) is not None
    assert flows._net_by_table(streams_of([0, 4], days, [1, 2, 3, amount])) is None


def test_days_that_lie_far_apart_are_sorted() -> None:
    assert flows._net_by_table(streams_of([0, 2], [1, 9], [1, 2])) is None


def test_nothing_nets_to_nothing() -> None:
    assert len(net_streams(streams_of([0, 0], [], []))) == 1


def test_streams_can_be_chosen() -> None:
    chosen = streams_of([0, 2, 3, 5], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).select(np.array([2, 0]))
    assert chosen.starts.tolist() == [0, 2, 4]
    assert chosen.days.tolist() == [4, 5, 1, 2]
