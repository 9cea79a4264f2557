"""Workbooks on their way into the book: the file, how far it has come, what was found, what was decided."""

from sqlalchemy import Boolean, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, Id, Name, Operational
from funds.models.spine import TIME


class ImportDraft(Operational, Base):
    """One file that somebody sent in and has not recorded yet; nobody else sees it, and it is forgotten.

    `runner` names the process that works on it, so that work whose process is gone is known as broken off.
    """

    __tablename__ = "import_draft"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    size: Mapped[int] = mapped_column(Id)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    layout: Mapped[str | None] = mapped_column(String(64))  # how its columns are named; None is the template
    state: Mapped[str] = mapped_column(String(32))
    runner: Mapped[str | None] = mapped_column(String(64))
    rows_read: Mapped[int] = mapped_column(Id)  # how far the reading has come
    result: Mapped[str | None] = mapped_column(Text)
    choices: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int | None] = mapped_column(Id)  # the revision that it became
    made_at: Mapped[str] = mapped_column(TIME, index=True)
    tables: Mapped[str | None] = mapped_column(Text)  # what was found in a file of another layout
    mapping: Mapped[str | None] = mapped_column(Text)  # what its columns become, as far as somebody has said
    is_mapped: Mapped[bool | None] = mapped_column(Boolean)


class ImportLayout(Operational, Base):
    """What somebody last made of a layout's columns, to be proposed to them the next time it comes."""

    __tablename__ = "import_layout"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    layout: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[str] = mapped_column(Text)
    used_at: Mapped[str] = mapped_column(TIME)
