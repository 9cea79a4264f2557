"""Everybody hands in everything: a verb takes what the table of rights gives, on either engine."""

from collections.abc import Iterator, Sequence

import pytest

from funds.book import Book
from funds.recording import VERBS
from tests.dashboard.serving import Clock
from tests.engines import SqliteDatabases
from tests.faults.kinds import Kind, fault
from tests.matrix.city import build_matrix_city
from tests.matrix.identities import Identity, Share, Standing
from tests.matrix.writing import MODELS, Ask, list_asks, try_all


@pytest.fixture(scope="module")
def sqlite_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book of its own: an attempt that was let through must not reach the served one."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("writing"))
    book = Book(databases.copy_of("matrix city", build_matrix_city), clock=Clock())
    yield book
    book.close()


def judge(book: Book, identity: Identity, asks: Sequence[Ask]) -> list[str]:
    """The drafts that a verb took or refused against the table."""
    taken = try_all(book, identity, asks)
    return [
        f"{ask.name}: {'taken' if taken[ask.name] else 'refused'}"
        for ask in asks
        if taken[ask.name] is not ask.is_for(identity)
    ]


def is_author(identity: Identity) -> bool:
    """Whether a verb can be called in this name at all: sessions are the window's."""
    return identity.standing is Standing.ACTIVE


@fault("Z4", Kind.FORGED_REQUEST)
def test_verbs_take_what_the_table_gives(sqlite_book: Book, identity: Identity) -> None:
    if not is_author(identity):
        assert not any(ask.is_for(identity) for ask in list_asks())
        return
    before = sqlite_book.head()
    assert judge(sqlite_book, identity, list_asks()) == []
    assert sqlite_book.head() == before


def test_verbs_take_the_same_on_the_other_engine(
    postgres_book: Book, identity: Identity, share: Share
) -> None:
    if is_author(identity) or identity.standing is Standing.RETIRED:
        before = postgres_book.head()
        assert judge(postgres_book, identity, share.take(list_asks())) == []
        assert postgres_book.head() == before


def test_every_kind_of_draft_has_its_place() -> None:
    assert MODELS.keys() == VERBS.keys()
    assert {type(ask.draft) for ask in list_asks()} == VERBS.keys()
