"""The index finds the rows of some values among the first so many, sorted in or in the tail."""

from random import Random

import numpy as np
import pytest

from funds.queries.memory import row_index
from funds.queries.memory.growing import GrowingColumn
from funds.queries.memory.row_index import RowIndex


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_what_looking_at_every_row_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_index, "LEAST_TAIL", 10)
    random, column, values = Random(seed), GrowingColumn(is_id=True), []
    index = RowIndex(column)
    for _ in range(12):
        more = [7 * 2**40 + random.randint(1, 6) for _ in range(random.randint(1, 9))]
        column.append(np.array(more))
        values += more
        for size in (len(values), random.randint(1, len(values))):
            wanted = [7 * 2**40 + number for number in random.sample(range(9), 3)]
            places = [at for at, value in enumerate(values[:size]) if value in wanted]
            found = index.find(np.array(wanted), size, 10**6)
            assert found is not None
            assert found.tolist() == places
            if index.covers(np.array(wanted), size):
                assert len(places) == size


def test_it_covers_where_every_value_is_wanted_and_gives_up_where_many_rows_are() -> None:
    column = GrowingColumn(is_id=True)
    index = RowIndex(column)
    column.append(np.arange(1, 5).repeat(10_000))

    assert index.covers(np.arange(9), 40_000)
    assert not index.covers(np.array([1, 2, 3]), 40_000)
    assert index.find(np.array([1, 2]), 40_000, 19_999) is None
    assert index.find(np.array([9]), 40_000, 10) is not None
