"""A growing column says what was put into it, however narrow it is, and what was handed out stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.queries.column_sources import NOBODY
from funds.queries.memory.growing import ID_ROOM, GrowingColumn

BOOK = 7 * ID_ROOM
NUMBERS = st.lists(st.lists(st.integers(-(2**62), 2**62) | st.integers(-200, 200), max_size=20), max_size=8)
IDS = st.one_of(
    st.just(NOBODY), st.integers(BOOK + 1, BOOK + 70_000), st.integers(1, 50), st.just(9 * ID_ROOM + 1)
)


@given(NUMBERS)
def test_numbers_come_back_as_they_were(chunks: list[list[int]]) -> None:
    column = GrowingColumn()
    for chunk in chunks:
        column.append(np.array(chunk, dtype=np.int64))
    everything = [number for chunk in chunks for number in chunk]

    assert column.values(len(column)).tolist() == everything
    assert column.values(len(column)).dtype == np.int64


@given(st.lists(st.lists(IDS, max_size=9), max_size=6), st.lists(IDS, min_size=1, max_size=3))
def test_ids_come_back_and_are_found_whatever_book_they_are_of(
    chunks: list[list[int]], wanted: list[int]
) -> None:
    column = GrowingColumn(is_id=True)
    seen = []
    for chunk in chunks:
        column.append(np.array(chunk, dtype=np.int64))
        seen.append((column.values(len(column)), len(column)))
    everything = [number for chunk in chunks for number in chunk]

    assert column.values(len(column)).tolist() == everything
    assert column.find(np.array(wanted), len(column)).tolist() == [one in wanted for one in everything]
    for values, count in seen:
        assert values.tolist() == everything[:count]


def test_ids_of_one_book_take_two_bytes_while_there_are_few() -> None:
    column = GrowingColumn(is_id=True)
    column.append(BOOK + np.arange(1, 10_001))

    assert column.nbytes < 10_000 * 2.5


def test_a_long_column_is_not_copied_for_each_row() -> None:
    column = GrowingColumn(width=np.int64)
    column.append(np.arange(100_000))
    first = column.values(100_000)
    for number in range(1_000):
        column.append(np.array([number]))

    assert np.shares_memory(first, column.values(len(column)))


def test_nobody_can_write_into_what_was_handed_out() -> None:
    column = GrowingColumn(width=np.int64)
    column.append(np.arange(3))
    for values in (column.values(3), column.pick(np.array([1]), 3), column.flags(3)):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1
