"""Passwords: how one is chosen, kept as an argon2 hash, and checked at the same cost for anybody."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select

from dashboard.auth.sessions import end_sessions
from funds.book import Book, find_person, visible
from funds.errors import RulesBroken
from funds.models import Person, PersonFact, Secret
from funds.problems import Problem, fatal

SHORTEST = 10
LONGEST = 200
_hasher = PasswordHasher()


def check_password(login: str, password: str) -> list[Problem]:
    """What is wrong with a password that somebody wants to use."""
    problems = []
    if len(password) < SHORTEST:
        problems.append(fatal("password.too_short", "form:password", shortest=SHORTEST))
    if len(password) > LONGEST:
        problems.append(fatal("password.too_long", "form:password", longest=LONGEST))
    if login and login.casefold() in password.casefold():
        problems.append(fatal("password.holds_login", "form:password"))
    if len(set(password)) < 5:
        problems.append(fatal("password.monotonous", "form:password"))
    return problems


def add_person_secret(book: Book, person: str, password: str) -> None:
    """Give an active person a password; earlier ones, and what was signed in with them, end."""
    problems = check_password(person, password)
    if problems:
        raise RulesBroken(problems)
    with book.look() as look:
        person_id = find_person(look.connection, person, look.version)
    secret = {
        "person_id": person_id,
        "password_hash": _hasher.hash(password),
        "changed_at": book.now(),
    }
    with book.keep() as connection:
        connection.execute(delete(Secret).where(Secret.person_id == person_id))
        connection.execute(insert(Secret), [secret])
        end_sessions(connection, person_id, book.now())


def verify_password(connection: Connection, version: int, login: str, password: str) -> int | None:
    """The id of the active person whose login and password these are; an unknown one costs as much time."""
    query = (
        select(Secret.person_id, Secret.password_hash)
        .join(Person, Person.id == Secret.person_id)
        .join(PersonFact, PersonFact.person_id == Person.id)
        .where(Person.login == login, PersonFact.active, visible(PersonFact, version))
    )
    found = connection.execute(query).first()
    matches = _matches(found.password_hash if found else _dummy_hash(), password)
    return int(found.person_id) if found and matches else None


@cache
def _dummy_hash() -> str:
    """What the password of nobody is compared with."""
    return _hasher.hash("the password of nobody")


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
