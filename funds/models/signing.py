"""Papers of a quarter that two people sign, and samples of the ledger that are laid beside their documents."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from funds.kinds import AuditStep, Basis, PaperRole
from funds.models.base import Base, BookRow, Code, Fen, Id, Text, kind_of
from funds.models.spine import TIME

HASH = String(64)


class SignedPaper(BookRow, Base):
    """The leverage paper of a quarter, frozen: rendered once from the book as known at a version.

    Its files are documents by their hash; there is no PDF where none could be set. A paper without park and
    fund is the city's. `supersedes_id` is the signed paper in whose place this one steps once it is signed.
    """

    __tablename__ = "signed_paper"
    quarter: Mapped[str] = mapped_column(Code, index=True)
    fund_id: Mapped[int | None] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    park_id: Mapped[int | None] = mapped_column(Id, ForeignKey("park.id"), index=True)
    known_version: Mapped[int] = mapped_column(Id, ForeignKey("revision.id"), index=True)
    known_hash: Mapped[str] = mapped_column(HASH)
    rendered_at: Mapped[str] = mapped_column(TIME)
    json_id: Mapped[int] = mapped_column(Id, ForeignKey("document.id"), index=True)
    xlsx_id: Mapped[int] = mapped_column(Id, ForeignKey("document.id"), index=True)
    pdf_id: Mapped[int | None] = mapped_column(Id, ForeignKey("document.id"), index=True)
    supersedes_id: Mapped[int | None] = mapped_column(Id, ForeignKey("signed_paper.id"), index=True)
    reason: Mapped[str | None] = mapped_column(Text)


class Signature(BookRow, Base):
    """One of the two hands under a paper: who prepared it, and who signed.

    Whoever prepared it is repeated here so that the database itself refuses both by the same hand.
    """

    __tablename__ = "signature"
    paper_id: Mapped[int] = mapped_column(Id, ForeignKey("signed_paper.id"))
    role: Mapped[PaperRole] = mapped_column(kind_of(PaperRole))
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    prepared_by_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
    __table_args__ = (
        UniqueConstraint("paper_id", "role"),
        CheckConstraint("(role = 'prepared') = (person_id = prepared_by_id)", name="two_people"),
    )


class AuditSample(BookRow, Base):
    """One drawing of lines: with seed, version and method anybody draws the very same ones again."""

    __tablename__ = "audit_sample"
    quarter: Mapped[str] = mapped_column(Code, index=True)
    basis: Mapped[Basis] = mapped_column(kind_of(Basis))
    known_version: Mapped[int] = mapped_column(Id, ForeignKey("revision.id"), index=True)
    seed: Mapped[str] = mapped_column(Code)
    method: Mapped[str] = mapped_column(Code)
    wanted: Mapped[int] = mapped_column(Id)
    lines: Mapped[int] = mapped_column(Id)
    total_fen: Mapped[int] = mapped_column(Fen)


class AuditItem(BookRow, Base):
    """A line that was drawn; `is_certain` where its amount is so large that no draw leaves it out."""

    __tablename__ = "audit_item"
    sample_id: Mapped[int] = mapped_column(Id, ForeignKey("audit_sample.id"), index=True)
    fund_id: Mapped[int] = mapped_column(Id, ForeignKey("fund.id"), index=True)
    line_table: Mapped[str] = mapped_column(Code)
    line_id: Mapped[int] = mapped_column(Id, index=True)
    amount_fen: Mapped[int] = mapped_column(Fen)
    is_certain: Mapped[bool]


class AuditFinding(BookRow, Base):
    """A step in the story of a line: passed or doubted, answered by the manager, closed by the commission."""

    __tablename__ = "audit_finding"
    item_id: Mapped[int] = mapped_column(Id, ForeignKey("audit_item.id"), index=True)
    step: Mapped[AuditStep] = mapped_column(kind_of(AuditStep))
    words: Mapped[str | None] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(Id, ForeignKey("person.id"), index=True)
