"""Recovery codes: ten ways in for a person without the second factor, each good once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, delete, func, insert, select

from dashboard.auth.hashing import taking_turn
from dashboard.auth.second_factor import Factor
from funds.models import RecoveryCode

COUNT = 10
# Without signs that are read for one another: 60 bits in twelve signs.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 12, 4
COST = {"time_cost": 2, "memory_cost": 19_456, "parallelism": 1}


@dataclass(frozen=True)
class DrawnCode:
    """A code as its owner gets it, and what is kept of it."""

    code: str
    digest: str


def draw_code(length: int = LENGTH, group: int = GROUP) -> str:
    """A code by chance, in groups that can be read aloud."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(length))
    return "-".join(signs[at : at + group] for at in range(0, length, group))


def clean_code(text: str) -> str:
    """A code as typed, without what people put between its signs, in capitals."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def draw_codes(factor: Factor) -> Sequence[DrawnCode]:
    """New codes for a factor; costs time, so it is done before anything is locked."""
    codes = [draw_code() for _ in range(COUNT)]
    return [DrawnCode(code, digest_code(code, factor)) for code in codes]


def digest_code(code: str, factor: Factor) -> str:
    """What is kept of a code: costly to try, as the codes are short."""
    secret, salt = clean_code(code).encode("utf-8"), hashlib.sha256(factor.salt.encode("ascii")).digest()
    with taking_turn():
        return hash_secret_raw(secret, salt, hash_len=32, type=Type.ID, **COST).hex()


def keep_codes(connection: Connection, factor: Factor, codes: Sequence[DrawnCode]) -> None:
    """Put new codes in the place of the old ones."""
    connection.execute(delete(RecoveryCode).where(RecoveryCode.person_id == factor.person_id))
    rows = [{"person_id": factor.person_id, "code_digest": drawn.digest} for drawn in codes]
    connection.execute(insert(RecoveryCode), rows)


def take_recovery_code(connection: Connection, factor: Factor, digest: str) -> bool:
    """Whether the code was one of the person's; from now on it is not."""
    row = delete(RecoveryCode).where(
        RecoveryCode.person_id == factor.person_id, RecoveryCode.code_digest == digest
    )
    return connection.execute(row).rowcount == 1


def count_codes(connection: Connection, person_id: int) -> int:
    """How many codes a person has left."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.person_id == person_id)
    return int(connection.execute(query).scalar_one())
