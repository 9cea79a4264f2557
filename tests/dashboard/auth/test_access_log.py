"""The access log holds who, from where, what and when, no secret, and no line younger than half a year is dropped."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert, select

from dashboard.auth import hashing
from dashboard.auth.access_log import Event, forget_events, read_events, record_event
from dashboard.auth.access_rules import DEFAULT_RULES
from dashboard.auth.attempts import LockRule, begin_attempt
from dashboard.auth.hashing import TooBusy, taking_turn
from funds.book import Book
from funds.errors import Conflict
from funds.models import SignIn
from tests.dashboard.serving import Clock


def lines(book: Book) -> list[tuple[str | None, str, bool]]:
    """Event, login and outcome of every line."""
    with book.look() as look:
        query = select(SignIn.event, SignIn.login, SignIn.succeeded).order_by(SignIn.id)
        return [(row.event, row.login, row.succeeded) for row in look.connection.execute(query)]


def test_a_line_is_clean_whatever_was_sent(book: Book) -> None:
    with book.keep() as connection:
        record_event(
            connection,
            Event.REFUSED,
            "a\n2026 INFO\u202e",
            "1" * 500,
            book.now(),
            succeeded=False,
            detail="x\r\n" * 200,
        )
    with book.look() as look:
        (row,) = look.connection.execute(select(SignIn))
    assert row.login == "a�2026 INFO�"
    assert len(row.address) == 64
    assert row.detail.isprintable()
    assert len(row.detail) == 200


def test_the_newest_lines_of_a_login_are_read_and_old_ones_have_no_event(book: Book) -> None:
    with book.keep() as connection:
        old = {"login": "a", "address": "", "tried_at": book.now(), "succeeded": True}
        connection.execute(insert(SignIn), [old])
        record_event(connection, Event.INVITED, "a", "", book.now(), detail="by=b")
        record_event(connection, Event.INVITED, "other", "", book.now())
    with book.look() as look:
        read = read_events(look.connection, "a", 5)
        newest = read_events(look.connection, "a", 1)
    assert [(line.event, line.detail) for line in read] == [(Event.INVITED, "by=b"), (Event.PASSWORD, "")]
    assert newest == read[:1]


def test_an_attempt_is_in_the_log_before_it_is_judged(book: Book) -> None:
    attempt = begin_attempt(book, Event.PASSWORD, "signatory", "10.0.0.1", DEFAULT_RULES.lock)
    assert attempt is not None
    assert lines(book) == [("password", "signatory", False)]


def test_of_many_attempts_at_once_no_more_get_through_than_the_rule_allows(book: Book) -> None:
    rule, at_once = LockRule(3, 100, timedelta(minutes=15)), Barrier(8)
    through = []

    def attempt() -> None:
        at_once.wait()
        if begin_attempt(book, Event.PASSWORD, "signatory", "10.0.0.1", rule) is not None:
            through.append(1)

    threads = [Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(through) <= 3, "where all are counted before any is judged, none gets through"


def test_a_flood_against_a_lock_leaves_a_line_a_minute(book: Book, clock: Clock) -> None:
    rule = LockRule(1, 100, timedelta(minutes=15))
    begin_attempt(book, Event.PASSWORD, "signatory", "10.0.0.1", rule)
    for _ in range(50):
        assert begin_attempt(book, Event.PASSWORD, "signatory", "10.0.0.1", rule) is None
    clock.advance(minutes=1)
    assert begin_attempt(book, Event.PASSWORD, "signatory", "10.0.0.1", rule) is None
    assert [event for event, *_ in lines(book)] == ["password", "locked", "locked"]


def test_the_log_is_not_shortened_to_less_than_half_a_year(book: Book, clock: Clock) -> None:
    with book.keep() as connection:
        record_event(connection, Event.PASSWORD, "old", "", book.now())
    clock.advance(days=183)
    with book.keep() as connection:
        record_event(connection, Event.PASSWORD, "young", "", book.now())
    today = book.today()
    for before in (today, today - timedelta(days=90), today - timedelta(days=182)):
        with pytest.raises(Conflict) as refused:
            forget_events(book, before, "auditor")
        assert refused.value.code == "log.too_young"
        assert refused.value.params["days"] == "183"
    assert forget_events(book, today - timedelta(days=183), "auditor") == 0
    clock.advance(days=1)
    assert forget_events(book, today - timedelta(days=182), "auditor") == 1
    assert [login for _, login, _ in lines(book)] == ["young", "auditor", "auditor"]


def test_only_a_few_hash_at_once_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with taking_turn(), taking_turn():
        # The two turns are taken; two more may wait, a fifth is sent away.
        assert hashing._present.acquire(blocking=False)
        assert hashing._present.acquire(blocking=False)
        with pytest.raises(TooBusy), taking_turn():
            pass
        hashing._present.release()
        hashing._present.release()
    with taking_turn():
        pass
