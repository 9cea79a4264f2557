"""What waits for a second person: a proposed change with its reason, whose it is to see, and how it ended."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import ProposalOutcome
from funds.models.base import Base, BookRow, Code, Id, Text, kind_of

LONGEST_PAYLOAD = 20_000


class Proposal(BookRow, Base):
    """Drafts as canonical text, which stand nowhere else until somebody else approves them.

    `about` is the code of what they are about; `seen_version` is how the proposer knew the book;
    `is_city_wide` says that only a right over the whole city ends it.
    """

    __tablename__ = "proposal"
    kind: Mapped[str] = mapped_column(Code, index=True)
    about: Mapped[str] = mapped_column(Code, index=True)
    reason: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(String(LONGEST_PAYLOAD))
    content_digest: Mapped[str] = mapped_column(String(64), index=True)
    seen_version: Mapped[int] = mapped_column(Id, ForeignKey("revision.id"), index=True)
    is_city_wide: Mapped[bool]
    proposer_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)


class ProposalSubject(BookRow, Base):
    """A fund or park that a proposal belongs to, once for each row of a file that it came from.

    A proposal without any is the city's; then a row says only where in the file it came from.
    """

    __tablename__ = "proposal_subject"
    proposal_id: Mapped[int] = mapped_column(Id, ForeignKey("proposal.id"), index=True)
    fund_id: Mapped[int | None] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)


class ProposalEnd(BookRow, Base):
    """How a proposal ended, once and for all; what an approval applied stands in the same revision.

    The proposer is repeated here so that the database itself refuses an approval by one's own hand.
    """

    __tablename__ = "proposal_end"
    proposal_id: Mapped[int] = mapped_column(Id, ForeignKey("proposal.id"))
    outcome: Mapped[ProposalOutcome] = mapped_column(kind_of(ProposalOutcome))
    reason: Mapped[str | None] = mapped_column(Text)
    proposer_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    ended_by_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    __table_args__ = (
        UniqueConstraint("proposal_id"),
        CheckConstraint("(outcome = 'withdrawn') = (ended_by_id = proposer_id)", name="two_people"),
    )
