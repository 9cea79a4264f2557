"""When the notices of each fund changed last, followed from version to version."""

from collections.abc import Iterator

import pytest

from funds.book import LOCAL, Book
from funds.queries import last_notices
from funds.queries.last_notices import read_last_notices
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from funds.recording.reversals import reverse_revision
from tests.builders import contribution, notice, paid_city, prepared_book, record
from tests.engines import Databases


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city."""
    with prepared_book(databases, "notices", paid_city) as made:
        yield made


def last(book: Book) -> dict[str, int]:
    facts = slice_ledger(book, LOCAL, CITY, book.today()).facts
    return {facts.funds[fund].code: version for fund, version in read_last_notices(book, book.head()).items()}


def test_a_notice_touches_its_own_fund_and_a_payment_none(book: Book) -> None:
    record(book, notice("F1", "LP2", 10, "A", "2025-10-01"))
    first = book.head().version
    assert last(book)["F1"] == first
    before = last(book)
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    assert last(book) == before
    record(book, notice("F1", "LP2", 10, "B", "2025-11-01"))
    assert last(book) == {**before, "F1": book.head().version}


def test_what_is_taken_back_touches_the_fund_too(book: Book) -> None:
    record(book, notice("F1", "LP2", 10, "A", "2025-10-01"))
    wrong = book.head().version
    assert last(book)["F1"] == wrong
    with book.change(LOCAL, "记错了", "reverse", reverses_id=wrong) as change:
        reverse_revision(change, wrong)
    assert last(book)["F1"] == wrong + 1


def test_following_step_by_step_comes_to_the_same_as_from_the_beginning(book: Book) -> None:
    for number in range(3):
        record(book, notice("F1", "LP2", 10, f"N{number}", "2025-10-01"))
        last(book)
    followed = last(book)
    last_notices._followed.pop(book)
    assert last(book) == followed


def test_an_earlier_head_is_answered_as_it_was(book: Book) -> None:
    record(book, notice("F1", "LP2", 10, "A", "2025-10-01"))
    earlier, then = book.head(), last(book)
    record(book, notice("F1", "LP2", 10, "B", "2025-11-01"))
    now = last(book)
    facts = slice_ledger(book, LOCAL, CITY, book.today()).facts
    found = read_last_notices(book, earlier)
    assert {facts.funds[fund].code: version for fund, version in found.items()} == then
    assert last(book) == now
