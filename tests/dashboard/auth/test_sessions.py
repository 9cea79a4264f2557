"""A session lasts as long as both timeouts allow and nobody ended it; the book never holds its token."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from dashboard.auth.sessions import (
    Limits,
    OpenSession,
    Origin,
    Step,
    digest_token,
    end_session,
    end_sessions,
    find_arrival,
    find_session,
    is_seen_stale,
    list_sessions,
    mark_seen,
    open_session,
    shift_time,
)
from funds.book import Book, find_person
from funds.models import WebSession
from tests.dashboard.serving import Clock

LIMITS = Limits(timedelta(minutes=30), timedelta(hours=8))


@pytest.fixture
def token(book: Book) -> str:
    """A session that has just begun."""
    with book.look() as look:
        person_id = find_person(look.connection, "signatory", look.version)
    with book.keep() as connection:
        return open_session(connection, person_id, book.now())


def find(book: Book, token: str) -> OpenSession | None:
    """The session of a token at the present time."""
    with book.look() as look:
        return find_session(look.connection, token, book.now(), LIMITS)


def see(book: Book, token: str) -> None:
    """The browser of a session is heard of now."""
    session = find(book, token)
    assert session is not None
    with book.keep() as connection:
        mark_seen(connection, session, book.now())


def test_a_token_finds_its_session_and_another_finds_none(book: Book, token: str) -> None:
    assert find(book, token) is not None
    assert find(book, token + "x") is None
    assert find(book, "") is None
    assert find(book, digest_token(token)) is None
    assert find(book, "\udcff\x00") is None


def test_the_book_holds_the_digest_only(book: Book, token: str) -> None:
    with book.look() as look:
        row = look.connection.execute(select(WebSession)).one()
    assert row.token_digest == digest_token(token)
    assert token not in repr(row)


def test_tokens_do_not_repeat(book: Book) -> None:
    with book.keep() as connection:
        tokens = {open_session(connection, (0 << 40) + 1, book.now()) for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43


def test_an_idle_session_ends(book: Book, clock: Clock, token: str) -> None:
    clock.advance(minutes=29)
    assert find(book, token) is not None
    clock.advance(minutes=1)
    assert find(book, token) is None


def test_a_session_that_is_used_lives_on_but_not_for_ever(book: Book, clock: Clock, token: str) -> None:
    for _ in range(23):
        clock.advance(minutes=20)
        see(book, token)
    clock.advance(minutes=19)
    assert find(book, token) is not None
    clock.advance(minutes=2)
    assert find(book, token) is None


def test_an_ended_session_stays_ended(book: Book, token: str) -> None:
    session = find(book, token)
    assert session is not None
    with book.keep() as connection:
        end_session(connection, token, book.now())
        mark_seen(connection, session, shift_time(book.now(), timedelta(minutes=1)))
    assert find(book, token) is None


def test_every_session_of_a_person_can_be_ended(book: Book, token: str) -> None:
    session = find(book, token)
    assert session is not None
    with book.keep() as connection:
        second = open_session(connection, session.person_id, book.now())
        end_sessions(connection, session.person_id, book.now())
    assert find(book, token) is None
    assert find(book, second) is None


def test_a_session_is_marked_as_seen_once_a_minute(book: Book, clock: Clock, token: str) -> None:
    session = find(book, token)
    assert session is not None
    clock.advance(seconds=59)
    assert not is_seen_stale(session, book.now())
    clock.advance(seconds=1)
    assert is_seen_stale(session, book.now())
    see(book, token)
    fresh = find(book, token)
    assert fresh is not None
    assert not is_seen_stale(fresh, book.now())


def test_a_session_that_waits_for_a_step_is_no_session_yet(book: Book, clock: Clock, token: str) -> None:
    session = find(book, token)
    assert session is not None
    with book.keep() as connection:
        waiting = open_session(connection, session.person_id, book.now(), waits_for=Step.CODE)
    assert find(book, waiting) is None
    with book.look() as look:
        assert find_arrival(look.connection, token, book.now()) is None
        arrival = find_arrival(look.connection, waiting, book.now())
    assert arrival is not None
    assert (arrival.person_id, arrival.waits_for) == (session.person_id, Step.CODE)
    clock.advance(minutes=15)
    with book.look() as look:
        assert find_arrival(look.connection, waiting, book.now()) is None


def test_the_sessions_of_a_person_are_listed_and_ended_one_by_one(
    book: Book, clock: Clock, token: str
) -> None:
    session = find(book, token)
    assert session is not None
    clock.advance(minutes=1)
    origin = Origin("10.0.0.1\n", "Mozilla/5.0 " + "x" * 500)
    with book.keep() as connection:
        second = open_session(connection, session.person_id, book.now(), origin)
        open_session(connection, session.person_id, book.now(), waits_for=Step.CODE)
    with book.look() as look:
        listed = list_sessions(look.connection, session.person_id, book.now(), LIMITS)
    assert [one.token_digest for one in listed] == [digest_token(second), digest_token(token)]
    assert (listed[0].address, len(listed[0].browser)) == ("10.0.0.1", 200)
    with book.keep() as connection:
        person_id, now = session.person_id, book.now()
        assert end_sessions(connection, person_id + 1, now, only=digest_token(second)) == 0
        assert (
            end_sessions(connection, person_id, now, but=digest_token(second), only=digest_token(second)) == 0
        )
        assert end_sessions(connection, person_id, now, only=digest_token(second)) == 1
        assert end_sessions(connection, person_id, now, but=digest_token(token)) == 1
    assert find(book, token) is not None
    assert find(book, second) is None


def test_a_session_of_before_these_columns_is_a_session(book: Book, token: str) -> None:
    with book.keep() as connection:
        connection.execute(WebSession.__table__.update().values(address=None, browser=None))  # type: ignore[attr-defined]
    session = find(book, token)
    assert session is not None
    assert (session.address, session.browser, session.waits_for) == ("", "", None)
