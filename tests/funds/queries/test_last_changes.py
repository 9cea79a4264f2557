"""What rests on a few tables is read again when one of these changes, and not before."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from funds.book import OPEN, Book, Head
from funds.queries.last_changes import NEVER, StandingAnswers, find_last_change
from funds.queries.standing_rights import standing_rights
from tests.builders import contribution, fund, paid_city, prepared_book, record
from tests.engines import Databases

FUNDS, LINES = "fund_fact", "entry"


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city."""
    with prepared_book(databases, "kept", paid_city) as made:
        yield made


def last(book: Book, *tables: str, head: Head | None = None) -> Head:
    with book.look(sight=OPEN) as look:
        return find_last_change(book, look.connection, head or look.head, tables)


def test_the_last_change_of_a_table_stays_while_others_change(book: Book) -> None:
    of_funds = last(book, FUNDS)
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    head = book.head()

    assert last(book, FUNDS) == of_funds
    assert last(book, LINES) == last(book, FUNDS, LINES) == head
    record(book, fund("F9"))
    assert last(book, FUNDS) == book.head() != head
    assert last(book, LINES) == head
    assert last(book, "mark") == NEVER


def test_an_earlier_head_or_one_of_another_past_counts_as_a_change_of_everything(book: Book) -> None:
    earlier = book.head()
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    assert last(book, LINES) == book.head()

    assert last(book, FUNDS, head=earlier) == earlier
    strange = replace(book.head(), hash="f" * 64)
    assert last(book, FUNDS, head=strange) == strange


def test_a_book_put_in_the_place_of_another_is_followed_from_its_beginning(book: Book) -> None:
    last(book, LINES)
    with book.look(sight=OPEN) as look:
        from funds.queries import last_changes

        followed = last_changes._kept[book]
        followed._head = replace(look.head, version=look.head.version - 1)
        followed._heads = {followed._head.version: followed._head.hash}
        followed._changes["mark"] = followed._head
    assert last(book, "mark") == NEVER
    assert last(book, LINES) != NEVER


def test_an_answer_is_read_once_until_what_it_rests_on_changes(book: Book) -> None:
    asked, answers = [], StandingAnswers[str, int]({FUNDS})

    def ask(key: str = "a") -> int:
        def read() -> int:
            asked.append(key)
            return len(asked)

        with book.look(sight=OPEN) as look:
            return answers.find(book, look, key, read)

    assert (ask(), ask(), ask("b")) == (1, 1, 2)
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    assert ask() == 1
    record(book, fund("F9"))
    assert (ask(), ask()) == (3, 3)


def test_what_is_kept_is_found_without_a_look_for_as_long_as_nobody_went_on(book: Book) -> None:
    answers, head = StandingAnswers[str, int]({FUNDS}), book.head()
    assert answers.find_kept(book, head, "a") is None
    with book.look(sight=OPEN) as look:
        answers.find(book, look, "a", lambda: 1)
    assert answers.find_kept(book, head, "a") == 1
    assert answers.find_kept(book, head, "b") is None

    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    # Which tables the new version touched is not known before somebody looks.
    assert answers.find_kept(book, book.head(), "a") is None
    last(book, FUNDS)
    assert answers.find_kept(book, book.head(), "a") == 1
    # Whoever came a little earlier goes on with it, until one of the tables changes.
    assert answers.find_kept(book, head, "a") == 1
    record(book, fund("F9"))
    last(book, FUNDS)
    assert answers.find_kept(book, head, "a") is None
    record(book, fund("F9"))
    last(book, FUNDS)
    assert answers.find_kept(book, book.head(), "a") is None


def test_the_answers_asked_for_longest_ago_go_first(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("funds.queries.last_changes.KEPT", 2)
    answers = StandingAnswers[int, int]({FUNDS})
    with book.look(sight=OPEN) as look:
        for key in (1, 2, 1, 3):
            answers.find(book, look, key, partial(int, key))
        assert answers.find(book, look, 1, lambda: -1) == 1
        assert answers.find(book, look, 2, lambda: -1) == -1


def test_rights_are_those_of_the_last_version_whichever_is_looked_at(book: Book) -> None:
    from funds.book import LOCAL, find_person

    with book.look() as look:
        person = find_person(look.connection, LOCAL, look.version)
        now = standing_rights(book, look, person, book.today())
    with book.look(1) as early:
        assert early.version == 1
        assert standing_rights(book, early, person, book.today()) == now
    assert now.grants
