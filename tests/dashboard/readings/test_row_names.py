"""Names of rows that are written out only when somebody reads them: they are what a tuple of them would be."""

import numpy as np
import pytest

from dashboard.readings.answers import money
from dashboard.readings.row_names import JoinedNames, RowNames, join_names, name_rows, rows_by_table


def test_names_come_by_rising_id_whatever_pieces_the_rows_came_in() -> None:
    names = RowNames("entry", [np.array([7, 30]), np.array([2, 100])])
    assert list(names) == ["entry:2", "entry:7", "entry:30", "entry:100"]
    assert len(names) == 4
    assert (names[0], names[-1], names[1:3]) == ("entry:2", "entry:100", ("entry:7", "entry:30"))


def test_each_row_is_named_once() -> None:
    assert name_rows("mark", [3, 1, 3, 2]) == ("mark:1", "mark:2", "mark:3")
    assert name_rows("mark", np.array([1, 2, 9])) == ("mark:1", "mark:2", "mark:9")
    assert name_rows("mark", ()) == ()


def test_joined_names_stand_one_behind_the_other() -> None:
    joined = join_names(name_rows("entry", [9, 4]), ("fund_nav:2", "fund_nav:10"))
    assert joined == ("entry:4", "entry:9", "fund_nav:2", "fund_nav:10")
    assert len(joined) == 4
    assert "fund_nav:10" in joined


@pytest.mark.parametrize(
    ("one", "other", "is_equal"),
    [
        (RowNames("entry", [np.array([1, 2])]), RowNames("entry", [np.array([2]), np.array([1])]), True),
        (RowNames("entry", [np.array([1, 2])]), RowNames("entry", [np.array([1, 3])]), False),
        (RowNames("entry", [np.array([1])]), RowNames("exit", [np.array([1])]), False),
        (RowNames("entry", [np.array([1])]), RowNames("entry", [np.array([1, 2])]), False),
        (RowNames("entry", [np.array([1])]), ("entry:1",), True),
        (RowNames("entry", [np.array([1])]), ("entry:2",), False),
        (JoinedNames([("a:1",), ("b:2",)]), JoinedNames([("a:1",), ("b:2",)]), True),
        (JoinedNames([("a:1",), ("b:2",)]), JoinedNames([("a:1", "b:2")]), True),
        (JoinedNames([("a:1",), ("b:2",)]), JoinedNames([("a:1",), ("b:3",)]), False),
    ],
)
def test_names_are_equal_where_the_texts_are(one: object, other: object, is_equal: bool) -> None:
    assert (one == other) is is_equal
    assert (other == one) is is_equal
    assert not is_equal or hash(one) == hash(other)


def test_names_are_no_other_thing() -> None:
    assert RowNames("entry", []) != []
    assert repr(name_rows("entry", [5])) == "RowNames('entry:5',)"


def test_a_figure_keeps_names_that_nobody_wrote_out() -> None:
    names = name_rows("entry", [2, 1])
    assert money("PF02", "paid_in", 5, names).entries is names
    assert money("PF02", "paid_in", 5, ["entry:1"]).entries == ("entry:1",)


def test_rows_are_found_by_table_each_once() -> None:
    names = join_names(
        name_rows("entry", [5, 2]), name_rows("entry", [2, 3]), ("mark:10", "mark:9", "mark:9")
    )
    found = rows_by_table(names)
    assert {table: rows.tolist() for table, rows in found.items()} == {"entry": [2, 3, 5], "mark": [9, 10]}
    assert {table: rows.tolist() for table, rows in rows_by_table(tuple(names)).items()} == {
        table: rows.tolist() for table, rows in found.items()
    }
    assert rows_by_table(()) == {}
