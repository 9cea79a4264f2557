"""The checks that are kept are those that would be made anew, and they are not made anew without need."""

from collections.abc import Iterator

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.kinds import ExitKind
from funds.queries.kept_checks import Checks, keep_checks
from funds.queries.quarter_checks import read_checks
from tests.builders import (
    balance,
    distribution,
    exit_,
    fee,
    invested_city,
    mark,
    nav,
    prepared_book,
    record,
)
from tests.engines import SqliteDatabases

QUARTER = "2024-Q4"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "checked", invested_city) as made:
        yield made


def keep(book: Book, as_known: int | None = None) -> Checks:
    with book.look(as_known) as look:
        return keep_checks(book, look, QUARTER, [1, 2])


def make_anew(book: Book, as_known: int | None = None) -> Checks:
    with book.look(as_known) as look:
        return read_checks(look.connection, look.version, QUARTER, [1, 2])


DRAFTS: tuple[Draft, ...] = (
    distribution("F1", "LP2", 5, "2024-10-05"),
    mark("F1", "C1", 900, "2024-12-31"),
    nav("F1", 4_000, "2024-12-31"),
    balance("F1", 700, "2024-12-31"),
    fee("F1", 3, "2024-11-30"),
    exit_("F1", "C1", 50, "2024-12-01", kind=ExitKind.DIVIDEND),
    fee("F1", 3, "2025-02-05"),
)


def test_kept_checks_are_those_made_anew_after_every_kind_of_entry(book: Book) -> None:
    seen = [keep(book)]
    for draft in DRAFTS:
        record(book, draft)
        seen.append(keep(book))
        assert seen[-1] == make_anew(book)
    assert len({str(one) for one in seen}) > 1
    assert keep(book, 2) == make_anew(book, 2)


def test_what_is_paid_after_the_end_of_the_quarter_leaves_them(book: Book) -> None:
    first = keep(book)
    record(book, fee("F1", 3, "2025-02-05"))
    assert keep(book) is first
    record(book, fee("F1", 3, "2024-12-05"))
    assert keep(book) is not first
