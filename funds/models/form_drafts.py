"""What somebody has typed into a form and not recorded yet."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, Id, Operational
from funds.models.spine import TIME

FORM, KEY = String(64), String(200)


class FormDraft(Operational, Base):
    """One person's text in one form about one thing (`key`); nobody else sees it, and it is forgotten."""

    __tablename__ = "form_draft"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    form: Mapped[str] = mapped_column(FORM, primary_key=True)
    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    typed: Mapped[str] = mapped_column(Text)  # JSON by field
    seen_version: Mapped[int | None] = mapped_column(Id)  # how the book stood when the form was opened
    saved_at: Mapped[str] = mapped_column(TIME, index=True)
