"""What the program needs to run and may forget: sign-in secrets, sessions and the sign-in log."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, Id, Name, Operational
from funds.models.spine import TIME


class Secret(Operational, Base):
    """A person's password as an argon2 hash."""

    __tablename__ = "secret"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[str] = mapped_column(TIME)


class WebSession(Operational, Base):
    """A signed-in browser by the digest of its token."""

    __tablename__ = "web_session"
    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    created_at: Mapped[str] = mapped_column(TIME)
    seen_at: Mapped[str] = mapped_column(TIME)
    ended_at: Mapped[str | None] = mapped_column(TIME)


class SignIn(Operational, Base):
    """One attempt to sign in, good or bad."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    login: Mapped[str] = mapped_column(Name, index=True)
    address: Mapped[str] = mapped_column(String(64))
    tried_at: Mapped[str] = mapped_column(TIME)
    succeeded: Mapped[bool]
