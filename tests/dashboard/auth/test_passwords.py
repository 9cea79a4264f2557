"""A password opens for its owner only, while active, and costs the same for nobody."""

import pytest
from sqlalchemy import select

from dashboard.auth import passwords
from dashboard.auth.passwords import add_person_secret, check_password, verify_password
from dashboard.auth.sessions import open_session
from funds.book import Book
from funds.errors import NotAllowed, RulesBroken
from funds.models import Secret, WebSession
from tests.dashboard.serving import PASSWORD, retire_person


def verify(book: Book, login: str, password: str) -> int | None:
    """The person whom login and password open for."""
    with book.look() as look:
        return verify_password(look.connection, look.version, login, password)


def test_the_right_password_finds_its_person(book: Book) -> None:
    assert verify(book, "signatory", PASSWORD) is not None
    assert verify(book, "signatory", PASSWORD) != verify(book, "manager", PASSWORD)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("signatory", "Seven small boats"),
        ("signatory", ""),
        ("nobody", PASSWORD),
        ("", ""),
        ("local", PASSWORD),
    ],
)
def test_any_other_pair_finds_nobody(book: Book, login: str, password: str) -> None:
    assert verify(book, login, password) is None


def test_a_retired_person_is_nobody(book: Book) -> None:
    retire_person(book, "manager")
    assert verify(book, "manager", PASSWORD) is None


def test_the_book_holds_argon2_and_not_the_password(book: Book) -> None:
    with book.look() as look:
        kept = look.connection.execute(select(Secret.password_hash)).scalars().all()
    assert kept
    assert all(one.startswith("$argon2id$") and PASSWORD not in one for one in kept)


def test_an_unknown_login_costs_a_hash_too(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def compare(password_hash: str, password: str) -> bool:
        compared.append(password_hash)
        return True

    monkeypatch.setattr(passwords, "_matches", compare)
    assert verify(book, "nobody", PASSWORD) is None
    assert compared[0].startswith("$argon2id$")


def test_a_damaged_hash_opens_nothing(book: Book) -> None:
    with book.keep() as connection:
        connection.execute(Secret.__table__.update().values(password_hash="not a hash"))  # type: ignore[attr-defined]
    assert verify(book, "signatory", PASSWORD) is None


def test_a_new_password_ends_the_old_one_and_what_was_signed_in_with_it(book: Book) -> None:
    person_id = verify(book, "signatory", PASSWORD)
    assert person_id is not None
    with book.keep() as connection:
        open_session(connection, person_id, book.now())
    add_person_secret(book, "signatory", "eight large ships")
    assert verify(book, "signatory", PASSWORD) is None
    assert verify(book, "signatory", "eight large ships") == person_id
    with book.look() as look:
        assert look.connection.execute(select(WebSession.ended_at)).scalar() is not None


def test_nobody_unknown_gets_a_password(book: Book) -> None:
    with pytest.raises(NotAllowed):
        add_person_secret(book, "nobody", "eight large ships")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("too short", "password.too_short"),
        ("x" * 100 + "abcdefgh" * 20, "password.too_long"),
        ("the-Signatory-of-all", "password.holds_login"),
        ("aaaaaaaaaaaaaab", "password.monotonous"),
    ],
)
def test_a_poor_password_is_refused_with_its_reason(book: Book, password: str, code: str) -> None:
    assert [problem.code for problem in check_password("signatory", password)] == [code]
    with pytest.raises(RulesBroken) as refused:
        add_person_secret(book, "signatory", password)
    assert refused.value.problems[0].code == code
    assert password not in str(refused.value)
