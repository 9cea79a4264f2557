"""Passwords: how one is chosen, kept as an argon2 hash, and checked at the same cost for anybody."""

from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select

from dashboard.auth.access_rules import ASVS, Profile
from dashboard.auth.api_tokens import end_tokens
from dashboard.auth.hashing import taking_turn
from dashboard.auth.invitations import end_invitations
from dashboard.auth.sessions import end_sessions, shift_time
from funds.book import OPEN, Book, find_person, visible
from funds.errors import RulesBroken
from funds.models import Person, PersonFact, Secret
from funds.problems import Problem, fatal

LONGEST = 200
FEWEST_SIGNS = 5
# What is tried first by whoever guesses; digits and signs around a word do not make it a secret.
GUESSED = frozenset(
    ("password", "passw", "admin", "administrator", "qwerty", "qwertyuiop", "asdfghjkl", "letmein")
) | frozenset(
    ("welcome", "abcdefgh", "iloveyou", "woaini", "zhengfu", "jijin", "fundtracker", "industryfund")
)
_hasher = PasswordHasher()


def check_password(login: str, password: str, profile: Profile = ASVS) -> list[Problem]:
    """What is wrong with a password that somebody wants to use."""
    problems = []
    if len(password) < profile.shortest:
        problems.append(fatal("password.too_short", "form:password", shortest=profile.shortest))
    if len(password) > LONGEST:
        problems.append(fatal("password.too_long", "form:password", longest=LONGEST))
    if login and login.casefold() in password.casefold():
        problems.append(fatal("password.holds_login", "form:password"))
    if len(set(password)) < FEWEST_SIGNS:
        problems.append(fatal("password.monotonous", "form:password"))
    elif _is_guessed(password):
        problems.append(fatal("password.guessable", "form:password"))
    if _count_kinds(password) < profile.kinds:
        problems.append(fatal("password.few_kinds", "form:password", kinds=profile.kinds))
    return problems


def require_password(login: str, password: str, profile: Profile) -> None:
    """Refuse a password that may not be used, with every reason."""
    if problems := check_password(login, password, profile):
        raise RulesBroken(problems)


def add_person_secret(book: Book, person: str, password: str, profile: Profile = ASVS) -> None:
    """Give an active person a password; earlier ones, and what was signed in with them, end."""
    require_password(person, password, profile)
    with book.look(sight=OPEN) as look:
        person_id = find_person(look.connection, person, look.version)
    password_hash = hash_password(password)
    with book.keep() as connection:
        keep_password(connection, person_id, password_hash, book.now())


def hash_password(password: str) -> str:
    """What is kept of a password; costs time, so it is worked out before anything is locked."""
    with taking_turn():
        return _hasher.hash(password)


def keep_password(
    connection: Connection, person_id: int, password_hash: str, now: str, but: str | None = None
) -> None:
    """Put a password in the place of the one before; invitations, tokens and sessions (`but` for one) end."""
    connection.execute(delete(Secret).where(Secret.person_id == person_id))
    secret = {"person_id": person_id, "password_hash": password_hash, "changed_at": now}
    connection.execute(insert(Secret), [secret])
    end_invitations(connection, person_id, now)
    end_tokens(connection, person_id, now)
    end_sessions(connection, person_id, now, but)


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


def read_changed_at(connection: Connection, person_id: int) -> str | None:
    """When a person's password was set; None for somebody without one."""
    return connection.execute(select(Secret.changed_at).where(Secret.person_id == person_id)).scalar()


def is_expired(changed_at: str | None, now: str, profile: Profile) -> bool:
    """Whether a password is older than the profile lets it get."""
    if changed_at is None or profile.password_age is None:
        return False
    return changed_at <= shift_time(now, -profile.password_age)


def _is_guessed(password: str) -> bool:
    """Whether it is a word that is tried first, or signs in the order of the alphabet or of the digits."""
    word = password.casefold().strip("0123456789!@#$%^&*()_-+=.,?~ ")
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return word in GUESSED or steps <= {1, -9} or steps <= {-1, 9}


def _count_kinds(password: str) -> int:
    """How many of: small letters, capitals, digits, anything else."""
    kinds = (str.islower, str.isupper, str.isdigit)
    plain = sum(any(map(is_kind, password)) for is_kind in kinds)
    return plain + any(not any(is_kind(sign) for is_kind in kinds) for sign in password)


@cache
def _dummy_hash() -> str:
    """What the password of nobody is compared with."""
    return _hasher.hash("the password of nobody")


def _matches(password_hash: str, password: str) -> bool:
    with taking_turn():
        try:
            return _hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
