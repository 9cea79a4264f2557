"""Halley's method on a block: what it proves and what it leaves open."""

import math

import numpy as np
import pytest

from valuation.blocks import Block, Scratch, count_flips, cut_blocks, sort_by_length
from valuation.flows import lay_out
from valuation.halley import Found, find_roots


def find(*columns: list[float]) -> Found:
    """Yearly flows, one list per column, all of one length."""
    amounts = np.array(columns).T.copy()
    years = np.tile(np.arange(float(len(amounts)))[:, None], len(columns))
    counts = np.full(len(columns), len(amounts), dtype=np.int64)
    block = Block(np.arange(len(columns)), counts, years, amounts, count_flips(amounts))
    return find_roots(block, Scratch(amounts.size))


def test_one_change_of_sign_is_proved_by_itself() -> None:
    found = find([-100.0, 10.0, 110.0], [100.0, -50.0, -60.0])
    assert found.sole.tolist() == [True, True]
    assert found.force[0] == pytest.approx(math.log1p(0.1), abs=1e-14)


def test_several_changes_are_proved_by_a_balance_that_keeps_its_sign() -> None:
    found = find([-1000.0, 200.0, -300.0, 1500.0], [-1000.0, 2300.0, -1320.0, 0.0])
    assert found.sole.tolist() == [True, False]


def test_what_has_not_both_signs_is_not_solvable() -> None:
    found = find([-1.0, -2.0], [0.0, 0.0], [math.nan, 1.0], [-1.0, 1.5])
    assert found.solvable.tolist() == [False, False, False, True]
    assert found.sole.tolist() == [False, False, False, True]


def test_a_root_that_is_never_reached_stays_open() -> None:
    assert find([100.0, -150.0, 100.0]).sole.tolist() == [False]


def test_columns_that_are_done_are_dropped_and_the_rest_goes_on() -> None:
    easy = [-100.0, 10.0, 110.0]
    hard = [-1e9, 1.0, 50.0]
    found = find(*([easy] * 9), hard)
    assert found.sole.all()
    assert abs(found.force[9] - find(hard, hard).force[0]) < 1e-13


def test_blocks_cover_every_stream_once_whatever_its_length() -> None:
    sizes = [3, 40, 3, 7, 2, 40, 5]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    streams = lay_out(starts, np.arange(sum(sizes)), np.arange(1.0, sum(sizes) + 1))
    seen = []
    for block, _ in cut_blocks(streams, np.arange(7), cells=24):
        for column, i in enumerate(block.ids):
            rows = slice(0, block.counts[column])
            assert block.amounts[rows, column].tolist() == streams.amounts[starts[i] : starts[i + 1]].tolist()
            assert not block.amounts[block.counts[column] :, column].any()
            assert block.years[rows, column] * 365 == pytest.approx(np.arange(sizes[i]))
            assert block.spans[column] * 365 == pytest.approx(sizes[i] - 1)
        seen += block.ids.tolist()
    assert sorted(seen) == list(range(7))
    assert list(cut_blocks(streams, np.empty(0, dtype=np.int64))) == []


def test_lengths_beyond_sixteen_bits_are_sorted_too() -> None:
    assert sort_by_length(np.array([70_000, 3, 40_000])).tolist() == [1, 2, 0]
    assert sort_by_length(np.array([7, 3, 4])).tolist() == [1, 2, 0]
