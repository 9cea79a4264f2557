"""The sign-in log, and the lock that too many failures put on a login or an address for a while."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, func, insert, select

from dashboard.auth.sessions import shift_time
from funds.models import SignIn

LONGEST_LOGIN = 64
LONGEST_ADDRESS = 64


@dataclass(frozen=True)
class LockRule:
    """How many failures lock a login or an address, and for how long."""

    login_failures: int
    address_failures: int
    window: timedelta


def clean_login(text: str) -> str:
    """A login as typed, made fit for looking up and for the log."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in text.strip())
    return printable[:LONGEST_LOGIN]


def is_locked(connection: Connection, login: str, address: str, now: str, rule: LockRule) -> bool:
    """Whether this login or this address has failed too often; the same for a login that does not exist."""
    since = shift_time(now, -rule.window)
    last_success = connection.execute(
        select(func.max(SignIn.tried_at)).where(SignIn.login == login, SignIn.succeeded)
    ).scalar()
    by_login = _count_failures(connection, max(since, last_success or ""), SignIn.login == login)
    # One who may sign in must not be able to wipe out the count of an address.
    by_address = _count_failures(connection, since, SignIn.address == address[:LONGEST_ADDRESS])
    return by_login >= rule.login_failures or by_address >= rule.address_failures


def record_attempt(connection: Connection, login: str, address: str, now: str, *, succeeded: bool) -> None:
    """One line of the sign-in log."""
    row = {
        "login": login,
        "address": address[:LONGEST_ADDRESS],
        "tried_at": now,
        "succeeded": succeeded,
    }
    connection.execute(insert(SignIn), [row])


def _count_failures(connection: Connection, since: str, whose: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(SignIn)
    query = query.where(whose, SignIn.tried_at > since, SignIn.succeeded.is_(False))
    return int(connection.execute(query).scalar_one())
