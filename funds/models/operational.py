"""What the program needs to run and may forget: secrets, second factors, invitations, sessions, the access log."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, Id, Name, Operational
from funds.models.spine import TIME

DIGEST = String(64)


class Secret(Operational, Base):
    """A person's password as an argon2 hash."""

    __tablename__ = "secret"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[str] = mapped_column(TIME)


class SecondFactor(Operational, Base):
    """What, together with a key kept outside the database, gives a person's codes; in force once confirmed."""

    __tablename__ = "second_factor"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(DIGEST)
    key_name: Mapped[str] = mapped_column(DIGEST)  # which key it was made with; says nothing about the key
    made_at: Mapped[str] = mapped_column(TIME)
    confirmed_at: Mapped[str | None] = mapped_column(TIME)
    last_step: Mapped[int] = mapped_column(BigInteger)  # of the newest code taken; an older one is not


class RecoveryCode(Operational, Base):
    """One way in for a person without the second factor, by its digest; gone once used."""

    __tablename__ = "recovery_code"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    code_digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)


class Invitation(Operational, Base):
    """A code by which a person sets a password, once and for a while, by its digest."""

    __tablename__ = "invitation"
    code_digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    made_by_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    made_at: Mapped[str] = mapped_column(TIME)
    expires_at: Mapped[str] = mapped_column(TIME)
    ended_at: Mapped[str | None] = mapped_column(TIME)


class WebSession(Operational, Base):
    """A signed-in browser by the digest of its token; with `waits_for`, one that is not through yet."""

    __tablename__ = "web_session"
    token_digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    created_at: Mapped[str] = mapped_column(TIME)
    seen_at: Mapped[str] = mapped_column(TIME)
    ended_at: Mapped[str | None] = mapped_column(TIME)
    waits_for: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(String(64))
    browser: Mapped[str | None] = mapped_column(String(200))


class SignIn(Operational, Base):
    """One line of the access log: an attempt to come in, a refusal, or what was done to an account.

    Lines without an `event` are of the time when only passwords were tried.
    """

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    login: Mapped[str] = mapped_column(Name, index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    tried_at: Mapped[str] = mapped_column(TIME, index=True)
    succeeded: Mapped[bool]
    event: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[str | None] = mapped_column(String(200))
