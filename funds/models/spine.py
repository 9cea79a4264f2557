"""The spine: who changed the book when and why, and the seals that chain one change to the next."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import BookKind
from funds.models.base import Base, BookRow, Code, Id, Name, Text, kind_of

TIME = String(27)  # UTC as 2026-01-31T08:00:00.000000Z: the same text on both engines, in order of time


class Revision(Base):
    """One change of the book, one line of the audit trail, one link of the chain."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    recorded_at: Mapped[str] = mapped_column(TIME, index=True)
    # No foreign key: the first revision names the person that it writes itself; `verify` looks after it.
    person_id: Mapped[int] = mapped_column(Id, index=True)
    action: Mapped[str] = mapped_column(Code)
    reason: Mapped[str] = mapped_column(Text)
    reverses_id: Mapped[int | None] = mapped_column(Id, ForeignKey("revision.id"), index=True)


class SealLeaf(Base):
    """Id and digest (8 + 32 bytes) of each row that a revision wrote into one table, in id order."""

    __tablename__ = "seal_leaf"
    revision_id: Mapped[int] = mapped_column(Id, ForeignKey("revision.id"), primary_key=True)
    table_name: Mapped[str] = mapped_column(Code, primary_key=True)
    leaves: Mapped[bytes] = mapped_column(LargeBinary)


class Seal(Base):
    """The link: digest over the previous hash, the revision and its leaves."""

    __tablename__ = "seal"
    revision_id: Mapped[int] = mapped_column(
        Id, ForeignKey("revision.id"), primary_key=True, autoincrement=False
    )
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class BookIdentity(BookRow, Base):
    """Which book this is: its own random name, the number that its ids carry, whether it is a demo."""

    __tablename__ = "book_identity"
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    number: Mapped[int] = mapped_column(Id)
    kind: Mapped[BookKind] = mapped_column(kind_of(BookKind))
    city_name: Mapped[str] = mapped_column(Name)
