"""Coming in leaves a line in the log, and too many failures close the door for a while."""

from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.auth.attempts import clean_login
from dashboard.auth.demo import DEMO_IDENTITIES, MANAGER, offered_identities
from dashboard.auth.door import Door
from dashboard.auth.entry import Entry, enter_demo, sign_in, sign_out
from dashboard.auth.sessions import Origin
from dashboard.settings import Settings
from funds.book import Book
from funds.errors import NotFound
from funds.models import SignIn, WebSession
from tests.dashboard.serving import PASSWORD, Clock, retire_person

SETTINGS = Settings("book", Path("anchors"), Path("state"))


def attempt(book: Book, login: str, password: str = PASSWORD, address: str = "10.0.0.1") -> Entry:
    """One attempt to sign in."""
    return sign_in(Door(book, SETTINGS), login, password, Origin(address))


def log(book: Book) -> list[tuple[str, str, bool]]:
    """The sign-in log."""
    with book.look() as look:
        query = select(SignIn.login, SignIn.address, SignIn.succeeded).order_by(SignIn.id)
        return [(row.login, row.address, row.succeeded) for row in look.connection.execute(query)]


def test_the_right_password_opens_a_session(book: Book) -> None:
    entry = attempt(book, " signatory ")
    assert entry.token
    assert entry.refusal is None
    assert log(book) == [("signatory", "10.0.0.1", True)]


def test_a_wrong_password_and_an_unknown_login_are_told_alike(book: Book) -> None:
    wrong, unknown = attempt(book, "signatory", "wrong"), attempt(book, "nobody", "wrong")
    assert wrong == unknown == Entry(None, "sign_in.refused")
    assert log(book) == [("signatory", "10.0.0.1", False), ("nobody", "10.0.0.1", False)]


@pytest.mark.parametrize("login", ["signatory", "nobody"])
def test_five_failures_lock_a_login_even_for_the_right_password(book: Book, login: str) -> None:
    for at in range(5):
        assert attempt(book, login, "wrong", f"10.0.0.{at}").refusal == "sign_in.refused"
    assert attempt(book, login, PASSWORD, "10.0.0.9") == Entry(None, "sign_in.locked")
    assert attempt(book, "manager").token, "another login is not locked with it"


def test_the_lock_ends_after_its_time_and_trying_does_not_prolong_it(book: Book, clock: Clock) -> None:
    for _ in range(5):
        attempt(book, "signatory", "wrong")
    for _ in range(14):
        clock.advance(minutes=1)
        assert attempt(book, "signatory").refusal == "sign_in.locked"
    clock.advance(minutes=1)
    assert attempt(book, "signatory").token


def test_a_success_starts_the_count_of_a_login_anew(book: Book, clock: Clock) -> None:
    for _ in range(3):
        for _ in range(4):
            assert attempt(book, "signatory", "wrong").refusal == "sign_in.refused"
        clock.advance(seconds=1)
        assert attempt(book, "signatory").token
        clock.advance(seconds=1)


def test_one_password_tried_on_many_logins_locks_the_address(book: Book) -> None:
    for at in range(20):
        attempt(book, f"login{at}", "wrong")
    assert attempt(book, "signatory").refusal == "sign_in.locked"
    assert attempt(book, "signatory", address="10.0.0.2").token


def test_a_success_does_not_wipe_out_the_count_of_an_address(book: Book, clock: Clock) -> None:
    for at in range(20):
        attempt(book, f"login{at}", "wrong")
        if at == 10:
            clock.advance(seconds=1)
            assert attempt(book, "manager").token
    assert attempt(book, "signatory").refusal == "sign_in.locked"


def test_a_retired_person_is_refused_like_an_unknown_one(book: Book) -> None:
    retire_person(book, "manager")
    assert attempt(book, "manager") == Entry(None, "sign_in.refused")


@pytest.mark.parametrize(
    ("login", "password"),
    [("a\x00b\n2026 INFO", "x"), ("l" * 5000, "p" * 100_000), ("登录\u202e", ""), ("\ud800", "\ud800")],
)
def test_a_strange_attempt_is_refused_and_logged_clean(book: Book, login: str, password: str) -> None:
    assert attempt(book, login, password, "a" * 500) == Entry(None, "sign_in.refused")
    ((logged, address, succeeded),) = log(book)
    assert logged.isprintable()
    assert len(logged) <= 64
    assert len(address) <= 64
    assert not succeeded


def test_a_login_is_cleaned_but_not_changed() -> None:
    assert clean_login(" chief.analyst ") == "chief.analyst"


def test_signing_out_ends_the_session(book: Book) -> None:
    entry = attempt(book, "signatory")
    sign_out(Door(book, SETTINGS), entry.token or "")
    with book.look() as look:
        assert look.connection.execute(select(WebSession.ended_at)).scalar() == book.now()


def test_a_demo_offers_its_identities(demo: Book) -> None:
    assert offered_identities(demo) == DEMO_IDENTITIES
    assert enter_demo(Door(demo, SETTINGS), "manager", Origin("10.0.0.1")).token
    assert log(demo) == [(MANAGER.login, "10.0.0.1", True)]


def test_a_demo_offers_only_whom_it_holds(demo: Book) -> None:
    retire_person(demo, MANAGER.login)
    assert MANAGER not in offered_identities(demo)
    with pytest.raises(NotFound):
        enter_demo(Door(demo, SETTINGS), "manager", Origin("10.0.0.1"))


@pytest.mark.parametrize("key", ["", "local", "demo.manager", "signatory"])
def test_a_demo_lets_nobody_else_in_by_one_click(demo: Book, key: str) -> None:
    with pytest.raises(NotFound):
        enter_demo(Door(demo, SETTINGS), key, Origin("10.0.0.1"))


def test_no_other_book_offers_an_identity_even_if_it_holds_one(book: Book) -> None:
    from tests.dashboard.serving import add_person

    add_person(book, MANAGER.login, None)
    assert offered_identities(book) == ()
    with pytest.raises(NotFound):
        enter_demo(Door(book, SETTINGS), "manager", Origin("10.0.0.1"))
