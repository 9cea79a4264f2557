"""Rows numbered by columns of ids: the same as sorting them, whatever the ids are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.readings.money.row_groups import RowGroups

IDS = st.one_of(st.integers(-1, 5), st.integers(100, 103), st.integers(10**9, 10**9 + 2))
ROWS = st.lists(st.tuples(IDS, IDS, st.integers(-(2**60), 2**60)), max_size=40)


@given(ROWS)
def test_groups_are_what_one_row_after_another_gives(rows: list[tuple[int, int, int]]) -> None:
    first, second, amounts = (np.array([row[at] for row in rows], dtype=np.int64) for at in range(3))
    found = RowGroups.of(first, second)
    by_hand: dict[tuple[int, ...], list[int]] = {}
    for one, other, amount in rows:
        by_hand.setdefault((one, other), []).append(amount)
    assert found.names() == sorted(by_hand)
    assert [piece.tolist() for piece in found.split(amounts)] == [by_hand[key] for key in sorted(by_hand)]
    # Sums stay within 64 bits by the size of the lists.
    wrapped = [(sum(by_hand[key]) + 2**63) % 2**64 - 2**63 for key in sorted(by_hand)]
    assert found.sums(amounts).tolist() == wrapped


def test_more_groups_than_two_bytes_can_number_keep_their_order() -> None:
    ids = np.arange(70_000, dtype=np.int64)[::-1]
    found = RowGroups.of(ids)
    assert found.names()[:2] == [(0,), (1,)]
    assert [piece.tolist() for piece in found.split(ids)[-2:]] == [[69_998], [69_999]]
