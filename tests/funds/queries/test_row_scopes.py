"""Every table of the book has a place in the map of scopes, and every way on it leads to a fund or a park."""

import pytest

from funds.models import Base, book_tables
from funds.models.row_scopes import FUND, PARK, ROW_SCOPES, Reach, Way, tables_within


def ends_of(way: Way) -> set[str]:
    """Where a way arrives at last."""
    if way.has_arrived:
        return {way.table}
    return {end for after in way.then or ROW_SCOPES[way.table].ways for end in ends_of(after)}


def steps_of(table: str, way: Way) -> list[tuple[str, str]]:
    """The columns that a way takes, by table."""
    steps = [(table, way.column), (way.table, way.by)]
    for after in way.then:
        steps += steps_of(way.table, after)
    return steps


def test_every_book_table_has_a_place_and_nothing_else_has() -> None:
    assert set(ROW_SCOPES) == {table.name for table in book_tables()}


def test_a_scoped_table_has_a_way_and_no_other_has() -> None:
    assert [
        name for name, scope in ROW_SCOPES.items() if bool(scope.ways) != (scope.reach is Reach.SCOPED)
    ] == ["document"], "a file goes with its change, and with whatever it was attached to"
    assert [
        name for name, scope in ROW_SCOPES.items() if bool(scope.person) != (scope.reach is Reach.PEOPLE)
    ] == []


@pytest.mark.parametrize("table", [*tables_within(Reach.SCOPED), "document"])
def test_every_way_goes_along_columns_that_are_there_and_arrives(table: str) -> None:
    for way in ROW_SCOPES[table].ways:
        for name, column in steps_of(table, way):
            assert column in Base.metadata.tables[name].columns, (name, column)
        assert ends_of(way)
        assert ends_of(way) <= {FUND, PARK}


def test_a_table_that_points_at_a_fund_or_park_is_no_register() -> None:
    open_to_all = set(tables_within(Reach.REGISTER))
    pointing = {
        table.name
        for table in book_tables()
        for key in table.foreign_keys
        if key.column.table.name in ("fund", "holding", "deal", "commitment", "round")
    }
    assert pointing & open_to_all == set()


def test_whose_a_persons_row_is_stands_in_a_column() -> None:
    for table in tables_within(Reach.PEOPLE):
        assert ROW_SCOPES[table].person in Base.metadata.tables[table].columns
