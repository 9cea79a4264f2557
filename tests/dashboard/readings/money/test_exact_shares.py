"""What is shared out on whole fen adds up by rows and by columns."""

from collections.abc import Callable

import numpy as np

from dashboard.readings.money.exact_shares import portion, share_out


def test_rows_and_columns_both_add_up(counts: Callable[[int, int], int]) -> None:
    random = np.random.default_rng(7)
    for _ in range(counts(200, 5_000)):
        rows = [int(one) for one in random.integers(0, 10**9, 7)]
        columns = portion(sum(rows), [int(one) for one in random.integers(0, 50, 4)] + [1])
        cells = share_out(rows, columns)
        assert [sum(line) for line in cells] == rows
        assert [sum(line[at] for line in cells) for at in range(5)] == columns
        assert min(min(line) for line in cells) >= 0
        for line, row in zip(cells, rows, strict=True):
            wanted = [row * column / sum(columns) for column in columns]
            assert max(abs(cell - one) for cell, one in zip(line, wanted, strict=True)) < 5 * len(rows)


def test_what_nobody_put_in_carries_nothing() -> None:
    assert share_out([3, 4], [7, 0]) == [[3, 0], [4, 0]]
    assert share_out([0], [0, 0]) == [[0, 0]]
    assert portion(10, [1, 0, 2]) == [4, 0, 6]
