"""What other programs come in with, and what they were answered: tokens of people, and requests that write."""

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from funds.models.base import Base, Id, Name, Operational
from funds.models.operational import DIGEST
from funds.models.spine import TIME

LONGEST_KEY = 64


class ApiToken(Operational, Base):
    """A program's way in for one person, by its digest; with a park or a fund, only to what lies there."""

    __tablename__ = "api_token"
    token_digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    may_write: Mapped[bool]
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    fund_id: Mapped[int | None] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    made_at: Mapped[str] = mapped_column(TIME)
    expires_at: Mapped[str] = mapped_column(TIME)
    ended_at: Mapped[str | None] = mapped_column(TIME)
    used_at: Mapped[str | None] = mapped_column(TIME)


class ApiRequest(Operational, Base):
    """A request that writes, by the key that its sender gave it; without a status it is still under way.

    `claim` names whoever is at work on it, so that one who was given up for lost can write no more.
    """

    __tablename__ = "api_request"
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    body_digest: Mapped[str] = mapped_column(DIGEST)
    claim: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[str] = mapped_column(TIME, index=True)
    status: Mapped[int | None] = mapped_column(Integer)
    answer: Mapped[str | None] = mapped_column(Text)
