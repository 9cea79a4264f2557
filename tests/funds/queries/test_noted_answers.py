"""What was worked out is kept until a table changes that was read for it, whichever these are."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from funds.book import OPEN, Book, Look
from funds.book.noting import noting_tables
from funds.models import Entry, FundFact, Operational, Seal
from funds.queries.last_changes import REVERSALS
from funds.queries.noted_answers import NotedAnswers
from funds.queries.proposals import read_proposals
from tests.builders import contribution, fund, paid_city, prepared_book, record
from tests.engines import Databases

Count = type[FundFact] | type[Entry] | type[Seal]


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The paid city."""
    with prepared_book(databases, "noted", paid_city) as made:
        yield made


class Asker:
    """Counts rows of a table, and how often it had to."""

    def __init__(self, book: Book, most: int = 1_000) -> None:
        self.book = book
        self.answers = NotedAnswers[object, int](most)
        self.read = 0

    def ask(self, model: Count, key: object = "a", as_known: int | None = None) -> int:
        def read() -> int:
            self.read += 1
            return int(look.connection.execute(select(func.count()).select_from(model)).scalar() or 0)

        with self.book.look(as_known) as look:
            return self.answers.find(self.book, look, key, read)


def test_an_answer_is_read_anew_only_after_a_change_of_what_it_rests_on(book: Book) -> None:
    asker = Asker(book)
    before = asker.ask(FundFact)
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    assert (asker.ask(FundFact), asker.read) == (before, 1)
    record(book, fund("F9"))
    assert (asker.ask(FundFact), asker.read) == (before + 1, 2)
    assert (asker.ask(FundFact, "b"), asker.read) == (before + 1, 3)


def test_an_earlier_version_is_read_each_time_and_spoils_nothing(book: Book) -> None:
    asker = Asker(book)
    asker.ask(FundFact)
    asker.ask(FundFact, as_known=1)
    asker.ask(FundFact, as_known=1)
    asker.ask(FundFact)
    assert asker.read == 3


def test_what_rests_on_the_chain_itself_or_on_no_sealed_table_is_not_kept(book: Book) -> None:
    asker = Asker(book)
    before = asker.ask(Seal)
    record(book, contribution("F1", "LP2", 5, "2021-01-01"))
    assert asker.ask(Seal) == before + 1
    operational = next(iter(Operational.__subclasses__()))
    asker.ask(operational, "o")  # type: ignore[arg-type]
    read = asker.read
    asker.ask(operational, "o")  # type: ignore[arg-type]
    assert asker.read == read + 1


def test_whoever_is_handed_a_kept_answer_notes_what_it_rests_on(book: Book) -> None:
    asker = Asker(book)
    asker.ask(FundFact)
    with noting_tables() as tables:
        asker.ask(FundFact)
    assert tables == {"fund_fact", REVERSALS}
    with noting_tables() as tables:
        assert asker.answers.find_kept(book, book.head(), "a") == asker.ask(FundFact)
    assert (tables, asker.read) == ({"fund_fact", REVERSALS}, 1)


def test_nothing_is_found_of_a_head_that_was_not_seen_or_after_a_change(book: Book) -> None:
    asker = Asker(book)
    asker.ask(FundFact)
    record(book, fund("F9"))
    assert asker.answers.find_kept(book, book.head(), "a") is None
    asker.ask(FundFact, "b")
    assert asker.answers.find_kept(book, book.head(), "a") is None
    assert asker.answers.find_kept(book, book.head(), "b") is not None


def test_the_answers_asked_for_longest_ago_go_first(book: Book) -> None:
    asker = Asker(book, most=2)
    for key in "abac":
        asker.ask(FundFact, key)
    assert asker.read == 3
    asker.ask(FundFact, "a")
    assert asker.read == 3
    asker.ask(FundFact, "b")
    assert asker.read == 4


def test_open_proposals_rest_on_no_payment(book: Book) -> None:
    def read(look: Look) -> frozenset[str]:
        with noting_tables() as tables:
            read_proposals(look.connection, look.version)
            read_proposals(look.connection, look.version, only_open=True)
        return frozenset(tables)

    with book.look(sight=OPEN) as look:
        assert read(look) == {"proposal", "proposal_end", REVERSALS}
