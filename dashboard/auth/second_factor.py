"""The second factor: six digits that change every half minute, each taken once (RFC 6238).

The database holds a salt only. The secret behind a person's codes is worked out from it with a key that is kept
outside the database, so that a copy of the database alone gives no code.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno
from sqlalchemy import Connection, delete, insert, select, update

from funds.models import RecoveryCode, SecondFactor

STEP = 30  # seconds
DRIFT = 1  # steps that a person's clock may be off either way
DIGITS = 6


@dataclass(frozen=True)
class Factor:
    """A person's second factor; not in force before it was confirmed with a first code."""

    person_id: int
    salt: str
    key_name: str
    confirmed_at: str | None
    last_step: int

    @property
    def is_active(self) -> bool:
        """Whether it is asked for."""
        return self.confirmed_at is not None


def read_factor(connection: Connection, person_id: int) -> Factor | None:
    """The second factor that a person has or is setting up."""
    columns = (
        *(SecondFactor.person_id, SecondFactor.salt, SecondFactor.key_name),
        *(SecondFactor.confirmed_at, SecondFactor.last_step),
    )
    row = connection.execute(select(*columns).where(SecondFactor.person_id == person_id)).first()
    return Factor(*row) if row else None


def begin_factor(connection: Connection, key: bytes, person_id: int, now: str) -> Factor:
    """Prepare a second factor for somebody who has none in force; one that was begun before is dropped."""
    pending = SecondFactor.confirmed_at.is_(None)
    connection.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id, pending))
    begun = Factor(person_id, secrets.token_hex(32), name_key(key), None, 0)
    connection.execute(insert(SecondFactor), [{**vars(begun), "made_at": now}])
    return begun


def confirm_factor(connection: Connection, person_id: int, now: str) -> None:
    """Put a prepared second factor into force."""
    connection.execute(
        update(SecondFactor).where(SecondFactor.person_id == person_id).values(confirmed_at=now)
    )


def remove_factor(connection: Connection, person_id: int) -> None:
    """Drop a person's second factor and recovery codes."""
    for model in (SecondFactor, RecoveryCode):
        connection.execute(delete(model).where(model.person_id == person_id))


def take_code(connection: Connection, key: bytes, factor: Factor, code: str, now: str) -> bool:
    """Whether the code is right for this half minute or the one beside it, and newer than any taken before."""
    step = _find_step(key, factor, code, now)
    if step is None:
        return False
    # Of two browsers with the same code the second finds the step taken.
    newer = update(SecondFactor).where(
        SecondFactor.person_id == factor.person_id,
        SecondFactor.salt == factor.salt,
        SecondFactor.last_step < step,
    )
    return connection.execute(newer.values(last_step=step)).rowcount == 1


def is_made_with(factor: Factor, key: bytes) -> bool:
    """Whether this key made the factor; with another one no code can ever be right."""
    return hmac.compare_digest(factor.key_name, name_key(key))


def name_key(key: bytes) -> str:
    """A name by which a key is known again; it says nothing about the key."""
    return hmac.new(key, b"name of the key", hashlib.sha256).hexdigest()


def read_secret(key: bytes, factor: Factor) -> str:
    """The secret as an authenticator application takes it."""
    digest = hmac.new(key, b"second factor " + factor.salt.encode("ascii"), hashlib.sha256).digest()
    return b32encode(digest[:20]).decode("ascii")


def draw_secret(secret: str, login: str, issuer: str) -> str:
    """The secret as a picture to take with a telephone, in the form of an address for `img`."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="white")


def _find_step(key: bytes, factor: Factor, code: str, now: str) -> int | None:
    totp = pyotp.TOTP(read_secret(key, factor), digits=DIGITS, interval=STEP)
    current = int(datetime.fromisoformat(now).timestamp()) // STEP
    given = code.encode("utf-8", "replace")
    fitting = [
        step
        for step in range(current - DRIFT, current + DRIFT + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode("ascii"), given)
    ]
    return fitting[-1] if fitting else None
