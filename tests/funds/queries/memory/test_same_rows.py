"""The same places of one table are the same rows; nothing else is, unless it is the very same thing."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from funds.book import Book
from funds.kinds import EntryKind
from funds.queries.column_sources import Arrays, Joined, Source
from funds.queries.ledger_slice import slice_ledger
from funds.queries.memory.same_rows import are_same_rows, table_of
from funds.queries.memory.seen_rows import SeenRows, WrittenRows
from funds.queries.scopes import CITY
from tests.builders import PERSON, contribution, prepared_book, record, whole_city
from tests.engines import SqliteDatabases

LATE = date(2100, 1, 1)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """A city with rows in every table."""
    with prepared_book(sqlite, "kept-columns", whole_city) as made:
        yield made


def entries_of(book: Book) -> Source:
    return slice_ledger(book, PERSON, CITY, LATE).ledger.entries.source()


def investments_of(book: Book) -> Source:
    return slice_ledger(book, PERSON, CITY, LATE).ledger.entries.of_kind(EntryKind.INVESTMENT).source()


def test_lines_of_a_kind_stay_the_same_when_one_of_another_comes(book: Book) -> None:
    lines, all_lines = investments_of(book), entries_of(book)
    record(book, contribution("F1", "LP2", 1, "2022-01-01"))
    assert investments_of(book) is not lines
    assert are_same_rows(investments_of(book), lines)
    assert not are_same_rows(entries_of(book), all_lines)
    assert not are_same_rows(lines, all_lines)


def test_a_mask_and_a_list_of_places_may_mean_the_same_rows(book: Book) -> None:
    table = table_of(entries_of(book))
    assert table is not None
    rows, mask = WrittenRows(table, 5), np.array([True, False, True, True, False])
    seen = SeenRows(rows, mask, 3)
    assert are_same_rows(seen, rows.picked(np.array([0, 2, 3])))
    assert not are_same_rows(seen, rows.picked(np.array([0, 3, 2])))
    assert are_same_rows(rows, rows.picked(np.arange(5)))
    assert not are_same_rows(rows, WrittenRows(table, 4))


def test_rows_of_another_table_or_from_elsewhere_are_others(book: Book) -> None:
    ledger = slice_ledger(book, PERSON, CITY, LATE).ledger
    few = np.array([0])
    marks, lines = ledger.marks.source().picked(few), ledger.exits.source().picked(few)
    assert table_of(marks) is not None
    assert not are_same_rows(marks, lines)
    loose = Arrays({"id": few})
    assert table_of(loose) is None
    assert are_same_rows(loose, loose)
    assert not are_same_rows(loose, Arrays({"id": few}))
    assert not are_same_rows(Joined(marks, loose), Joined(marks, loose))
