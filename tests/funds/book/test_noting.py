"""What is read while something is worked out is noted, whoever reads it and whenever it was read first."""

import pytest
from sqlalchemy import func, select

from funds.book import Book, find_person
from funds.book.noting import NotedRows, note_tables, noting_nothing, noting_tables
from funds.models import Entry, Fund, FundFact, Revision, Seal


class Rows(NotedRows[int]):
    """Rows that nobody may read unnoticed."""

    __slots__ = ()
    table = "park_figure"


def test_every_table_of_a_statement_is_noted_in_all_notings_around_it(book: Book) -> None:
    with noting_tables() as outer, book.look() as look:
        look.connection.execute(select(Fund.id))
        with noting_tables() as inner:
            look.connection.execute(select(FundFact.name).join(Fund, Fund.id == FundFact.fund_id))
        find_person(look.connection, "local", look.version)
    assert inner == {"fund", "fund_fact"}
    assert outer == {"fund", "fund_fact", "person", "person_fact"}


def test_a_look_alone_notes_nothing(book: Book) -> None:
    with noting_tables() as noted, book.look():
        book.head()
    assert noted == set()


def test_nothing_is_noted_where_it_is_of_no_account(book: Book) -> None:
    with noting_tables() as noted, book.look() as look, noting_nothing():
        look.connection.execute(select(Fund.id))
        note_tables({"mark"})
    assert noted == set()


def test_who_wrote_a_row_is_part_of_the_row_and_a_list_of_revisions_is_not(book: Book) -> None:
    by_row = select(Entry.id, Revision.recorded_at).join(Revision, Revision.id == Entry.revision_id)
    listed = select(Revision.id, func.count(Entry.id)).outerjoin(Entry, Entry.revision_id == Revision.id)
    sealed = select(Revision.id).join(Seal, Seal.revision_id == Revision.id)
    with book.look() as look:
        for query, tables in (
            (by_row, {"entry"}),
            (listed.group_by(Revision.id), {"entry", "revision"}),
            (sealed, {"revision", "seal"}),
        ):
            with noting_tables() as noted:
                look.connection.execute(query)
            assert noted == tables


@pytest.mark.parametrize(
    "read", [list, len, sorted, lambda rows: rows[0], lambda rows: 1 in rows, lambda rows: (*rows,), bool]
)
def test_rows_are_noted_as_soon_as_somebody_looks_at_them(read: object) -> None:
    rows = Rows((1, 2))
    with noting_tables() as noted:
        assert callable(read)
        read(rows)
    assert noted == {"park_figure"}
    assert rows == (1, 2)
