"""The second factor takes each code once, near its time, and cannot be worked out from the database."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from dashboard.auth.recovery import (
    clean_code,
    count_codes,
    draw_code,
    draw_codes,
    keep_codes,
    take_recovery_code,
)
from dashboard.auth.second_factor import (
    STEP,
    Factor,
    begin_factor,
    confirm_factor,
    draw_secret,
    is_made_with,
    read_factor,
    read_secret,
    remove_factor,
    take_code,
)
from funds.book import Book, write_time
from funds.models import RecoveryCode, SecondFactor
from tests.dashboard.auth.second_steps import person_id_of
from tests.dashboard.serving import Clock

KEY, OTHER_KEY = b"k" * 32, b"o" * 32


@pytest.fixture
def factor(book: Book) -> Factor:
    """A second factor in force."""
    person_id = person_id_of(book, "signatory")
    with book.keep() as connection:
        begin_factor(connection, KEY, person_id, book.now())
        confirm_factor(connection, person_id, book.now())
        found = read_factor(connection, person_id)
    assert found is not None
    assert found.is_active
    return found


def shown(factor: Factor, at: datetime, steps: int = 0) -> str:
    """What a telephone shows at an instant, some half minutes off."""
    return pyotp.TOTP(read_secret(KEY, factor)).generate_otp(int(at.timestamp()) // STEP + steps)


def take(book: Book, factor: Factor, code: str, key: bytes = KEY) -> bool:
    """Whether a code is taken now."""
    with book.keep() as connection:
        return take_code(connection, key, factor, code, book.now())


def test_the_digits_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-1: the last six of the eight digits given there."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    published = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: pyotp.TOTP(secret).at(at) for at in published} == published


def test_a_code_is_taken_once(book: Book, clock: Clock, factor: Factor) -> None:
    code = shown(factor, clock.now)
    assert take(book, factor, code)
    assert not take(book, factor, code)


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(
    book: Book, clock: Clock, factor: Factor, steps: int, is_taken: bool
) -> None:
    assert take(book, factor, shown(factor, clock.now, steps)) is is_taken


def test_no_code_older_than_the_last_one_is_taken(book: Book, clock: Clock, factor: Factor) -> None:
    assert take(book, factor, shown(factor, clock.now, 1))
    assert not take(book, factor, shown(factor, clock.now, 0))
    clock.advance(seconds=STEP)
    assert not take(book, factor, shown(factor, clock.now, 0))
    clock.advance(seconds=STEP)
    assert take(book, factor, shown(factor, clock.now, 0))


def test_a_code_of_a_factor_that_was_replaced_is_not_taken(book: Book, clock: Clock, factor: Factor) -> None:
    with book.keep() as connection:
        remove_factor(connection, factor.person_id)
        begin_factor(connection, KEY, factor.person_id, book.now())
    assert not take(book, factor, shown(factor, clock.now))


def test_the_database_alone_gives_no_code(book: Book, factor: Factor) -> None:
    with book.look() as look:
        (row,) = look.connection.execute(select(SecondFactor))
    secret = read_secret(KEY, factor)
    assert secret not in repr(row)
    assert read_secret(OTHER_KEY, factor) != secret
    assert KEY.hex() not in repr(row)


def test_another_key_is_known_as_such(book: Book, clock: Clock, factor: Factor) -> None:
    assert is_made_with(factor, KEY)
    assert not is_made_with(factor, OTHER_KEY)
    assert not take(book, factor, shown(factor, clock.now), OTHER_KEY)


def test_two_people_have_two_secrets(book: Book, factor: Factor) -> None:
    other = person_id_of(book, "manager")
    with book.keep() as connection:
        begin_factor(connection, KEY, other, book.now())
        found = read_factor(connection, other)
    assert found is not None
    assert not found.is_active
    assert read_secret(KEY, found) != read_secret(KEY, factor)


def test_the_picture_holds_the_address_for_an_authenticator() -> None:
    picture = draw_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "zhang", "产业基金台账 示例市")
    assert picture.startswith("data:image/svg+xml")
    assert "http:" not in picture.replace("http://www.w3.org", "")


def test_recovery_codes_are_ten_that_nobody_mistakes(book: Book, factor: Factor) -> None:
    drawn = draw_codes(factor)
    assert len({one.code for one in drawn}) == len({one.digest for one in drawn}) == 10
    assert all(len(one.code) == 14 and not set(one.code) & set("01IO") for one in drawn)
    with book.keep() as connection:
        keep_codes(connection, factor, drawn)
        kept = set(connection.execute(select(RecoveryCode.code_digest)).scalars())
    assert kept == {one.digest for one in drawn}
    assert not any(clean_code(one.code) in digest.upper() for one in drawn for digest in kept)


def test_a_recovery_code_is_gone_once_used(book: Book, factor: Factor) -> None:
    drawn = draw_codes(factor)
    with book.keep() as connection:
        keep_codes(connection, factor, drawn)
        assert take_recovery_code(connection, factor, drawn[3].digest)
        assert not take_recovery_code(connection, factor, drawn[3].digest)
        assert count_codes(connection, factor.person_id) == 9


def test_a_code_is_read_however_it_is_typed() -> None:
    code = draw_code()
    assert clean_code(f" {code.lower().replace('-', ' ')}\t") == code.replace("-", "")
    assert draw_code() != draw_code()


def test_time_is_counted_in_utc(book: Book, clock: Clock, factor: Factor) -> None:
    clock.now = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # New Year's midnight in the city
    assert take(book, factor, shown(factor, clock.now))
    assert write_time(clock.now + timedelta(0)).endswith("Z")
